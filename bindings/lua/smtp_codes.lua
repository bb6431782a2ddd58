--- What a mail server's reply means, who is at fault, and what to do next.
--
--   local smtp_codes = require 'smtp_codes'
--   print(smtp_codes.diagnose('550 5.1.1 User unknown').reason) --> recipient-unknown

local ffi = require 'ffi'

local ABI_VERSION = 1

ffi.cdef [[
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
  int32_t code, enhanced_class, enhanced_subject, enhanced_detail, reason, confidence, basis, bounce, party, delivery,
    address, provider, provider_by, variant, phrase, blocklist, runner_up, retry_after_s, command, class_mismatch,
    hint_contradicted, wrapped;
  uint32_t remedy_count;
  int64_t limit;
  const uint8_t *remedies;
  const char *summary, *fix, *provider_slug, *variant_slug, *blocklist_slug;
  const void *entry, *schedule;
  const char *url; size_t url_len;
  const char *tag; size_t tag_len;
  const char *limit_unit; size_t limit_unit_len;
  const char *text; size_t text_len;
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
]]

local library = ffi.load(os.getenv('SMTP_CODES_LIBRARY') or ('libsmtp_codes.so.' .. ABI_VERSION))
local found = library.smtp_codes_abi_version()
if found ~= ABI_VERSION then
  error(('libsmtp_codes has ABI version %d, this module needs %d'):format(found, ABI_VERSION))
end

local smtp_codes = {}

for name, list in pairs(require 'smtp_codes_lists') do
  smtp_codes[name] = list
end

local HINTS = { 'provider', 'mx', 'recipient', 'command' }

--- A C string as Lua's; nil for NULL.
local function text(pointer, length)
  if pointer == nil then
    return nil
  end
  return length and ffi.string(pointer, length) or ffi.string(pointer)
end

--- The query points into the strings, which the caller holds.
local function query_of(reply, hints)
  local query = ffi.new('smtp_codes_query')
  query.struct_size = ffi.sizeof(query)
  query.reply = reply
  query.reply_len = #reply
  for _, hint in ipairs(HINTS) do
    local value = hints and hints[hint]
    if value then
      query[hint] = value
      query[hint .. '_len'] = #value
    end
  end
  return query
end

--- Diagnoses one reply. Never fails over what it holds: what is not recognised has the reason 'unknown'.
-- @param reply the reply, any bytes
-- @param hints what is known about it: provider, mx, recipient, command
function smtp_codes.diagnose(reply, hints)
  local query = query_of(reply, hints)
  local raw = ffi.new('smtp_codes_diagnosis')
  raw.struct_size = ffi.sizeof(raw)
  local status = library.smtp_codes_diagnose(query, raw)
  if status ~= 0 then
    error('smtp_codes_diagnose returned ' .. status)
  end
  local remedies = {}
  for index = 0, raw.remedy_count - 1 do
    remedies[index + 1] = text(library.smtp_codes_remedy_slug(raw.remedies[index]))
  end
  local sources = {}
  for index = 0, tonumber(library.smtp_codes_entry_source_count(raw.entry)) - 1 do
    sources[index + 1] = text(library.smtp_codes_source_id(library.smtp_codes_entry_source(raw.entry, index)))
  end
  return {
    code = raw.code >= 0 and raw.code or nil,
    enhanced = raw.enhanced_class >= 0 and ('%d.%d.%d'):format(raw.enhanced_class, raw.enhanced_subject, raw.enhanced_detail) or nil,
    provider = text(raw.provider_slug),
    variant = text(raw.variant_slug),
    reason = text(library.smtp_codes_reason_slug(raw.reason)),
    confidence = raw.confidence,
    bounce = text(library.smtp_codes_bounce_slug(raw.bounce)),
    party = text(library.smtp_codes_party_slug(raw.party)),
    delivery = text(library.smtp_codes_delivery_slug(raw.delivery)),
    address = text(library.smtp_codes_address_slug(raw.address)),
    remedies = remedies,
    basis = text(library.smtp_codes_basis_slug(raw.basis)),
    summary = text(raw.summary),
    fix = text(raw.fix),
    retry_after_s = raw.retry_after_s >= 0 and raw.retry_after_s or nil,
    blocklist = text(raw.blocklist_slug),
    url = text(raw.url, tonumber(raw.url_len)),
    tag = text(raw.tag, tonumber(raw.tag_len)),
    class_mismatch = raw.class_mismatch ~= 0,
    sources = sources,
  }
end

--- The diagnosis as one line of JSON, as every other language gives it; the id is JSON already.
function smtp_codes.diagnose_json(reply, hints, id)
  local query = query_of(reply, hints)
  local size = 1024
  while true do
    local buffer = ffi.new('char[?]', size)
    local length = tonumber(library.smtp_codes_diagnose_json(query, id, id and #id or 0, buffer, size))
    if length < size then
      return ffi.string(buffer, length)
    end
    size = length + 1
  end
end

--- Version of the library.
function smtp_codes.version()
  return text(library.smtp_codes_version())
end

--- Version of the catalogue in the library.
function smtp_codes.catalogue_version()
  return text(library.smtp_codes_catalogue_version())
end

--- Date of the catalogue in the library.
function smtp_codes.catalogue_date()
  return text(library.smtp_codes_catalogue_date())
end

return smtp_codes
