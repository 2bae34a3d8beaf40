# Rows 7 and 8: memory on inputs without end. filter: 64 MiB resident; scan: 64 MiB and 40 MiB a worker.

# Kinds of input, each without an end; `bytes` of it are taken.
endless() {
  local log='2026-03-05 10:12:15,626 ERROR [main] c.e.Jobs - '
  case $1 in
    line) yes 'a line that does not end ' | tr -d '\n' ;;
    line-of-frames) yes ' at com.example.Job.run(Job.java:7)' | tr -d '\n' ;;
    java-trace) echo "${log}x" && echo 'java.lang.IllegalStateException: x' && yes $'\tat com.example.Job.run(Job.java:7)' ;;
    java-short-lines) echo 'java.lang.IllegalStateException: x' && yes $'\tat a.b(c)' ;;
    java-causes) yes $'Caused by: java.io.IOException: x\n\tat com.example.Job.run(Job.java:7)' ;;
    java-suppressed) yes $'java.lang.E: x\n\tat a.B.c(D.java:1)\n\tSuppressed: java.lang.E: y\n\t\tat a.B.c(D.java:1)' ;;
    java-message) echo 'java.lang.IllegalStateException: x' && yes 'and so on' ;;
    java-headers) yes 'java.lang.IllegalStateException: x' ;;
    python-trace) echo 'Traceback (most recent call last):' && yes $'  File "/srv/app/jobs.py", line 7, in run\n    step()' ;;
    python-message) printf 'Traceback (most recent call last):\n  File "/a.py", line 7, in run\nValueError: x\n' && yes 'and so on' ;;
    python-headers) yes 'Traceback (most recent call last):' ;;
    python-group) echo '  + Exception Group Traceback (most recent call last):' && yes $'  |   File "/a.py", line 7, in run\n  +-+---------------- 1 ----------------' ;;
    json-string) printf '{"log":"java.lang.E: x\\n\\tat a.B.c(D.java:1)' && yes '\n\tat com.example.Job.run(Job.java:7)' | tr -d '\n' ;;
    json-lines) yes '{"log":"\tat com.example.Job.run(Job.java:7)\n","stream":"stderr","time":"2026-03-05T10:12:15Z"}' ;;
    json-array) printf '[' && yes '{"message":"java.lang.E: x\n\tat a.B.c(D.java:1)"},' ;;
    json-nested) yes '{"a":[' | tr -d '\n' ;;
    streams) awk 'BEGIN { for (;;) { n++; printf "web-%d  | java.lang.E: x\nweb-%d  | \tat a.B.c(D.java:%d)\n", n % 100000, (n + 50000) % 100000, n % 900 } }' ;;
    cri) yes '2026-03-05T10:12:15.123456789Z stderr P java.lang.E: x at a.B.c(D.java:1) Caused by: ' ;;
    different) awk 'BEGIN { for (;;) { n++; printf "java.lang.E%d: x\n\tat a.B%d.c%d(D.java:%d)\n\tat a.C%d.e(F.java:1)\nlog\n", n, n, n, n % 900, n } }' ;;
    different-long) awk 'BEGIN { for (;;) { n++; printf "java.lang.E: x%d\n", n; for (i = 0; i < 300; i++) printf "\tat com.example.package%d.Job%d.run%d(Job.java:7)\n", n, i, i; print "log" } }' ;;
    one-trace) awk 'BEGIN { print "java.lang.E: x"; for (;;) { n++; printf "\tat c%d.B.c(D.java:%d)\n", n, n % 9000 } }' ;;
    one-chain) awk 'BEGIN { print "java.lang.E: x"; for (;;) { n++; printf "Caused by: a.E%d: x\n\tat c%d.B.c(D.java:%d)\n", n, n, n % 9000 } }' ;;
    one-python-trace) awk 'BEGIN { print "Traceback (most recent call last):"; for (;;) { n++; printf "  File \"/a%d.py\", line %d, in f%d\n    g%d()\n", n, n % 9000, n, n } }' ;;
    one-python-chain) printf 'Traceback (most recent call last):\n  File "/a.py", line 1, in f\nValueError: x\n' && yes $'\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/a.py", line 1, in f\nValueError: x' ;;
    one-group) awk 'BEGIN { printf "  + Exception Group Traceback (most recent call last):\n  |   File \"/a.py\", line 7, in run\n  | ExceptionGroup: x (9 sub-exceptions)\n  +-+---------------- 1 ----------------\n"; for (;;) { n++; printf "    | ValueError: %d\n    +---------------- %d ----------------\n", n, n + 1 } }' ;;
    one-string) awk 'BEGIN { printf "{\"log\":\"java.lang.E: x\\n"; for (;;) { n++; printf "\\tat c%d.B.c(D.java:%d)\\n", n, n % 9000 } }' ;;
    one-line) awk 'BEGIN { printf "java.lang.E: x\\n"; for (;;) { n++; printf "\\tat c%d.B.c(D.java:%d)\\n", n, n % 9000 } }' ;;
    one-stream) awk 'BEGIN { print "{\"log\":\"java.lang.E: x\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-05T10:12:15Z\"}"; for (;;) { n++; printf "{\"log\":\"\\tat c%d.B.c(D.java:%d)\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-05T10:12:15Z\"}\n", n, n % 9000 } }' ;;
    # A long region behind full memories.
    after-many) while true; do for part in different one-trace different cri; do endless "$part" | head -c 6000000 && echo $'\nlog' || return; done; done ;;
    # Causes that stand twice below the same stack, with messages of many short lines.
    causes-twice) awk 'BEGIN { for (i = 0; i < 150; i++) m = m "\ny"; for (;;) { n++; printf "java.lang.E: x\n\tat a.B.c(D.java:1)\n\tat a.B.c(D.java:2)\nCaused by: a.E: %d%s\n\tat a.B.d(D.java:3)\n\tat a.B.d(D.java:4)\nlog\n", n / 2, m } }' ;;
    messages) awk 'BEGIN { m = "x"; for (i = 0; i < 15; i++) m = m m; for (;;) { n++; printf "java.lang.E: %d%s\n\tat a.B.c(D.java:1)\nlog\n", n, m } }' ;;
    long-traces) while true; do echo 'java.lang.E: x'; head -n 100000 < <(yes $'\tat com.example.Job.run(Job.java:7)'); echo log; done ;;
    zeros) cat /dev/zero ;;
    noise) cat /dev/urandom ;;
    failures) yes $'Traceback (most recent call last):\n2026-03-05 10:12:15,643 INFO [main] c.e.Jobs - cut' ;;
    corpus) while true; do cat Corpus/*/*.log 2>/dev/null || return; done ;;
  esac
}

row_ceilings() {
  local kinds=(line line-of-frames java-trace java-short-lines java-causes java-suppressed java-message java-headers
    python-trace python-message python-headers python-group json-string json-lines json-array json-nested streams cri
    different different-long one-trace one-chain one-python-trace one-python-chain one-group one-string one-line one-stream
    after-many causes-twice messages long-traces zeros noise failures corpus)
  local kind bytes=24000000 worst=0 worst_kind
  is_full && bytes=2000000000
  for kind in ${KINDS:-"${kinds[@]}"}; do
    endless "$kind" 2>/dev/null | head -c "$bytes" | measured 3600 "$tracesift" filter >"$work/out" 2>"$work/errors"
    take_measure
    [ "$status" = "exit 0" ] || differs "filter, $kind: $status"
    [ "$peak" -le $((64 * 1024)) ] || differs "filter, $kind: $peak KiB"
    is_full && echo "  filter, $kind: $((peak / 1024)) MiB, $cpu ms" >&2
    [ "$peak" -le "$worst" ] || { worst=$peak && worst_kind=$kind; }
  done
  details="$((bytes / 1000000)) MB of ${#kinds[@]} kinds; filter at most $((worst / 1024)) MiB ($worst_kind)"
  worst=0
  for kind in ${KINDS:-"${kinds[@]}"}; do
    endless "$kind" 2>/dev/null | head -c "$bytes" >"$work/kind"
    for jobs in 1 2; do
      measured 3600 "$tracesift" scan --jobs "$jobs" "$work/kind" >"$work/out" 2>"$work/errors"
      [ "$status" = "exit 0" ] || differs "scan, $kind, $jobs workers: $status"
      [ "$peak" -le $(((64 + 40 * jobs) * 1024)) ] || differs "scan, $kind, $jobs workers: $peak KiB"
      is_full && echo "  scan, $kind, $jobs workers: $((peak / 1024)) MiB, $cpu ms" >&2
      [ "$peak" -le "$worst" ] || { worst=$peak && worst_kind="$kind, $jobs workers"; }
    done
  done
  details+=", scan at most $((worst / 1024)) MiB ($worst_kind)"
}
