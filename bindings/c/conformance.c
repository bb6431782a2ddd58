/* The conformance adapter of C: see xtask/src/conformance. */
#include <smtp_codes.h>

#include "vectors.h"

static void member(const char *key, const char *text, size_t len) {
  printf(",\"%s\":", key);
  vector_put(text, len);
}

static void slug(const char *key, const char *text) {
  member(key, text, text == NULL ? 0 : strlen(text));
}

/* The diagnosis, out of the members of the struct. */
static void fields(const smtp_codes_query *query, const char *id, size_t id_len) {
  smtp_codes_diagnosis diagnosis = {0};
  size_t index;
  diagnosis.struct_size = sizeof diagnosis;
  if (smtp_codes_diagnose(query, &diagnosis) != SMTP_CODES_OK)
    exit(1);
  printf("{\"id\":%.*s", (int)id_len, id);
  if (diagnosis.code >= 0)
    printf(",\"code\":%d", (int)diagnosis.code);
  else
    printf(",\"code\":null");
  if (diagnosis.enhanced_class >= 0)
    printf(",\"enhanced\":\"%d.%d.%d\"", (int)diagnosis.enhanced_class, (int)diagnosis.enhanced_subject, (int)diagnosis.enhanced_detail);
  else
    printf(",\"enhanced\":null");
  slug("provider", diagnosis.provider_slug);
  slug("variant", diagnosis.variant_slug);
  slug("reason", smtp_codes_reason_slug(diagnosis.reason));
  printf(",\"confidence\":%d", (int)diagnosis.confidence);
  slug("bounce", smtp_codes_bounce_slug(diagnosis.bounce));
  slug("party", smtp_codes_party_slug(diagnosis.party));
  slug("delivery", smtp_codes_delivery_slug(diagnosis.delivery));
  slug("address", smtp_codes_address_slug(diagnosis.address));
  printf(",\"remedies\":[");
  for (index = 0; index < diagnosis.remedy_count; index++)
    printf("%s\"%s\"", index == 0 ? "" : ",", smtp_codes_remedy_slug(diagnosis.remedies[index]));
  printf("]");
  slug("basis", smtp_codes_basis_slug(diagnosis.basis));
  slug("summary", diagnosis.summary);
  if (diagnosis.retry_after_s >= 0)
    printf(",\"retry_after_s\":%d", (int)diagnosis.retry_after_s);
  else
    printf(",\"retry_after_s\":null");
  slug("blocklist", diagnosis.blocklist_slug);
  member("url", diagnosis.url, diagnosis.url_len);
  member("tag", diagnosis.tag, diagnosis.tag_len);
  printf(",\"class_mismatch\":%s,\"sources\":[", diagnosis.class_mismatch ? "true" : "false");
  for (index = 0; index < smtp_codes_entry_source_count(diagnosis.entry); index++) {
    const char *source = smtp_codes_source_id(smtp_codes_entry_source(diagnosis.entry, index));
    if (index > 0)
      putchar(',');
    vector_put(source, strlen(source));
  }
  printf("]}\n");
}

int main(int argc, char **argv) {
  static char json[65536];
  struct vector vector = {0};
  int composed = argc > 1 && strcmp(argv[1], "json") == 0;
  while (vector_read(&vector, stdin)) {
    smtp_codes_query query = {0};
    size_t id_len;
    const char *id = vector_value(&vector, "n", &id_len);
    query.struct_size = sizeof query;
    query.reply = vector.reply;
    query.reply_len = vector.reply_len;
    query.provider = vector_value(&vector, "provider", &query.provider_len);
    query.mx = vector_value(&vector, "mx", &query.mx_len);
    query.recipient = vector_value(&vector, "recipient", &query.recipient_len);
    query.command = vector_value(&vector, "command", &query.command_len);
    if (!composed) {
      fields(&query, id, id_len);
    } else if (smtp_codes_diagnose_json(&query, id, id_len, json, sizeof json) < sizeof json) {
      puts(json);
    } else {
      return 1;
    }
  }
  free(vector.line);
  free(vector.reply);
  return 0;
}
