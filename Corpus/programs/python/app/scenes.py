# -*- coding: utf-8 -*-
"""Scenes in which the standard library prints a trace: `scenes.py NAME TRUTH`. Runs on 2.7 and on every 3.

A scene that can say what is printed notes the exception; the truth is written when the program ends.
"""
from __future__ import print_function
import logging
import sys
import threading
import truth

SCENES = {}
NOTED = []


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def note(exc, tb=None):
    NOTED.append(truth.of(exc, tb, sys.version_info >= (3, 6)))


def divide(a, b):
    return a / b


def fail(n):
    try:
        return divide(n, 0)
    except ZeroDivisionError:
        raise ValueError("order %d failed" % n)


def note_when_printed():
    """For an exception that ends the program: noted by the hook that prints it."""
    def hook(kind, value, tb):
        truth.write(sys.argv[2], [truth.of(value, tb)])
        sys.__excepthook__(kind, value, tb)
    sys.excepthook = hook


def stopped_clock(*args, **kwargs):
    """Log records that all carry the same time, process and thread."""
    record = logging.LogRecord(*args, **kwargs)
    record.created, record.msecs, record.process, record.thread = 1772705472.345, 345.0, 4242, 1
    return record


def configure(fmt="%(asctime)s %(levelname)s [%(threadName)s] %(name)s: %(message)s"):
    logging.basicConfig(level=logging.DEBUG, format=fmt, stream=sys.stderr)
    if hasattr(logging, "setLogRecordFactory"):
        logging.setLogRecordFactory(stopped_clock)
    else:
        logging.LogRecord.__init__ = freeze(logging.LogRecord.__init__)
    return logging.getLogger("acme.orders")


def freeze(init):
    def __init__(self, *args, **kwargs):
        init(self, *args, **kwargs)
        self.created, self.msecs, self.process, self.thread = 1772705472.345, 345.0, 4242, 1
    return __init__


@scene
def logging_exception():
    log = configure()
    log.info("service is up")
    for n in (17, 18):
        try:
            fail(n)
        except ValueError as e:
            note(e, sys.exc_info()[2])
            log.exception("order %d failed", n)
        log.info("next order")
    if sys.version_info >= (3,):  # before, an exception stays current until its function ends
        log.error("no exception here", exc_info=True)
    log.info("done")


@scene
def logging_multi_line():
    log = configure()
    try:
        raise ValueError("bad row\n\n  id: 7\n  at: home\nend of row")
    except ValueError as e:
        note(e, sys.exc_info()[2])
        log.exception("row was refused:\n%s", "see below")
    log.warning("a message\nof two lines")
    log.info("done")


@scene
def logging_error_in_handler():
    log = configure()
    log.info("order %d of %d", 7)
    log.info("done")


@scene
def logging_json():
    import json

    class Lines(logging.Formatter):
        def format(self, record):
            out = [("time", "2026-03-05T10:11:12.345Z"), ("level", record.levelname), ("message", record.getMessage())]
            if record.exc_info:
                out.append(("exc_info", self.formatException(record.exc_info)))
            return json.dumps(dict(out), sort_keys=True)
    log = configure()
    logging.getLogger().handlers[0].setFormatter(Lines())
    log.info("service is up")
    try:
        fail(17)
    except ValueError as e:
        note(e, sys.exc_info()[2])
        log.exception("order failed")
    log.info("done")


@scene
def thread_uncaught():
    def work():
        fail(3)

    def hook(args):
        note(args.exc_value)
        threading.__excepthook__(args)
    if hasattr(threading, "__excepthook__"):
        threading.excepthook = hook
    for name in ("worker-1", "order \"desk\"", "größe", ""):
        thread = threading.Thread(target=work, name=name) if name else threading.Thread(target=work)
        thread.start()
        thread.join()


@scene
def ignored_in_del():
    class Resource(object):
        def __del__(self):
            fail(9)
    r = Resource()
    del r
    print("still alive", file=sys.stderr)


@scene
def ignored_in_callback():
    import weakref

    class Node(object):
        pass
    node = Node()
    ref = weakref.ref(node, lambda r: fail(4))
    del node
    return ref


@scene
def atexit_error():
    import atexit
    atexit.register(fail, 5)
    atexit.register(fail, 6)


@scene
def excepthook_error():
    def hook(kind, value, tb):
        fail(7)
    sys.excepthook = hook
    fail(8)


@scene
def unittest_failures():
    import unittest

    class OrderTest(unittest.TestCase):
        def test_error(self):
            fail(1)

        def test_equal(self):
            self.assertEqual("line one\nline two\n", "line one\nline 2\n")

        def test_list(self):
            self.assertEqual([1, 2, {"at": 3}], [1, 2, {"at": 4}], "with a message")

        def test_raises(self):
            with self.assertRaises(KeyError):
                fail(2)

        def test_fine(self):
            pass
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(OrderTest)
    runner = unittest.TextTestRunner(verbosity=2)
    runner.run(suite)


@scene
def doctest_failures():
    import doctest

    def total(n):
        """
        >>> total(2)
        3
        >>> total(0)
        0
        >>> total(None)
        Traceback (most recent call last):
            ...
        KeyError: 'x'
        """
        return 2 / n
    globs = {"total": total}
    doctest.run_docstring_examples(total, globs, name="total")


@scene
def printed_by_traceback_module():
    import traceback
    try:
        fail(10)
    except ValueError as e:
        note(e, sys.exc_info()[2])
        traceback.print_exc()
        print("---- frames only", file=sys.stderr)
        traceback.print_tb(sys.exc_info()[2])
        print("---- stack only", file=sys.stderr)
        traceback.print_stack()
        print("---- exception only", file=sys.stderr)
        print("".join(traceback.format_exception_only(type(e), e)), file=sys.stderr)
        print("---- one frame at most", file=sys.stderr)
        traceback.print_exc(limit=1)
    NOTED[:] = []


@scene
def indented_by_program():
    import traceback
    try:
        fail(11)
    except ValueError as e:
        note(e, sys.exc_info()[2])
        for line in traceback.format_exc().splitlines():
            print("    | " + line, file=sys.stderr)
        print("then, with blanks:", file=sys.stderr)
        note(e, sys.exc_info()[2])
        for line in traceback.format_exc().splitlines():
            print("        " + line, file=sys.stderr)
    NOTED[:] = []


@scene
def repr_on_one_line():
    import traceback
    try:
        fail(12)
    except ValueError as e:
        print("job ended: {'status': 'error', 'trace': %r}" % traceback.format_exc(), file=sys.stderr)


if sys.version_info >= (3,):
    sys.modules["scenes"] = sys.modules["__main__"]
    import scenes3
    import libraries

if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print("\n".join(sorted(SCENES)))
    else:
        try:
            SCENES[sys.argv[1]]()
        finally:
            if NOTED:
                truth.write(sys.argv[2], NOTED)
