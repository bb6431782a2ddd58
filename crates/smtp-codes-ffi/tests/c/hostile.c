/* What a hostile caller does: run under valgrind, and with the sanitizers built into both sides, by
 * `cargo xtask capi sanitize`. Prints what failed. The first argument, if there is one, is how many
 * megabytes the longest text has. */
#define _GNU_SOURCE
#include "smtp_codes.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int failures;

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      failures++;                                                             \
    }                                                                         \
  } while (0)

static const char *const REPLIES[] = {
    "550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown",
    "550-5.7.26 Unauthenticated email from example.com is not accepted due to\r\n550-5.7.26 domain's DMARC policy.\r\n550 5.7.26 x1-20si.123 - gsmtp",
    "host mx.example.net[192.0.2.1] said: 552 5.2.2 <a@example.org> Mailbox full, see https://example.org/x (S3150), try again in 5 minutes (in reply to RCPT TO command)",
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1",
    "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints",
    "\xE4\xBD\xA0\xE5\xA5\xBD 550 \xE7\x94\xA8\xE6\x88\xB7\xE4\xB8\x8D\xE5\xAD\x98\xE5\x9C\xA8",
    "",
    "5",
    "\xFF\xFE\0\x80\xC3\x28",
};
enum { REPLY_COUNT = sizeof REPLIES / sizeof REPLIES[0] };

static uint32_t next(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

/* Every function that takes a text, over one text; all hints are that text, too. */
static void everything(const char *text, size_t len) {
  smtp_codes_query query;
  smtp_codes_diagnosis diagnosis;
  smtp_codes_decision decision;
  smtp_codes_history history;
  smtp_codes_reply reply;
  char small[7];
  size_t size;
  memset(&query, 0, sizeof query);
  memset(&diagnosis, 0, sizeof diagnosis);
  memset(&decision, 0, sizeof decision);
  memset(&history, 0xFF, sizeof history);
  memset(&reply, 0, sizeof reply);
  query.struct_size = sizeof query;
  diagnosis.struct_size = sizeof diagnosis;
  decision.struct_size = sizeof decision;
  history.struct_size = sizeof history;
  reply.struct_size = sizeof reply;
  query.reply = text;
  query.reply_len = len;
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK);
  CHECK(diagnosis.summary != NULL && diagnosis.confidence >= 0 && diagnosis.confidence <= 100);
  CHECK(diagnosis.url == NULL || diagnosis.url_len > 0);
  query.provider = query.mx = query.recipient = query.command = text;
  query.provider_len = query.mx_len = query.recipient_len = query.command_len = len;
  CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK);
  CHECK(smtp_codes_decide(&query, &history, &diagnosis, &decision) == SMTP_CODES_OK);
  CHECK(smtp_codes_step_slug(decision.step) != NULL);
  CHECK(smtp_codes_parse(text, len, &reply) == SMTP_CODES_OK);
  size = smtp_codes_diagnose_json(&query, NULL, 0, NULL, 0);
  CHECK(size > 100);
  {
    char *json = (char *)malloc(size + 1);
    CHECK(json != NULL);
    if (json != NULL) {
      CHECK(smtp_codes_diagnose_json(&query, NULL, 0, json, size + 1) == size && strlen(json) == size);
      free(json);
    }
  }
  CHECK(smtp_codes_diagnose_json(&query, text, len < 64 ? len : 64, small, sizeof small) > 0 && small[6] == '\0');
  CHECK(smtp_codes_diagnose_text(&query, small, sizeof small) > 0 && small[6] == '\0');
  smtp_codes_provider_find(text, len);
  smtp_codes_provider_of_host(text, len);
  smtp_codes_provider_of_recipient(text, len);
  smtp_codes_entry_find(text, len);
  smtp_codes_reason_from_slug(text, len);
}

/* Texts that end where the mapped page does: one byte more would be a fault. */
static void guarded(void) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *map = (char *)mmap(NULL, page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  size_t index, len;
  CHECK(map != MAP_FAILED && mprotect(map + page, page, PROT_NONE) == 0);
  for (index = 0; index < REPLY_COUNT; index++) {
    size_t whole = strlen(REPLIES[index]);
    for (len = 0; len <= whole; len++) {
      memcpy(map + page - len, REPLIES[index], len);
      everything(map + page - len, len);
    }
  }
  munmap(map, page * 2);
}

