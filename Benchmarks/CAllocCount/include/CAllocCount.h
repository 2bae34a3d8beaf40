/* Counts what a program takes from the heap: malloc and its relatives are replaced by ones that count. */
#ifndef CALLOCCOUNT_H
#define CALLOCCOUNT_H
#include <stdint.h>

/// Calls of malloc, calloc, realloc and posix_memalign since the program began, on all threads.
uint64_t calloccount_calls(void);
#endif
