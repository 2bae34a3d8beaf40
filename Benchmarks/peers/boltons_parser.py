"""Counts what boltons.tbutils makes of the Python tracebacks of a log, which stand between log lines."""
import re
import sys

from boltons.tbutils import ParsedException

traces = frames = 0
region = []


def take(lines):
    global traces, frames
    if not lines or not lines[0].startswith("Traceback"):
        return
    try:
        parsed = ParsedException.from_string("".join(lines))
    except ValueError:
        return
    traces += 1
    frames += len(parsed.frames)


with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
    for line in log:
        if re.match(r"20\d\d-\d\d-\d\d ", line):
            take(region)
            region = []
        else:
            region.append(line)
take(region)
print(traces, "traces,", frames, "frames")
