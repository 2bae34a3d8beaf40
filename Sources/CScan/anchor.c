/* The gate: finds the few places of a log where a trace can show itself, at memory speed.
   Stage one compares four bytes of every word at once (by tables, 32 or 64 bytes of the text a turn); it lets through
   a little more than it should and never less. Stage two checks the whole word and is exact; between them, what most false hits are is passed over quickly. */
#include "CScan.h"
#include <string.h>

#define MAYBE_INLINE static inline __attribute__((always_inline))

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

/* "at " is too short for stage one: the byte before it counts as its first one, and these are all that is_frame admits. The
   last ones are marks for line ends that no other log has before the word: `^`, `~`, `}`, `@`, 0, 1E and the ends of
   U+240A, U+23CE, U+21B5 and U+00B6; and what a tab is shown as: `?` and `^I`. */
static const char before_at[] = "\t\n\rt9 >;12\"|\xA0^~}@\0\x1E\x8A\x8E\xB5\xB6?I";

/* "at " of a JVM frame: first on its line, or behind a tab (also an escaped one), or behind a blank, the quote that opens a
   string, or what may stand for a line end, if `name.name(` or a place follows. Everything else is prose. A quote in a word may be escaped. */
static int is_frame(const uint8_t *base, size_t count, size_t at) {
  if (at == 0) return 1;
  const uint8_t before = base[at - 1];
  if (before == '\t' || before == '\n' || before == '\r') return 1;
  if (before == 't' && at >= 2 && base[at - 2] == '\\') return 1;
  if (before == '9' && at >= 3 && base[at - 2] == '0' && (base[at - 3] == '%' || base[at - 3] == '0' || base[at - 3] == 'x')) return 1;
  if (before == 'I' && (at < 2 || base[at - 2] != '^')) return 0;
  if (before == '2' && (at < 4 || (memcmp(base + at - 4, "#01", 3) != 0 && memcmp(base + at - 4, "\\01", 3) != 0))) return 0;
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
    if (byte == '\\' && dot != 0 && has(base + end + 1, count - end - 1, "n", 1) && is_place(base, count, dot, end)) return 1;
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

/* pytest's "E   " stands first on its line: as it is, behind what a container puts before every line, behind a colour, or
   in a string, behind its quote or an escaped line end. */
static int is_behind_prefix(const uint8_t *base, size_t at) {
  return at > 0 && ((base[at - 1] == 'm' && at > 1 && base[at - 2] >= '0' && base[at - 2] <= '9') || base[at - 1] == ' ' || base[at - 1] == '"' || (at > 1 && base[at - 1] == 'n' && base[at - 2] == '\\'));
}

/* What may begin the name of a package. The letters that are left out begin few of them and would cost more than they
   find: their low six bits are those of the digits that dates begin with. */
static int begins_package(uint8_t byte) { return byte >= 'a' && byte <= 'z' && byte != 'p' && byte != 'q' && byte != 'r'; }

/* The second and third byte of such a name: letters, or the end of the first part. */
static int goes_on_package(uint8_t byte) { return (byte >= 'a' && byte <= 'z') || byte == '.'; }

static int is_in_name(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '$' || byte >= 0x80;
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
static int ends_line(const uint8_t *base, size_t count, size_t at) { return at >= count || base[at] == '\n' || base[at] == '\r'; }

/* `id="traceback">` or `<h2 class="traceback">`, from its "ceback" on: a page of Django or Werkzeug. Where another word
   stands behind the former, that one counts. */
static int is_page(const uint8_t *base, size_t count, size_t at) {
  if (at >= 14 && memcmp(base + at - 14, "<h2 class=\"tra", 14) == 0) return 1;
  if (at < 7 || memcmp(base + at - 7, "id=\"tra", 7) != 0) return 0;
  const size_t reach = count - at < REST ? count - at : REST;
  const uint8_t *newline = memchr(base + at, '\n', reach);
  return !is_word_in(base, at + 1, newline == NULL ? count : (size_t)(newline - base));
}

/* Where the text of a line starts that a Kubernetes runtime or Docker wrote: behind `stderr F ` or `{"log":"`, and behind the
   blanks and tabs there. Where there is neither, behind the line's own blanks. */
static size_t text_start(const uint8_t *base, size_t count, size_t at) {
  if (has(base + at, count - at, "{\"log\":\"", 8)) {
    at += 8;
  } else if (has(base + at, count - at, "{\"log\": \"", 9)) {
    at += 9;
  } else {
    const size_t limit = count - at < 64 ? count : at + 64;
    for (size_t next = at + 20; next + 9 <= limit && base[next] != '\n'; next++)
      if (base[next] == 's' && base[next + 1] == 't' && base[next + 2] == 'd' && base[next + 6] == ' ' && base[next + 8] == ' ') {
        at = next + 9;
        break;
      }
  }
  while (at < count && (is_blank(base[at]) || has(base + at, count - at, "\\t", 2))) at += base[at] == '\\' ? 2 : 1;
  return at;
}

/* A line of its own that is `package.Type` or `package.Type: message`, has no other word on it and no frame or label right
   below: the header of an exception without a stack, if what stands above proves it. */
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
  return at >= 27 && base[at + 1] == ' ' && (memcmp(base + at - 7, "stderr ", 7) == 0 || memcmp(base + at - 7, "stdout ", 7) == 0) && is_lone_header(base, count, at + 2);
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
  case 'F': return HAS("File \"") || HAS("File \\") || HAS("File &") || (HAS("File&nbsp;") && is_page_file(base, count, at)) || HAS("Fatal Python error");
  case 'T': return HAS("Traceback (") || HAS("Terminating due to ") || HAS("Traceback&nbsp;(most") || HAS("Traceback: <class");
  case 'C': return HAS("Caused by: ") || HAS("Caused&nbsp;by:") || HAS("Cell In[") || HAS("Cell \x1b[");
  case 'S': return HAS("SSAGE\":[") || HAS("SSAGE\": [") || HAS("SSAGE\" : [") || HAS("Suppressed: ") || HAS("Stack (most recent call");
  case 'W': return HAS("Wrapped by: ");
  case 'E': return HAS("Exception in thread \"") || HAS("Exception in thread \\") || HAS("Execution error (") || HAS("Exception: java.lang.") || (HAS("E   ") && is_behind_prefix(base, at));
  case '#': return HAS("#error {") || HAS("# A fatal error has been detected by the Java") || HAS("#1 \"main\"") || HAS("#1 \\\"main\\\"");
  case '|': return HAS("|  Exception ");
  case '+': return HAS("+-+-------------");
  case '(': return HAS("(most recent call first)") || HAS("(most recent call last)");
  case '%': return HAS("%0A%09at") || HAS("%0A%20%20File") || HAS("%0A%20%20%7C") || HAS("%0A++File") || HAS("%0A++%7C") || HAS("%0a%09at") || HAS("%0a%20%20File");
  case '=': return HAS("=0A=09at ") || HAS("=0A=20=20File");
  case '<': return HAS("<exception>") && ends_line(base, count, at + 11);
  case '*': return HAS("*--- Failure #");
  case '\n': return HAS("\nE   ");
  case 'A': return HAS("AirbyteDbtError: ");
  case 'k': return HAS("k_trace\"") || HAS("kTrace\"") || HAS("ktrace\"") || HAS("k_trace\\") || HAS("kTrace\\") || HAS("ktrace\\");
  case 'p': return HAS("pArray\"") || HAS("pArray\\");
  case 'e': return HAS("efId\"") || HAS("efId\\");
  case 'f': return HAS("frames") && is_list(base, count, at + 6);
  case 'w': return HAS("wable") && is_list(base, count, at + 5);
  case 'c': return HAS("c_type\"") || HAS("c_type\\");
  default: return 0;
  }
}

