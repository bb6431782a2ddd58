/* Reads the vectors of the conformance run: one flat JSON object on a line, no text of which needs an
 * escape, so that this much of a JSON reader does. */
#ifndef VECTORS_H
#define VECTORS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vector {
  char *line;
  size_t size;
  char *reply;
  size_t reply_len;
};

/* Where the value of a key begins, and how long it is; NULL where the line has no such key. */
static const char *vector_value(const struct vector *vector, const char *key, size_t *len) {
  char mark[32];
  const char *start;
  const char *end;
  *len = 0;
  sprintf(mark, "\"%.20s\":", key);
  start = strstr(vector->line, mark);
  if (start == NULL)
    return NULL;
  start += strlen(mark);
  if (*start == '"') {
    start++;
    end = strchr(start, '"');
  } else {
    end = start + strcspn(start, ",}");
  }
  if (end == NULL)
    return NULL;
  *len = (size_t)(end - start);
  return start;
}

static int vector_digit(char c) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *at = c == '\0' ? NULL : strchr(letters, c);
  return at == NULL ? -1 : (int)(at - letters);
}

/* The next vector: 1, or 0 where there is none. */
static int vector_read(struct vector *vector, FILE *file) {
  size_t len = 0;
  size_t index;
  const char *coded;
  unsigned long bits = 0;
  int width = 0;
  int c;
  while ((c = getc(file)) != EOF && c != '\n') {
    if (len + 2 > vector->size) {
      vector->size = vector->size * 2 + 4096;
      vector->line = (char *)realloc(vector->line, vector->size);
      vector->reply = (char *)realloc(vector->reply, vector->size);
      if (vector->line == NULL || vector->reply == NULL) {
        fputs("out of memory\n", stderr);
        exit(1);
      }
    }
    vector->line[len++] = (char)c;
  }
  if (len == 0)
    return 0;
  vector->line[len] = '\0';
  vector->reply_len = 0;
  coded = vector_value(vector, "reply_b64", &len);
  for (index = 0; index < len; index++) {
    int digit = vector_digit(coded[index]);
    if (digit < 0)
      break;
    bits = (bits << 6 | (unsigned long)digit) & 0xFFFFFFul;
    width += 6;
    if (width >= 8) {
      width -= 8;
      vector->reply[vector->reply_len++] = (char)(bits >> width & 0xFFul);
    }
  }
  return 1;
}

/* Writes a JSON string; NULL is null. */
static void vector_put(const char *text, size_t len) {
  size_t index;
  if (text == NULL) {
    fputs("null", stdout);
    return;
  }
  putchar('"');
  for (index = 0; index < len; index++) {
    unsigned char c = (unsigned char)text[index];
    if (c == '"' || c == '\\')
      printf("\\%c", c);
    else if (c < 0x20)
      printf("\\u%04x", c);
    else
      putchar(c);
  }
  putchar('"');
}

#endif
