/* Stage two of the gate: which places are words of a trace, exactly. */
#include "anchor.h"
#include <string.h>

static int has(const uint8_t *at, size_t left, const char *word, size_t length) {
  return left >= length && memcmp(at, word, length) == 0;
}
#define HAS(word) has(base + at, count - at, word, sizeof(word) - 1)

static int is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }

/* `.java:12` and the line's end behind a dot: a place without parentheses, as Gradle and JRuby print it. */
static int is_place(const uint8_t *base, size_t count, size_t dot, size_t end) {
  static const char *const endings[] = {"java:", "kt:", "scala:", "groovy:", "rb:", "gen:"};
  if (base[end - 1] < '0' || base[end - 1] > '9') return 0;
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (has(base + dot + 1, count - dot - 1, endings[i], strlen(endings[i]))) return 1;
  return 0;
}

/* "at " of a JVM frame: first on its line, or behind a tab (also an escaped one), or behind a blank, the quote that
   opens a string, or what may stand for a line end, if `name.name(` or a place follows. Everything else is prose. A
   quote in a word may be escaped. */
static int is_frame(const uint8_t *base, size_t count, size_t at) {
  if (at == 0) return 1;
  const uint8_t before = base[at - 1];
  if (before == '\t' || before == '\n' || before == '\r') return 1;
  if (before == 't' && at >= 2 && base[at - 2] == '\\') return 1;
  if (before == '9' && at >= 3 && base[at - 2] == '0' && (base[at - 3] == '%' || base[at - 3] == '0'
      || base[at - 3] == 'x')) return 1;
  if (before == 'I' && (at < 2 || base[at - 2] != '^')) return 0;
  if (before == '2' && (at < 4 || (memcmp(base + at - 4, "#01", 3) != 0
      && memcmp(base + at - 4, "\\01", 3) != 0))) return 0;
  if (before == 't' || before == '9' || memchr(before_at, before, sizeof before_at - 1) == NULL) return 0;
  if (before == ' ' && at >= 2 && (is_blank(base[at - 2]) || base[at - 2] == '\n')) return 1;
  size_t dot = 0, end = at + 3;
  const size_t limit = count - end < 256 ? count : end + 256;
  for (; end < limit; end++) {
    const uint8_t byte = base[end];
    if (byte <= ' ') {
      if (byte == ' ' || byte == '\t') return 0;
      if (byte == '\n' || byte == '\r') return dot != 0 && is_place(base, count, dot, end);
    }
    if (byte == '(') return dot != 0;
    if (byte == '.') dot = end;
    if (byte == '\\' && dot != 0 && has(base + end + 1, count - end - 1, "n", 1)
        && is_place(base, count, dot, end)) return 1;
  }
  return end == count; /* cut by the end of the block: look again with more of it */
}

/* `at&nbsp;` of a JVM frame on a page: behind a blank, a tag or nothing, and before `name.name(`. */
static int is_page_frame(const uint8_t *base, size_t count, size_t at) {
  if (at > 0 && base[at - 1] != ';' && base[at - 1] != '>' && base[at - 1] != '\n') return 0;
  size_t dot = 0, end = at + 8;
  const size_t limit = count - at < 256 ? count : at + 256;
  for (; end < limit && base[end] > ' ' && base[end] != '&' && base[end] != '<' && base[end] != '('; end++)
    if (base[end] == '.') dot = end;
  return end == count || (end < limit && base[end] == '(' && dot != 0);
}

/* `File&nbsp;"` of a frame of Python on a page: its line's number stands behind it. */
static int is_page_file(const uint8_t *base, size_t count, size_t at) {
  const size_t limit = count - at < 512 ? count : at + 512;
  for (size_t next = at + 10; next + 10 <= limit && base[next] != '\n'; next++)
    if (memcmp(base + next, "line&nbsp;", 10) == 0) return 1;
  return limit == count;
}

/* pytest's "E   " stands first on its line: as it is, behind what a container puts before every line, behind a colour,
   or in a string, behind its quote or an escaped line end. */
static int is_behind_prefix(const uint8_t *base, size_t at) {
  return at > 0 && ((base[at - 1] == 'm' && at > 1 && base[at - 2] >= '0' && base[at - 2] <= '9')
      || base[at - 1] == ' ' || base[at - 1] == '"' || (at > 1 && base[at - 1] == 'n' && base[at - 2] == '\\'));
}