/* Stage two: a word, or one that counts where no other stands behind it on its line. */
static int is_anchor(const uint8_t *base, size_t count, size_t at) {
  if (is_word(base, count, at)) return 1;
  switch (base[at]) {
  case 'F': return HAS("F ") && is_runtime_header(base, count, at);
  case 'l': return (HAS("log\":\"") && is_lone_header(base, count, at + 6)) || (HAS("log\": \"") && is_lone_header(base, count, at + 7));
  case '\n': return is_lone_header(base, count, at + 1);
  case 'c': return HAS("ceback\">") && is_page(base, count, at);
  default: return 0;
  }
}

size_t cscan_next_anchor_plain(const uint8_t *base, size_t count, size_t from) {
  for (size_t at = from; at < count; at++)
    if (is_anchor(base, count, at)) return at;
  return count;
}

#if defined(__x86_64__)
#include <immintrin.h>

/* Four bytes of every word; the numbers are the buckets (bits) that share the tables, one for each way of looking a byte
   up. Words in one bucket are mixed up byte by byte, so each bucket holds words that have bytes in common, and rare ones;
   the numbers were found by trying which give the fewest hits in logs of several kinds. */
enum { WIDTH = 4 };
static const struct { char head[WIDTH + 1]; uint8_t by_nibbles, by_six_bits; } heads[] = {
    {"File", 6, 3}, {"Fata", 7, 0}, {"|  E", 4, 5}, {"Trac", 5, 6}, {"Term", 0, 5}, {"Wrap", 5, 6}, {"k_tr", 4, 3},
    {"kTra", 7, 3}, {"ktra", 7, 3}, {"Caus", 6, 5}, {"Cell", 0, 5}, {"Supp", 5, 6}, {"Stac", 5, 6},
    {"ceba", 0, 3}, {"<exc", 0, 5}, {"*---", 1, 2}, {"c_ty", 5, 3}, {"SSAG", 2, 6}, {"Exce", 1, 1}, {"Exec", 1, 5}, {"Airb", 6, 5}, {"#err", 6, 3},
    {"# A ", 2, 1}, {"#1 \"", 1, 1}, {"#1 \\", 1, 1}, {"+-+-", 6, 6}, {"(mos", 6, 1}, {"%0A%", 6, 4}, {"%0A+", 6, 4}, {"%0a%", 6, 4}, {"=0A=", 2, 1},
    {"\nE  ", 5, 4}, {"E   ", 1, 1}, {"at&n", 7, 0}, {"log\"", 4, 6},
    {"pArr", 4, 3}, {"efId", 0, 4}, {"fram", 5, 6}, {"wabl", 7, 4},
};
/* The buckets of "at ". */
enum { AT_BY_NIBBLES = 2, AT_BY_SIX_BITS = 0 };
/* The buckets of a line end and the first three bytes of a name behind it. */
enum { NAME_BY_NIBBLES = 3, NAME_BY_SIX_BITS = 7 };
/* Those of `F`, a blank and the first two bytes of a name. */
enum { RUNTIME_BY_NIBBLES = 1, RUNTIME_BY_SIX_BITS = 2 };

