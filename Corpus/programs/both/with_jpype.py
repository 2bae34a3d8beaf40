"""Java exceptions that travel through Python frames, by JPype."""
import sys
import jpype
import jpype.imports

jpype.startJVM(classpath=[sys.argv[1]])
from java.lang import Integer, IllegalStateException, RuntimeException
from java.util import ArrayList


def guarded(form):
    import traceback
    try:
        form()
    except Exception:
        traceback.print_exc()


def parse(text):
    return Integer.parseInt(text)


def wrapped():
    try:
        parse("y")
    except Exception as e:
        raise ValueError("order number is wrong") from e


def call_back():
    @jpype.JImplements("java.util.Comparator")
    class Odd:
        @jpype.JOverride
        def compare(self, a, b):
            raise KeyError("in a comparator")

        @jpype.JOverride
        def equals(self, o):
            return False
    rows = ArrayList([3, 1, 2])
    rows.sort(Odd())


for form in (lambda: parse("x"), lambda: ArrayList().get(3), wrapped, call_back):
    guarded(form)
try:
    parse("z")
except Exception as e:
    print(e.stacktrace(), file=sys.stderr)
raise IllegalStateException("raised in Python", RuntimeException("its cause"))
