/* Says what a reply means: cc example.c $(pkg-config --cflags --libs smtp_codes) && ./a.out "550 5.1.1 User unknown" */
#include <smtp_codes.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  smtp_codes_query query = {0};
  smtp_codes_diagnosis diagnosis = {0};
  query.struct_size = sizeof query;
  query.reply = argc > 1 ? argv[1] : "550 5.1.1 User unknown";
  query.reply_len = strlen(query.reply);
  diagnosis.struct_size = sizeof diagnosis;
  if (smtp_codes_diagnose(&query, &diagnosis) != SMTP_CODES_OK)
    return 1;
  printf("%s: %s\n", smtp_codes_reason_slug(diagnosis.reason), diagnosis.summary);
  if (diagnosis.address == SMTP_CODES_ADDRESS_SUPPRESS)
    puts("Stop mailing this address.");
  return 0;
}
