"""Forms that need Python 3: chains, Unicode names, asyncio."""
import asyncio
import forms
from forms import OrderError, form


@form
def cause():
    try:
        forms.divide(1, 0)
    except ZeroDivisionError as e:
        raise OrderError("the total cannot be computed") from e


@form
def context():
    try:
        forms.divide(1, 0)
    except ZeroDivisionError:
        {}["total"]


@form
def cause_and_context():
    try:
        try:
            forms.divide(1, 0)
        except ZeroDivisionError:
            int("x")
    except ValueError as e:
        raise OrderError("three blocks") from e


@form
def from_none():
    try:
        forms.divide(1, 0)
    except ZeroDivisionError:
        raise OrderError("only one block") from None


@form
def cause_without_traceback():
    raise OrderError("the cause was never raised") from ValueError("made, not raised")


@form
def chain_with_multi_line_messages():
    try:
        raise ValueError("first line\n\nlast line of the first")
    except ValueError as e:
        raise OrderError("second:\n  - a\n  - b\n") from e


@form
def chain_of_syntax_error():
    try:
        compile("x = = 1", "/tmp/app/jobs/config.py", "exec")
    except SyntaxError as e:
        raise OrderError("configuration is invalid") from e


@form
def circular_context():
    first, second = OrderError("first"), OrderError("second")
    first.__context__, second.__context__ = second, first
    raise first


@form
def deep_chain():
    def nest(n):
        if n == 0:
            raise OrderError("bottom")
        try:
            nest(n - 1)
        except OrderError as e:
            raise OrderError("level %d" % n) from e
    nest(8)


@form
def unicode_names():
    class Übertragungsfehler(Exception):
        pass

    def prüfe(größe):
        raise Übertragungsfehler("größer als erlaubt: 価格 ✓ 🐢")
    価格 = prüfe(größe=3) if True else "全角文字"


@form
def wide_characters_in_source():
    数 = {"全角": 1}; return_ = "結果" + 数["全角"]


@form
def surrogate_in_message():
    raise OrderError("lone surrogate: \udc80 end")


@form
def async_task():
    async def read(n):
        await asyncio.sleep(0)
        return forms.divide(1, n)

    async def main():
        await asyncio.gather(read(1), read(0))
    asyncio.run(main())


@form
def async_timeout():
    async def main():
        await asyncio.wait_for(asyncio.sleep(5), 0.01)
    asyncio.run(main())


@form
def context_manager():
    class Resource:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            raise OrderError("cannot close")
    with Resource():
        forms.divide(1, 0)


@form
def decorated():
    import functools

    def logged(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            return f(*args, **kwargs)
        return wrapper

    @logged
    @logged
    def work(x):
        return x.missing
    work(3)


@form
def frozen_import():
    import importlib
    importlib.import_module("json.missing.module")


@form
def json_decode_error():
    import json
    json.loads('{"a": 1,}')


@form
def subprocess_error():
    import subprocess
    subprocess.run(["false", "--flag"], check=True)


@form
def decode_error():
    b"abc\xff".decode("utf-8")


@form
def name_error_with_hint():
    orders = 1
    print(order)


@form
def attribute_error_with_hint():
    [].apend(1)
