#define _GNU_SOURCE
#include "CScan.h"
#include <string.h>

ptrdiff_t cscan_last_byte(const uint8_t *base, size_t count, uint8_t byte) {
  const uint8_t *hit = count ? memrchr(base, byte, count) : NULL;
  return hit ? hit - base : -1;
}

#if defined(__SSE2__)
#include <emmintrin.h>

/* The last few places, one by one. */
static ptrdiff_t find_singly(const uint8_t *base, size_t places, const uint8_t *needle, size_t needle_count, size_t at) {
  for (; at < places; at++)
    if (base[at] == needle[0] && memcmp(base + at, needle, needle_count) == 0) return (ptrdiff_t)at;
  return -1;
}

/* Sixteen places a turn where four bytes of the needle stand: its first, its last, and two between. Those are chosen by what
   passed for the needle and was not: the names of a hundred services begin and end alike. */
static ptrdiff_t find_narrowly(const uint8_t *base, size_t count, const uint8_t *needle, size_t needle_count, size_t from) {
  const size_t places = count - needle_count + 1;
  const __m128i first = _mm_set1_epi8((char)needle[0]), last = _mm_set1_epi8((char)needle[needle_count - 1]);
  size_t probe[2] = {needle_count / 3, needle_count / 2}, turn = 0, at = from;
  for (; places - at >= 16; at += 16) {
    __m128i hit = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(base + at)), first);
    hit = _mm_and_si128(hit, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(base + at + needle_count - 1)), last));
    for (int k = 0; k < 2; k++) {
      const __m128i bytes = _mm_loadu_si128((const __m128i *)(base + at + probe[k]));
      hit = _mm_and_si128(hit, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)needle[probe[k]])));
    }
    for (unsigned mask = (unsigned)_mm_movemask_epi8(hit); mask; mask &= mask - 1) {
      const size_t place = at + (size_t)__builtin_ctz(mask);
      size_t same = 1;
      while (same < needle_count && base[place + same] == needle[same]) same++;
      if (same == needle_count) return (ptrdiff_t)place;
      probe[turn++ & 1] = same;
    }
  }
  return find_singly(base, places, needle, needle_count, at);
}

/* After so many places that passed for the needle and were not, four bytes are compared instead of two. */
enum { DECEPTIONS = 8 };

/* Sixteen places a turn where the needle's first and last byte stand. The words that are looked for are short and so
   are the lines, and there this is several times faster than memmem, which prepares itself for long ones. */
ptrdiff_t cscan_find(const uint8_t *base, size_t count, const uint8_t *needle, size_t needle_count) {
  if (needle_count < 2) {
    const uint8_t *hit = needle_count == 0 ? base : count ? memchr(base, needle[0], count) : NULL;
    return hit || needle_count == 0 ? (hit ? hit - base : 0) : -1;
  }
  if (count < needle_count) return -1;
  const size_t places = count - needle_count + 1;
  const __m128i first = _mm_set1_epi8((char)needle[0]), last = _mm_set1_epi8((char)needle[needle_count - 1]);
  size_t at = 0;
  int deceptions = 0;
  for (; places - at >= 16; at += 16) {
    const __m128i starts = _mm_loadu_si128((const __m128i *)(base + at));
    const __m128i ends = _mm_loadu_si128((const __m128i *)(base + at + needle_count - 1));
    unsigned mask =
        (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(starts, first), _mm_cmpeq_epi8(ends, last)));
    for (; mask; mask &= mask - 1) {
      const size_t place = at + (size_t)__builtin_ctz(mask);
      if (memcmp(base + place, needle, needle_count) == 0) return (ptrdiff_t)place;
      deceptions++;
    }
    if (deceptions > DECEPTIONS && needle_count > 2)
      return find_narrowly(base, count, needle, needle_count, at + 16);
  }
  return find_singly(base, places, needle, needle_count, at);
}
#else
ptrdiff_t cscan_find(const uint8_t *base, size_t count, const uint8_t *needle, size_t needle_count) {
  const uint8_t *hit = memmem(base, count, needle, needle_count);
  return hit ? hit - base : -1;
}
#endif

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static size_t count_avx2(const uint8_t *base, size_t count, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  size_t found = 0, at = 0;
  while (count - at >= 32) {
    size_t rounds = (count - at) / 32;
    if (rounds > 255) rounds = 255;
    __m256i lanes = _mm256_setzero_si256();
    for (size_t i = 0; i < rounds; i++, at += 32)
      lanes = _mm256_sub_epi8(lanes, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(base + at)), wanted));
    const __m256i sums = _mm256_sad_epu8(lanes, _mm256_setzero_si256());
    for (int k = 0; k < 4; k++) found += (size_t)((const long long *)&sums)[k];
  }
  for (; at < count; at++) found += base[at] == byte;
  return found;
}
#endif

