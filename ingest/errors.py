"""What can go wrong on the way from an address to records; every message says what, where and what to do."""

from __future__ import annotations


class IngestError(Exception):
    """Anything that keeps a source from being taken in."""


class ParseError(IngestError):
    """A payload is not what its source says that it serves: an error page, a broken file, a lost column."""
