/* The gate: finds the few places of a log where a trace can show itself, at memory speed.
   Stage one compares the first three bytes of every word at once (by nibble tables, 32 bytes a turn);
   stage two checks the whole word. Both stages are exact: see the table. */
#include "CScan.h"
#include <string.h>

#define MAYBE_INLINE static inline __attribute__((always_inline))

static int has(const uint8_t *at, size_t left, const char *word, size_t length) {
  return left >= length && memcmp(at, word, length) == 0;
}
#define HAS(word) has(base + at, count - at, word, sizeof(word) - 1)

static int is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }

/* "at " of a JVM frame: first on its line, or behind a tab (also an escaped one), or behind a blank if
   `name.name(` follows. Everything else is prose. */
static int is_frame(const uint8_t *base, size_t count, size_t at) {
  if (at == 0) return 1;
  const uint8_t before = base[at - 1];
  if (before == '\t' || before == '\n' || before == '\r') return 1;
  if (before == 't' && at >= 2 && base[at - 2] == '\\') return 1;
  if (before == '9' && at >= 3 && base[at - 2] == '0' && (base[at - 3] == '%' || base[at - 3] == '0')) return 1;
  if (before != ' ' && before != '>' && before != ';' && before != '1') return 0;
  if (before == ' ' && at >= 2 && (is_blank(base[at - 2]) || base[at - 2] == '\n')) return 1;
  size_t dot = 0, end = at + 3;
  const size_t limit = count - end < 256 ? count : end + 256;
  for (; end < limit; end++) {
    const uint8_t byte = base[end];
    if (byte == '(') return dot != 0;
    if (byte == ' ' || byte == '\n' || byte == '\t') return 0;
    if (byte == '.') dot = end;
  }
  return end == count; /* cut by the end of the block: look again with more of it */
}

/* Stage two. A word is listed under its first byte. */
static int is_anchor(const uint8_t *base, size_t count, size_t at) {
  switch (base[at]) {
  case 'a': return HAS("at ") && is_frame(base, count, at);
  case 'F': return HAS("File \"") || HAS("File \\") || HAS("File &") || HAS("Fatal Python error");
  case 'T': return HAS("Traceback (") || HAS("Traceback: <class");
  case 'C': return HAS("Caused by: ") || HAS("Cell In[");
  case 'S': return HAS("SSAGE\":[") || HAS("SSAGE\": [") || HAS("SSAGE\" : [") || HAS("Suppressed: ") || HAS("Stack (most recent call");
  case 'W': return HAS("Wrapped by: ");
  case 'E': return HAS("Exception in thread \"") || HAS("Execution error (") || HAS("Exception: java.lang.");
  case '#': return HAS("#error {") || HAS("# A fatal error has been detected by the Java") || HAS("#1 \"main\"");
  case '|': return HAS("|  Exception ");
  case '+': return HAS("+-+-------------");
  case '(': return HAS("(most recent call first)") || HAS("(most recent call last)");
  case '%': return HAS("%0A%09at") || HAS("%0A%20%20File") || HAS("%0A%20%20%7C") || HAS("%0A++File");
  case '\n': return HAS("\nE   ");
  case 'A': return HAS("AirbyteDbtError: ");
  case 'k': return HAS("k_trace\"") || HAS("kTrace\"") || HAS("ktrace\"");
  case 'c': return HAS("c_type\"");
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

/* The first three bytes of every word; the number is the bucket (a bit) that shares the nibble tables.
   Rare company in one bucket keeps false alarms few. */
static const struct { char head[4]; uint8_t bucket; } heads[] = {
    {"at ", 0}, {"Fil", 1}, {"Fat", 1}, {"Tra", 2}, {"Cau", 3}, {"Cel", 3}, {"Sup", 4}, {"Sta", 4}, {"SSA", 4},
    {"Wra", 4}, {"Exc", 5}, {"Exe", 5}, {"#er", 6}, {"# A", 6}, {"#1 ", 6}, {"|  ", 6}, {"+-+", 6}, {"(mo", 7},
    {"%0A", 7}, {"\nE ", 7}, {"Air", 7}, {"k_t", 6}, {"kTr", 2}, {"ktr", 2}, {"c_t", 6},
};

typedef struct { __m256i low[3], high[3]; } Tables;

__attribute__((target("avx2"))) static Tables make_tables(void) {
  uint8_t low[3][16] = {{0}}, high[3][16] = {{0}};
  for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
    for (int k = 0; k < 3; k++) {
      const uint8_t byte = (uint8_t)heads[i].head[k];
      low[k][byte & 15] |= (uint8_t)(1u << heads[i].bucket);
      high[k][byte >> 4] |= (uint8_t)(1u << heads[i].bucket);
    }
  Tables tables;
  for (int k = 0; k < 3; k++) {
    tables.low[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)low[k]));
    tables.high[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)high[k]));
  }
  return tables;
}

__attribute__((target("avx2"))) MAYBE_INLINE __m256i buckets(__m256i bytes, __m256i low, __m256i high) {
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i below = _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble));
  const __m256i above = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
  return _mm256_and_si256(below, above);
}

__attribute__((target("avx2"))) static size_t next_anchor_avx2(const uint8_t *base, size_t count, size_t from) {
  const Tables t = make_tables();
  size_t at = from;
  for (; count >= 34 && at <= count - 34; at += 32) {
    const __m256i first = _mm256_loadu_si256((const __m256i *)(base + at));
    const __m256i second = _mm256_loadu_si256((const __m256i *)(base + at + 1));
    const __m256i third = _mm256_loadu_si256((const __m256i *)(base + at + 2));
    const __m256i hit = _mm256_and_si256(
        _mm256_and_si256(buckets(first, t.low[0], t.high[0]), buckets(second, t.low[1], t.high[1])),
        buckets(third, t.low[2], t.high[2]));
    uint32_t mask = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
    for (; mask; mask &= mask - 1) {
      const size_t place = at + (size_t)__builtin_ctz(mask);
      if (is_anchor(base, count, place)) return place;
    }
  }
  return cscan_next_anchor_plain(base, count, at);
}

size_t cscan_next_anchor(const uint8_t *base, size_t count, size_t from) {
  if (__builtin_cpu_supports("avx2")) return next_anchor_avx2(base, count, from);
  return cscan_next_anchor_plain(base, count, from);
}
#else
size_t cscan_next_anchor(const uint8_t *base, size_t count, size_t from) {
  return cscan_next_anchor_plain(base, count, from);
}
#endif
