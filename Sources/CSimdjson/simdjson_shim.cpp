#include "CSimdjson.h"

#include <simdjson.h>

#include <cstdio>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

/* Deeper documents are refused by the library, so the walk below may recurse. */
constexpr size_t deepest = 64;
constexpr size_t longest = 64u << 20;

struct Range {
  uint32_t start, end;
};

}  // namespace

struct csimdjson_parser {
  simdjson::dom::parser parser{longest};
  std::vector<csimdjson_field> fields;
  std::vector<csimdjson_object> objects;
  uint32_t current = 0;
  std::string text;
  std::string path;

  Range keep(std::string_view bytes) {
    const auto start = static_cast<uint32_t>(text.size());
    text.append(bytes);
    return {start, static_cast<uint32_t>(text.size())};
  }

  void add(Range name, std::string_view value, uint32_t kind) {
    const Range kept = keep(value);
    fields.push_back({name.start, name.end, kept.start, kept.end, kind, current});
  }

  void walk(simdjson::dom::element element) {
    using simdjson::dom::element_type;
    switch (element.type()) {
    case element_type::OBJECT: return object(element.get_object().value_unsafe());
    case element_type::ARRAY: return array(element.get_array().value_unsafe());
    case element_type::STRING:
      return add(keep(path), element.get_string().value_unsafe(), CSIMDJSON_STRING);
    default: return scalar(element);
    }
  }

  void document(simdjson::dom::element root) {
    objects.push_back({0, 0, 0});
    current = 0;
    if (root.is_object()) return members(root.get_object().value_unsafe());
    walk(root);
  }

  void object(simdjson::dom::object object) {
    const uint32_t outer = current;
    const Range name = keep(path);
    current = static_cast<uint32_t>(objects.size());
    objects.push_back({name.start, name.end, outer});
    members(object);
    current = outer;
  }

  void members(simdjson::dom::object object) {
    const size_t length = path.size();
    for (const auto field : object) {
      if (length > 0) path += '.';
      path.append(field.key);
      walk(field.value);
      path.resize(length);
    }
  }

  /* Whether the name at the end of the path is that of a journald message, or of one in a list of its values. */
  bool is_message() const {
    std::string_view name = path;
    if (name.size() > 2 && name.substr(name.size() - 2) == "[]") name.remove_suffix(2);
    constexpr std::string_view message = "MESSAGE";
    if (name.size() < message.size() || name.substr(name.size() - message.size()) != message) return false;
    return name.size() == message.size() || name[name.size() - message.size() - 1] == '.';
  }

  /* Whether the array is a journald message as numbers; they are appended to `text` then. */
  bool bytes(simdjson::dom::array array) {
    if (!is_message() || array.size() == 0) return false;
    const Range name = keep(path);
    const auto start = static_cast<uint32_t>(text.size());
    for (const auto element : array) {
      uint64_t number = 0;
      if (element.get_uint64().get(number) || number > 255) {
        text.resize(name.start);
        return false;
      }
      text += static_cast<char>(number);
    }
    const auto end = static_cast<uint32_t>(text.size());
    fields.push_back({name.start, name.end, start, end, CSIMDJSON_STRING, current});
    return true;
  }

  void array(simdjson::dom::array array) {
    if (bytes(array)) return;
    const size_t length = path.size();
    path += "[]";
    for (const auto element : array) walk(element);
    path.resize(length);
  }

  void scalar(simdjson::dom::element element) {
    const bool is_number = element.is_number();
    add(keep(path), simdjson::minify(element), is_number ? CSIMDJSON_NUMBER : CSIMDJSON_WORD);
  }
};

csimdjson_parser *csimdjson_create(void) {
  try {
    return new (std::nothrow) csimdjson_parser();
  } catch (...) {
    return nullptr;
  }
}

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

int csimdjson_flatten(csimdjson_parser *parser, const uint8_t *json, size_t count) {
  parser->fields.clear();
  parser->objects.clear();
  parser->text.clear();
  parser->path.clear();
  try {
    if (parser->parser.max_depth() != deepest) {
      const auto error = parser->parser.allocate(count + 256, deepest);
      if (error) return error;
    }
    simdjson::dom::element document;
    const auto error = parser->parser.parse(json, count, true).get(document);
    if (error) return error;
    parser->document(document);
    return 0;
  } catch (...) {
    parser->fields.clear();
    return simdjson::MEMALLOC;
  }
}

const csimdjson_field *csimdjson_fields(const csimdjson_parser *parser, size_t *count) {
  *count = parser->fields.size();
  return parser->fields.data();
}

const csimdjson_object *csimdjson_objects(const csimdjson_parser *parser, size_t *count) {
  *count = parser->objects.size();
  return parser->objects.data();
}

const uint8_t *csimdjson_text(const csimdjson_parser *parser, size_t *count) {
  *count = parser->text.size();
  return reinterpret_cast<const uint8_t *>(parser->text.data());
}
