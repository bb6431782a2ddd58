# Says what a reply means.
use strict;
use warnings;

use SMTP::Codes 'diagnose';
use SMTP::Codes::Lists ':address';

my $diagnosis = diagnose($ARGV[0] // '550 5.1.1 User unknown');
print "$diagnosis->{reason}: $diagnosis->{summary}\n";
print "Stop mailing this address.\n" if $diagnosis->{address} eq ADDRESS_SUPPRESS;
