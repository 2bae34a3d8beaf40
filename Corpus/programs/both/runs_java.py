"""Python programs that run a Java program and pass its trace on: in a message, in a cause, or line by line."""
import logging
import subprocess
import sys
import truth

JAVA = sys.argv[3:]


def run_job(name):
    done = subprocess.run(JAVA + [name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    return done.stdout


class JobFailed(Exception):
    pass


def in_message():
    raise JobFailed("the Java job failed:\n" + run_job("caused-by"))


def in_message_with_cause():
    try:
        in_message()
    except JobFailed as e:
        raise RuntimeError("pipeline stopped") from e


def starts_in_message():
    raise JobFailed(run_job("suppressed-nested"))


def line_by_line():
    logging.basicConfig(level=logging.INFO, format="2026-03-05 10:11:12,345 %(levelname)s %(name)s: %(message)s")
    log = logging.getLogger("acme.job")
    log.info("job starts")
    for line in run_job("suppressed-with-causes").splitlines():
        log.error(line)
    try:
        raise JobFailed("exit status 1")
    except JobFailed:
        log.exception("job ended")
    log.info("done")


def passed_through():
    print(run_job("caused-by"), end="")
    sys.stdout.flush()
    raise JobFailed("exit status 1")


def three_levels():
    raise JobFailed("the Java job failed:\n" + run_job("message-holds-python-trace"))


def hook(kind, value, tb):
    truth.write(sys.argv[2], [truth.of(value, tb)])
    sys.__excepthook__(kind, value, tb)


sys.excepthook = hook
globals()[sys.argv[1].replace("-", "_")]()