/* Which buckets' words have a byte at each of the four places, by the byte's nibbles and by its low six bits. Made before
   main. */
static uint8_t by_low[WIDTH][16], by_high[WIDTH][16], by_six[WIDTH][64];

/* Whether a head, or something else, has a hash. */
static uint8_t is_head[1 << 12];

static uint32_t slot(uint32_t four) { return four * 2654435761u >> 20; }

static void add(const char head[WIDTH], uint8_t nibbles, uint8_t six_bits) {
  for (int k = 0; k < WIDTH; k++) {
    const uint8_t byte = (uint8_t)head[k];
    by_low[k][byte & 15] |= (uint8_t)(1u << nibbles);
    by_high[k][byte >> 4] |= (uint8_t)(1u << nibbles);
    by_six[k][byte & 63] |= (uint8_t)(1u << six_bits);
  }
}

__attribute__((constructor)) static void make_tables(void) {
  for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
    add(heads[i].head, heads[i].by_nibbles, heads[i].by_six_bits);
    uint32_t four;
    memcpy(&four, heads[i].head, WIDTH);
    is_head[slot(four)] = 1;
  }
  for (size_t i = 0; i < sizeof before_at - 1; i++) {
    const char head[WIDTH] = {before_at[i], 'a', 't', ' '};
    add(head, AT_BY_NIBBLES, AT_BY_SIX_BITS);
  }
  for (unsigned byte = 0; byte < 256; byte++) {
    if (!goes_on_package((uint8_t)byte)) continue;
    const char letter = begins_package((uint8_t)byte) ? (char)byte : 'a';
    const char head[WIDTH] = {'\n', letter, (char)byte, (char)byte};
    add(head, NAME_BY_NIBBLES, NAME_BY_SIX_BITS);
    const char behind[WIDTH] = {'F', ' ', letter, (char)byte};
    add(behind, RUNTIME_BY_NIBBLES, RUNTIME_BY_SIX_BITS);
  }
}

/* "at " behind a word and a blank is prose, which half of all hits are, if the word behind it ends with a blank. Of
   that word sixteen bytes are looked at, and no is said where they do not tell. */
