"""Tests that fail, for pytest's report styles."""
import logging
import pytest


def divide(a, b):
    logging.getLogger("acme").warning("dividing %s by %s", a, b)
    return a / b


@pytest.fixture
def broken():
    raise RuntimeError("fixture fails")


def test_error():
    try:
        divide(1, 0)
    except ZeroDivisionError as e:
        raise ValueError("order failed") from e


def test_assert():
    rows = {"at": 3, "id": [1, 2]}
    assert rows == {"at": 4, "id": [1, 2]}


def test_multi_line():
    raise ValueError("line one\n\nline three")


def test_logged_exception():
    try:
        divide(2, 0)
    except ZeroDivisionError:
        logging.getLogger("acme").exception("logged")
    assert not "after the log"


def test_fixture(broken):
    pass
