/// What a mail server's reply means, who is at fault and what to do next, for C++17.
///
/// A header over `smtp_codes.h`: link `smtp_codes` (`pkg-config --libs smtp_codes`, or the CMake target
/// `smtp_codes::smtp_codes`). Views of a `diagnosis` lead into static data, or into the reply that was
/// passed, and are valid as long as that reply is.
#ifndef SMTP_CODES_HPP
#define SMTP_CODES_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "smtp_codes.h"
#include "smtp_codes_lists.hpp"

namespace smtp_codes {

namespace detail {

inline std::string_view view(const char *text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

inline std::optional<std::string_view> maybe(const char *text) {
  return text == nullptr ? std::nullopt : std::optional<std::string_view>(text);
}

inline std::optional<std::string_view> maybe(const char *text, std::size_t len) {
  return text == nullptr ? std::nullopt : std::optional<std::string_view>(std::string_view(text, len));
}

}  // namespace detail

/// Slugs: the text that JSON uses. Empty for a value that the library does not know.
inline std::string_view slug(reason value) { return detail::view(smtp_codes_reason_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(bounce value) { return detail::view(smtp_codes_bounce_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(party value) { return detail::view(smtp_codes_party_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(delivery value) { return detail::view(smtp_codes_delivery_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(address value) { return detail::view(smtp_codes_address_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(remedy value) { return detail::view(smtp_codes_remedy_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(basis value) { return detail::view(smtp_codes_basis_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(command value) { return detail::view(smtp_codes_command_slug(static_cast<std::int32_t>(value))); }
inline std::string_view slug(step value) { return detail::view(smtp_codes_step_slug(static_cast<std::int32_t>(value))); }

/// A reply, and what is known about it. An empty view is "not known".
struct query {
  std::string_view reply;
  std::string_view provider = {};
  std::string_view mx = {};
  std::string_view recipient = {};
  std::string_view command = {};
};

/// An enhanced status code, such as 5.7.26.
struct enhanced_code {
  int class_digit;
  int subject;
  int detail;

  std::string to_string() const {
    return std::to_string(class_digit) + '.' + std::to_string(subject) + '.' + std::to_string(detail);
  }
  friend bool operator==(const enhanced_code &a, const enhanced_code &b) {
    return a.class_digit == b.class_digit && a.subject == b.subject && a.detail == b.detail;
  }
  friend bool operator!=(const enhanced_code &a, const enhanced_code &b) { return !(a == b); }
};

/// What we make of one reply.
class diagnosis {
 public:
  std::optional<int> code() const { return raw_.code < 0 ? std::nullopt : std::optional<int>(raw_.code); }
  std::optional<enhanced_code> enhanced() const {
    if (raw_.enhanced_class < 0) return std::nullopt;
    return enhanced_code{raw_.enhanced_class, raw_.enhanced_subject, raw_.enhanced_detail};
  }
  smtp_codes::reason reason() const { return static_cast<smtp_codes::reason>(raw_.reason); }
  int confidence() const { return raw_.confidence; }
  smtp_codes::basis basis() const { return static_cast<smtp_codes::basis>(raw_.basis); }
  smtp_codes::bounce bounce() const { return static_cast<smtp_codes::bounce>(raw_.bounce); }
  smtp_codes::party party() const { return static_cast<smtp_codes::party>(raw_.party); }
  smtp_codes::delivery delivery() const { return static_cast<smtp_codes::delivery>(raw_.delivery); }
  smtp_codes::address address() const { return static_cast<smtp_codes::address>(raw_.address); }
  std::vector<remedy> remedies() const {
    std::vector<remedy> list;
    for (std::uint32_t index = 0; index < raw_.remedy_count; index++) list.push_back(static_cast<remedy>(raw_.remedies[index]));
    return list;
  }
  std::string_view summary() const { return detail::view(raw_.summary); }
  std::string_view fix() const { return detail::view(raw_.fix); }
  std::optional<std::string_view> provider() const { return detail::maybe(raw_.provider_slug); }
  std::optional<std::string_view> variant() const { return detail::maybe(raw_.variant_slug); }
  std::optional<std::string_view> blocklist() const { return detail::maybe(raw_.blocklist_slug); }
  std::optional<std::string_view> url() const { return detail::maybe(raw_.url, raw_.url_len); }
  std::optional<std::string_view> tag() const { return detail::maybe(raw_.tag, raw_.tag_len); }
  std::optional<std::chrono::seconds> retry_after() const {
    return raw_.retry_after_s < 0 ? std::nullopt : std::optional<std::chrono::seconds>(raw_.retry_after_s);
  }
  bool class_mismatch() const { return raw_.class_mismatch != 0; }
  /// Ids of the sources that the diagnosis rests on.
  std::vector<std::string_view> sources() const {
    std::vector<std::string_view> list;
    const std::size_t count = smtp_codes_entry_source_count(raw_.entry);
    for (std::size_t index = 0; index < count; index++) list.push_back(detail::view(smtp_codes_source_id(smtp_codes_entry_source(raw_.entry, index))));
    return list;
  }
  /// The struct of C, for what is not wrapped.
  const smtp_codes_diagnosis &raw() const { return raw_; }

 private:
  diagnosis() : raw_() { raw_.struct_size = sizeof raw_; }
  smtp_codes_diagnosis raw_;
  friend diagnosis diagnose(const query &);
};

namespace detail {

inline smtp_codes_query to_c(const query &from) {
  smtp_codes_query to = {};
  to.struct_size = sizeof to;
  to.reply = from.reply.data();
  to.reply_len = from.reply.size();
  to.provider = from.provider.data();
  to.provider_len = from.provider.size();
  to.mx = from.mx.data();
  to.mx_len = from.mx.size();
  to.recipient = from.recipient.data();
  to.recipient_len = from.recipient.size();
  to.command = from.command.data();
  to.command_len = from.command.size();
  return to;
}

}  // namespace detail

/// Diagnoses one reply. Never fails: what is not recognised is `reason::unknown`.
inline diagnosis diagnose(const query &question) {
  const smtp_codes_query raw = detail::to_c(question);
  diagnosis answer;
  smtp_codes_diagnose(&raw, &answer.raw_);
  return answer;
}

inline diagnosis diagnose(std::string_view reply) { return diagnose(query{reply}); }

/// The diagnosis as one line of JSON; `id` is JSON already.
inline std::string diagnose_json(const query &question, std::string_view id = {}) {
  const smtp_codes_query raw = detail::to_c(question);
  std::string json(1024, '\0');
  std::size_t size = smtp_codes_diagnose_json(&raw, id.data(), id.size(), &json[0], json.size());
  if (size >= json.size()) {
    json.resize(size + 1);
    size = smtp_codes_diagnose_json(&raw, id.data(), id.size(), &json[0], json.size());
  }
  json.resize(size);
  return json;
}

/// Version of the library, of the catalogue in it, and the catalogue's date.
inline std::string_view version() { return smtp_codes_version(); }
inline std::string_view catalogue_version() { return smtp_codes_catalogue_version(); }
inline std::string_view catalogue_date() { return smtp_codes_catalogue_date(); }

}  // namespace smtp_codes

#endif  // SMTP_CODES_HPP
