"""Forms that need Python 3.11: exception groups, notes, except*."""
import asyncio
import forms
from forms import OrderError, form


def caught(function, *args):
    try:
        function(*args)
    except Exception as e:
        return e


@form
def group():
    raise ExceptionGroup("two orders failed", [caught(forms.divide, 1, 0), OrderError("never raised")])


@form
def group_nested():
    inner = ExceptionGroup("inner", [caught(int, "x"), ExceptionGroup("innermost", [caught(forms.divide, 2, 0)])])
    raise ExceptionGroup("outer", [inner, OrderError("multi\nline\n\nmessage")])


@form
def group_of_twenty():
    raise ExceptionGroup("many", [OrderError("order %d" % i) for i in range(20)])


@form
def group_of_twelve_levels():
    exc = OrderError("bottom")
    for level in range(12):
        exc = ExceptionGroup("level %d" % level, [exc])
    raise exc


@form
def group_with_cause():
    try:
        forms.divide(1, 0)
    except ZeroDivisionError as e:
        raise ExceptionGroup("group with a cause", [OrderError("member")]) from e


@form
def group_as_cause():
    try:
        group()
    except ExceptionGroup as e:
        raise OrderError("a group is the cause") from e


@form
def group_as_context():
    try:
        group()
    except ExceptionGroup:
        forms.divide(1, 0)


@form
def group_members_with_chains():
    def chained():
        try:
            forms.divide(1, 0)
        except ZeroDivisionError as e:
            raise OrderError("member with a cause") from e

    def handled():
        try:
            int("x")
        except ValueError:
            {}["k"]
    raise ExceptionGroup("chains inside", [caught(chained), caught(handled)])


@form
def group_base():
    raise BaseExceptionGroup("with an interrupt", [KeyboardInterrupt(), OrderError("plain")])


@form
def group_subclass():
    class Failures(ExceptionGroup):
        pass
    raise Failures("own kind of group", [OrderError("member")])


@form
def group_from_except_star():
    try:
        raise ExceptionGroup("to be split", [OrderError("handled"), ValueError("left over"), TypeError("also left")])
    except* OrderError:
        forms.divide(1, 0)


@form
def group_task_group():
    async def fail(n):
        await asyncio.sleep(0)
        forms.divide(n, 0)

    async def main():
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fail(1))
            tasks.create_task(fail(2))
    asyncio.run(main())


@form
def notes():
    e = OrderError("with notes")
    e.add_note("first note")
    e.add_note("second note\nin two lines")
    e.add_note("  indented: note")
    raise e


@form
def notes_in_group():
    e = OrderError("member")
    e.add_note("note of the member")
    g = ExceptionGroup("noted", [e])
    g.add_note("note of the group")
    raise g


@form
def notes_not_a_list():
    e = OrderError("odd notes")
    e.__notes__ = "just text"
    raise e


@form
def syntax_error_in_group():
    raise ExceptionGroup("syntax", [caught(compile, "f(", "/tmp/app/jobs/open.py", "exec")])


@form
def carets_in_long_expression():
    data = {"orders": [{"id": 1, "rows": None}]}
    return data["orders"][0]["rows"][2] + data["orders"][1]["rows"][len(data["orders"])]


@form
def carets_on_call_chain():
    return (lambda x: x)(None).strip().lower().replace("a", "b")
