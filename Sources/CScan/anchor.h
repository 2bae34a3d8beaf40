/* The gate: finds the few places of a log where a trace can show itself, at memory speed. Stage one
   (anchor_vectors.c) compares four bytes of every word at once, by tables, 32 or 64 bytes of the text a turn; it lets
   through a little more than it should and never less. Stage two (anchor_words.c) checks the whole word and is exact;
   between them, what most false hits are is passed over quickly. */
#ifndef ANCHOR_H
#define ANCHOR_H
#include "CScan.h"

/* Whether a word of a trace begins at `at`, which is below `count`. */
int cscan_is_anchor(const uint8_t *base, size_t count, size_t at);

/* "at " is too short for stage one: the byte before it counts as its first one, and these are all that is_frame
   admits. The last ones are marks for line ends that no other log has before the word: `^`, `~`, `}`, `@`, 0, 1E and
   the ends of U+240A, U+23CE, U+21B5 and U+00B6; and what a tab is shown as: `?` and `^I`. */
static const char before_at[] = "\t\n\rt9 >;12\"|\xA0^~}@\0\x1E\x8A\x8E\xB5\xB6?I";

/* What may begin the name of a package. The letters that are left out begin few of them and would cost more than they
   find: their low six bits are those of the digits that dates begin with. */
static inline int begins_package(uint8_t byte) {
  return byte >= 'a' && byte <= 'z' && byte != 'p' && byte != 'q' && byte != 'r';
}

/* The second and third byte of such a name: letters, or the end of the first part. */
static inline int goes_on_package(uint8_t byte) { return (byte >= 'a' && byte <= 'z') || byte == '.'; }
#endif
