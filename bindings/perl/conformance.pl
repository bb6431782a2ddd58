# The conformance adapter of Perl: see xtask/src/conformance.
use strict;
use warnings FATAL => 'all';

use JSON::PP;
use MIME::Base64 'decode_base64';
use SMTP::Codes qw(diagnose diagnose_json);

my $json = JSON::PP->new->utf8;
while (my $line = <STDIN>) {
    my $vector = $json->decode($line);
    my $number = delete $vector->{n};
    my $reply  = decode_base64(delete $vector->{reply_b64});
    if ($ARGV[0] eq 'json') {
        my $text = diagnose_json($reply, %$vector, id => "$number");
        utf8::encode($text);
        print "$text\n";
        next;
    }
    my $diagnosis = diagnose($reply, %$vector);
    delete $diagnosis->{fix};
    $diagnosis->{id}             = $number;
    $diagnosis->{class_mismatch} = $diagnosis->{class_mismatch} ? JSON::PP::true : JSON::PP::false;
    print $json->encode($diagnosis), "\n";
}
