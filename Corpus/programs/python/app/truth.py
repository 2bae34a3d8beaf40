# -*- coding: utf-8 -*-
"""Writes down what the interpreter itself knows about an exception, in the order in which it prints.

Nothing here reads a printed trace: exceptions, tracebacks and line numbers are walked. Runs on 2.7 and on every 3.
"""
import io
import json
import sys

BUILTINS = ("builtins", "exceptions") + (("__main__",) if sys.version_info >= (3, 11) else ())
LONGEST_STACK = 64
WIDEST_GROUP = 15
DEEPEST_GROUP = 10


def type_name(exc):
    """As the interpreter prints it: with the module, unless that is a built-in one or, from 3.11 on, the program itself."""
    kind = type(exc)
    name = kind.__qualname__ if sys.version_info >= (3, 10) else kind.__name__
    return name if kind.__module__ in BUILTINS else kind.__module__ + "." + name


def text(exc):
    """The message; None where the interpreter prints no colon."""
    try:
        value = str(exc)
    except Exception:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    else:
        value = value.encode("utf-8", "backslashreplace").decode("utf-8")  # as the standard error stream does
    return value or None


def frames(tb):
    """(file, line, function) from the outermost call to the innermost."""
    out = []
    while tb is not None:
        code = tb.tb_frame.f_code
        out.append((code.co_filename, tb.tb_lineno, code.co_name))
        tb = tb.tb_next
    return out


def folded(calls, folds):
    """The frames as printed: from the fourth equal one on only a count is given (3.6 and later)."""
    out = []
    run = 0
    for call in calls:
        run = run + 1 if out and (out[-1]["file"], out[-1]["line"], out[-1]["function"]) == call else 1
        if folds and run > 3:
            out[-1]["repeated"] = run - 3
            continue
        out.append({"file": call[0], "line": call[1], "function": call[2]})
    return out


class Walk(object):
    def __init__(self, folds):
        self.folds = folds
        self.out = []
        self.seen = set()

    def add(self, exc, tb=None, depth=0, member_of=None):
        """Adds what leads to the exception, then itself, then the members of a group; returns its index."""
        self.seen.add(id(exc))
        relation, parent = None, None
        if member_of is not None:
            relation, parent = "member", member_of
        cause = getattr(exc, "__cause__", None)
        context = getattr(exc, "__context__", None)
        before, how = None, None
        if cause is not None:
            before, how = cause, "cause"
        elif context is not None and not getattr(exc, "__suppress_context__", False):
            before, how = context, "context"
        if before is not None and id(before) not in self.seen:
            parent, relation = self.add(before, None, depth, member_of), how
        index = self.write(exc, tb, relation, parent)
        members = getattr(exc, "exceptions", None)
        if members and isinstance(members, tuple) and depth + 1 < DEEPEST_GROUP:
            for i, member in enumerate(members[:WIDEST_GROUP]):
                self.add(member, None, depth + 1, index)
        return index

    def write(self, exc, tb, relation, parent):
        record = {"type": type_name(exc), "value": text(exc)}
        if relation is not None:
            record["relation"], record["parent"] = relation, parent
        printed = folded(frames(tb or getattr(exc, "__traceback__", None)), self.folds)
        record["frames"], record["elided"] = len(printed), 0
        if len(printed) <= LONGEST_STACK:
            record["stack"] = printed
        notes = getattr(exc, "__notes__", None)
        if isinstance(notes, list):
            record["notes"] = [str(n) for n in notes]
        if isinstance(exc, SyntaxError):
            record["syntax"] = {"file": exc.filename, "line": exc.lineno}
        self.out.append(record)
        return len(self.out) - 1


def of(exc, tb=None, folds=True):
    walk = Walk(folds)
    walk.add(exc, tb)
    return {"platform": "python", "exceptions": walk.out}


def write(path, traces):
    """Several traces of one file, in the order of the file; same shape as the Java side writes."""
    body = json.dumps({"traces": traces}, indent=1, ensure_ascii=True, sort_keys=False)
    with io.open(path, "w", encoding="utf-8") as out:
        out.write(body if not isinstance(body, bytes) else body.decode("ascii"))
        out.write(u"\n")
