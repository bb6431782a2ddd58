package SMTP::Codes;

use strict;
use warnings;

use Exporter 'import';
use FFI::Platypus 1.00;
use FFI::Platypus::Buffer qw(scalar_to_buffer buffer_to_scalar);

our $VERSION   = '0.1.0';
our @EXPORT_OK = qw(diagnose diagnose_json version catalogue_version catalogue_date);

use constant ABI_VERSION => 1;

my @LISTS = qw(reason bounce party delivery address remedy basis);

my $ffi = FFI::Platypus->new(
    api => 1,
    lib => $ENV{SMTP_CODES_LIBRARY} // 'libsmtp_codes.so.' . ABI_VERSION,
);

$ffi->attach([smtp_codes_abi_version       => '_abi_version']      => []                                                 => 'uint32');
$ffi->attach([smtp_codes_version           => 'version']           => []                                                 => 'string');
$ffi->attach([smtp_codes_catalogue_version => 'catalogue_version'] => []                                                 => 'string');
$ffi->attach([smtp_codes_catalogue_date    => 'catalogue_date']    => []                                                 => 'string');
$ffi->attach([smtp_codes_diagnose          => '_diagnose']         => ['opaque', 'opaque']                               => 'sint32');
$ffi->attach([smtp_codes_diagnose_json     => '_diagnose_json']    => ['opaque', 'opaque', 'size_t', 'opaque', 'size_t'] => 'size_t');
$ffi->attach([smtp_codes_entry_source_count => '_source_count'] => ['opaque']           => 'size_t');
$ffi->attach([smtp_codes_entry_source       => '_source']       => ['opaque', 'size_t'] => 'opaque');
$ffi->attach([smtp_codes_source_id          => '_source_id']    => ['opaque']           => 'string');
$ffi->attach(["smtp_codes_${_}_slug" => "_${_}_slug"] => ['sint32'] => 'string') for @LISTS;

{
    my $found = _abi_version();
    die "libsmtp_codes has ABI version $found, this module needs ", ABI_VERSION, "\n" if $found != ABI_VERSION;
}

# All slugs of the closed lists, by number.
my %slugs;
for my $list (@LISTS) {
    my $slug = __PACKAGE__->can("_${list}_slug");
    while (defined(my $text = $slug->(scalar @{ $slugs{$list} // [] }))) {
        push @{ $slugs{$list} }, $text;
    }
}

# struct_size, 22 numbers, remedy_count; limit; then pointers and lengths, all 64 bits wide.
my $DIAGNOSIS = 'L l22 L q Q16';
my $SIZE      = length pack $DIAGNOSIS, (0) x 41;
die "SMTP::Codes knows 64-bit hosts only\n" if $ffi->sizeof('opaque') != 8;

# Bytes of a text: what is decoded is UTF-8, what is not is taken as it is.
sub _bytes {
    my ($text) = @_;
    utf8::encode($text) if utf8::is_utf8($text);
    return $text;
}

# The query as bytes. It points into the texts of %$given, which the caller keeps.
sub _query {
    my ($given) = @_;
    my @parts;
    for my $name (qw(reply provider mx recipient command)) {
        my ($pointer, $length) = (0, 0);
        if (defined $given->{$name}) {
            $given->{$name} = _bytes($given->{$name});
            ($pointer, $length) = scalar_to_buffer($given->{$name});
        }
        push @parts, $length ? $pointer : 0, $length;
    }
    my $query = pack 'L2 Q10', 0, 0, @parts;
    substr $query, 0, 4, pack 'L', length $query;
    return $query;
}

sub _text {
    my ($pointer, $length) = @_;
    return undef if !$pointer;
    my $text = defined $length ? buffer_to_scalar($pointer, $length) : $ffi->cast('opaque', 'string', $pointer);
    utf8::decode($text);
    return $text;
}

sub diagnose {
    my ($reply, %hints) = @_;
    my %given = (%hints, reply => $reply);
    my $query = _query(\%given);
    my $raw   = pack($DIAGNOSIS, $SIZE, (0) x 40);
    my $status = _diagnose((scalar_to_buffer($query))[0], (scalar_to_buffer($raw))[0]);
    die "smtp_codes_diagnose returned $status\n" if $status != 0;
    my (
        undef, $code, $class, $subject, $detail, $reason, $confidence, $basis, $bounce, $party, $delivery, $address,
        undef, undef, undef, undef, undef, undef, $retry_after_s, undef, $class_mismatch, undef, undef, $remedy_count,
        undef, $remedies, $summary, $fix, $provider_slug, $variant_slug, $blocklist_slug, $entry, undef, $url, $url_len, $tag, $tag_len,
    ) = unpack $DIAGNOSIS, $raw;
    $entry ||= undef;
    return {
        code           => $code < 0  ? undef : $code,
        enhanced       => $class < 0 ? undef : "$class.$subject.$detail",
        provider       => _text($provider_slug),
        variant        => _text($variant_slug),
        reason         => $slugs{reason}[$reason],
        confidence     => $confidence,
        bounce         => $slugs{bounce}[$bounce],
        party          => $slugs{party}[$party],
        delivery       => $slugs{delivery}[$delivery],
        address        => $slugs{address}[$address],
        remedies       => [map { $slugs{remedy}[$_] } $remedy_count ? unpack 'C*', buffer_to_scalar($remedies, $remedy_count) : ()],
        basis          => $slugs{basis}[$basis],
        summary        => _text($summary),
        fix            => _text($fix),
        retry_after_s  => $retry_after_s < 0 ? undef : $retry_after_s,
        blocklist      => _text($blocklist_slug),
        url            => _text($url, $url_len),
        tag            => _text($tag, $tag_len),
        class_mismatch => $class_mismatch,
        sources        => [map { _source_id(_source($entry, $_)) } 0 .. _source_count($entry) - 1],
    };
}

sub diagnose_json {
    my ($reply, %hints) = @_;
    my $id    = delete $hints{id};
    my %given = (%hints, reply => $reply);
    my $query = _query(\%given);
    my $at    = (scalar_to_buffer($query))[0];
    my @id    = defined $id ? scalar_to_buffer($id) : (undef, 0);
    my $size  = 1024;
    while (1) {
        my $buffer = "\0" x $size;
        my $length = _diagnose_json($at, @id, (scalar_to_buffer($buffer))[0], $size);
        if ($length < $size) {
            my $json = substr $buffer, 0, $length;
            utf8::decode($json);
            return $json;
        }
        $size = $length + 1;
    }
}

1;

__END__

=head1 NAME

SMTP::Codes - what a mail server's reply means, who is at fault, and what to do next

=head1 SYNOPSIS

    use SMTP::Codes qw(diagnose);
    print diagnose('550 5.1.1 User unknown')->{reason};    # recipient-unknown

=head1 FUNCTIONS

=head2 diagnose($reply, %hints)

The diagnosis as a hash reference. C<%hints> says what is known: C<provider>, C<mx>, C<recipient>, C<command>.
Never dies over what the reply holds: what is not recognised has the reason C<unknown>.

=head2 diagnose_json($reply, %hints)

The diagnosis as one line of JSON, as text, as every other language gives it. C<id> is JSON already.

=head2 version, catalogue_version, catalogue_date

Of the library, and of the catalogue in it.

=cut
