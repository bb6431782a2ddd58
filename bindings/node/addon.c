/* The native part of the Node.js binding: hands strings to the C library and values back. */
#define NAPI_VERSION 8
#include <node_api.h>
#include <smtp_codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text of JavaScript's as bytes: a string as UTF-8, a Uint8Array as it is. */
struct text {
  char *owned;
  const char *start;
  size_t len;
};

static int text_of(napi_env env, napi_value value, struct text *text) {
  napi_valuetype type;
  bool typed;
  memset(text, 0, sizeof *text);
  if (napi_typeof(env, value, &type) != napi_ok)
    return 0;
  if (type == napi_undefined || type == napi_null)
    return 1;
  if (type == napi_string) {
    if (napi_get_value_string_utf8(env, value, NULL, 0, &text->len) != napi_ok)
      return 0;
    text->owned = (char *)malloc(text->len + 1);
    if (text->owned == NULL)
      return 0;
    text->start = text->owned;
    return napi_get_value_string_utf8(env, value, text->owned, text->len + 1, &text->len) == napi_ok;
  }
  if (napi_is_typedarray(env, value, &typed) == napi_ok && typed) {
    napi_typedarray_type kind;
    void *data;
    if (napi_get_typedarray_info(env, value, &kind, &text->len, &data, NULL, NULL) != napi_ok || kind != napi_uint8_array)
      return 0;
    text->start = (const char *)data;
    return 1;
  }
  return 0;
}

static napi_value string(napi_env env, const char *text, size_t len) {
  napi_value value = NULL;
  if (text == NULL)
    napi_get_null(env, &value);
  else
    napi_create_string_utf8(env, text, len, &value);
  return value;
}

static napi_value slug(napi_env env, const char *text) {
  return string(env, text, NAPI_AUTO_LENGTH);
}

static napi_value number(napi_env env, int32_t number) {
  napi_value value = NULL;
  if (number < 0)
    napi_get_null(env, &value);
  else
    napi_create_int32(env, number, &value);
  return value;
}

static void set(napi_env env, napi_value object, const char *key, napi_value value) {
  napi_set_named_property(env, object, key, value);
}

static napi_value object_of(napi_env env, const smtp_codes_diagnosis *diagnosis) {
  napi_value object, list, value;
  uint32_t index;
  char enhanced[48];
  napi_create_object(env, &object);
  set(env, object, "code", number(env, diagnosis->code));
  if (diagnosis->enhanced_class < 0) {
    set(env, object, "enhanced", string(env, NULL, 0));
  } else {
    snprintf(enhanced, sizeof enhanced, "%d.%d.%d", (int)diagnosis->enhanced_class, (int)diagnosis->enhanced_subject, (int)diagnosis->enhanced_detail);
    set(env, object, "enhanced", slug(env, enhanced));
  }
  set(env, object, "provider", slug(env, diagnosis->provider_slug));
  set(env, object, "variant", slug(env, diagnosis->variant_slug));
  set(env, object, "reason", slug(env, smtp_codes_reason_slug(diagnosis->reason)));
  set(env, object, "confidence", number(env, diagnosis->confidence));
  set(env, object, "bounce", slug(env, smtp_codes_bounce_slug(diagnosis->bounce)));
  set(env, object, "party", slug(env, smtp_codes_party_slug(diagnosis->party)));
  set(env, object, "delivery", slug(env, smtp_codes_delivery_slug(diagnosis->delivery)));
  set(env, object, "address", slug(env, smtp_codes_address_slug(diagnosis->address)));
  napi_create_array_with_length(env, diagnosis->remedy_count, &list);
  for (index = 0; index < diagnosis->remedy_count; index++)
    napi_set_element(env, list, index, slug(env, smtp_codes_remedy_slug(diagnosis->remedies[index])));
  set(env, object, "remedies", list);
  set(env, object, "basis", slug(env, smtp_codes_basis_slug(diagnosis->basis)));
  set(env, object, "summary", slug(env, diagnosis->summary));
  set(env, object, "fix", slug(env, diagnosis->fix));
  set(env, object, "retryAfterS", number(env, diagnosis->retry_after_s));
  set(env, object, "blocklist", slug(env, diagnosis->blocklist_slug));
  set(env, object, "url", string(env, diagnosis->url, diagnosis->url_len));
  set(env, object, "tag", string(env, diagnosis->tag, diagnosis->tag_len));
  napi_get_boolean(env, diagnosis->class_mismatch != 0, &value);
  set(env, object, "classMismatch", value);
  napi_create_array(env, &list);
  for (index = 0; index < smtp_codes_entry_source_count(diagnosis->entry); index++)
    napi_set_element(env, list, index, slug(env, smtp_codes_source_id(smtp_codes_entry_source(diagnosis->entry, index))));
  set(env, object, "sources", list);
  return object;
}

