# Run by Jython: Java exceptions below Python frames, and the other way round.
from __future__ import print_function
import traceback
import sys
from java.lang import Integer, IllegalStateException, Runnable, Thread
from java.util import ArrayList


class Job(Runnable):
    def run(self):
        return self.divide(0)

    def divide(self, n):
        return 1 / n


def parse(text):
    return Integer.parseInt(text)


def guarded(name, form):
    print("-- " + name)
    sys.stdout.flush()
    try:
        form()
    except:
        traceback.print_exc()
        sys.stderr.flush()


guarded("python", lambda: Job().divide(0))
guarded("java below python", lambda: parse("x"))
guarded("java class library", lambda: ArrayList().get(3))


def thread():
    t = Thread(Job(), "worker-1")
    t.start()
    t.join()


guarded("python in a java thread", thread)


def through_java():
    try:
        parse("y")
    except:
        raise IllegalStateException("raised in python", sys.exc_info()[1])


guarded("a java exception raised in python, with a cause", through_java)
try:
    parse("z")
except:
    print("-- printed by java")
    sys.stdout.flush()
    sys.exc_info()[1].printStackTrace()
