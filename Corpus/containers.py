#!/usr/bin/env python3
"""Wraps genuine traces in the containers of log collectors: Corpus/containers.

    containers.py [FOLDER]

Each file holds one base trace in one container, with a line of ordinary log before and after it. What must come out
is what the truth of the base file says (bases.json tells which file that is). Nothing depends on the clock or on chance.
"""
import gzip
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BASES = {
    "java": "java/caused-by", "suppressed": "java/suppressed-with-causes", "message": "java/message-lines",
    "python": "python/cause-3.11", "group": "python/group-nested-3.13",
}
# Lines that look like log lines: a Python message has no end of its own, so what follows must show that it is something else.
BEFORE = "2026-03-05 10:11:12,345 INFO  [main] com.acme.orders - service is up"
AFTER = "2026-03-05 10:11:12,345 INFO  [main] com.acme.orders - next order"
SECONDS = "2026-03-05T10:11:12"


def stamp(i):
    """A time that grows with the line."""
    return "%s.%09dZ" % (SECONDS, 345000000 + i * 1000)


def lines(text):
    return [BEFORE] + text.splitlines() + [AFTER]


def per_line(f):
    """A container that treats every line alike; `f(i, line)` makes the new one."""
    return lambda text: "".join(f(i, line) + "\n" for i, line in enumerate(lines(text)))


def record(before, wrapped, after):
    """A container that holds the trace in one record, between two others."""
    return before + "\n" + wrapped + "\n" + after + "\n"


def docker(text, limit=None):
    """Docker's json-file driver: an object a line; a line over the limit becomes several, all but the last without a newline."""
    out = []
    for i, line in enumerate(lines(text)):
        whole = line + "\n"
        step = limit or len(whole)
        for start in range(0, len(whole), step):
            out.append(json.dumps({"log": whole[start:start + step], "stream": "stderr", "time": stamp(i)}, separators=(",", ":"), ensure_ascii=False))
    return "\n".join(out) + "\n"


def cri(text, limit=None, other=False):
    """The kubelet's format: time, stream, P for a piece or F for a full line. Pieces may cut a character in two."""
    out = []
    for i, line in enumerate(lines(text)):
        data = line.encode()
        step = limit or max(len(data), 1)
        pieces = [data[k:k + step] for k in range(0, len(data), step)] or [b""]
        for n, piece in enumerate(pieces):
            out.append(("%s stderr %s " % (stamp(i), "F" if n == len(pieces) - 1 else "P")).encode() + piece)
            if other and n == 0:
                out.append(("%s stdout F %s" % (stamp(i), "progress %d %%" % i)).encode())
    return b"\n".join(out) + b"\n"


def airbyte_trace(text):
    error = {"message": "Something went wrong", "internal_message": "order could not be placed", "stack_trace": text, "failure_type": "system_error"}
    message = {"type": "TRACE", "trace": {"type": "ERROR", "emitted_at": 1772705472345.0, "error": error}}
    log = {"type": "LOG", "log": {"level": "INFO", "message": BEFORE}}
    return record(json.dumps(log), json.dumps(message), json.dumps(dict(log, log={"level": "INFO", "message": AFTER})))


def airbyte_log(text):
    def line(level, message, **more):
        return json.dumps({"type": "LOG", "log": dict({"level": level, "message": message}, **more)})
    return record(line("INFO", BEFORE), line("ERROR", "sync failed", stack_trace=text), line("INFO", AFTER))


def ecs(text, key="error.stack_trace", array=False):
    def line(level, message, **more):
        return json.dumps(dict({"@timestamp": stamp(0), "log.level": level, "message": message, "ecs.version": "1.2.0", "log.logger": "com.acme.orders"}, **more))
    trace = text.splitlines() if array else text
    return record(line("INFO", BEFORE), line("ERROR", "order failed", **{"error.type": "any", key: trace}), line("INFO", AFTER))