static int is_in_name(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9')
      || byte == '_' || byte == '$' || byte >= 0x80;
}

static int is_word(const uint8_t *base, size_t count, size_t at);

/* Whether a word stands in the rest of a line, as far as it is looked at. Words that ask this themselves are none: they
   would ask each other. */
enum { REST = 1 << 12 };
static int is_word_in(const uint8_t *base, size_t from, size_t end) {
  for (size_t at = from; at < end && at - from < REST; at++)
    if (is_word(base, end, at)) return 1;
  return 0;
}

/* Behind the tag that java.util.logging opens an exception with, the line ends. */
static int ends_line(const uint8_t *base, size_t count, size_t at) { return at >= count || base[at] == '\n'
    || base[at] == '\r'; }

/* `id="traceback">` or `<h2 class="traceback">`, from its "ceback" on: a page of Django or Werkzeug. Where another word
   stands behind the former, that one counts. */
static int is_page(const uint8_t *base, size_t count, size_t at) {
  if (at >= 14 && memcmp(base + at - 14, "<h2 class=\"tra", 14) == 0) return 1;
  if (at < 7 || memcmp(base + at - 7, "id=\"tra", 7) != 0) return 0;
  const size_t reach = count - at < REST ? count - at : REST;
  const uint8_t *newline = memchr(base + at, '\n', reach);
  return !is_word_in(base, at + 1, newline == NULL ? count : (size_t)(newline - base));
}

/* Where the text of a line starts that a Kubernetes runtime or Docker wrote: behind `stderr F ` or `{"log":"`, and
   behind the blanks and tabs there. Where there is neither, behind the line's own blanks. */
static size_t text_start(const uint8_t *base, size_t count, size_t at) {
  if (has(base + at, count - at, "{\"log\":\"", 8)) {
    at += 8;
  } else if (has(base + at, count - at, "{\"log\": \"", 9)) {
    at += 9;
  } else {
    const size_t limit = count - at < 64 ? count : at + 64;
    for (size_t next = at + 20; next + 9 <= limit && base[next] != '\n'; next++)
      if (base[next] == 's' && base[next + 1] == 't' && base[next + 2] == 'd' && base[next + 6] == ' '
          && base[next + 8] == ' ') {
        at = next + 9;
        break;
      }
  }
  while (at < count && (is_blank(base[at]) || has(base + at, count - at, "\\t", 2))) at += base[at] == '\\' ? 2 : 1;
  return at;
}

/* A line of its own that is `package.Type` or `package.Type: message`, has no other word on it and no frame or label
   right below: the header of an exception without a stack, if what stands above proves it. */
static int is_lone_header(const uint8_t *base, size_t count, size_t at) {
  if (at >= count || !begins_package(base[at])) return 0;
  for (size_t next = at + 1; next < at + 3; next++)
    if (next < count && !goes_on_package(base[next])) return 0;
  size_t dot = 0, end = at;
  const size_t limit = count - at < 256 ? count : at + 256;
  for (; end < limit && (is_in_name(base[end]) || base[end] == '.'); end++)
    if (base[end] == '.') dot = end;
  if (end == count) return 1; /* cut by the end of the block: look again with more of it */
  if (dot == 0 || base[dot + 1] < 'A' || base[dot + 1] > 'Z') return 0;
  const int ends_string = base[end] == '\\' && end + 1 < count && base[end + 1] == 'n';
  if (base[end] != ':' && base[end] != '\n' && base[end] != '\r' && !ends_string) return 0;
  const uint8_t *newline = memchr(base + end, '\n', count - end < REST ? count - end : REST);
  if (newline == NULL) return 1; /* too far for a message to be looked through: the scanner looks */
  at = text_start(base, count, (size_t)(newline - base) + 1);
  const int is_bracket = at + 3 < count && base[at + 3] == '['; /* a message may have " at [Source: ..." */
  if ((HAS("at ") && !is_bracket) || HAS("... ") || HAS("Caused by: ")) return 0;
  return !is_word_in(base, end, (size_t)(newline - base));
}

