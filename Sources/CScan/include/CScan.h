/* Byte searches that Swift on Linux cannot reach: memmem and memrchr are GNU extensions that
   `import Glibc` hides, and Swift's SIMD types have no movemask. */
#ifndef CSCAN_H
#define CSCAN_H
#include <stddef.h>
#include <stdint.h>

/// Index of the last `byte` in [base, base+count), or -1.
ptrdiff_t cscan_last_byte(const uint8_t *base, size_t count, uint8_t byte);

/// Index of the first occurrence of `needle`, or -1. An empty needle is found at 0.
ptrdiff_t cscan_find(const uint8_t *base, size_t count, const uint8_t *needle, size_t needle_count);

/// How many bytes equal `byte`.
size_t cscan_count_byte(const uint8_t *base, size_t count, uint8_t byte);

/// How many bytes from the start are ASCII that a JSON string may hold as it is: no control byte (DEL
/// is one), no quotation mark, no backslash.
size_t cscan_plain_run(const uint8_t *base, size_t count);

/// How many bytes from the start are ASCII.
size_t cscan_ascii_run(const uint8_t *base, size_t count);

/// Index of the first line behind the first one that is not indented by a blank or a tab, or `count`.
size_t cscan_block_end(const uint8_t *base, size_t count);

/// Which of eight bytes occur: bit i is set where byte i of `wanted`, counted from the lowest one, does.
unsigned cscan_which_bytes(const uint8_t *base, size_t count, uint64_t wanted);

/// Index >= from of the next place where the text of a trace may show itself, or `count`.
/// A hit is necessary, not sufficient: the scanner
/// looks at the line around it. Dispatches to AVX-512 or AVX2 at run time.
size_t cscan_next_anchor(const uint8_t *base, size_t count, size_t from);

/// The same with vectors of at most `width` bytes: 64, 32 or none.
size_t cscan_next_anchor_by(int width, const uint8_t *base, size_t count, size_t from);

/// The same by a plain loop: the oracle of the vectorised search.
size_t cscan_next_anchor_plain(const uint8_t *base, size_t count, size_t from);
#endif
