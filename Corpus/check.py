#!/usr/bin/env python3
"""Checks that every truth file and its text belong together: each header and frame stands in the text, in order.

    check.py [FOLDER…]        prints what does not fit; exit status 1 if there is any

This guards the corpus (a file made again without its neighbour, a truth of another run), not a parser. It knows nothing
of chains beyond their order and uses no rule of any parser: it looks for texts built from the truth.
"""
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
JAVA_FRAME = re.compile(r"^\s*at .*\)", re.M)
PYTHON_FRAME = re.compile(r'^[ |]*(?:> )?File "', re.M)


def plain(path):
    """The text without colour, group margins, and JSON strings unpacked."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        text = file.read()
    if path.endswith("-separator.log"):  # a layout with bars in the place of newlines
        text = text.replace("|", "\n")
    out = []
    for line in text.split("\n"):
        if line.startswith('{"'):
            line = "\n".join(v for v in json.loads(line).values() if isinstance(v, str))
        out.append(line)
    return "\n".join(out)


def bare(text):
    """Without escape sequences; values of exceptions may hold some, too."""
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def header(exception):
    if "text" in exception:
        return "null" if exception["text"] is None else exception["text"]
    value = exception["value"]
    return exception["type"] + ("" if value is None else ": " + value)


def java_frame(frame):
    name = frame["class"] + "." + frame["method"]
    if frame.get("native"):
        return name + "(Native Method)"
    if "file" not in frame:
        return name + "(Unknown Source)"
    return "%s(%s%s)" % (name, frame["file"], ":%d" % frame["line"] if "line" in frame else "")


def python_frame(frame):
    return 'File "%s", line %d, in %s' % (frame["file"], frame["line"], frame["function"])


class Reader:
    """Looks for texts one after the other."""

    def __init__(self, text):
        self.text, self.at, self.lost = text, 0, []

    def seek(self, wanted):
        found = self.text.find(wanted, self.at)
        if found < 0:
            self.lost.append(wanted[:100])
        else:
            self.at = found + len(wanted)


def java(reader, exception):
    if exception.get("circular"):
        return reader.seek(header(exception).split("\n")[0])
    reader.seek(header(exception))
    for frame in exception.get("stack", []):
        reader.seek(java_frame(frame))
    if exception.get("elided"):
        reader.seek("... %d " % exception["elided"])


def python(reader, exception):
    for frame in exception.get("stack", []):
        reader.seek(python_frame(frame))
        if "repeated" in frame:
            reader.seek("[Previous line repeated %d more time" % frame["repeated"])
    if "syntax" not in exception:
        for line in header(exception).split("\n"):  # in a group each line has a margin
            reader.seek(line)
    for note in exception.get("notes", []):
        for line in note.split("\n"):
            reader.seek(line)


def counted(text, traces):
    """Frames in the text against frames in the truth; None where they cannot be compared."""
    exceptions = [(t["platform"], e) for t in traces for e in t["exceptions"]]
    if any("frames" not in e or "syntax" in e for _, e in exceptions):
        return None
    said, shown = 0, 0
    for platform, pattern in (("java", JAVA_FRAME), ("python", PYTHON_FRAME)):
        mine = [e for p, e in exceptions if p == platform]
        if mine:
            said += sum(e["frames"] for e in mine) + sum(len(pattern.findall(e["value"] or "")) for e in mine)
            shown += len(pattern.findall(text))
    return said, shown


def check(path):
    with open(path, encoding="utf-8") as file:
        traces = json.load(file)["traces"]
    text = bare(plain(path[: -len(".truth.json")] + ".log"))
    reader = Reader(text)
    for trace in traces:
        for exception in trace["exceptions"]:
            exception["value"] = None if exception["value"] is None else bare(exception["value"])
            (java if trace["platform"] == "java" else python)(reader, exception)
    for lost in reader.lost[:3]:
        print("%s: not found in order: %r" % (os.path.relpath(path, HERE), lost))
    count = counted(text, traces)
    if count and count[0] != count[1]:
        print("%s: %d frames in the truth, %d in the text" % ((os.path.relpath(path, HERE),) + count))
    return not reader.lost and not (count and count[0] != count[1])


def main():
    folders = sys.argv[1:] or ["java", "python", "both", "mixed"]
    paths = sorted(p for f in folders for p in glob.glob(os.path.join(HERE, f, "*.truth.json")))
    good = sum(check(p) for p in paths)
    print("%d truth files, %d fit" % (len(paths), good))
    sys.exit(0 if good == len(paths) else 1)


main()
