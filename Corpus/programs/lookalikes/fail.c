/* C: an address sanitizer report, or a plain crash for the debugger. */
#include <stdlib.h>
#include <string.h>

struct order { int id; char at[8]; };

static int read_order(struct order *o) { free(o); return o->id; }
static int place(int n) { return n == 0 ? read_order(calloc(1, sizeof(struct order))) : place(n - 1); }

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) { volatile int *p = 0; return *p; }
  return place(3);
}
