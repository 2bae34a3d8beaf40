#!/usr/bin/env bash
# Writes the output of a connector as Airbyte's protocol has it: one JSON message a line.
#
#   Benchmarks/make-airbyte-log.sh MEGABYTES FILE
#
# Of the bytes 90 % are in RECORD, 8 % in LOG and 2 % in TRACE messages, whose traces are those of Corpus/mixed/app.log;
# every trace gets a number of its own. Prints how many TRACE messages the file has; the same arguments give the
# same bytes.
set -euo pipefail
if [ $# != 2 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
# FILE is meant from where the caller is.
out=$(realpath -m "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

LC_ALL=C awk -v megabytes="$1" -v out="$out" '
  function close_event() {
    if (lines > 1) traces[traceCount++] = trace; else if (event != "") plain[plainCount++] = event
  }
  /^20[0-9][0-9]-/ { close_event(); event = $0; trace = ""; lines = 1; next }
  { trace = trace (lines > 1 ? "\n" : "") $0; lines++ }

  function escaped(text) {
    gsub(/\\/, "\\\\\\\\", text); gsub(/"/, "\\\\\"", text); gsub(/\t/, "\\t", text); gsub(/\n/, "\\n", text)
    return text
  }
  function record(n) {
    return "{\"type\":\"RECORD\",\"record\":{\"stream\":\"users\",\"data\":{\"id\":" n ",\"name\":\"user " n % 977 "\",\"email\":\"u" n "@example.com\",\"active\":" (n % 3 ? "true" : "false") ",\"score\":" n % 1000 / 8 ",\"note\":\"a longer text that looks like nothing in particular, at the end of row " n "\",\"tags\":[\"a\",\"b\",\"c" n % 17 "\"]},\"emitted_at\":" sprintf("%.0f", 1772705472345 + n) "}}"
  }
  function trace_message(n,  text) {
    text = "{\"type\":\"TRACE\",\"trace\":{\"type\":\"ERROR\",\"emitted_at\":" sprintf("%.0f", 1772705472345 + n) ",\"error\":{\"message\":\"Something went wrong\",\"internal_message\":\"event " n "\",\"stack_trace\":\""
    return text jsonTraces[n % traceCount] "\",\"failure_type\":\"system_error\",\"stream_descriptor\":{\"name\":\"users\"}}}}"
  }

  END {
    close_event()
    for (i = 0; i < traceCount; i++) jsonTraces[i] = escaped(traces[i])
    for (i = 0; i < plainCount; i++) jsonPlain[i] = escaped(plain[i])
    wanted = megabytes * 1000000
    while (written < wanted) {
      if (inTraces * 100 < written * 2) {
        text = trace_message(count++)
        inTraces += length(text) + 1
      } else if (inLogs * 100 < written * 8) {
        text = "{\"type\":\"LOG\",\"log\":{\"level\":\"INFO\",\"message\":\"" jsonPlain[others++ % plainCount] "\"}}"
        inLogs += length(text) + 1
      } else text = record(records++)
      print text > out
      written += length(text) + 1
    }
    print count + 0
  }' Corpus/mixed/app.log
