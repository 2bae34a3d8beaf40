#!/usr/bin/env python3
"""Writes logs that Benchmarks/compare.sh measures with, beside those of make-log.sh.

  make-log.py shapes MEGABYTES GROUPS FILE    Java traces alone, of that many stacks, in turn
  make-log.py docker|cri|compose IN FILE      the lines of a plain log as the container's runtime writes them
  make-log.py airbyte MEGABYTES IN FILE       Airbyte's protocol: 90 % RECORD, 8 % LOG, 2 % TRACE, with IN's traces
  make-log.py rules COUNT FILE                that many stack-trace rules, of which few match

The same arguments give the same bytes. Standard library only.
"""
import json
import re
import sys

WORDS = ["alpha", "bravo", "cargo", "delta", "ember", "fjord", "gamma", "hazel", "index", "jolly", "karma", "lotus"]


def name(number):
    return WORDS[number % 12] + WORDS[number // 12 % 12].capitalize() + str(number)


def shape(number):
    """A stack of 24 frames: the outer ones are shared by many, the inner ones are the number's own."""
    frames = [f"\tat io.example.{name(number + i)}.Worker.run{i}(Worker.java:{10 + i})" for i in range(4)]
    frames += [f"\tat io.example.service{number % 50}.Step{i}.call(Step{i}.java:{100 + i})" for i in range(8)]
    frames += [f"\tat java.base/java.util.concurrent.Pool{i}.execute(Pool{i}.java:{1000 + i})" for i in range(12)]
    return "\n".join(frames) + "\n"


def shapes(megabytes, groups, out):
    written = count = 0
    bodies = {}
    while written < megabytes * 1_000_000:
        number = count % groups
        if number not in bodies and len(bodies) < 200_000:
            bodies[number] = shape(number)
        text = (
            f"2026-03-05 10:{count // 60 % 60:02}:{count % 60:02},{count % 1000:03} ERROR worker - event {count}\n"
            f"java.lang.IllegalStateException: event {count} of {name(number)} failed\n{bodies[number]}"
        )
        written += out.write(text.encode())
        count += 1


def wrapped(kind, line, number):
    time = f"2026-03-05T10:{number // 60 % 60:02}:{number % 60:02}.{number % 1000000000:09}Z"
    if kind == "docker":
        return json.dumps({"log": line + "\n", "stream": "stderr", "time": time}, separators=(",", ":")) + "\n"
    if kind == "cri":
        return f"{time} stderr F {line}\n"
    return f"api-{number // 1000 % 3}  | {line}\n"


def container(kind, source, out):
    with open(source, encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines):
            out.write(wrapped(kind, line.rstrip("\n"), number).encode())


def traces(source):
    """The stack traces of a plain log: its lines between two log lines, where there are any."""
    found, block = [], []
    with open(source, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if re.match(r"20\d\d-", line):
                if len(block) > 2:
                    found.append("".join(block))
                block = []
            else:
                block.append(line)
    return found or sys.exit(f"{source}: no traces")


def airbyte(megabytes, source, out):
    stacks = traces(source)
    written = count = 0
    while written < megabytes * 1_000_000:
        kind = "TRACE" if count % 50 == 0 else "LOG" if count % 50 < 5 else "RECORD"
        if kind == "RECORD":
            data = {"id": count, "name": name(count % 4000), "at": "2026-03-05T10:11:12Z", "note": "x" * (count % 90)}
            message = {"type": kind, "record": {"stream": "users", "data": data, "emitted_at": 1772704272000 + count}}
        elif kind == "LOG":
            message = {"type": kind, "log": {"level": "INFO", "message": f"Read {count} records from stream users"}}
        else:
            error = {
                "message": "Something went wrong in the connector.",
                "internal_message": f"failure {count}",
                "stack_trace": stacks[count // 50 % len(stacks)],
                "failure_type": "system_error",
            }
            message = {"type": kind, "trace": {"type": "ERROR", "emitted_at": 1772704272000.0, "error": error}}
        written += out.write((json.dumps(message, separators=(",", ":")) + "\n").encode())
        count += 1


def rules(count, out):
    kinds = ["stack.module:com.vendor{0}.* -app", "stack.function:handle{0}* -group", "stack.package:lib{0}.* +app",
             "stack.abs_path:**/vendor{0}/** -app", "error.type:Vendor{0}* -group"]
    for number in range(count):
        out.write((kinds[number % len(kinds)].format(number) + "\n").encode())


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    kind, numbers, path = arguments[0], arguments[1:-1], arguments[-1]
    with open(path, "wb", buffering=1 << 20) as out:
        if kind == "shapes":
            shapes(float(numbers[0]), int(numbers[1]), out)
        elif kind == "airbyte":
            airbyte(float(numbers[0]), numbers[1], out)
        elif kind == "rules":
            rules(int(numbers[0]), out)
        elif kind in ("docker", "cri", "compose"):
            container(kind, numbers[0], out)
        else:
            sys.exit(__doc__)


main(sys.argv[1:])
