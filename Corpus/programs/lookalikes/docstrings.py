"""A module whose text talks about traces, and is none.

It is run through nothing: the file itself is the sample. An example of what callers see:

    >>> parse("x")
    Traceback (most recent call last):
        ...
    ValueError: invalid literal for int() with base 10: 'x'

Caused by: a missing number. See also line 12, in parse.
"""
import traceback

FRAME = r'^  File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<name>.+)$'
HEADER = "Traceback (most recent call last):"
JAVA = r"^\s+at (?P<class>[\w.$]+)\.(?P<method>[\w<>$]+)\((?P<place>[^)]*)\)$"


class OrderError(Exception):
    """Raised when an order fails; `str()` gives the reason."""


def parse(text):
    try:
        return int(text)
    except ValueError as e:
        raise OrderError("not a number: %r" % text) from e


def report():
    if traceback.format_exc().startswith(HEADER):
        print("During handling of the above exception, another exception occurred")
    raise KeyError("at home")  # at com.acme.X.y(X.java:1) in a comment