def nested_json(text, depth):
    """A JSON string in a JSON string …"""
    inner = json.dumps({"level": "error", "stack": text})
    for _ in range(depth - 1):
        inner = json.dumps({"log": inner})
    return record(json.dumps({"level": "info", "msg": BEFORE}), inner, json.dumps({"level": "info", "msg": AFTER}))


def journald(text):
    def line(i, message):
        return json.dumps({"__REALTIME_TIMESTAMP": str(1772705472345000 + i), "_PID": "4242", "SYSLOG_IDENTIFIER": "orders", "PRIORITY": "3", "MESSAGE": message})
    return "".join(line(i, m) + "\n" for i, m in enumerate(lines(text)))


def journald_bytes(text):
    """Messages with control bytes are lists of numbers; the fields that journalctl adds differ from line to line."""
    out = []
    for i, line in enumerate(lines(text)):
        message = list(("\x1b[31m%s\x1b[0m" % line).encode()) if i % 3 else line
        out.append(json.dumps({"__CURSOR": "s=6b1;i=%x;b=9a0;m=%x;t=63f;x=%x" % (i, i * 7, i * 31), "__REALTIME_TIMESTAMP": str(1772705472345000 + i), "__MONOTONIC_TIMESTAMP": str(345000 + i), "_PID": "4242", "_TRANSPORT": "stdout", "SYSLOG_IDENTIFIER": "orders", "MESSAGE": message}, separators=(",", ":")))
    out.insert(3, json.dumps({"__CURSOR": "s=6b1;i=ff", "_PID": "17", "MESSAGE": None}, separators=(",", ":")))
    return "\n".join(out) + "\n"


def gcp(text):
    """An entry a line, each with an id of its own."""
    return "".join(json.dumps({"insertId": "k%dq7" % (i * 37), "severity": "ERROR", "textPayload": line, "timestamp": stamp(i), "resource": {"labels": {"pod_name": "orders-1"}}}) + "\n" for i, line in enumerate(lines(text)))


def fluent_bit(text):
    return "".join(json.dumps({"log": line, "stream": "stderr", "logtag": "F", "time": stamp(i), "kubernetes": {"pod_name": "orders-1", "container_name": "main"}}) + "\n" for i, line in enumerate(lines(text)))