/* Replies with bytes changed, dropped and doubled, and plain noise, each in a block of just its size. */
static void mutated(unsigned rounds) {
  uint64_t state = 42;
  while (rounds-- > 0) {
    const char *reply = REPLIES[next(&state) % REPLY_COUNT];
    size_t len = strlen(reply), from = next(&state) % (len + 1), changes = next(&state) % 8;
    size_t size = len - from + next(&state) % 40;
    char *block = (char *)malloc(size == 0 ? 1 : size);
    size_t index;
    if (block == NULL)
      return;
    for (index = 0; index < size; index++)
      block[index] = index < len - from ? reply[from + index] : (char)next(&state);
    while (size > 0 && changes-- > 0)
      block[next(&state) % size] = (char)next(&state);
    everything(block, size);
    free(block);
  }
}

static void nothing(void) {
  smtp_codes_query query;
  smtp_codes_diagnosis diagnosis;
  uint32_t size;
  everything(NULL, 0);
  everything(NULL, (size_t)-1);
  everything("x", 0);
  CHECK(smtp_codes_diagnose(NULL, NULL) == SMTP_CODES_ERROR_NULL);
  CHECK(smtp_codes_decide(NULL, NULL, NULL, NULL) == SMTP_CODES_ERROR_NULL);
  CHECK(smtp_codes_parse(NULL, 3, NULL) == SMTP_CODES_ERROR_NULL);
  CHECK(smtp_codes_diagnose_batch(NULL) == SMTP_CODES_ERROR_NULL);
  CHECK(smtp_codes_diagnose_json(NULL, NULL, 0, NULL, 0) == 0);
  CHECK(smtp_codes_diagnose_text(NULL, NULL, 9) == 0);
  CHECK(smtp_codes_entry_advice(NULL, 0, NULL) == SMTP_CODES_ERROR_NULL);
  /* A struct of any size, each in a block of just that size. */
  memset(&query, 0, sizeof query);
  query.struct_size = sizeof query;
  query.reply = REPLIES[0];
  query.reply_len = strlen(REPLIES[0]);
  for (size = 4; size <= sizeof diagnosis + 64; size++) {
    smtp_codes_diagnosis *part = (smtp_codes_diagnosis *)malloc(size);
    smtp_codes_query *asked = (smtp_codes_query *)malloc(size);
    if (part == NULL || asked == NULL)
      return;
    memset(asked, 0, size);
    memcpy(asked, &query, size < sizeof query ? size : sizeof query);
    memcpy(asked, &size, sizeof size);
    memcpy(part, &size, sizeof size);
    smtp_codes_diagnose(&query, part);
    smtp_codes_diagnose(asked, part);
    free(part);
    free(asked);
  }
}

static void numbers(void) {
  static const int32_t strange[] = {-1, -2147483647 - 1, 2147483647, 255, 256, 65535, 65536, 1000000};
  size_t index;
  for (index = 0; index < sizeof strange / sizeof strange[0]; index++) {
    int32_t number = strange[index];
    CHECK(smtp_codes_reason_slug(number) == NULL && smtp_codes_step_slug(number) == NULL);
    CHECK(smtp_codes_column_width(number) == 0 && smtp_codes_column_label_count(number) == 0);
    CHECK(smtp_codes_column_label(number, number) == NULL);
    CHECK(smtp_codes_column_label(SMTP_CODES_COLUMN_PROVIDER, number) == NULL || number < 1000000);
    CHECK(smtp_codes_enhanced_find(number, number, number) == NULL);
    CHECK(smtp_codes_entry_at((size_t)(int64_t)number) == NULL || number >= 0);
  }
}

