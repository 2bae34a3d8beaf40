/* Stage one of the gate: by vectors, chosen at run time. */
#include "anchor.h"
#include <string.h>

#define MAYBE_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#include <immintrin.h>

/* Four bytes of every word; the numbers are the buckets (bits) that share the tables, one for each way of looking a
   byte up. Words in one bucket are mixed up byte by byte, so each bucket holds words that have bytes in common, and
   rare ones; the numbers were found by trying which give the fewest hits in logs of several kinds. */
enum { WIDTH = 4 };
static const struct { char head[WIDTH + 1]; uint8_t by_nibbles, by_six_bits; } heads[] = {
    {"File", 6, 3}, {"Fata", 7, 0}, {"|  E", 4, 5}, {"Trac", 5, 6}, {"Term", 0, 5}, {"Wrap", 5, 6}, {"k_tr", 4, 3},
    {"kTra", 7, 3}, {"ktra", 7, 3}, {"Caus", 6, 5}, {"Cell", 0, 5}, {"Supp", 5, 6}, {"Stac", 5, 6},
    {"ceba", 0, 3}, {"<exc", 0, 5}, {"*---", 1, 2}, {"c_ty", 5, 3}, {"SSAG", 2, 6}, {"Exce", 1, 1}, {"Exec", 1, 5},
    {"Airb", 6, 5}, {"#err", 6, 3}, {"# A ", 2, 1}, {"#1 \"", 1, 1}, {"#1 \\", 1, 1}, {"+-+-", 6, 6}, {"(mos", 6, 1},
    {"%0A%", 6, 4}, {"%0A+", 6, 4}, {"%0a%", 6, 4}, {"=0A=", 2, 1},
    {"\nE  ", 5, 4}, {"E   ", 1, 1}, {"at&n", 7, 0}, {"log\"", 4, 6},
    {"pArr", 4, 3}, {"efId", 0, 4}, {"fram", 5, 6}, {"wabl", 7, 4},
};
/* The buckets of "at ". */
enum { AT_BY_NIBBLES = 2, AT_BY_SIX_BITS = 0 };
/* The buckets of a line end and the first three bytes of a name behind it. */
enum { NAME_BY_NIBBLES = 3, NAME_BY_SIX_BITS = 7 };
/* Those of `F`, a blank and the first two bytes of a name. */
enum { RUNTIME_BY_NIBBLES = 1, RUNTIME_BY_SIX_BITS = 2 };

/* Which buckets' words have a byte at each of the four places, by the byte's nibbles and by its low six bits. Made
   before main. */
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
  const __m128i is_open = _mm_cmpeq_epi8(next, _mm_set1_epi8('('));
  const __m128i is_escape = _mm_cmpeq_epi8(next, _mm_set1_epi8('\\'));
  const __m128i is_end = _mm_or_si128(is_open, is_escape);
  const int stops = _mm_movemask_epi8(_mm_or_si128(is_low, is_end));
  const int blanks = _mm_movemask_epi8(_mm_cmpeq_epi8(next, blank));
  return (base[place] == ' ') & (base[place - 1] > ' ') & ((stops & -stops & blanks) != 0);
}

/* Whether no `package.Type` begins at a place for certain: no letter stands there, or there is no dot before the
   first blank, hyphen or colon. Of the name sixteen bytes are looked at. */
MAYBE_INLINE int is_nameless(const uint8_t *base, size_t at) {
  const __m128i name = _mm_loadu_si128((const __m128i *)(base + at)), blank = _mm_set1_epi8(' ');
  const __m128i is_low = _mm_cmpeq_epi8(_mm_min_epu8(name, blank), name);
  const __m128i is_hyphen = _mm_cmpeq_epi8(name, _mm_set1_epi8('-'));
  const __m128i is_colon = _mm_cmpeq_epi8(name, _mm_set1_epi8(':'));
  const __m128i is_end = _mm_or_si128(is_hyphen, is_colon);
  const int stops = _mm_movemask_epi8(_mm_or_si128(is_low, is_end));
  const int dots = _mm_movemask_epi8(_mm_cmpeq_epi8(name, _mm_set1_epi8('.')));
  return ((uint8_t)(base[at] - 'a') > 25) | ((stops != 0) & ((((stops & -stops) - 1) & dots) == 0));
}

/* Whether four bytes begin no word for certain, nor what a lone header stands behind. */
MAYBE_INLINE int is_foreign(const uint8_t *base, size_t place, uint32_t four) {
  const int no_head = !is_head[slot(four)];
  const int is_runtime = (four & 0xFFFF) == ('F' | ' ' << 8);
  const int is_docker = four == ('l' | 'o' << 8 | 'g' << 16 | (uint32_t)'"' << 24);
  const int is_before_name = (no_head & (((four & 0xFF) == '\n') | is_runtime)) | is_docker;
  const size_t name = place + 1 + (size_t)is_runtime + (size_t)(is_docker ? 5 + (base[place + 5] == ' ') : 0);
  return (is_before_name & is_nameless(base, name)) | ((!is_before_name) & no_head);
}

/* A hit at `place` is a word there, or "at " behind it. Most are neither, which one jump finds out: what it depends
   on is computed without any, since none of those could be foretold. */
MAYBE_INLINE size_t confirmed(const uint8_t *base, size_t count, size_t from, size_t place) {
  uint32_t four;
  memcpy(&four, base + place, 4);
  const int is_at = four >> 8 == ('a' | 't' << 8 | ' ' << 16); /* no word has these behind its first byte */
  if (place > 0 && place + 24 <= count
      && ((is_at & is_prose(base, place)) | ((!is_at) & is_foreign(base, place, four)))) return count;
  if (is_at) return cscan_is_anchor(base, count, place + 1) ? place + 1 : count;
  return place >= from && cscan_is_anchor(base, count, place) ? place : count;
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
  if (from == 0 && cscan_is_anchor(base, count, 0)) return 0;
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

/* So many windows are looked at before their hits are: a jump that depends on each would be foretold wrongly at each
   hit, and cost more than the windows. */
enum { BATCH = 16 };

/* The first word in the windows from `at` on, `count` where there is none. */
AVX512 MAYBE_INLINE size_t first_in_batch(const uint8_t *base, size_t count, size_t from, size_t at,
    const __m512i *tables) {
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
  if (from == 0 && cscan_is_anchor(base, count, 0)) return 0;
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
  if (width >= 64 && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512vbmi")) return next_anchor_avx512(base, count, from);
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
