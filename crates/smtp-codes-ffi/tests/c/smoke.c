/* What a program in C does with the library, and what a careless one does. Prints what failed. */
#include "smtp_codes.h"
#include "smtp_codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int32_t second_unit(void);

static int failures;

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      failures++;                                                             \
    }                                                                         \
  } while (0)

static smtp_codes_query query_of(const char *reply) {
  smtp_codes_query query;
  memset(&query, 0, sizeof query);
  query.struct_size = sizeof query;
  query.reply = reply;
  query.reply_len = strlen(reply);
  return query;
}

static smtp_codes_diagnosis diagnose(const char *reply) {
  smtp_codes_query query = query_of(reply);
  smtp_codes_diagnosis diagnosis;
  memset(&diagnosis, 0, sizeof diagnosis);
  diagnosis.struct_size = sizeof diagnosis;
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK);
  return diagnosis;
}

static void versions(void) {
  CHECK(smtp_codes_abi_version() == SMTP_CODES_ABI_VERSION);
  CHECK(strlen(smtp_codes_version()) >= 5);
  CHECK(strlen(smtp_codes_catalogue_version()) >= 5);
  CHECK(strlen(smtp_codes_catalogue_date()) == 10);
}

static void one_reply(void) {
  smtp_codes_diagnosis diagnosis = diagnose("550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown");
  CHECK(diagnosis.code == 550);
  CHECK(diagnosis.enhanced_class == 5 && diagnosis.enhanced_subject == 1 && diagnosis.enhanced_detail == 1);
  CHECK(diagnosis.reason == SMTP_CODES_REASON_RECIPIENT_UNKNOWN);
  CHECK(diagnosis.bounce == SMTP_CODES_BOUNCE_HARD);
  CHECK(diagnosis.address == SMTP_CODES_ADDRESS_SUPPRESS);
  CHECK(diagnosis.summary != NULL && strlen(diagnosis.summary) > 10);
  CHECK(diagnosis.entry != NULL && smtp_codes_entry_source_count(diagnosis.entry) > 0);
  CHECK(strcmp(smtp_codes_entry_summary(diagnosis.entry), diagnosis.summary) == 0);
  CHECK(strcmp(smtp_codes_reason_slug(diagnosis.reason), "recipient-unknown") == 0);
  CHECK(diagnosis.retry_after_s == -1 && diagnosis.blocklist == -1 && diagnosis.blocklist_slug == NULL);
  CHECK(second_unit() == SMTP_CODES_REASON_MAILBOX_FULL);
}

static void nothing_at_all(void) {
  smtp_codes_query query;
  smtp_codes_diagnosis diagnosis;
  memset(&query, 0, sizeof query);
  memset(&diagnosis, 0, sizeof diagnosis);
  CHECK(smtp_codes_diagnose(NULL, NULL) == SMTP_CODES_ERROR_NULL);
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_ERROR_STRUCT_SIZE);
  query.struct_size = sizeof query;
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_ERROR_STRUCT_SIZE);
  diagnosis.struct_size = sizeof diagnosis;
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK);
  CHECK(diagnosis.reason == SMTP_CODES_REASON_UNKNOWN && diagnosis.code == -1);
  CHECK(diagnosis.address == SMTP_CODES_ADDRESS_KEEP);
}

static void decisions(void) {
  smtp_codes_query query = query_of("450 4.2.0 Greylisted, try again in 5 minutes");
  smtp_codes_history history;
  smtp_codes_decision decision;
  memset(&history, 0, sizeof history);
  memset(&decision, 0, sizeof decision);
  CHECK(smtp_codes_decide(&query, &history, NULL, &decision) == SMTP_CODES_ERROR_STRUCT_SIZE);
  decision.struct_size = sizeof decision;
  CHECK(smtp_codes_decide(&query, NULL, NULL, &decision) == SMTP_CODES_OK);
  CHECK(decision.step == SMTP_CODES_STEP_RETRY);
  CHECK(decision.retry_earliest_s >= 300 && decision.retry_latest_s >= decision.retry_earliest_s);
  CHECK(decision.because != NULL);
  history.struct_size = sizeof history;
  history.elapsed_s = 4000000000u;
  CHECK(smtp_codes_decide(&query, &history, NULL, &decision) == SMTP_CODES_OK);
  CHECK(decision.step != SMTP_CODES_STEP_RETRY);
}