/* Arguments: reply, provider, mx, recipient, command, and for JSON the id. */
static napi_value call(napi_env env, napi_callback_info info, int composed) {
  napi_value arguments[6];
  struct text texts[6];
  size_t count = 6, index;
  int readable;
  smtp_codes_query query;
  napi_value result = NULL;
  memset(texts, 0, sizeof texts);
  memset(&query, 0, sizeof query);
  /* Arguments that are not given come as undefined. */
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok)
    return NULL;
  readable = 1;
  for (index = 0; index < 6 && readable; index++)
    readable = text_of(env, arguments[index], &texts[index]);
  query.struct_size = sizeof query;
  query.reply = texts[0].start;
  query.reply_len = texts[0].len;
  query.provider = texts[1].start;
  query.provider_len = texts[1].len;
  query.mx = texts[2].start;
  query.mx_len = texts[2].len;
  query.recipient = texts[3].start;
  query.recipient_len = texts[3].len;
  query.command = texts[4].start;
  query.command_len = texts[4].len;
  if (!readable) {
    napi_throw_type_error(env, NULL, "a reply and what is said about it must be strings or Uint8Arrays");
  } else if (composed) {
    size_t size = smtp_codes_diagnose_json(&query, texts[5].start, texts[5].len, NULL, 0) + 1;
    char *json = (char *)malloc(size);
    if (json == NULL) {
      napi_throw_error(env, NULL, "out of memory");
    } else {
      result = string(env, json, smtp_codes_diagnose_json(&query, texts[5].start, texts[5].len, json, size));
      free(json);
    }
  } else {
    smtp_codes_diagnosis diagnosis;
    memset(&diagnosis, 0, sizeof diagnosis);
    diagnosis.struct_size = sizeof diagnosis;
    smtp_codes_diagnose(&query, &diagnosis);
    result = object_of(env, &diagnosis);
  }
  for (index = 0; index < 6; index++)
    free(texts[index].owned);
  return result;
}

static napi_value diagnose(napi_env env, napi_callback_info info) {
  return call(env, info, 0);
}

static napi_value diagnose_json(napi_env env, napi_callback_info info) {
  return call(env, info, 1);
}

static napi_value version(napi_env env, napi_callback_info info) {
  (void)info;
  return slug(env, smtp_codes_version());
}

static napi_value catalogue_version(napi_env env, napi_callback_info info) {
  (void)info;
  return slug(env, smtp_codes_catalogue_version());
}

static napi_value catalogue_date(napi_env env, napi_callback_info info) {
  (void)info;
  return slug(env, smtp_codes_catalogue_date());
}

NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {
      {"diagnose", diagnose},
      {"diagnoseJson", diagnose_json},
      {"version", version},
      {"catalogueVersion", catalogue_version},
      {"catalogueDate", catalogue_date},
  };
  size_t index;
  for (index = 0; index < sizeof functions / sizeof functions[0]; index++) {
    napi_value function;
    if (napi_create_function(env, functions[index].name, NAPI_AUTO_LENGTH, functions[index].function, NULL, &function) != napi_ok)
      return NULL;
    set(env, exports, functions[index].name, function);
  }
  return exports;
}
