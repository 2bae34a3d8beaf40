#!/usr/bin/env python3
"""Damages genuine traces the way collectors, rotations and crashes do: Corpus/damage.

    damage.py [FOLDER]

Every file is made from the genuine files named in BASES by the function named in its file name; nothing depends on chance.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BASES = {
    "java": "java/caused-by", "suppressed": "java/suppressed-with-causes", "logback": "java/logback-default",
    "python": "python/cause-3.11", "carets": "python/cause-3.13", "group": "python/group-nested-3.13",
}
LOG_LINE = "2026-03-05 10:11:12,345 INFO  [main] com.acme.orders - next order"
DAMAGES = {}


def damage(function):
    DAMAGES[function.__name__.replace("_", "-")] = function
    return function


def frame_indices(lines):
    return [i for i, s in enumerate(lines) if s.strip(" |").startswith(("at ", "File \"")) or s.lstrip().startswith("at ")]


@damage
def cut_head(lines):
    """Rotation: the file begins in the middle of the frames."""
    return lines[frame_indices(lines)[1]:]


@damage
def cut_head_to_cause(lines):
    """Rotation: the file begins after the first block."""
    for i, s in enumerate(lines):
        if i and ("Caused by:" in s or "Suppressed:" in s or "direct cause" in s or " 2 ---" in s):
            return lines[i:]
    return lines[len(lines) // 2:]


@damage
def cut_tail_in_frames(lines):
    """The writer died: the file ends after a frame."""
    return lines[:frame_indices(lines)[-1] + 1]


@damage
def cut_tail_in_line(lines):
    """The writer died: the file ends in the middle of a line, without a newline."""
    last = frame_indices(lines)[-1]
    return lines[:last] + [lines[last][:len(lines[last]) * 2 // 3], None]


@damage
def cut_tail_after_label(lines):
    """The file ends right after a chain's label or separator."""
    for i in range(len(lines) - 1, 0, -1):
        if "Caused by:" in lines[i] or "direct cause" in lines[i] or "---- " in lines[i]:
            return lines[:i + 1]
    return lines[:1]


@damage
def header_only(lines):
    """Nothing but the first line, then ordinary log."""
    return lines[:1] + [LOG_LINE, LOG_LINE]


@damage
def marker_truncated(lines):
    """A size limit: the rest is replaced by a marker."""
    i = frame_indices(lines)[-1]
    return lines[:i] + ["... [truncated]", LOG_LINE]


@damage
def marker_omitted(lines):
    """A limit on lines: some of the middle are replaced by a marker."""
    at = frame_indices(lines)
    return lines[:at[1]] + ["... (%d lines omitted)" % (at[-1] - at[1])] + lines[at[-1]:]


@damage
def marker_glued(lines):
    """A size limit inside a line."""
    i = frame_indices(lines)[-1]
    return lines[:i] + [lines[i][:len(lines[i]) // 2] + "...(truncated)", LOG_LINE]


@damage
def log_line_inside(lines):
    """Another thread logs between two frames."""
    i = frame_indices(lines)[1]
    return lines[:i] + [LOG_LINE] + lines[i:]


@damage
def log_lines_everywhere(lines):
    """Another thread logs after every line."""
    return [x for s in lines for x in (s, LOG_LINE)]


@damage
def long_lines_split(lines):
    """A terminal or collector breaks lines at 60 characters."""
    return [s[k:k + 60] for s in lines for k in range(0, max(len(s), 1), 60)]


@damage
def middle_line_lost(lines):
    """A datagram was lost."""
    i = frame_indices(lines)[1]
    return lines[:i] + lines[i + 1:]


@damage
def every_third_line_lost(lines):
    return [s for i, s in enumerate(lines) if i % 3 != 2]


@damage
def indentation_lost(lines):
    """A tool trimmed every line."""
    return [s.strip() for s in lines]


@damage
def spaces_collapsed(lines):
    """A tool joined everything to one line with single blanks."""
    return [" ".join(" ".join(lines).split()), LOG_LINE]


@damage
def blank_lines_lost(lines):
    return [s for s in lines if s.strip(" |")]


@damage
def blank_lines_doubled(lines):
    return [x for s in lines for x in ([s, s] if not s.strip() else [s])]


@damage
def reversed_lines(lines):
    """A viewer that shows the newest line first."""
    return lines[::-1]


@damage
def doubled_lines(lines):
    """A collector that delivers at least once, and did so twice."""
    return [x for s in lines for x in (s, s)]


@damage
def back_to_back(lines):
    """Two traces with nothing between them."""
    return lines + lines


@damage
def started_again(lines):
    """The trace breaks off and another begins at once."""
    return lines[:frame_indices(lines)[-1]] + lines


@damage
def bad_frame(lines):
    """A frame that lost its end, between two good ones."""
    i = frame_indices(lines)[1]
    return lines[:i] + [lines[i][:lines[i].find("(") if "(" in lines[i] else lines[i].find(",")]] + lines[i + 1:]


@damage
def bad_location(lines):
    """Somebody made the line numbers unreadable."""
    import re
    return [re.sub(r"(\.java:|line )\d+", r"\1XXX", s) for s in lines]


@damage
def nul_bytes(lines):
    """A file system that lost the middle after a crash."""
    i = frame_indices(lines)[1]
    return lines[:i] + ["\0" * 200 + lines[i]] + lines[i + 1:]


@damage
def encoded_in_url(lines):
    from urllib.parse import quote
    return ["GET /report?trace=" + quote("\n".join(lines))]


def woven(a, b):
    """Two traces, line by line."""
    out = []
    for i in range(max(len(a), len(b))):
        out += a[i:i + 1] + b[i:i + 1]
    return out


def read(base):
    with open(os.path.join(HERE, base + ".log"), encoding="utf-8") as file:
        return file.read().splitlines()


def put(folder, name, lines):
    end = "" if lines and lines[-1] is None else "\n"
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
        out.write("\n".join(s for s in lines if s is not None) + end)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "damage")
    os.makedirs(folder, exist_ok=True)
    bases = {name: read(base) for name, base in BASES.items()}
    for name, lines in bases.items():
        for kind, function in DAMAGES.items():
            put(folder, "%s-%s.log" % (kind, name), function(list(lines)))
    for a, b in (("java", "suppressed"), ("java", "python"), ("python", "carets"), ("python", "group")):
        put(folder, "interleaved-%s-%s.log" % (a, b), woven(bases[a], bases[b]))
        tagged = woven(["[worker-1] " + s for s in bases[a]], ["[worker-2] " + s for s in bases[b]])
        put(folder, "interleaved-tagged-%s-%s.log" % (a, b), tagged)
        put(folder, "one-inside-the-other-%s-%s.log" % (a, b), bases[a][:3] + bases[b] + bases[a][3:])
        put(folder, "cut-then-other-%s-%s.log" % (a, b), bases[a][:3] + bases[b])


main()
