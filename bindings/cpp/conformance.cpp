// The conformance adapter of C++: see xtask/src/conformance.
#include <iostream>
#include <smtp_codes.hpp>

#include "../c/vectors.h"

namespace {

std::string_view value(const vector &vector, const char *key) {
  std::size_t len = 0;
  const char *text = vector_value(&vector, key, &len);
  return text == nullptr ? std::string_view() : std::string_view(text, len);
}

void member(const char *key, std::optional<std::string_view> text) {
  std::printf(",\"%s\":", key);
  vector_put(text ? text->data() : nullptr, text ? text->size() : 0);
}

void fields(const smtp_codes::query &query, std::string_view id) {
  const smtp_codes::diagnosis diagnosis = smtp_codes::diagnose(query);
  std::printf("{\"id\":%.*s", static_cast<int>(id.size()), id.data());
  std::printf(",\"code\":%s", diagnosis.code() ? std::to_string(*diagnosis.code()).c_str() : "null");
  const std::string enhanced = diagnosis.enhanced() ? diagnosis.enhanced()->to_string() : std::string();
  member("enhanced", diagnosis.enhanced() ? std::optional<std::string_view>(enhanced) : std::nullopt);
  member("provider", diagnosis.provider());
  member("variant", diagnosis.variant());
  member("reason", slug(diagnosis.reason()));
  std::printf(",\"confidence\":%d", diagnosis.confidence());
  member("bounce", slug(diagnosis.bounce()));
  member("party", slug(diagnosis.party()));
  member("delivery", slug(diagnosis.delivery()));
  member("address", slug(diagnosis.address()));
  std::printf(",\"remedies\":[");
  const char *comma = "";
  for (const smtp_codes::remedy remedy : diagnosis.remedies()) {
    std::printf("%s\"%s\"", comma, slug(remedy).data());
    comma = ",";
  }
  std::printf("]");
  member("basis", slug(diagnosis.basis()));
  member("summary", diagnosis.summary());
  std::printf(",\"retry_after_s\":%s", diagnosis.retry_after() ? std::to_string(diagnosis.retry_after()->count()).c_str() : "null");
  member("blocklist", diagnosis.blocklist());
  member("url", diagnosis.url());
  member("tag", diagnosis.tag());
  std::printf(",\"class_mismatch\":%s,\"sources\":[", diagnosis.class_mismatch() ? "true" : "false");
  comma = "";
  for (const std::string_view source : diagnosis.sources()) {
    std::printf("%s", comma);
    vector_put(source.data(), source.size());
    comma = ",";
  }
  std::printf("]}\n");
}

}  // namespace

int main(int argc, char **argv) {
  const bool composed = argc > 1 && std::string_view(argv[1]) == "json";
  vector vector = {};
  while (vector_read(&vector, stdin)) {
    const smtp_codes::query query = {std::string_view(vector.reply, vector.reply_len), value(vector, "provider"), value(vector, "mx"), value(vector, "recipient"), value(vector, "command")};
    if (composed)
      std::puts(smtp_codes::diagnose_json(query, value(vector, "n")).c_str());
    else
      fields(query, value(vector, "n"));
  }
  std::free(vector.line);
  std::free(vector.reply);
}
