// Runs a command and says what it took, on descriptor 3 or, where that is closed, on standard error:
//
//   measure SECONDS COMMAND ...     "exit STATUS peak KIB cpu MILLISECONDS"
//
// A command that takes longer is ended, and its status is "timeout". One that a signal ended has "signal N".
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static volatile sig_atomic_t is_late;

static void late(int number) {
  (void)number;
  is_late = 1;
  kill(child, SIGKILL);
}

static void forward(int number) { kill(child, number); }

int main(int count, char **arguments) {
  if (count < 3) return 64;
  int report = fcntl(3, F_GETFD) == -1 ? 2 : 3;
  child = fork();
  if (child == 0) {
    if (report == 3) close(3);
    execvp(arguments[2], arguments + 2);
    perror(arguments[2]);
    _exit(127);
  }
  signal(SIGALRM, late);
  signal(SIGTERM, forward);
  signal(SIGINT, forward);
  signal(SIGHUP, forward);
  alarm((unsigned)atoi(arguments[1]));
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {}
  char text[64];
  if (is_late) snprintf(text, sizeof text, "timeout");
  else if (WIFSIGNALED(status)) snprintf(text, sizeof text, "signal %d", WTERMSIG(status));
  else snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
  long milliseconds = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
                      (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
  dprintf(report, "%s peak %ld cpu %ld\n", text, usage.ru_maxrss, milliseconds);
  return WIFEXITED(status) && !is_late ? WEXITSTATUS(status) : 1;
}
