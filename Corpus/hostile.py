#!/usr/bin/env python3
"""Inputs that must neither crash nor slow down a reader: Corpus/hostile.

    hostile.py [FOLDER]

Built from bytes alone; where a genuine trace is inside, its base is java/single or python/single-3.11.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def read(base):
    with open(os.path.join(HERE, base + ".log"), "rb") as file:
        return file.read()


def files():
    java, python = read("java/single"), read("python/single-3.11")
    frames = java.splitlines(True)
    yield "empty", b""
    yield "one-newline", b"\n"
    yield "only-newlines", b"\n" * 5000
    yield "only-carriage-returns", b"\r" * 5000
    yield "only-nuls", b"\0" * 5000
    yield "only-tabs", b"\t" * 5000
    yield "no-final-newline-java", java.rstrip(b"\n")
    yield "no-final-newline-python", python.rstrip(b"\n")
    yield "invalid-utf8-in-message-java", java.replace(b"payment", b"p\xffy\xc3ment \xed\xa0\x80 \xf8\x88")
    yield "invalid-utf8-in-message-python", python.replace(b"division", b"d\xffv\xc3sion \xed\xa0\x80 \xf8\x88")
    yield "invalid-utf8-in-frame-java", java.replace(b"ChainForms.pay(", b"Chain\xe9Forms.p\xffy(")
    yield "invalid-utf8-in-frame-python", python.replace(b"forms.py", b"f\xf6rms.py")
    yield "invalid-utf8-everywhere", b"".join(b"\xff\xfe\xc0" + s for s in (java + python).splitlines(True))
    yield "latin1", "Größe geprüft\n".encode("latin-1") * 20 + java.replace(b"declined", "für ungültig erklärt".encode("latin-1"))
    yield "nuls-between-lines-java", java.replace(b"\n", b"\0\n\0")
    yield "nuls-inside-python", python.replace(b"File", b"Fi\0le", 1)
    yield "crlf-java", java.replace(b"\n", b"\r\n")
    yield "crlf-python", python.replace(b"\n", b"\r\n")
    yield "mixed-line-ends", b"".join(s.rstrip(b"\n") + (b"\n", b"\r\n", b"\r")[i % 3] for i, s in enumerate((java + python).splitlines(True)))
    yield "escape-sequences", b"\x1b]0;title\x07\x1b[2J\x1b[31m" + java.replace(b"\tat", b"\x1b[0m\tat\x1b[K") + b"\x1b]8;;http://example.com\x07link\x1b]8;;\x07\n" + python
    yield "long-line-plain", b"x" * 200000 + b"\n" + java
    yield "long-line-of-blanks", b" " * 100000 + b"at \n" + b"\t" * 100000 + b"at a.b(C.java:1)\n" + java
    yield "long-message-java", java.replace(b"payment", b"payment " * 20000)
    yield "long-message-line-count", b"java.lang.IllegalStateException: rows\n" + b"row\n" * 30000 + b"".join(frames[1:])
    yield "long-frame", b"java.lang.IllegalStateException: x\n\tat " + b"a." * 40000 + b"b(C.java:1)\n" + b"".join(frames[1:])
    yield "many-frames", frames[0] + frames[1] * 2500
    yield "many-causes", java + b"Caused by: java.lang.Exception: again\n\t... 3 more\n" * 2500
    yield "deep-suppressed", java + b"".join(b"\t" * d + b"Suppressed: java.lang.Exception: s\n" + b"\t" * (d + 1) + b"... 3 more\n" for d in range(1, 250))
    yield "many-headers-python", b"Traceback (most recent call last):\n" * 4000
    yield "many-headers-java", b"java.lang.IllegalStateException: no frames\n" * 4000
    yield "many-group-margins", b"".join(b"  " * d + b"+-+---------------- 1 ----------------\n" for d in range(400))
    yield "many-quotes-in-file-name", b'Traceback (most recent call last):\n  File "' + b'", line 1, in "' * 5000 + b'x", line 3, in f\nValueError: x\n'
    yield "many-parentheses", b"java.lang.Exception: x\n\tat a.b" + b"(" * 30000 + b"C.java:1" + b")" * 30000 + b"\n" + b"".join(frames[1:])
    yield "many-dots", b"." * 60000 + b": x\n\tat " + b"." * 60000 + b"(C.java:1)\n" + java
    yield "huge-numbers", java.replace(b".java:", b".java:99999999999999999999") + b"\t... 99999999999999999999 more\n" + python.replace(b"line ", b"line 99999999999999999999")
    yield "negative-numbers", java.replace(b".java:", b".java:-") + b"\t... -3 more\n" + python.replace(b"line ", b"line -")
    yield "json-not-closed", b'{"stack_trace":"java.lang.Exception: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d('
    yield "json-bad-escapes", b'{"stack_trace":"java.lang.Exception: \\x \\u12 \\ud800 \\q\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)"}\n'
    yield "json-deep", b'{"a":' * 20000 + b"1" + b"}" * 20000 + b"\n" + java
    yield "json-wide", b"{" + b",".join(b'"k%d":"\\n\\tat a.b(C.java:%d)"' % (i, i) for i in range(4000)) + b"}\n"
    yield "cri-pieces-without-end", b"".join(b"2026-03-05T10:11:12.345Z stderr P \tat a.B.c(B.java:%d)\n" % i for i in range(2000))
    yield "gzip-magic-only", b"\x1f\x8b"
    yield "gzip-garbage", b"\x1f\x8b\x08\0" + bytes(range(256)) * 8
    yield "zstd-garbage", b"\x28\xb5\x2f\xfd" + bytes(range(256)) * 8
    yield "utf16-odd-length", b"\xff\xfe" + java.decode().encode("utf-16-le") + b"\x41"
    yield "binary", random.Random(7).randbytes(4096) + java + random.Random(8).randbytes(4096)
    yield "binary-with-anchors", b"".join(random.Random(i).randbytes(60) + (b"\n\tat ", b'\n  File "', b"\nCaused by: ", b"Traceback (most recent call last):")[i % 4] for i in range(400))


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "hostile")
    os.makedirs(folder, exist_ok=True)
    for name, data in files():
        with open(os.path.join(folder, name + ".log"), "wb") as out:
            out.write(data)


main()
