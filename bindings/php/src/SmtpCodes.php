<?php

declare(strict_types=1);

namespace SmtpCodes;

use FFI;
use FFI\CData;
use RuntimeException;

require_once __DIR__ . '/Lists.php';

/** What we make of one reply. */
final class Diagnosis
{
    /**
     * @param list<string> $remedies slugs, see Remedy; steps towards mending the cause, first things first
     * @param list<string> $sources ids of the sources that the diagnosis rests on
     */
    public function __construct(
        public readonly ?int $code,
        public readonly ?string $enhanced,
        public readonly ?string $provider,
        public readonly ?string $variant,
        /** Slug, see Reason::tryFrom; `unknown` where nothing was recognised. */
        public readonly string $reason,
        public readonly int $confidence,
        public readonly string $bounce,
        public readonly string $party,
        public readonly string $delivery,
        public readonly string $address,
        public readonly array $remedies,
        public readonly string $basis,
        public readonly string $summary,
        public readonly string $fix,
        public readonly ?int $retryAfterS,
        public readonly ?string $blocklist,
        public readonly ?string $url,
        public readonly ?string $tag,
        public readonly bool $classMismatch,
        public readonly array $sources,
    ) {
    }
}

/** What a mail server's reply means, who is at fault, and what to do next. */
final class SmtpCodes
{
    private const ABI_VERSION = 1;

    // PHP makes a string of every `const char *`, up to its NUL: what has a length instead is no `char` here.
    private const DECLARATIONS = <<<'C'
        typedef struct {
            uint32_t struct_size, reserved;
            const char *reply; size_t reply_len;
            const char *provider; size_t provider_len;
            const char *mx; size_t mx_len;
            const char *recipient; size_t recipient_len;
            const char *command; size_t command_len;
        } smtp_codes_query;
        typedef struct {
            uint32_t struct_size;
            int32_t code, enhanced_class, enhanced_subject, enhanced_detail, reason, confidence, basis, bounce, party,
                delivery, address, provider, provider_by, variant, phrase, blocklist, runner_up, retry_after_s, command,
                class_mismatch, hint_contradicted, wrapped;
            uint32_t remedy_count;
            int64_t limit;
            const uint8_t *remedies;
            const char *summary;
            const char *fix;
            const char *provider_slug;
            const char *variant_slug;
            const char *blocklist_slug;
            const void *entry;
            const void *schedule;
            const uint8_t *url; size_t url_len;
            const uint8_t *tag; size_t tag_len;
            const uint8_t *limit_unit; size_t limit_unit_len;
            const uint8_t *text; size_t text_len;
        } smtp_codes_diagnosis;
        uint32_t smtp_codes_abi_version(void);
        const char *smtp_codes_version(void);
        const char *smtp_codes_catalogue_version(void);
        const char *smtp_codes_catalogue_date(void);
        int32_t smtp_codes_diagnose(const smtp_codes_query *, smtp_codes_diagnosis *);
        size_t smtp_codes_diagnose_json(const smtp_codes_query *, const char *, size_t, char *, size_t);
        const char *smtp_codes_reason_slug(int32_t);
        const char *smtp_codes_bounce_slug(int32_t);
        const char *smtp_codes_party_slug(int32_t);
        const char *smtp_codes_delivery_slug(int32_t);
        const char *smtp_codes_address_slug(int32_t);
        const char *smtp_codes_remedy_slug(int32_t);
        const char *smtp_codes_basis_slug(int32_t);
        size_t smtp_codes_entry_source_count(const void *);
        const void *smtp_codes_entry_source(const void *, size_t);
        const char *smtp_codes_source_id(const void *);
        C;

    private static ?FFI $library = null;