MAYBE_INLINE int is_prose(const uint8_t *base, size_t place) {
  const __m128i next = _mm_loadu_si128((const __m128i *)(base + place + 4)), blank = _mm_set1_epi8(' ');
  const __m128i is_low = _mm_cmpeq_epi8(_mm_min_epu8(next, blank), next);
  const __m128i is_end = _mm_or_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('(')), _mm_cmpeq_epi8(next, _mm_set1_epi8('\\')));
  const int stops = _mm_movemask_epi8(_mm_or_si128(is_low, is_end));
  const int blanks = _mm_movemask_epi8(_mm_cmpeq_epi8(next, blank));
  return (base[place] == ' ') & (base[place - 1] > ' ') & ((stops & -stops & blanks) != 0);
}

/* Whether no `package.Type` begins at a place for certain: no letter stands there, or there is no dot before the first blank,
   hyphen or colon. Of the name sixteen bytes are looked at. */
MAYBE_INLINE int is_nameless(const uint8_t *base, size_t at) {
  const __m128i name = _mm_loadu_si128((const __m128i *)(base + at)), blank = _mm_set1_epi8(' ');
  const __m128i is_low = _mm_cmpeq_epi8(_mm_min_epu8(name, blank), name);
  const __m128i is_end = _mm_or_si128(_mm_cmpeq_epi8(name, _mm_set1_epi8('-')), _mm_cmpeq_epi8(name, _mm_set1_epi8(':')));
  const int stops = _mm_movemask_epi8(_mm_or_si128(is_low, is_end));
  const int dots = _mm_movemask_epi8(_mm_cmpeq_epi8(name, _mm_set1_epi8('.')));
  return ((uint8_t)(base[at] - 'a') > 25) | ((stops != 0) & ((((stops & -stops) - 1) & dots) == 0));
}

/* Whether four bytes begin no word for certain, nor what a lone header stands behind. */
MAYBE_INLINE int is_foreign(const uint8_t *base, size_t place, uint32_t four) {
  const int no_head = !is_head[slot(four)];
  const int is_runtime = (four & 0xFFFF) == ('F' | ' ' << 8), is_docker = four == ('l' | 'o' << 8 | 'g' << 16 | (uint32_t)'"' << 24);
  const int is_before_name = (no_head & (((four & 0xFF) == '\n') | is_runtime)) | is_docker;
  const size_t name = place + 1 + (size_t)is_runtime + (size_t)(is_docker ? 5 + (base[place + 5] == ' ') : 0);
  return (is_before_name & is_nameless(base, name)) | ((!is_before_name) & no_head);
}

/* A hit at `place` is a word there, or "at " behind it. Most are neither, which one jump finds out: what it depends on is
   computed without any, since none of those could be foretold. */
MAYBE_INLINE size_t confirmed(const uint8_t *base, size_t count, size_t from, size_t place) {
  uint32_t four;
  memcpy(&four, base + place, 4);
  const int is_at = four >> 8 == ('a' | 't' << 8 | ' ' << 16); /* no word has these behind its first byte */
  if (place > 0 && place + 24 <= count && ((is_at & is_prose(base, place)) | ((!is_at) & is_foreign(base, place, four)))) return count;
  if (is_at) return is_anchor(base, count, place + 1) ? place + 1 : count;
  return place >= from && is_anchor(base, count, place) ? place : count;
}

/* The first word among the places that a mask says, counted from `window`; `count` where there is none. */
MAYBE_INLINE size_t first_word(const uint8_t *base, size_t count, size_t from, size_t window, uint64_t mask) {
  for (; mask; mask &= mask - 1) {
    const size_t place = confirmed(base, count, from, window + (size_t)__builtin_ctzll(mask));
    if (place < count) return place;
  }
  return count;
}

/* Where a vectorised search begins: at the byte before an "at ". */
MAYBE_INLINE size_t search_start(size_t from) { return from == 0 ? 0 : from - 1; }

#define AVX2 __attribute__((target("avx2")))

AVX2 MAYBE_INLINE __m256i buckets(__m256i bytes, __m256i low, __m256i high) {
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i below = _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble));
  const __m256i above = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
  return _mm256_and_si256(below, above);
}

AVX2 MAYBE_INLINE uint64_t hits32(const uint8_t *at, const __m256i *low, const __m256i *high) {
  __m256i hit = _mm256_set1_epi8(-1);
  for (int k = 0; k < WIDTH; k++)
    hit = _mm256_and_si256(hit, buckets(_mm256_loadu_si256((const __m256i *)(at + k)), low[k], high[k]));
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
}

