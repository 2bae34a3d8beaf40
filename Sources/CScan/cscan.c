#define _GNU_SOURCE
#include "CScan.h"
#include <string.h>

ptrdiff_t cscan_last_byte(const uint8_t *base, size_t count, uint8_t byte) {
  const uint8_t *hit = count ? memrchr(base, byte, count) : NULL;
  return hit ? hit - base : -1;
}

ptrdiff_t cscan_find(const uint8_t *base, size_t count, const uint8_t *needle, size_t needle_count) {
  const uint8_t *hit = memmem(base, count, needle, needle_count);
  return hit ? hit - base : -1;
}

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t cscan_count_byte(const uint8_t *base, size_t count, uint8_t byte) {
  size_t found = 0, at = 0;
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
