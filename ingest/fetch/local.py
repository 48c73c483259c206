"""Files on this machine as payloads: what a form calls `path`. Never reached from an answer of the web."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ingest.declared.local_files import file_at
from ingest.errors import FetchError, TooLarge
from ingest.fetch.client import Fetched


class NoSuchFile(FetchError):
    """A file or folder that a form names is not there, or is none that can be read."""

    def __init__(self, address: str, what: str) -> None:
        super().__init__(
            address, "", what, "Correct `path` in the form; it is seen from the folder of the form"
        )


def read_local(address: str, folder: Path | None, max_bytes: int) -> Fetched:
    """The content of a local file as if it had been served; raises FetchError where it cannot be read."""
    path = file_at(address, folder)
    try:
        # not to wait for ever on a pipe, nor to read a device
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise NoSuchFile(address, "is no plain file")
            if found.st_size > max_bytes:
                raise TooLarge(address, "", max_bytes)
            body = file.read(max_bytes + 1)
    except OSError as error:
        raise NoSuchFile(address, f"cannot be read: {error.strerror or error}") from error
    if len(body) > max_bytes:
        raise TooLarge(address, "", max_bytes)
    return Fetched(address, 200, body, {}, address, 0, 0.0)
