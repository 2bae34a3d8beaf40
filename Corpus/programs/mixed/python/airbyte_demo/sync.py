"""Reads streams in several threads that take turns, logs progress and failures, and writes down what the failures were."""
import json
import logging
import queue
import random
import sys
import threading
import uuid

from .errors import SyncFailed
from .streams import Stream

sys.path.insert(0, sys.argv[5])
import truth  # noqa: E402

STREAMS = ("contacts", "deals", "tickets", "companies", "owners")
log = logging.getLogger("airbyte_demo.sync")


class Clock:
    """Time that only passes when something is logged."""

    def __init__(self, start, seed):
        self.now, self.random = float(start), random.Random(seed)

    def record(self, *args, **kwargs):
        self.now += self.random.randrange(1, 40) / 1000
        record = logging.LogRecord(*args, **kwargs)
        record.created, record.msecs = self.now, int(self.now * 1000) % 1000
        return record


class Worker:
    def __init__(self, seed, found):
        self.random = random.Random(seed)
        self.found = found
        self.records = 0

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128)))

    def step(self):
        self.progress()
        if self.random.randrange(1000) < 11:
            self.fail(self.random.randrange(6))

    def progress(self):
        r, name = self.random, self.random.choice(STREAMS)
        self.records += r.randrange(5000)
        lines = (
            lambda: log.info("source-hubspot: read %d records from stream %s (slice %s)", self.records, name, {"start": r.randrange(10**6)}),
            lambda: log.debug("request GET https://api.example.com/v2/%s?page=%d took %d ms", name, r.randrange(900), r.randrange(2000)),
            lambda: log.info("state of %s: %s", name, json.dumps({"cursor": r.randrange(10**9), "at": self.uuid()})),
            lambda: log.warning("backing off %.1f s after status 503, attempt %d of 5", r.random() * 30, r.randrange(5)),
            lambda: log.info("emitting %d records in batch %s for connection %s", r.randrange(1000), self.uuid(), self.uuid()),
        )
        r.choice(lines)()

    def fail(self, bug):
        name, action = (("api-rate-limited", self.rate), ("record-without-field", self.field), ("page-is-not-json", self.page),
                        ("cursor-recursion", self.cursor), ("several-slices-failed", self.slices), ("state-is-none", self.state))[bug]
        try:
            action(Stream(self.random.choice(STREAMS), self.random))
        except Exception as e:
            self.found.append({"bug": name, "trace": truth.of(e)})
            log.exception("Encountered an exception while reading stream for connection %s", self.uuid())

    def rate(self, stream):
        stream.read_page(self.random.randrange(900))

    def field(self, stream):
        stream.transform({"id": self.random.randrange(10**6)})

    def page(self, stream):
        stream.parse('{"results": [' + "1, " * self.random.randrange(9) + "}")

    def cursor(self, stream):
        stream.next_cursor(self.random.randrange(1000))

    def slices(self, stream):
        failed = []
        for call in self.random.sample((self.rate, self.field, self.page), 2):
            try:
                call(stream)
            except Exception as e:
                failed.append(e)
        raise ExceptionGroup("%d slices of %s failed" % (len(failed), stream.name), failed)

    def state(self, stream):
        state = None
        try:
            return state["cursor"][stream.name]
        except TypeError:
            raise SyncFailed("sync %s stopped at record %d" % (self.uuid(), self.records))


class Lane:
    def __init__(self, name, worker):
        self.turns, self.done, self.worker = queue.Queue(), queue.Queue(), worker
        threading.Thread(target=self.loop, name=name, daemon=True).start()

    def loop(self):
        while self.turns.get():
            self.worker.step()
            self.done.put(True)

    def turn(self):
        self.turns.put(True)
        self.done.get()


def main(seed, turns, start, out):
    conductor = random.Random(seed)
    logging.setLogRecordFactory(Clock(start, seed).record)
    logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(asctime)s %(levelname)-5s [%(threadName)s] %(name)s - %(message)s")
    sys.setrecursionlimit(220 + conductor.randrange(40))
    found = []
    lanes = [Lane("stream-reader-%d" % (i + conductor.randrange(9)), Worker(conductor.random(), found)) for i in range(5)]
    for _ in range(turns):
        conductor.choice(lanes).turn()
    with open(out, "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
