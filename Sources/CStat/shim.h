// When a file came into being, which the C library tells in a GNU extension only that Swift does not see.
#include <linux/stat.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// Nanoseconds since 1970 at which the file of an open descriptor was made; 0 where the file system does not tell.
static inline uint64_t cstat_born(int descriptor) {
  struct statx facts;
  // 0x1000 is AT_EMPTY_PATH: the descriptor itself is asked about.
  if (syscall(SYS_statx, descriptor, "", 0x1000, STATX_BTIME, &facts) != 0) return 0;
  if (!(facts.stx_mask & STATX_BTIME) || facts.stx_btime.tv_sec < 0) return 0;
  return (uint64_t)facts.stx_btime.tv_sec * 1000000000u + facts.stx_btime.tv_nsec;
}
