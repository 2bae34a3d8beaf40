// Faults of a disk, for one process: load it with LD_PRELOAD.
//
//   FAULT=eio-read:BYTES reads of the log from this byte on fail with EIO
//   FAULT=eio-write:N    the N-th write and all after it fail with EIO
//   FAULT=full:BYTES     writes fail with ENOSPC after so many bytes, the last one short
//   FAULT=short          reads and writes do one to seven bytes more than none, at random
//   FAULT=interrupt      every other call fails with EINTR first, and what comes is short
//
// Calls on descriptor 2 (messages) are left alone, and so are reads before the log is opened: FAULT_PATH names the
// file that reads are disturbed of ("-": standard input). Writes are disturbed on descriptor 1 and on files that
// were opened for writing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { none, eio_read, eio_write, full, shorter, interrupt };
static int fault = -1;
static long amount, reads, writes, written, taken;
static unsigned random_state = 1;

static int kind(void) {
  if (fault >= 0) return fault;
  const char *text = getenv("FAULT");
  const char *seed = getenv("FAULT_SEED");
  if (seed) random_state = (unsigned)atoi(seed);
  if (!text) return fault = none;
  const char *number = strchr(text, ':');
  amount = number ? atol(number + 1) : 0;
  if (!strncmp(text, "eio-read", 8)) return fault = eio_read;
  if (!strncmp(text, "eio-write", 9)) return fault = eio_write;
  if (!strncmp(text, "full", 4)) return fault = full;
  if (!strncmp(text, "short", 5)) return fault = shorter;
  if (!strncmp(text, "interrupt", 9)) return fault = interrupt;
  return fault = none;
}

static unsigned next_random(void) {
  random_state = random_state * 1664525u + 1013904223u;
  return random_state >> 8;
}

// Whether a descriptor is the log that FAULT_PATH names.
static int is_log(int descriptor) {
  const char *path = getenv("FAULT_PATH");
  struct stat wanted, own;
  if (!path) return 0;
  if (!strcmp(path, "-")) return descriptor == 0;
  return !stat(path, &wanted) && !fstat(descriptor, &own) && wanted.st_ino == own.st_ino &&
         wanted.st_dev == own.st_dev;
}

// What a call may transfer from byte `offset` on; -1 with errno set where it is to fail.
static ssize_t allowed_read(size_t count, long offset) {
  long call = __sync_add_and_fetch(&reads, 1);
  switch (kind()) {
  case eio_read:
    if (offset < amount) return (ssize_t)count < amount - offset ? (ssize_t)count : amount - offset;
    errno = EIO;
    return -1;
  case interrupt:
    if (call % 2) {
      errno = EINTR;
      return -1;
    } // fall through
  case shorter: {
    size_t most = 1 + next_random() % 7 * (next_random() % 4 ? 1 : 97);
    return (ssize_t)(count < most ? count : most);
  }
  default: return (ssize_t)count;
  }
}

static ssize_t allowed_write(size_t count) {
  long call = __sync_add_and_fetch(&writes, 1);
  switch (kind()) {
  case eio_write:
    if (call < amount) return (ssize_t)count;
    errno = EIO;
    return -1;
  case full:
    if (written >= amount) {
      errno = ENOSPC;
      return -1;
    }
    return (ssize_t)count < amount - written ? (ssize_t)count : amount - written;
  default: return allowed_read(count, 0);
  }
}

ssize_t read(int descriptor, void *buffer, size_t count) {
  static ssize_t (*real)(int, void *, size_t);
  if (!real) real = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
  if (kind() == none || !count || !is_log(descriptor)) return real(descriptor, buffer, count);
  ssize_t allowed = allowed_read(count, taken);
  if (allowed < 0) return -1;
  ssize_t done = real(descriptor, buffer, (size_t)allowed);
  if (done > 0) taken += done;
  return done;
}

ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset) {
  static ssize_t (*real)(int, void *, size_t, off_t);
  if (!real) real = (ssize_t(*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
  if (kind() == none || !count || !is_log(descriptor)) return real(descriptor, buffer, count, offset);
  ssize_t allowed = allowed_read(count, offset);
  return allowed < 0 ? -1 : real(descriptor, buffer, (size_t)allowed, offset);
}

ssize_t pread64(int descriptor, void *buffer, size_t count, off64_t offset) {
  return pread(descriptor, buffer, count, offset);
}

ssize_t write(int descriptor, const void *buffer, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  int is_read_fault = kind() == eio_read || kind() == none;
  if (is_read_fault || !count || descriptor == 2) return real(descriptor, buffer, count);
  ssize_t allowed = allowed_write(count);
  if (allowed < 0) return -1;
  ssize_t done = real(descriptor, buffer, (size_t)allowed);
  if (done > 0) __sync_add_and_fetch(&written, done);
  return done;
}