AVX2 static size_t next_anchor_avx2(const uint8_t *base, size_t count, size_t from) {
  __m256i low[WIDTH], high[WIDTH];
  for (int k = 0; k < WIDTH; k++) {
    low[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)by_low[k]));
    high[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)by_high[k]));
  }
  size_t at = search_start(from), place = count;
  if (count < 32 + WIDTH) return cscan_next_anchor_plain(base, count, from);
  if (from == 0 && is_anchor(base, count, 0)) return 0;
  for (; at <= count - 32 - WIDTH; at += 32)
    if ((place = first_word(base, count, from, at, hits32(base + at, low, high))) < count) return place;
  if (at < count - WIDTH) { /* the last vector overlaps the one before */
    const size_t window = count - 32 - WIDTH;
    const uint64_t mask = hits32(base + window, low, high) & ~(uint64_t)0 << (at - window);
    if ((place = first_word(base, count, from, window, mask)) < count) return place;
    at = count - WIDTH;
  }
  return cscan_next_anchor_plain(base, count, at > from ? at : from);
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))

AVX512 MAYBE_INLINE uint64_t hits64(const uint8_t *at, const __m512i *tables) {
  __m512i hit = _mm512_set1_epi8(-1);
  for (int k = 0; k < WIDTH; k++)
    hit = _mm512_and_si512(hit, _mm512_permutexvar_epi8(_mm512_loadu_si512(at + k), tables[k]));
  return _mm512_test_epi8_mask(hit, hit);
}

/* So many windows are looked at before their hits are: a jump that depends on each would be foretold wrongly at each hit, and
   cost more than the windows. */
enum { BATCH = 16 };

/* The first word in the windows from `at` on, `count` where there is none. */
AVX512 MAYBE_INLINE size_t first_in_batch(const uint8_t *base, size_t count, size_t from, size_t at, const __m512i *tables) {
  uint64_t masks[BATCH];
  unsigned hit = 0;
  for (int k = 0; k < BATCH; k++) masks[k] = hits64(base + at + k * 64, tables);
  for (int k = 0; k < BATCH; k += 8) {
    const __m512i eight = _mm512_loadu_si512(masks + k);
    hit |= (unsigned)_mm512_test_epi64_mask(eight, eight) << k;
  }
  for (; hit; hit &= hit - 1) {
    const int k = __builtin_ctz(hit);
    const size_t place = first_word(base, count, from, at + (size_t)k * 64, masks[k]);
    if (place < count) return place;
  }
  return count;
}

/* One table look-up a byte, by its low six bits: some other bytes pass for one of a word, and fail in stage two. */
AVX512 static size_t next_anchor_avx512(const uint8_t *base, size_t count, size_t from) {
  __m512i tables[WIDTH];
  for (int k = 0; k < WIDTH; k++) tables[k] = _mm512_loadu_si512(by_six[k]);
  size_t at = search_start(from), place = count;
  if (count < 64 + WIDTH) return cscan_next_anchor_plain(base, count, from);
  if (from == 0 && is_anchor(base, count, 0)) return 0;
  for (; at + BATCH * 64 + WIDTH <= count; at += BATCH * 64)
    if ((place = first_in_batch(base, count, from, at, tables)) < count) return place;
  for (; at <= count - 64 - WIDTH; at += 64)
    if ((place = first_word(base, count, from, at, hits64(base + at, tables))) < count) return place;
  if (at < count - WIDTH) {
    const size_t window = count - 64 - WIDTH;
    const uint64_t mask = hits64(base + window, tables) & ~(uint64_t)0 << (at - window);
    if ((place = first_word(base, count, from, window, mask)) < count) return place;
    at = count - WIDTH;
  }
  return cscan_next_anchor_plain(base, count, at > from ? at : from);
}

size_t cscan_next_anchor_by(int width, const uint8_t *base, size_t count, size_t from) {
  if (width >= 64 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi")) return next_anchor_avx512(base, count, from);
  if (width >= 32 && __builtin_cpu_supports("avx2")) return next_anchor_avx2(base, count, from);
  return cscan_next_anchor_plain(base, count, from);
}
#else
size_t cscan_next_anchor_by(int width, const uint8_t *base, size_t count, size_t from) {
  (void)width;
  return cscan_next_anchor_plain(base, count, from);
}
#endif

size_t cscan_next_anchor(const uint8_t *base, size_t count, size_t from) {
  return cscan_next_anchor_by(64, base, count, from);
}
