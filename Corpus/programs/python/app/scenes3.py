"""Scenes that need Python 3: pools, asyncio, stack_info, faulthandler, warnings."""
import asyncio
import faulthandler
import sys
from scenes import configure, divide, fail, note_when_printed, scene


@scene
def logging_stack_info():
    log = configure()
    log.warning("who calls?", stack_info=True)
    try:
        fail(1)
    except ValueError:
        log.error("both", exc_info=True, stack_info=True)
    log.info("done")


@scene
def process_pool():
    import multiprocessing
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.map(fail, [1])


@scene
def process_uncaught():
    import multiprocessing
    process = multiprocessing.get_context("fork").Process(target=fail, args=(2,), name="Order-Process")
    process.start()
    process.join()


@scene
def process_executor():
    from concurrent.futures import ProcessPoolExecutor
    import multiprocessing
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        pool.submit(fail, 3).result()


@scene
def thread_executor():
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(1) as pool:
        note_when_printed()
        pool.submit(fail, 4).result()


@scene
def executor_callback():
    from concurrent.futures import ThreadPoolExecutor
    configure()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(divide, 4, 2).add_done_callback(lambda f: fail(5))


async def later(n):
    await asyncio.sleep(0)
    return fail(n)


@scene
def asyncio_never_retrieved():
    async def main():
        asyncio.ensure_future(later(1))
        await asyncio.sleep(0.05)
    configure("%(levelname)s:%(name)s:%(message)s")
    asyncio.run(main())


@scene
def asyncio_debug():
    async def main():
        asyncio.ensure_future(later(2))
        await asyncio.sleep(0.05)
    configure("%(levelname)s:%(name)s:%(message)s")
    asyncio.run(main(), debug=True)


@scene
def asyncio_callback():
    async def main():
        asyncio.get_running_loop().call_soon(fail, 3)
        await asyncio.sleep(0.01)
    configure("%(levelname)s:%(name)s:%(message)s")
    asyncio.run(main())


@scene
def asyncio_task_stack():
    async def main():
        task = asyncio.ensure_future(later(4))
        await asyncio.sleep(0.01)
        task.print_stack()
        task.exception()
    asyncio.run(main())


@scene
def unraisable():
    import gc

    class Cycle:
        def __init__(self):
            self.me = self

        def __del__(self):
            fail(6)
    Cycle()
    gc.collect()


@scene
def generator_close():
    def rows():
        try:
            yield 1
        finally:
            fail(7)
    g = rows()
    next(g)
    del g


@scene
def resource_warning():
    import tracemalloc
    import warnings
    tracemalloc.start(5)
    warnings.simplefilter("always")

    def leak():
        open("/dev/null")
    leak()


@scene
def faulthandler_crash():
    import ctypes
    faulthandler.enable()
    (lambda: ctypes.string_at(0))()


@scene
def faulthandler_timeout():
    import threading
    import time
    faulthandler.dump_traceback_later(0.2, exit=False)
    thread = threading.Thread(target=time.sleep, args=(0.4,), name="sleeper")
    thread.start()
    thread.join()


@scene
def faulthandler_abort():
    faulthandler.enable()
    faulthandler.dump_traceback()
    faulthandler._sigabrt()


@scene
def colour():
    note_when_printed()
    fail(8)


@scene
def colour_syntax():
    compile("x = = 1", "/tmp/app/jobs/config.py", "exec")


@scene
def code_module():
    import code
    code.InteractiveConsole().runsource("1/0")
    code.InteractiveConsole().runsource("x = = 1")
    code.InteractiveConsole().runsource("import json; json.loads('')")


@scene
def timeit_and_runpy():
    import runpy
    import timeit
    import traceback
    try:
        timeit.timeit("f(0)", setup="def f(x):\n    return 1/x", number=1)
    except ZeroDivisionError:
        timeit.Timer("f(0)", "def f(x):\n    return 1/x")
        traceback.print_exc()
    runpy.run_module("missing_job", run_name="__main__")


@scene
def timer_print_exc():
    import timeit
    timer = timeit.Timer("f(0)", "def f(x):\n    return 1/x")
    try:
        timer.timeit(1)
    except ZeroDivisionError:
        timer.print_exc(file=sys.stderr)


@scene
def wsgi_error():
    from wsgiref.handlers import SimpleHandler
    import io

    def application(environ, start_response):
        fail(13)
    handler = SimpleHandler(io.BytesIO(), io.BytesIO(), sys.stderr, {"REQUEST_METHOD": "GET"})
    handler.run(application)


@scene
def socketserver_error():
    import socketserver
    import socket
    import threading

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            fail(14)
    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        socket.create_connection(server.server_address).close()
        thread.join()
