"""Files that have to survive a power cut, and whether they did."""

from __future__ import annotations

import os
from hashlib import file_digest
from pathlib import Path


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sha256_of(file: Path) -> str:
    """The hash of what is in a file, in hexadecimal digits."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
