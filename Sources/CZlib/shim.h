#include <zlib.h>

/* inflateInit2 is a macro, which no module shows. 16 on top of the window's bits: a gzip member, nothing else. */
static inline int czlib_begin_gzip(z_streamp stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
