# frozen_string_literal: true

require 'fiddle'
require 'fiddle/import'

require_relative 'smtp_codes/lists'

# What a mail server's reply means, who is at fault, and what to do next.
#
#   SmtpCodes.diagnose('550 5.1.1 User unknown').reason # => "recipient-unknown"
module SmtpCodes
  # The C library.
  module Library
    extend Fiddle::Importer

    ABI_VERSION = 1

    dlload ENV.fetch('SMTP_CODES_LIBRARY', "libsmtp_codes.so.#{ABI_VERSION}")

    typealias 'uint32_t', 'unsigned int'
    typealias 'int32_t', 'int'
    typealias 'int64_t', 'long long'

    Query = struct [
      'uint32_t struct_size', 'uint32_t reserved',
      'char* reply', 'size_t reply_len', 'char* provider', 'size_t provider_len', 'char* mx', 'size_t mx_len',
      'char* recipient', 'size_t recipient_len', 'char* command', 'size_t command_len'
    ]

    RawDiagnosis = struct [
      'uint32_t struct_size', 'int32_t code', 'int32_t enhanced_class', 'int32_t enhanced_subject',
      'int32_t enhanced_detail', 'int32_t reason', 'int32_t confidence', 'int32_t basis', 'int32_t bounce',
      'int32_t party', 'int32_t delivery', 'int32_t address', 'int32_t provider', 'int32_t provider_by',
      'int32_t variant', 'int32_t phrase', 'int32_t blocklist', 'int32_t runner_up', 'int32_t retry_after_s',
      'int32_t command', 'int32_t class_mismatch', 'int32_t hint_contradicted', 'int32_t wrapped',
      'uint32_t remedy_count', 'int64_t limit', 'char* remedies', 'char* summary', 'char* fix',
      'char* provider_slug', 'char* variant_slug', 'char* blocklist_slug', 'void* entry', 'void* schedule',
      'char* url', 'size_t url_len', 'char* tag', 'size_t tag_len', 'char* limit_unit', 'size_t limit_unit_len',
      'char* text', 'size_t text_len'
    ]

    extern 'uint32_t smtp_codes_abi_version()'
    extern 'char* smtp_codes_version()'
    extern 'char* smtp_codes_catalogue_version()'
    extern 'char* smtp_codes_catalogue_date()'
    extern 'int32_t smtp_codes_diagnose(void*, void*)'
    extern 'size_t smtp_codes_diagnose_json(void*, char*, size_t, char*, size_t)'
    extern 'size_t smtp_codes_entry_source_count(void*)'
    extern 'void* smtp_codes_entry_source(void*, size_t)'
    extern 'char* smtp_codes_source_id(void*)'
    LISTS = %w[reason bounce party delivery address remedy basis].freeze
    LISTS.each { |list| extern "char* smtp_codes_#{list}_slug(int32_t)" }

    found = smtp_codes_abi_version
    raise LoadError, "libsmtp_codes has ABI version #{found}, this library needs #{ABI_VERSION}" unless found == ABI_VERSION

    # A C string as Ruby's; nil for NULL.
    def self.text(pointer, length = nil)
      return nil if pointer.null?

      (length ? pointer[0, length] : pointer.to_s).force_encoding(Encoding::UTF_8)
    end

    # All slugs of a closed list, by number.
    def self.slugs(list)
      found = []
      while (slug = text(public_send("smtp_codes_#{list}_slug", found.length)))
        found << slug.freeze
      end
      found.freeze
    end

    SLUGS = LISTS.to_h { |list| [list.to_sym, slugs(list)] }.freeze
  end

  # What we make of one reply.
  Diagnosis = Struct.new(
    :code, :enhanced, :provider, :variant, :reason, :confidence, :bounce, :party, :delivery, :address, :remedies,
    :basis, :summary, :fix, :retry_after_s, :blocklist, :url, :tag, :class_mismatch, :sources, keyword_init: true
  )

  module_function

  # Diagnoses one reply. Never fails over what it holds: what is not recognised has the reason "unknown".
  def diagnose(reply, provider: nil, mx: nil, recipient: nil, command: nil)
    with_query(reply, provider, mx, recipient, command) do |query|
      raw = Library::RawDiagnosis.malloc(Fiddle::RUBY_FREE)
      raw.to_ptr[0, Library::RawDiagnosis.size] = "\0" * Library::RawDiagnosis.size
      raw.struct_size = Library::RawDiagnosis.size
      status = Library.smtp_codes_diagnose(query, raw)
      raise "smtp_codes_diagnose returned #{status}" unless status.zero?

      from_raw(raw)
    end
  end

  # The diagnosis as one line of JSON, as every other language gives it; the id is JSON already.
  def diagnose_json(reply, provider: nil, mx: nil, recipient: nil, command: nil, id: nil)
    with_query(reply, provider, mx, recipient, command) do |query|
      size = 1024
      loop do
        buffer = "\0".b * size
        length = Library.smtp_codes_diagnose_json(query, id, id.to_s.bytesize, buffer, size)
        break buffer[0, length].force_encoding(Encoding::UTF_8) if length < size

        size = length + 1
      end
    end
  end

  # Version of the library.
  def version
    Library.text(Library.smtp_codes_version)
  end

  # Version of the catalogue in the library.
  def catalogue_version
    Library.text(Library.smtp_codes_catalogue_version)
  end

  # Date of the catalogue in the library.
  def catalogue_date
    Library.text(Library.smtp_codes_catalogue_date)
  end

  # The texts must outlive the call, and what leads into the reply is copied before the block ends.
  def with_query(*texts)
    query = Library::Query.malloc(Fiddle::RUBY_FREE)
    query.to_ptr[0, Library::Query.size] = "\0" * Library::Query.size
    query.struct_size = Library::Query.size
    kept = texts.map { |text| text && Fiddle::Pointer[text.b] }
    %w[reply provider mx recipient command].zip(kept, texts) do |name, pointer, text|
      next unless text

      query.public_send("#{name}=", pointer)
      query.public_send("#{name}_len=", text.bytesize)
    end
    result = yield query
    kept.clear
    result
  end

  def from_raw(raw)
    text = Library.method(:text)
    slugs = Library::SLUGS
    Diagnosis.new(
      code: raw.code.negative? ? nil : raw.code,
      enhanced: raw.enhanced_class.negative? ? nil : [raw.enhanced_class, raw.enhanced_subject, raw.enhanced_detail].join('.'),
      provider: text.(raw.provider_slug),
      variant: text.(raw.variant_slug),
      reason: slugs[:reason][raw.reason],
      confidence: raw.confidence,
      bounce: slugs[:bounce][raw.bounce],
      party: slugs[:party][raw.party],
      delivery: slugs[:delivery][raw.delivery],
      address: slugs[:address][raw.address],
      remedies: raw.remedies[0, raw.remedy_count].bytes.map { |number| slugs[:remedy][number] },
      basis: slugs[:basis][raw.basis],
      summary: text.(raw.summary),
      fix: text.(raw.fix),
      retry_after_s: raw.retry_after_s.negative? ? nil : raw.retry_after_s,
      blocklist: text.(raw.blocklist_slug),
      url: text.(raw.url, raw.url_len),
      tag: text.(raw.tag, raw.tag_len),
      class_mismatch: raw.class_mismatch != 0,
      sources: Array.new(Library.smtp_codes_entry_source_count(raw.entry)) do |index|
        text.(Library.smtp_codes_source_id(Library.smtp_codes_entry_source(raw.entry, index)))
      end
    ).freeze
  end

  private_class_method :with_query, :from_raw
end