    /** Diagnoses one reply. Never fails over what it holds: what is not recognised has the reason `unknown`. */
    public static function diagnose(string $reply, ?string $provider = null, ?string $mx = null, ?string $recipient = null, ?string $command = null): Diagnosis
    {
        $library = self::library();
        [$query, $kept] = self::query($reply, $provider, $mx, $recipient, $command);
        $raw = $library->new('smtp_codes_diagnosis');
        $raw->struct_size = FFI::sizeof($raw);
        $status = $library->smtp_codes_diagnose(FFI::addr($query), FFI::addr($raw));
        if ($status !== 0) {
            throw new RuntimeException("smtp_codes_diagnose returned $status");
        }
        $remedies = [];
        for ($index = 0; $index < $raw->remedy_count; $index++) {
            $remedies[] = $library->smtp_codes_remedy_slug($raw->remedies[$index]);
        }
        $sources = [];
        $count = $raw->entry === null ? 0 : $library->smtp_codes_entry_source_count($raw->entry);
        for ($index = 0; $index < $count; $index++) {
            $sources[] = $library->smtp_codes_source_id($library->smtp_codes_entry_source($raw->entry, $index));
        }
        $diagnosis = new Diagnosis(
            code: $raw->code < 0 ? null : $raw->code,
            enhanced: $raw->enhanced_class < 0 ? null : "$raw->enhanced_class.$raw->enhanced_subject.$raw->enhanced_detail",
            provider: $raw->provider_slug,
            variant: $raw->variant_slug,
            reason: $library->smtp_codes_reason_slug($raw->reason),
            confidence: $raw->confidence,
            bounce: $library->smtp_codes_bounce_slug($raw->bounce),
            party: $library->smtp_codes_party_slug($raw->party),
            delivery: $library->smtp_codes_delivery_slug($raw->delivery),
            address: $library->smtp_codes_address_slug($raw->address),
            remedies: $remedies,
            basis: $library->smtp_codes_basis_slug($raw->basis),
            summary: $raw->summary,
            fix: $raw->fix,
            retryAfterS: $raw->retry_after_s < 0 ? null : $raw->retry_after_s,
            blocklist: $raw->blocklist_slug,
            url: self::piece($raw->url, $raw->url_len),
            tag: self::piece($raw->tag, $raw->tag_len),
            classMismatch: $raw->class_mismatch !== 0,
            sources: $sources,
        );
        // What leads into the reply is copied by now.
        unset($kept);

        return $diagnosis;
    }

    /** The diagnosis as one line of JSON, as every other language gives it; the id is JSON already. */
    public static function diagnoseJson(string $reply, ?string $provider = null, ?string $mx = null, ?string $recipient = null, ?string $command = null, ?string $id = null): string
    {
        $library = self::library();
        [$query, $kept] = self::query($reply, $provider, $mx, $recipient, $command);
        $size = 1024;
        while (true) {
            $buffer = $library->new("char[$size]");
            $length = $library->smtp_codes_diagnose_json(FFI::addr($query), $id, strlen($id ?? ''), $buffer, $size);
            if ($length < $size) {
                unset($kept);

                return FFI::string($buffer, $length);
            }
            $size = $length + 1;
        }
    }

    /** Version of the library. */
    public static function version(): string
    {
        return self::library()->smtp_codes_version();
    }

    /** Version of the catalogue in the library. */
    public static function catalogueVersion(): string
    {
        return self::library()->smtp_codes_catalogue_version();
    }

    /** Date of the catalogue in the library. */
    public static function catalogueDate(): string
    {
        return self::library()->smtp_codes_catalogue_date();
    }

    private static function library(): FFI
    {
        if (self::$library === null) {
            $library = FFI::cdef(self::DECLARATIONS, getenv('SMTP_CODES_LIBRARY') ?: 'libsmtp_codes.so.' . self::ABI_VERSION);
            $found = $library->smtp_codes_abi_version();
            if ($found !== self::ABI_VERSION) {
                throw new RuntimeException("libsmtp_codes has ABI version $found, this package needs " . self::ABI_VERSION);
            }
            self::$library = $library;
        }

        return self::$library;
    }

    /** @return array{CData, list<CData>} the query, and the bytes that it points to */
    private static function query(string $reply, ?string $provider, ?string $mx, ?string $recipient, ?string $command): array
    {
        $query = self::library()->new('smtp_codes_query');
        $query->struct_size = FFI::sizeof($query);
        $kept = [];
        foreach (['reply' => $reply, 'provider' => $provider, 'mx' => $mx, 'recipient' => $recipient, 'command' => $command] as $name => $text) {
            $length = strlen($text ?? '');
            if ($length === 0) {
                continue;
            }
            $bytes = self::library()->new("char[$length]");
            FFI::memcpy($bytes, $text, $length);
            $kept[] = $bytes;
            $query->$name = self::library()->cast('char *', FFI::addr($bytes));
            $query->{"{$name}_len"} = $length;
        }

        return [$query, $kept];
    }

    private static function piece(?CData $start, int $length): ?string
    {
        return $start === null ? null : FFI::string($start, $length);
    }
}
