// Writes a log as an application does: numbered traces between plain lines, in partial writes, through rotations.
//
//   writer FILE MODE SEED      until SIGTERM
//
// MODE: rename (FILE becomes FILE.1, FILE.1 becomes FILE.2 ..., nine are kept), copytruncate (FILE is copied to
// FILE.1 and emptied after four seconds of silence, in which FILE.quiet stands beside it), mixed (both in turn, every
// few seconds, at a slower pace with bursts; CRI, other JSON and damaged text besides), endless (the text of mixed as
// fast as it is taken, never rotated), or none.
// Each trace holds "number N", what is damaged the word "damaged". What was written is told on standard output at
// the end: the first number that was not used.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t is_ended;
static const char *path;
static int file;
static unsigned random_state;
static int is_endless;

static unsigned below(unsigned most) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % most;
}

static void pause_for(long microseconds) {
  struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
  nanosleep(&time, 0);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void open_log(void) {
  file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file < 0) { perror(path); exit(2); }
}

static void put_all(const char *text, size_t left) {
  while (left > 0) {
    ssize_t count = write(file, text, left);
    if (count < 0) exit(2);
    text += count;
    left -= (size_t)count;
  }
}

// A quarter of a MiB at once, for speed.
static void put_fast(const char *text, size_t count) {
  static char buffer[1 << 18];
  static size_t used;
  if (used + count > sizeof buffer) {
    put_all(buffer, used);
    used = 0;
  }
  memcpy(buffer + used, text, count);
  used += count;
}

// In pieces, so that a reader sees lines and traces that are half there.
static void put(const char *text) {
  size_t left = strlen(text);
  if (is_endless) return put_fast(text, left);
  while (left > 0) {
    size_t piece = below(3) ? left : 1 + below((unsigned)left);
    if (write(file, text, piece) != (ssize_t)piece) { perror(path); exit(2); }
    text += piece;
    left -= piece;
    if (left && !below(4)) pause_for(below(3000));
  }
}

static void put_trace(long number) {
  char text[4096];
  switch (below(4)) {
  case 0:
    snprintf(text, sizeof text,
      "2026-03-05 10:12:15,626 ERROR [main] c.e.Jobs - failed\njava.lang.IllegalStateException: number %ld\n"
      "\tat com.example.Job%u.run(Job.java:%u)\n\tat com.example.Jobs.all(Jobs.java:31)\n"
      "Caused by: java.io.IOException: no\n\tat com.example.Disk.read(Disk.java:7)\n\t... 2 more\n",
      number, below(50), 1 + below(900));
    break;
  case 1:
    snprintf(text, sizeof text,
      "Traceback (most recent call last):\n  File \"/srv/app/jobs.py\", line %u, in run\n    step(%u)\n"
      "  File \"/srv/app/steps.py\", line 9, in step\n    raise ValueError(n)\nValueError: number %ld\n",
      1 + below(900), below(50), number);
    break;
  case 2:
    snprintf(text, sizeof text,
      "{\"log\":\"java.lang.IllegalStateException: number %ld\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-05T10:12:15Z\"}\n"
      "{\"log\":\"\\tat com.example.Job.run(Job.java:%u)\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-05T10:12:15Z\"}\n"
      "{\"log\":\"all is well\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-05T10:12:15Z\"}\n",
      number, 1 + below(900));
    break;
  default:
    snprintf(text, sizeof text,
      "web-1  | Traceback (most recent call last):\nweb-1  |   File \"/srv/web.py\", line %u, in get\nweb-1  |     raise "
      "KeyError(k)\nweb-1  | KeyError: 'number %ld'\n",
      1 + below(900), number);
  }
  put(text);
}

static void put_lines(void) {
  static const char line[] = "2026-03-05 10:12:15,643 INFO [main] c.e.Jobs - 117 records were read\n";
  for (unsigned count = 1 + below(4); count > 0; count--) put(line);
}

