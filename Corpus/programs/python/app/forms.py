# -*- coding: utf-8 -*-
"""One form of a trace a run: `forms.py NAME TRUTH` dies of it, and the interpreter's own printer prints.

The truth is written by the hook that is called just before. Runs on 2.7 and on every 3; what a version
cannot say is in forms3.py and forms311.py.
"""
from __future__ import print_function
import json
import sys
import truth

FORMS = {}
FOLDS = sys.version_info >= (3, 6)


def form(function):
    FORMS[function.__name__.replace("_", "-")] = function
    return function


class OrderError(Exception):
    pass


class Outer(object):
    class Inner(ValueError):
        pass


def divide(a, b):
    return a / b


def recurse(n):
    return recurse(n + 1)


def ping(n):
    return pong(n + 1)


def pong(n):
    return ping(n + 1)


@form
def single():
    divide(1, 0)


@form
def no_message():
    raise OrderError()


@form
def empty_message():
    raise OrderError("")


@form
def blank_message():
    raise OrderError("   ")


@form
def colon_message():
    raise OrderError(": a: b: c")


@form
def key_error():
    {"id": 7}["at home"]


@form
def key_error_tuple():
    {}[("a", 1)]


@form
def tuple_arguments():
    raise OrderError("first", 2, None)


@form
def nested_class():
    raise Outer.Inner("inner class")


@form
def local_class():
    class Local(Exception):
        pass
    raise Local("local class")


@form
def class_of_module():
    json.loads("{'a': 1}")


@form
def os_error():
    open("/tmp/app/no such file \"really\".txt")


@form
def type_error():
    divide(1)


@form
def assertion():
    assert 1 == 2, "one is not two"


@form
def multi_line_message():
    raise OrderError("line one\nline two\n\n  indented line four\nlast line")


@form
def message_ends_in_newline():
    raise OrderError("the last line is empty\n")


@form
def message_starts_with_newline():
    raise OrderError("\n  Hint: begin\n  at once")


@form
def sql_message():
    raise OrderError('relation "orders" does not exist\nLINE 1: SELECT * FROM orders\n                      ^\n[SQL: SELECT *\nFROM orders\nWHERE at = ?]\n(Background on this error at: https://example.com/e/f405)')


@form
def json_message():
    raise OrderError(json.dumps({"error": {"code": 400, "errors": ["one", "two"]}}, indent=2, sort_keys=True))


@form
def message_holds_python_trace():
    raise OrderError("the worker said:\n\nTraceback (most recent call last):\n  File \"worker.py\", line 3, in <module>\n    1/0\nZeroDivisionError: division by zero\n")


@form
def message_holds_java_trace():
    raise OrderError("the server said: java.lang.IllegalStateException: no\n\tat com.acme.A.b(A.java:1)\n\tat com.acme.A.main(A.java:2)\nCaused by: java.io.IOException\n\t... 1 more")


@form
def message_holds_chain_separator():
    raise OrderError("odd text\n\nDuring handling of the above exception, another exception occurred:\n\nnothing more")


@form
def message_holds_frame():
    raise OrderError("seen at\n  File \"x.py\", line 3, in f\n    x = 1\nend")


@form
def message_looks_like_log():
    raise OrderError("2026-03-05 10:11:12,345 ERROR the message is a log line\nERROR: and another")


@form
def controls_in_message():
    raise OrderError("tab\there bell\a escape \x1b[31mred\x1b[0m return \rover")


@form
def long_message():
    raise OrderError("x" * 5000)


@form
def long_multi_line_message():
    raise OrderError("\n".join("row %d of the report" % i for i in range(150)))


@form
def recursion():
    sys.setrecursionlimit(200)
    recurse(0)


@form
def mutual_recursion():
    sys.setrecursionlimit(120)
    ping(0)


@form
def recursion_of_four():
    def again(n):
        return 1 / n if n == 0 else again(n - 1)
    again(4)


@form
def string_code():
    exec(compile("def f():\n    1/0\nf()\n", "<string>", "exec"), {})


@form
def eval_code():
    eval("1/0")


@form
def odd_file_name():
    exec(compile("def f():\n    1/0\nf()\n", "C:\\jobs\\my \"order\", line 3, in x.py", "exec"), {})


@form
def no_source():
    exec(compile("\n\ndef f(x):\n    return g(x)\ndef g(x):\n    return x[0]\nf({})", "/tmp/app/gone/template.html", "exec"), {})


@form
def lambda_and_comprehension():
    f = lambda x: [1 / y for y in range(x)]
    list(f(x) for x in [1])


@form
def generator():
    def rows():
        yield 1
        raise OrderError("in the generator")
    for row in rows():
        pass


@form
def property_and_method():
    class Order(object):
        @property
        def total(self):
            return self.compute("total")

        def compute(self, name):
            raise AttributeError("no " + name)
    Order().total


@form
def syntax_error():
    compile("def f(:\n    pass\n", "/tmp/app/jobs/bad.py", "exec")


@form
def syntax_error_no_text():
    raise SyntaxError("made by hand")


@form
def indentation_error():
    compile("def f():\nreturn 1\n", "/tmp/app/jobs/indent.py", "exec")


@form
def tab_error():
    if sys.version_info < (3,):
        return sys.stderr.write("2.7 takes this mixture\n")
    compile("if 1:\n\tx = 1\n        y = 2\n", "/tmp/app/jobs/tabs.py", "exec")


@form
def string_not_closed():
    compile("x = 'abc\n", "/tmp/app/jobs/quote.py", "exec")


@form
def import_of_bad_module():
    import bad_module


@form
def unprintable():
    class Unprintable(Exception):
        def __str__(self):
            raise RuntimeError("no text")
    raise Unprintable()


@form
def multi_line_statement():
    divide(
        1,
        # the divisor
        len(
            []
        ),
    )


@form
def code_holds_trace_words():
    note = 'Traceback (most recent call last):'; other = '  File "x.py", line 3, in f'; raise OrderError(note)


@form
def system_exit_text():
    raise SystemExit("the program ends with this text")


@form
def keyboard_interrupt():
    raise KeyboardInterrupt


def hook(kind, value, tb):
    if not isinstance(value, SystemExit):
        truth.write(sys.argv[2], [truth.of(value, tb, FOLDS)])
    sys.__excepthook__(kind, value, tb)


def main():
    sys.excepthook = hook
    FORMS[sys.argv[1]]()


if sys.version_info >= (3,):
    sys.modules["forms"] = sys.modules["__main__"]
    import forms3
if sys.version_info >= (3, 11):
    import forms311

if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print("\n".join(sorted(FORMS)))
    else:
        main()
