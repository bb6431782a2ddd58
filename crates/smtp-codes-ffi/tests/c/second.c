/* The header once more, in a unit of its own: nothing in it may be defined twice. */
#include "smtp_codes.h"
#include "smtp_codes.h"

#include <string.h>

int32_t second_unit(void);

int32_t second_unit(void) {
  smtp_codes_query query;
  smtp_codes_diagnosis diagnosis;
  memset(&query, 0, sizeof query);
  memset(&diagnosis, 0, sizeof diagnosis);
  query.struct_size = sizeof query;
  diagnosis.struct_size = sizeof diagnosis;
  query.reply = "552 5.2.2 Mailbox full";
  query.reply_len = 22;
  if (smtp_codes_diagnose(&query, &diagnosis) != SMTP_CODES_OK)
    return -1;
  return diagnosis.reason;
}
