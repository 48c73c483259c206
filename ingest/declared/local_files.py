"""Files on this machine that a form calls `path`, and their addresses."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

SCHEME: Final = "file:"
MOST_FILES: Final = 1000
"""So many files of a folder are read; more need a narrower `members`."""


def local_addresses(path: str, folder: Path | None, members: str) -> Sequence[str]:
    """The address of a file, or of each file of a folder whose name matches, in alphabetical order.

    Addresses are written as the form writes them, so that no payload says where its reader keeps things.
    """
    whole = _seen_from(folder, path)
    if not whole.is_dir():
        return (f"{SCHEME}{quote(path)}",)
    names = sorted(
        entry.name for entry in os.scandir(whole) if entry.is_file() and fnmatch(entry.name, members)
    )
    base = path.rstrip("/")
    return tuple(f"{SCHEME}{quote(f'{base}/{name}')}" for name in names[:MOST_FILES])


def file_at(address: str, folder: Path | None) -> Path:
    """The file that an address means, as seen from the folder of the form."""
    return _seen_from(folder, unquote(address.removeprefix(SCHEME)))


def _seen_from(folder: Path | None, path: str) -> Path:
    return (folder or Path()) / Path(path).expanduser()