/* The same as the text of a line that a Kubernetes runtime wrote, from the `F` on that says that the line is whole. */
static int is_runtime_header(const uint8_t *base, size_t count, size_t at) {
  return at >= 27 && base[at + 1] == ' ' && (memcmp(base + at - 7, "stderr ", 7) == 0
      || memcmp(base + at - 7, "stdout ", 7) == 0) && is_lone_header(base, count, at + 2);
}

/* `":[` behind the name of a list in JSON, with a blank at most, perhaps in a string. */
static int is_list(const uint8_t *base, size_t count, size_t at) {
  if (HAS("\\")) at++;
  return HAS("\":[") || HAS("\": [");
}

/* A word is listed under its first byte. */
static int is_word(const uint8_t *base, size_t count, size_t at) {
  switch (base[at]) {
  case 'a': return (HAS("at ") && is_frame(base, count, at)) || (HAS("at&nbsp;") && is_page_frame(base, count, at));
  case 'F': return HAS("File \"") || HAS("File \\") || HAS("File &") || HAS("Fatal Python error")
      || (HAS("File&nbsp;") && is_page_file(base, count, at));
  case 'T': return HAS("Traceback (") || HAS("Terminating due to ") || HAS("Traceback&nbsp;(most")
      || HAS("Traceback: <class");
  case 'C': return HAS("Caused by: ") || HAS("Caused&nbsp;by:") || HAS("Cell In[") || HAS("Cell \x1b[");
  case 'S': return HAS("SSAGE\":[") || HAS("SSAGE\": [") || HAS("SSAGE\" : [") || HAS("Suppressed: ")
      || HAS("Stack (most recent call");
  case 'W': return HAS("Wrapped by: ");
  case 'E': return HAS("Exception in thread \"") || HAS("Exception in thread \\") || HAS("Execution error (")
      || HAS("Exception: java.lang.") || (HAS("E   ") && is_behind_prefix(base, at));
  case '#': return HAS("#error {") || HAS("# A fatal error has been detected by the Java") || HAS("#1 \"main\"")
      || HAS("#1 \\\"main\\\"");
  case '|': return HAS("|  Exception ");
  case '+': return HAS("+-+-------------");
  case '(': return HAS("(most recent call first)") || HAS("(most recent call last)");
  case '%': return HAS("%0A%09at") || HAS("%0A%20%20File") || HAS("%0A%20%20%7C") || HAS("%0A++File")
      || HAS("%0A++%7C") || HAS("%0a%09at") || HAS("%0a%20%20File");
  case '=': return HAS("=0A=09at ") || HAS("=0A=20=20File");
  case '<': return HAS("<exception>") && ends_line(base, count, at + 11);
  case '*': return HAS("*--- Failure #");
  case '\n': return HAS("\nE   ");
  case 'A': return HAS("AirbyteDbtError: ");
  case 'k': return HAS("k_trace\"") || HAS("kTrace\"") || HAS("ktrace\"") || HAS("k_trace\\") || HAS("kTrace\\")
      || HAS("ktrace\\");
  case 'p': return HAS("pArray\"") || HAS("pArray\\");
  case 'e': return HAS("efId\"") || HAS("efId\\");
  case 'f': return HAS("frames") && is_list(base, count, at + 6);
  case 'w': return HAS("wable") && is_list(base, count, at + 5);
  case 'c': return HAS("c_type\"") || HAS("c_type\\");
  default: return 0;
  }
}

/* A word, or one that counts where no other stands behind it on its line. */
int cscan_is_anchor(const uint8_t *base, size_t count, size_t at) {
  if (is_word(base, count, at)) return 1;
  switch (base[at]) {
  case 'F': return HAS("F ") && is_runtime_header(base, count, at);
  case 'l': return (HAS("log\":\"") && is_lone_header(base, count, at + 6))
      || (HAS("log\": \"") && is_lone_header(base, count, at + 7));
  case '\n': return is_lone_header(base, count, at + 1);
  case 'c': return HAS("ceback\">") && is_page(base, count, at);
  default: return 0;
  }
}

size_t cscan_next_anchor_plain(const uint8_t *base, size_t count, size_t from) {
  for (size_t at = from; at < count; at++)
    if (cscan_is_anchor(base, count, at)) return at;
  return count;
}
