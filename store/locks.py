"""Locks that processes hold on a file; who only reads takes none, and does not import what makes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock


def file_lock(file: Path, wait_seconds: float = -1) -> BaseFileLock:
    """A lock to hold in a `with` block, or to acquire; a wait below zero never ends.

    Acquiring raises TimeoutError when another process still holds it after the wait.
    """
    from filelock import FileLock  # noqa: PLC0415 - a tenth of what a short command imports

    return FileLock(file, timeout=wait_seconds)
