/* One JSON document, flattened: every scalar with its path, in the order of the text. A C face over
   simdjson, so that no Swift target has to know C++. Nothing is thrown or printed across it. */
#ifndef CSIMDJSON_H
#define CSIMDJSON_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with its buffers; one a thread.
typedef struct csimdjson_parser csimdjson_parser;

/// What a field holds.
enum { CSIMDJSON_STRING = 0, CSIMDJSON_NUMBER = 1, CSIMDJSON_WORD = 2 };

/// A scalar: ranges of the parser's text. Names of the path are joined by dots; "[]" stands for any
/// element of an array. `object` is the number of the object that it stands in.
typedef struct {
  uint32_t path_start, path_end;
  uint32_t value_start, value_end;
  uint32_t kind;
  uint32_t object;
} csimdjson_field;

/// An object of the document, numbered in the order of the text. Number 0 is the document itself, its
/// own parent.
typedef struct {
  uint32_t path_start, path_end;
  uint32_t parent;
} csimdjson_object;

/// NULL when there is no memory.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

/// Parses one document and keeps its fields until the next call. A list of byte numbers under the name
/// MESSAGE is a string: so journald writes text with control bytes.
/// Returns 0, or the library's error code (positive); nothing is kept then.
int csimdjson_flatten(csimdjson_parser *parser, const uint8_t *json, size_t count);

/// The fields of the last document.
const csimdjson_field *csimdjson_fields(const csimdjson_parser *parser, size_t *count);

/// The objects of the last document.
const csimdjson_object *csimdjson_objects(const csimdjson_parser *parser, size_t *count);

/// The text that the fields' ranges point into.
const uint8_t *csimdjson_text(const csimdjson_parser *parser, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
