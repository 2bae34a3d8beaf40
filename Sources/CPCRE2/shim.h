/* A module map cannot define a macro, and <pcre2.h> refuses to be included without this one. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