size_t cscan_count_byte(const uint8_t *base, size_t count, uint8_t byte) {
  size_t found = 0, at = 0;
#if defined(__x86_64__)
  if (count >= 256 && __builtin_cpu_supports("avx2")) return count_avx2(base, count, byte);
#endif
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)byte);
  while (count - at >= 16) {
    /* 255 rounds are the most that an 8-bit lane can count. */
    size_t rounds = (count - at) / 16;
    if (rounds > 255) rounds = 255;
    __m128i lanes = _mm_setzero_si128();
    for (size_t i = 0; i < rounds; i++, at += 16)
      lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(base + at)), wanted));
    const __m128i sums = _mm_sad_epu8(lanes, _mm_setzero_si128());
    found += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_cvtsi128_si64(_mm_srli_si128(sums, 8));
  }
#endif
  for (; at < count; at++) found += base[at] == byte;
  return found;
}

size_t cscan_ascii_run(const uint8_t *base, size_t count) {
  size_t at = 0;
#if defined(__SSE2__)
  for (; count - at >= 64; at += 64) {
    const __m128i *four = (const __m128i *)(base + at);
    const __m128i left = _mm_or_si128(_mm_loadu_si128(four), _mm_loadu_si128(four + 1));
    const __m128i right = _mm_or_si128(_mm_loadu_si128(four + 2), _mm_loadu_si128(four + 3));
    if (_mm_movemask_epi8(_mm_or_si128(left, right))) break; /* the highest bit of some byte */
  }
#endif
  while (at < count && base[at] < 0x80) at++;
  return at;
}

size_t cscan_plain_run(const uint8_t *base, size_t count) {
  size_t at = 0;
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');
  for (; count - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(base + at));
    /* Signed: bytes from 0x80 on are negative, so "less than a blank" finds them and control bytes. */
    __m128i special = _mm_cmplt_epi8(bytes, blank);
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, quote));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, backslash));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    const int mask = _mm_movemask_epi8(special);
    if (mask) return at + (size_t)__builtin_ctz((unsigned)mask);
  }
#endif
  while (at < count && base[at] >= 0x20 && base[at] < 0x7F && base[at] != '"' && base[at] != '\\') at++;
  return at;
}

unsigned cscan_which_bytes(const uint8_t *base, size_t count, uint64_t wanted) {
  unsigned found = 0;
  size_t at = 0;
#if defined(__SSE2__)
  __m128i hits[8];
  for (int i = 0; i < 8; i++) hits[i] = _mm_setzero_si128();
  for (; count - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(base + at));
    for (int i = 0; i < 8; i++)
      hits[i] = _mm_or_si128(hits[i], _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)(wanted >> 8 * i))));
  }
  for (int i = 0; i < 8; i++) found |= (unsigned)(_mm_movemask_epi8(hits[i]) != 0) << i;
#endif
  for (; at < count; at++)
    for (int i = 0; i < 8; i++) found |= (unsigned)(base[at] == (uint8_t)(wanted >> 8 * i)) << i;
  return found;
}

#if defined(__x86_64__)
/* Thirty-two places a turn where a line ends and the byte behind it is neither a blank nor a tab; the number of places
   that were looked at where there is none. */
__attribute__((target("avx2"))) static size_t block_end_avx2(const uint8_t *base, size_t count, size_t *found) {
  const __m256i newline = _mm256_set1_epi8('\n'), blank = _mm256_set1_epi8(' '), tab = _mm256_set1_epi8('\t');
  size_t at = 0;
  for (; count - at > 32; at += 32) {
    const __m256i next = _mm256_loadu_si256((const __m256i *)(base + at + 1));
    const __m256i ends = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(base + at)), newline);
    const __m256i indents = _mm256_or_si256(_mm256_cmpeq_epi8(next, blank), _mm256_cmpeq_epi8(next, tab));
    const unsigned mask = (unsigned)_mm256_movemask_epi8(_mm256_andnot_si256(indents, ends));
    if (mask) {
      *found = at + (size_t)__builtin_ctz(mask) + 1;
      return at;
    }
  }
  return at;
}
#endif

size_t cscan_block_end(const uint8_t *base, size_t count) {
  size_t at = 0, found = count;
#if defined(__x86_64__)
  if (count > 64 && __builtin_cpu_supports("avx2")) at = block_end_avx2(base, count, &found);
  if (found < count) return found;
#endif
  for (; at + 1 < count; at++)
    if (base[at] == '\n' && base[at + 1] != ' ' && base[at + 1] != '\t') return at + 1;
  return count;
}