def otlp(text):
    """One export request in OTLP/JSON with two records."""
    def log(body, *attributes):
        return {"timeUnixNano": "1772705472345000000", "severityText": "ERROR", "body": {"stringValue": body}, "attributes": [{"key": k, "value": {"stringValue": v}} for k, v in attributes]}
    logs = [log(BEFORE), log("order failed", ("exception.type", "any"), ("exception.stacktrace", text))]
    return json.dumps({"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "orders"}}]}, "scopeLogs": [{"logRecords": logs}]}]}) + "\n"


def job_log(text, split=False):
    """A stored job log: one document; the trace in one event's message or in one event a line."""
    def event(i, message):
        return {"timestamp": 1772705472345 + i, "message": message, "level": "ERROR", "logSource": "source", "caller": {"className": "io.a.Worker", "methodName": "run", "lineNumber": 3, "threadName": "main"}}
    middle = text.splitlines() if split else ["sync failed\n" + text]
    return json.dumps({"events": [event(i, m) for i, m in enumerate([BEFORE] + middle + [AFTER])], "version": "1"}) + "\n"


def stack_trace_words(text):
    """As the platform logs a connector's message again."""
    return json.dumps({"type": "LOG", "log": {"level": "ERROR", "message": "sync failed\nStack Trace: " + text}}) + "\n"


def failure_reason(text):
    """A summary of failures, as the platform stores it with an attempt."""
    reason = {"failureOrigin": "source", "failureType": "system_error", "internalMessage": "order could not be placed", "externalMessage": "Something went wrong", "metadata": {"attemptNumber": 0, "jobId": 12, "from_trace_message": True, "connector_command": "read"}, "stacktrace": text, "timestamp": 1772705472345}
    return json.dumps({"failures": [reason], "partialSuccess": False}) + "\n"


def woven(f):
    """Two streams line by line: the trace in both."""
    return lambda text: "".join(f(k, i, line) + "\n" for i, line in enumerate(lines(text)) for k in (0, 1))


def otel(text):
    kind = "exception.stacktrace"
    body = {"severityText": "ERROR", "body": {"stringValue": "order failed"}, "attributes": [
        {"key": "exception.type", "value": {"stringValue": "any"}}, {"key": kind, "value": {"stringValue": text}}]}
    return record(json.dumps({"severityText": "INFO", "body": {"stringValue": BEFORE}}), json.dumps(body), json.dumps({"severityText": "INFO", "body": {"stringValue": AFTER}}))


def repr_line(text):
    return record(BEFORE, "2026-03-05 10:11:12,345 ERROR [main] com.acme.orders - job ended: {'status': 'error', 'trace': %r}" % text, AFTER)


def one_line(text, separator):
    return record(BEFORE, "2026-03-05 10:11:12,345 ERROR [main] com.acme.orders - order failed: " + text.rstrip("\n").replace("\n", separator), AFTER)


def xml_report(text):
    from xml.sax.saxutils import escape
    return '<testsuite name="orders">\n <testcase name="place">\n  <error message="failed">%s</error>\n </testcase>\n</testsuite>\n' % escape(text)


PREFIX = "2026-03-05 10:11:12,345 ERROR [main] com.acme.orders.OrderService - "
PLAIN = per_line(lambda i, s: s)
KINDS = {
    "plain": PLAIN,
    "docker-json": docker,
    "docker-json-split": lambda t: docker(t, 40),
    "cri": cri,
    "cri-partial": lambda t: cri(t, 30),
    "cri-two-streams": lambda t: cri(t, 30, True),
    "docker-timestamps": per_line(lambda i, s: stamp(i) + " " + s),
    "compose": per_line(lambda i, s: "orders-1  | " + s),
    "compose-colour": per_line(lambda i, s: "\x1b[36morders-1  |\x1b[0m " + s),
    "kubectl-prefix": per_line(lambda i, s: "[pod/orders-7d9f8-x2x4q/main] " + s),
    "kubectl-prefix-timestamps": per_line(lambda i, s: "[pod/orders-7d9f8-x2x4q/main] " + stamp(i) + " " + s),
    "stern": per_line(lambda i, s: "orders-7d9f8-x2x4q main " + s),
    "syslog": per_line(lambda i, s: "Mar  5 10:11:12 host-1 orders[4242]: " + s),
    "syslog-tab-escaped": per_line(lambda i, s: "Mar  5 10:11:12 host-1 orders[4242]: " + s.replace("\t", "#011")),
    "syslog-one-line": lambda t: record("Mar  5 10:11:12 host-1 orders[4242]: " + BEFORE, "Mar  5 10:11:12 host-1 orders[4242]: " + t.rstrip("\n").replace("\t", "#011").replace("\n", "#012"), "Mar  5 10:11:13 host-1 orders[4242]: " + AFTER),
    "syslog-rfc5424": per_line(lambda i, s: "<131>1 %s host-1 orders 4242 - - %s" % (stamp(i), s)),
    "journald-json": journald,
    "journald-json-bytes": journald_bytes,
    "gcp-text-payload": gcp,
    "fluent-bit": fluent_bit,
    "otlp": otlp,
    "job-log": job_log,
    "job-log-lines": lambda t: job_log(t, split=True),
    "airbyte-log-message": stack_trace_words,
    "airbyte-failure-reason": failure_reason,
    "airbyte-platform": per_line(lambda i, s: "2026-03-05 10:11:12,345 [main]\t\x1b[1;31mERROR\x1b[0;39m\ti.a.w.FailureHelper(run):12 - " + s),
    "airbyte-job-log": per_line(lambda i, s: "2026-03-05 10:11:%02d \x1b[34mdestination\x1b[0m > %s" % (12 + i // 20, s)),
    "oslo": per_line(lambda i, s: "2026-03-05 10:11:12.345 4242 ERROR orders.place [req-3b1 - - - - -] " + s),
    "gitlab-ci": per_line(lambda i, s: "2026-03-05T10:11:12.%06dZ 01O %s" % (345000 + i, s)),
    "jenkins": per_line(lambda i, s: "[2026-03-05T10:11:12.%03dZ] %s" % (345 + i, s)),
    "azure-pipelines": per_line(lambda i, s: "2026-03-05T10:11:12.%07dZ ##[error]%s" % (3450000 + i, s)),
    "logcat-brief": per_line(lambda i, s: "E/orders  ( 2817): " + s),
    "tabs-lost": per_line(lambda i, s: s.lstrip("\t")),
    "crcrlf": lambda t: "".join(s + "\r\r\n" for s in lines(t)),
    "sql": lambda t: "INSERT INTO errors VALUES (7, '%s');\n" % t.replace("'", "''"),
    "html": lambda t: "<html><body><pre>%s</pre></body></html>\n" % t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    "nul-bytes": lambda t: "\0\0\0\0" + PLAIN(t),
    "json-four-times": lambda t: nested_json(t, 4),
    "bunyan": lambda t: record(json.dumps({"name": "orders", "pid": 1, "level": 30, "msg": BEFORE}), json.dumps({"name": "orders", "pid": 1, "level": 50, "err": {"message": "m", "name": "any", "stack": t}, "msg": "order failed", "time": stamp(1), "v": 0}), json.dumps({"name": "orders", "pid": 1, "level": 30, "msg": AFTER})),
    "compose-woven": woven(lambda k, i, s: "%s | %s" % (("orders-1  ", "payments-1")[k], s)),
    "docker-json-woven": woven(lambda k, i, s: json.dumps({"log": s + "\n", "stream": ("stdout", "stderr")[k], "time": stamp(i)})),
    "cri-woven": woven(lambda k, i, s: "%s %s F %s" % (stamp(i), ("stdout", "stderr")[k], s)),
    "kubectl-prefix-woven": woven(lambda k, i, s: "[pod/orders-%d/main] %s" % (k, s)),
    "stern-woven": woven(lambda k, i, s: "orders-7d9f8-x2x4%d main %s" % (k, s)),
    "syslog-woven": woven(lambda k, i, s: "Mar  5 10:11:12 host-1 orders[424%d]: %s" % (k, s)),
    "journald-json-woven": woven(lambda k, i, s: json.dumps({"__CURSOR": "i=%d" % (2 * i + k), "_PID": str(4242 + k), "MESSAGE": s})),
    "logcat-woven": woven(lambda k, i, s: "03-05 10:11:12.345  281%d  2835 E orders  : %s" % (k, s)),
    "json-lines-woven": woven(lambda k, i, s: json.dumps({"timestamp": stamp(i), "event": s, "logger": "worker-%d" % k})),
    "journald-short": per_line(lambda i, s: "Mar 05 10:11:12 host-1 orders[4242]: " + s),
    "log4j-prefix": per_line(lambda i, s: PREFIX + s),
    "github-actions": per_line(lambda i, s: "2026-03-05T10:11:12.%07dZ %s" % (3450000 + i, s)),
    "maven": per_line(lambda i, s: "[ERROR] " + s),
    "logcat": per_line(lambda i, s: "03-05 10:11:12.345  2817  2835 E orders  : " + s),
    "airbyte-prefix": per_line(lambda i, s: "2026-03-05 10:11:12 \x1b[43msource\x1b[0m > " + s),
    "airbyte-prefix-plain": per_line(lambda i, s: "2026-03-05 10:11:12 destination > " + s),
    "airbyte-trace": airbyte_trace,
    "airbyte-log": airbyte_log,
    "airbyte-trace-in-docker": lambda t: docker_of(airbyte_trace(t)),
    "ecs": ecs,
    "ecs-array": lambda t: ecs(t, array=True),
    "logstash": lambda t: ecs(t, key="stack_trace"),
    "json-message": lambda t: record(json.dumps({"severity": "INFO", "message": BEFORE}), json.dumps({"severity": "ERROR", "message": "order failed\n" + t}), json.dumps({"severity": "INFO", "message": AFTER})),
    "json-ascii": lambda t: record("{}", '{"stack_trace": "%s"}' % "".join(c if c.isalnum() else "\\u%04x" % ord(c) for c in t), "{}"),
    "json-twice": lambda t: nested_json(t, 2),
    "json-three-times": lambda t: nested_json(t, 3),
    "json-pretty": lambda t: json.dumps({"level": "error", "stack_trace": t, "service": {"name": "orders"}}, indent=2) + "\n",
    "otel": otel,
    "python-repr": repr_line,
    "logfmt": lambda t: record("level=info msg=%s" % json.dumps(BEFORE), "level=error msg=\"order failed\" err=%s" % json.dumps(t), "level=info msg=%s" % json.dumps(AFTER)),
    "literal-newlines": lambda t: one_line(t, "\\n"),
    "literal-newlines-and-tabs": lambda t: one_line(t.replace("\t", "\\t"), "\\n"),
    "bars-for-newlines": lambda t: one_line(t, "|"),
    "line-separators": lambda t: one_line(t, "\u2028"),
    "spaces-for-tabs": per_line(lambda i, s: s.replace("\t", "    ")),
    "eight-spaces-for-tabs": per_line(lambda i, s: s.replace("\t", "        ")),
    "all-indented": per_line(lambda i, s: "    " + s),
    "blank-lines-between": per_line(lambda i, s: s + "\n"),
    "quoted": per_line(lambda i, s: "> " + s),
    "markdown": lambda t: "It failed:\n\n```\n%s```\n\nWhat now?\n" % t,
    "yaml-block": lambda t: "error: |\n" + "".join("  " + s + "\n" for s in t.splitlines()) + "next: 1\n",
    "csv": lambda t: "id,error,at\n7,\"%s\",home\n8,,home\n" % t.replace('"', '""'),
    "xml": xml_report,
    "crlf": lambda t: "".join(s + "\r\n" for s in lines(t)),
    "cr": lambda t: "".join(s + "\r" for s in lines(t)),
    "utf8-bom": lambda t: b"\xef\xbb\xbf" + PLAIN(t).encode(),
    "utf16-le-bom": lambda t: b"\xff\xfe" + PLAIN(t).encode("utf-16-le"),
    "utf16-be-bom": lambda t: b"\xfe\xff" + PLAIN(t).encode("utf-16-be"),
    "utf16-le": lambda t: PLAIN(t).encode("utf-16-le"),
}


def docker_of(text):
    return "".join(json.dumps({"log": s + "\n", "stream": "stdout", "time": stamp(i)}) + "\n" for i, s in enumerate(text.splitlines()))


def compressed(folder, name, data):
    """The same bytes as gzip, as two gzip members, and as zstd where its program is there."""
    half = len(data) // 2
    put(folder, "gzip-%s.log.gz" % name, gzip.compress(data, mtime=0))
    put(folder, "gzip-two-members-%s.log.gz" % name, gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0))
    put(folder, "gzip-cut-%s.log.gz" % name, gzip.compress(data, mtime=0)[:-12])
    if shutil.which("zstd"):
        put(folder, "zstd-%s.log.zst" % name, subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout)
    else:
        print("skipped: zstd is not there", file=sys.stderr)


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "containers")
    os.makedirs(folder, exist_ok=True)
    sources = {}
    for name, base in BASES.items():
        with open(os.path.join(HERE, base + ".log"), encoding="utf-8") as file:
            text = file.read()
        for kind, wrap in KINDS.items():
            put(folder, "%s-%s.log" % (kind, name), wrap(text))
            sources["%s-%s.log" % (kind, name)] = base
        compressed(folder, name, PLAIN(text).encode())
        for kind, end in (("gzip", "gz"), ("gzip-two-members", "gz"), ("gzip-cut", "gz"), ("zstd", "zst")):
            sources["%s-%s.log.%s" % (kind, name, end)] = base
    put(folder, "bases.json", json.dumps(sources, indent=1, sort_keys=True) + "\n")


main()