// The kinds of the mixed mode that the others do not have.
static void put_wrapped_trace(long number) {
  static const char time[] = "2026-03-05T10:12:15.123456789Z stderr";
  char text[1 << 16], *end = text;
  if (below(2)) {
    // As containerd writes it: one line comes in two pieces.
    end += sprintf(end, "%s P java.lang.IllegalState\n%s F Exception: number %ld\n", time, time, number);
    for (unsigned frame = 1 + below(9); frame > 0; frame--)
      end += sprintf(end, "%s F \tat com.example.Job%u.run(Job.java:%u)\n", time, below(50), frame);
    sprintf(end, "%s F all is well\n", time);
  } else {
    end += sprintf(end, "{\"@timestamp\":\"2026-03-05T10:12:15Z\",\"level\":\"ERROR\",\"message\":\"failed\",\"stack_trace\":"
      "\"java.lang.IllegalStateException: number %ld", number);
    for (unsigned frame = 1 + below(200); frame > 0; frame--)
      end += sprintf(end, "\\n\\tat com.example.Job%u.run(Job.java:%u)", below(50), frame);
    sprintf(end, "\"}\n");
  }
  put(text);
}

// Text that is no whole trace; what it is made into is not counted, but it may not take a trace beside it away.
static void put_damage(void) {
  char text[1 << 16], *end = text;
  put_lines();
  switch (below(5)) {
  case 0: put("Traceback (most recent call last):\n  File \"/srv/app/damaged.py\", line 7, in run\n"); break;
  case 1: put("java.lang.IllegalStateException: damaged\n\tat com.exam\n"); break;
  case 2: put("{\"log\":\"java.lang.IllegalStateException: damaged\\n\\tat com.example.Job.run(Job.ja\n"); break;
  case 3:
    for (unsigned left = 80 + below(4000); left > 0; left--) {
      unsigned byte = 1 + below(255);
      *end++ = byte == '\n' ? '.' : (char)byte;
    }
    strcpy(end, "\n");
    put(text);
    break;
  default:
    end += sprintf(end, "java.lang.StackOverflowError: damaged\n");
    for (unsigned left = 1000; left > 0; left--) end += sprintf(end, "\tat com.example.Deep.down(Deep.java:%u)\n", below(9));
    put(text);
  }
  put_lines();
}

// A few hundred lines a second, and bursts; returns the next number.
static long put_mixed(long number) {
  unsigned burst = below(200) ? 1 : 500;
  for (; burst > 0; burst--) {
    if (!below(10)) put_damage();
    put_lines();
    if (below(3)) put_trace(number++);
    else put_wrapped_trace(number++);
  }
  if (!is_endless) pause_for(3000 + below(12000));
  return number;
}

static void rotate_by_rename(void) {
  char from[512], to[512];
  for (int index = 8; index >= 0; index--) {
    snprintf(from, sizeof from, index ? "%s.%d" : "%s", path, index);
    snprintf(to, sizeof to, "%s.%d", path, index + 1);
    rename(from, to);
  }
  // An application goes on with the file that it has open for a while.
  if (below(2)) put_lines();
  close(file);
  open_log();
}

static void rotate_by_copy(void) {
  char to[512], buffer[1 << 16], marker[512];
  // Whoever reads this log has to be done with it, or what is cut off is lost by design.
  snprintf(marker, sizeof marker, "%s.quiet", path);
  close(open(marker, O_WRONLY | O_CREAT, 0644));
  pause_for(4000000);
  snprintf(to, sizeof to, "%s.1", path);
  int source = open(path, O_RDONLY), copy = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ssize_t count;
  while ((count = read(source, buffer, sizeof buffer)) > 0)
    if (write(copy, buffer, (size_t)count) != count) exit(2);
  close(source);
  close(copy);
  if (ftruncate(file, 0) != 0) exit(2);
  unlink(marker);
}

static void ended(int number) {
  (void)number;
  is_ended = 1;
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  path = arguments[1];
  const char *mode = arguments[2];
  random_state = (unsigned)atoi(arguments[3]);
  is_endless = !strcmp(mode, "endless");
  signal(SIGTERM, is_endless ? SIG_DFL : ended);
  long number = 1;
  double next = now() + 400;
  open_log();
  while (is_endless) number = put_mixed(number);
  while (!is_ended) {
    if (!strcmp(mode, "mixed")) {
      number = put_mixed(number);
      if (now() < next) continue;
      if (below(3)) rotate_by_rename();
      else rotate_by_copy();
      next = now() + 5000 + below(30000);
      continue;
    }
    put_lines();
    put_trace(number++);
    pause_for(200 + below(2000));
    if (now() < next) continue;
    if (!strcmp(mode, "rename")) {
      rotate_by_rename();
      next = now() + 300 + below(1500);
    } else if (!strcmp(mode, "copytruncate")) {
      rotate_by_copy();
      next = now() + 3000;
    }
  }
  put_lines();
  printf("%ld\n", number);
  return 0;
}