static void lookups(void) {
  const smtp_codes_provider *google = smtp_codes_provider_find("google", 6);
  size_t index;
  int32_t number;
  CHECK(google != NULL && strcmp(smtp_codes_provider_slug(google), "google") == 0);
  CHECK(smtp_codes_provider_number(google) == SMTP_CODES_PROVIDER_GOOGLE);
  CHECK(smtp_codes_provider_numbered(SMTP_CODES_PROVIDER_GOOGLE) == google);
  CHECK(smtp_codes_provider_of_recipient("someone@gmail.com", 17) == google);
  CHECK(smtp_codes_provider_slug((const smtp_codes_provider *)(const void *)"stranger") == NULL);
  CHECK(smtp_codes_provider_slug((const smtp_codes_provider *)(const void *)((const char *)(const void *)google + 1)) == NULL);
  CHECK(smtp_codes_provider_slug(NULL) == NULL);
  for (index = 0; index < smtp_codes_provider_count(); index++)
    CHECK(smtp_codes_provider_name(smtp_codes_provider_at(index)) != NULL);
  CHECK(smtp_codes_provider_at(index) == NULL && smtp_codes_provider_at((size_t)-1) == NULL);
  for (number = 0; smtp_codes_reason_slug(number) != NULL; number++) {
    const char *slug = smtp_codes_reason_slug(number);
    CHECK(smtp_codes_reason_from_slug(slug, strlen(slug)) == number);
    CHECK(smtp_codes_entry_reason(number) != NULL);
  }
  CHECK(number > 30 && smtp_codes_reason_slug(-1) == NULL && smtp_codes_reason_slug(2147483647) == NULL);
  CHECK(smtp_codes_reason_from_slug("no-such-reason", 14) == -1 && smtp_codes_reason_from_slug(NULL, 3) == -1);
}

static void composed_text(void) {
  smtp_codes_query query = query_of("550 5.1.1 User unknown");
  size_t size = smtp_codes_diagnose_json(&query, "7", 1, NULL, 0);
  char *whole = (char *)malloc(size + 1);
  char *part = (char *)malloc(20);
  CHECK(whole != NULL && part != NULL);
  if (whole == NULL || part == NULL)
    return;
  CHECK(smtp_codes_diagnose_json(&query, "7", 1, whole, size + 1) == size && strlen(whole) == size);
  CHECK(strncmp(whole, "{\"id\":7,\"code\":550,\"enhanced\":\"5.1.1\",", 38) == 0);
  CHECK(smtp_codes_diagnose_json(&query, "7", 1, part, 20) == size && strlen(part) == 19);
  CHECK(strncmp(whole, part, 19) == 0);
  part[0] = 'x';
  CHECK(smtp_codes_diagnose_json(&query, NULL, 0, part, 1) > 0 && part[0] == '\0');
  CHECK(smtp_codes_diagnose_text(&query, NULL, 0) > 100);
  CHECK(smtp_codes_diagnose_text(NULL, part, 20) == 0 && part[0] == '\0');
  free(whole);
  free(part);
}

static void batches(void) {
  static const char data[] = "550 5.1.1 User unknown552 5.2.2 Mailbox full";
  static const int32_t offsets[] = {0, 22, 22, 22, 44};
  static const uint8_t validity[] = {0x1A}; /* bits 1, 3, 4: the rows 0, 2, 3 from bit 1 on */
  int8_t reasons[4] = {9, 9, 9, 9};
  struct {
    int16_t code;
    int16_t other;
  } codes[4] = {{9, 9}, {9, 9}, {9, 9}, {9, 9}};
  smtp_codes_column columns[2];
  smtp_codes_batch batch;
  memset(columns, 0, sizeof columns);
  memset(&batch, 0, sizeof batch);
  CHECK(smtp_codes_diagnose_batch(&batch) == SMTP_CODES_ERROR_STRUCT_SIZE);
  columns[0].field = SMTP_CODES_COLUMN_REASON;
  columns[0].width = 1;
  columns[0].values = reasons;
  columns[0].stride = 1;
  columns[1].field = SMTP_CODES_COLUMN_CODE;
  columns[1].width = 2;
  columns[1].values = codes;
  columns[1].stride = sizeof codes[0];
  batch.struct_size = sizeof batch;
  batch.offset_bits = 32;
  batch.count = 4;
  batch.data = data;
  batch.data_len = 44;
  batch.offsets = offsets;
  batch.validity = validity;
  batch.validity_offset = 1;
  batch.columns = columns;
  batch.column_count = 2;
  CHECK(smtp_codes_diagnose_batch(&batch) == SMTP_CODES_OK);
  CHECK(reasons[0] == SMTP_CODES_REASON_RECIPIENT_UNKNOWN && codes[0].code == 550 && codes[0].other == 9);
  CHECK(reasons[1] == -1 && codes[1].code == -1);
  CHECK(reasons[2] == SMTP_CODES_REASON_UNKNOWN && codes[2].code == -1);
  CHECK(reasons[3] == SMTP_CODES_REASON_MAILBOX_FULL && codes[3].code == 552 && codes[3].other == 9);
  batch.data_len = 30;
  CHECK(smtp_codes_diagnose_batch(&batch) == SMTP_CODES_ERROR_OFFSETS && reasons[3] == -1);
  columns[1].width = 1;
  CHECK(smtp_codes_diagnose_batch(&batch) == SMTP_CODES_ERROR_COLUMN);
  columns[1].width = 2;
  columns[1].field = 12345;
  CHECK(smtp_codes_diagnose_batch(&batch) == SMTP_CODES_ERROR_COLUMN);
}

int main(void) {
  versions();
  one_reply();
  nothing_at_all();
  decisions();
  lookups();
  composed_text();
  batches();
  if (failures == 0)
    puts("ok");
  return failures != 0;
}
