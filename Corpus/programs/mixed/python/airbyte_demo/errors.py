"""Exceptions of the demo connector."""


class RateLimited(Exception):
    """The API asked to come back later."""


class TransformError(ValueError):
    """A record does not fit its schema."""


class SyncFailed(Exception):
    """Tells the platform that the sync is over."""
