"""Streams of an imaginary API: pages, records, cursors. Each has a bug of its own."""
import json
from .errors import RateLimited, TransformError


class Stream:
    def __init__(self, name, random):
        self.name = name
        self.random = random

    def read_page(self, page):
        return self._send("https://api.example.com/v2/%s?page=%d" % (self.name, page))

    def _send(self, url):
        status = 429
        if status == 429:
            raise RateLimited("Request URL: %s, Response Code: %d, Response Text: {\"retry_after\": %d}" % (url, status, self.random.randrange(90)))

    def transform(self, record):
        try:
            return {key: self._convert(record, key) for key in ("id", "updated_at")}
        except KeyError as e:
            raise TransformError("record %s of %s has no %s" % (record["id"], self.name, e)) from e

    def _convert(self, record, key):
        return str(record[key])

    def parse(self, text):
        return json.loads(text)

    def next_cursor(self, cursor):
        if cursor % 1 == 0:
            return self.next_cursor(cursor + 1)
        return cursor
