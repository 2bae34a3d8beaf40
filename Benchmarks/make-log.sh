#!/usr/bin/env bash
# Writes a log of a wanted size and share of traces, made of the events of Corpus/mixed/app.log.
#
#   Benchmarks/make-log.sh MEGABYTES PERCENT FILE     PERCENT: share of the bytes in events that carry a trace
#
# An event is a log line and what follows it up to the next one. Every trace gets a number of its own in its
# message, so that no two are alike. Prints how many traces the file has, counted while writing; the same
# arguments give the same bytes.
set -euo pipefail
if [ $# != 3 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
# FILE is meant from where the caller is.
out=$(realpath -m "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

LC_ALL=C awk -v megabytes="$1" -v percent="$2" -v out="$out" '
  function close_event() {
    if (event == "") return
    if (lines > 1) traces[traceCount++] = event; else plain[plainCount++] = event
  }
  /^20[0-9][0-9]-/ { close_event(); event = $0; lines = 1; next }
  { event = event "\n" $0; lines++ }

  # The number goes to the end of the message: behind the first line of a Java trace, the last one of a Python trace,
  # before the number of exceptions of a group.
  function numbered(text, number,  at) {
    if (match(text, / \([0-9]+ sub-exceptions?\)/))
      return substr(text, 1, RSTART - 1) " (event " number ")" substr(text, RSTART)
    if (text !~ /\nTraceback /) {
      at = index(text, "\n")
      at += index(substr(text, at + 1), "\n")
      return substr(text, 1, at - 1) " (event " number ")" substr(text, at)
    }
    return text " (event " number ")"
  }

  END {
    count = 0
    close_event()
    wanted = megabytes * 1000000
    while (written < wanted) {
      if (inTraces * 100 < written * percent || percent >= 100) {
        text = numbered(traces[count % traceCount], count)
        inTraces += length(text) + 1
        count++
      } else text = plain[others++ % plainCount]
      print text > out
      written += length(text) + 1
    }
    print count
  }' Corpus/mixed/app.log
