// How the C library's allocator is set, which the module of the C library itself leaves out.
#include <malloc.h>
