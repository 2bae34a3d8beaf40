"""Scenes in which a library from PyPI prints a trace. Each imports its library itself, so that the others run without it."""
import logging
import sys
from scenes import configure, divide, fail, note, note_when_printed, scene


def caught(n):
    try:
        fail(n)
    except ValueError as e:
        return e


@scene
def loguru_diagnose():
    from loguru import logger
    logger.remove()
    logger.add(sys.stderr, format="2026-03-05 10:11:12.345 | {level: <8} | {name}:{function}:{line} - {message}", diagnose=True, backtrace=True)
    logger.info("service is up")
    try:
        fail(1)
    except ValueError:
        logger.exception("order failed")
    logger.info("done")


@scene
def loguru_plain():
    from loguru import logger
    logger.remove()
    logger.add(sys.stderr, format="2026-03-05 10:11:12.345 | {level: <8} | {name}:{function}:{line} - {message}", diagnose=False, backtrace=False)
    try:
        fail(2)
    except ValueError as e:
        note(e)
        logger.exception("order failed")
    logger.info("done")


@scene
def loguru_catch():
    from loguru import logger
    logger.remove()
    logger.add(sys.stderr, format="{level}: {message}", colorize=True)

    @logger.catch
    def work():
        fail(3)
    work()


@scene
def loguru_serialize():
    from loguru import logger
    logger.remove()
    logger.add(lambda m: sys.stderr.write(fixed(m)), serialize=True, diagnose=False, backtrace=False)
    try:
        fail(4)
    except ValueError as e:
        logger.exception("order failed")


def fixed(message):
    """The clock and the process in a serialized record, replaced."""
    import json
    record = json.loads(message)
    record["record"]["time"] = {"repr": "2026-03-05 10:11:12.345000+00:00", "timestamp": 1772705472.345}
    record["text"] = record["text"][record["text"].index(" | "):]
    record["record"]["elapsed"] = {"repr": "0:00:01", "seconds": 1.0}
    record["record"]["process"]["id"] = record["record"]["thread"]["id"] = 4242
    return json.dumps(record) + "\n"


@scene
def rich_traceback():
    from rich.console import Console
    console = Console(stderr=True, width=100)
    try:
        fail(5)
    except ValueError:
        console.print_exception()
    print("done", file=sys.stderr)


@scene
def rich_traceback_locals():
    from rich.console import Console
    console = Console(stderr=True, width=80)
    try:
        fail(6)
    except ValueError:
        console.print_exception(show_locals=True, word_wrap=True)


@scene
def rich_logging():
    from rich.console import Console
    from rich.logging import RichHandler
    log = configure()
    root = logging.getLogger()
    root.handlers[:] = [RichHandler(console=Console(stderr=True, width=100), rich_tracebacks=True, show_time=False, show_path=False)]
    try:
        fail(7)
    except ValueError:
        log.exception("order failed")


@scene
def stackprinter_form():
    import stackprinter
    try:
        fail(8)
    except ValueError:
        stackprinter.show(style="plaintext", file=sys.stderr)


@scene
def better_exceptions_form():
    import better_exceptions
    print("".join(better_exceptions.format_exception(ValueError, caught(9), caught(9).__traceback__)), file=sys.stderr)


@scene
def structlog_console():
    import structlog
    structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer(colors=False)],
                        logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    log = structlog.get_logger()
    log.info("service is up")
    try:
        fail(10)
    except ValueError as e:
        note(e)
        log.exception("order failed", order=10)
    log.info("done")


@scene
def structlog_json():
    import structlog
    structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()],
                        logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        fail(11)
    except ValueError:
        structlog.get_logger().exception("order failed", order=11)


@scene
def structlog_json_text():
    import structlog
    structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
                        logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        fail(12)
    except ValueError as e:
        note(e)
        structlog.get_logger().exception("order failed", order=12)


@scene
def twisted_failure():
    from twisted.python.failure import Failure
    for detail in ("default", "brief", "verbose"):
        try:
            fail(13)
        except ValueError:
            print("---- " + detail, file=sys.stderr)
            Failure().printTraceback(sys.stderr, detail=detail)


@scene
def twisted_deferred():
    from twisted.internet import defer
    from twisted.python import log
    log.startLogging(sys.stderr, setStdout=False)
    d = defer.Deferred()
    d.addCallback(lambda n: fail(n))
    d.callback(14)
    del d
    import gc
    gc.collect()


@scene
def trio_nursery():
    import trio

    async def work(n):
        await trio.sleep(0)
        fail(n)

    async def main():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(work, 15)
            nursery.start_soon(work, 16)
    note_when_printed()
    trio.run(main)


@scene
def anyio_task_group():
    import anyio

    async def work(n):
        await anyio.sleep(0)
        fail(n)

    async def main():
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(work, 17)
            tasks.start_soon(work, 18)
    note_when_printed()
    anyio.run(main)


@scene
def exceptiongroup_backport():
    from exceptiongroup import ExceptionGroup
    raise ExceptionGroup("from the backport", [caught(19), ExceptionGroup("inner", [KeyError("k")])])


@scene
def celery_task():
    import celery
    app = celery.Celery("orders")
    app.conf.update(task_always_eager=True, task_store_eager_result=False, worker_hijack_root_logger=False)
    configure("[%(asctime)s: %(levelname)s/MainProcess] %(message)s")
    logging.getLogger("asyncio").setLevel(logging.ERROR)

    @app.task(name="orders.place")
    def place(n):
        return fail(n)

    @app.task(name="orders.again", bind=True, max_retries=1)
    def again(self, n):
        try:
            fail(n)
        except ValueError as e:
            raise self.retry(exc=e, countdown=0)
    place.apply(args=(20,), task_id="6f3ff6a9-4d1c-4f0e-8f3c-000000000001")
    again.apply(args=(21,), task_id="6f3ff6a9-4d1c-4f0e-8f3c-000000000002")


@scene
def ipython():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.history import HistoryManager
    HistoryManager.enabled = False
    shell = InteractiveShell.instance(colors="NoColor")
    shell.run_cell("def total(rows):\n    result = 0\n    for row in rows:\n        result += 1 / row\n    return result")
    for mode in ("Context", "Plain", "Verbose", "Minimal"):
        print("---- " + mode)
        shell.InteractiveTB.set_mode(mode)
        shell.run_cell("total([1, 0])")
        shell.run_cell("import json\njson.loads('{')")
        shell.run_cell("try:\n    total([0])\nexcept ZeroDivisionError as e:\n    raise ValueError('wrapped') from e")
    shell.run_cell("x = = 1")


@scene
def ipython_colour():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.history import HistoryManager
    HistoryManager.enabled = False
    shell = InteractiveShell.instance(colors="Linux")
    shell.run_cell("def f(x):\n    return 1 / x\nf(0)")