/* A batch whose offsets lead anywhere, into columns of every width and stride, in blocks of just their size. */
static void batches(unsigned rounds) {
  uint64_t state = 7;
  while (rounds-- > 0) {
    enum { ROWS = 9 };
    size_t data_len = 64;
    char *data = (char *)malloc(data_len);
    int64_t *offsets = (int64_t *)malloc((ROWS + 1) * sizeof *offsets);
    uint8_t *validity = (uint8_t *)malloc(2);
    static const uint32_t widths[] = {1, 2, 4, 8, 0, 3, 16};
    uint32_t width = widths[next(&state) % 7];
    int8_t *values = (int8_t *)malloc(ROWS * 16);
    smtp_codes_column column;
    smtp_codes_batch batch;
    size_t index;
    if (data == NULL || offsets == NULL || validity == NULL || values == NULL)
      return;
    for (index = 0; index < data_len; index++)
      data[index] = REPLIES[0][index];
    for (index = 0; index <= ROWS; index++)
      offsets[index] = next(&state) % 4 == 0 ? (int64_t)((uint64_t)next(&state) << 33 | next(&state)) : (int64_t)(next(&state) % 66) - 1;
    validity[0] = (uint8_t)next(&state);
    validity[1] = (uint8_t)next(&state);
    column.field = (int32_t)(next(&state) % 19) - 1;
    column.width = width;
    column.values = values;
    column.stride = (ptrdiff_t)width;
    memset(&batch, 0, sizeof batch);
    batch.struct_size = sizeof batch;
    batch.offset_bits = next(&state) % 2 == 0 ? 32 : 64;
    batch.count = ROWS;
    batch.data = next(&state) % 8 == 0 ? NULL : data;
    batch.data_len = data_len;
    batch.offsets = offsets;
    batch.validity = next(&state) % 2 == 0 ? validity : NULL;
    batch.validity_offset = next(&state) % 8;
    if (batch.validity_offset == 0 || batch.validity_offset + ROWS <= 16) {
      batch.columns = &column;
      batch.column_count = 1;
      smtp_codes_diagnose_batch(&batch);
      batch.columns = NULL;
      CHECK(smtp_codes_diagnose_batch(&batch) != SMTP_CODES_OK);
    }
    free(data);
    free(offsets);
    free(validity);
    free(values);
  }
}

static void *worker(void *expected) {
  const char *const *lines = (const char *const *)expected;
  unsigned round;
  size_t index;
  char json[4096];
  for (round = 0; round < 50; round++)
    for (index = 0; index < REPLY_COUNT; index++) {
      smtp_codes_query query;
      memset(&query, 0, sizeof query);
      query.struct_size = sizeof query;
      query.reply = REPLIES[index];
      query.reply_len = strlen(REPLIES[index]);
      smtp_codes_diagnose_json(&query, NULL, 0, json, sizeof json);
      if (strcmp(json, lines[index]) != 0)
        return (void *)"another answer";
    }
  return NULL;
}

static void threads(void) {
  static char lines[REPLY_COUNT][4096];
  const char *expected[REPLY_COUNT];
  pthread_t started[8];
  size_t index;
  for (index = 0; index < REPLY_COUNT; index++) {
    smtp_codes_query query;
    memset(&query, 0, sizeof query);
    query.struct_size = sizeof query;
    query.reply = REPLIES[index];
    query.reply_len = strlen(REPLIES[index]);
    CHECK(smtp_codes_diagnose_json(&query, NULL, 0, lines[index], sizeof lines[index]) < sizeof lines[index]);
    expected[index] = lines[index];
  }
  for (index = 0; index < 8; index++)
    CHECK(pthread_create(&started[index], NULL, worker, (void *)expected) == 0);
  for (index = 0; index < 8; index++) {
    void *result = NULL;
    CHECK(pthread_join(started[index], &result) == 0 && result == NULL);
  }
}

/* Texts without end, of several kinds. */
static void long_texts(size_t len) {
  static const char *const pieces[] = {"x", "5", "user unknown mailbox full ", "\n", "\xFF", "<", "https://", " 550 5.1.1 "};
  char *text = (char *)malloc(len);
  size_t index, place;
  CHECK(text != NULL);
  if (text == NULL)
    return;
  for (index = 0; index < sizeof pieces / sizeof pieces[0]; index++) {
    size_t size = strlen(pieces[index]);
    smtp_codes_query query;
    smtp_codes_diagnosis diagnosis;
    for (place = 0; place < len; place++)
      text[place] = pieces[index][place % size];
    memset(&query, 0, sizeof query);
    memset(&diagnosis, 0, sizeof diagnosis);
    query.struct_size = sizeof query;
    diagnosis.struct_size = sizeof diagnosis;
    query.reply = text;
    query.reply_len = len;
    CHECK(smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK);
  }
  free(text);
}

int main(int argc, char **argv) {
  size_t megabytes = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100;
  nothing();
  numbers();
  guarded();
  mutated(3000);
  batches(3000);
  threads();
  long_texts(megabytes << 20);
  if (failures == 0)
    puts("ok");
  return failures != 0;
}
