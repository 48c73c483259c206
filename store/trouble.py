"""What can go wrong with a file that holds data, said once for all of them: which file, why, what to do."""

from __future__ import annotations

import errno
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from errors import ExpectedError

DAMAGED: Final = ".damaged-"
"""What the name of a file that was put aside has before the instant at which it was."""

BESIDE: Final = (".wal", "-wal", "-shm")
"""What databases write beside a file of theirs: it belongs to that file, and to no other one of its name."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD: Final = r"(?s)Could not set lock on file.*?(?:held in (?P<program>.+?) \(PID (?P<pid>\d+)\)|$)"
_FULL_WORDS: Final = r"(?i)no space left|disk quota|file too large|disk is full|disk full|disk i/o error"
_CLOSED_WORDS: Final = (
    r"(?i)permission denied|read-?only file system|readonly database|unable to open database"
)
_OTHER_VERSION: Final = r"(?i)file with version number|newer version|older version|storage version"
_DAMAGED_WORDS: Final = (
    r"(?i)not a valid duckdb|corrupt|could not read enough bytes|checksum|serialization error|internal error|"
    r"fatal error|not a database|malformed|database disk image|failed to deserialize|unsupported file format"
)
_FAULT_OF_FILE: Final = r"(?i)(?:IO|INTERNAL|FATAL|Serialization) Error"
_ABOUT_FILES: Final = (
    "IOException",
    "SerializationException",
    "FatalException",
    "InternalException",
    "TransactionException",
    "InvalidInputException",
)


class QueryError(ExpectedError):
    """A statement that the database cannot answer; the message is the database's, with the place."""


class StorageError(ExpectedError):
    """A file that holds data cannot be used; the message says which, why and what to do."""

    def __init__(self, message: str, file: Path | None = None) -> None:
        super().__init__(message)
        self.file = file


class HeldError(StorageError):
    """Another program has the file open."""


class DamagedError(StorageError):
    """The file is not what it was when it was written."""


class NoRoomError(StorageError):
    """The disk is full."""


class ClosedError(StorageError):
    """The file or its folder may not be written (or read)."""


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Raise what goes wrong with `file` as a StorageError; what is no fault of storage goes through."""
    try:
        yield
    except Exception as error:
        meant = translated(error, file)
        if meant is None:
            raise
        raise meant from error


def translated(error: BaseException, file: Path) -> StorageError | None:
    """What an error of DuckDB, SQLite or the system says of `file`; None where it is about something else."""
    if isinstance(error, OSError):
        if error.errno not in _FULL | _CLOSED and not isinstance(error.filename, str):
            return None  # a connection, a pipe
        return _of_system(error, Path(error.filename) if isinstance(error.filename, str) else file)
    if isinstance(error, sqlite3.Error) or _is_of_duckdb(error):
        return _of_database(str(error), file)
    if isinstance(error, QueryError) and re.match(_FAULT_OF_FILE, str(error)):
        return _of_database(str(error), file)  # a fault that showed only while rows came
    return None


def _is_of_duckdb(error: BaseException) -> bool:
    """Whether it is an error of DuckDB about files; what never loaded DuckDB does not load it for this."""
    duckdb = sys.modules.get("duckdb")
    return duckdb is not None and isinstance(error, tuple(getattr(duckdb, name) for name in _ABOUT_FILES))


def aside(file: Path, now: datetime | None = None) -> Path:
    """Where a damaged file is put."""
    return file.with_name(f"{file.name}{DAMAGED}{now or datetime.now(UTC):%Y%m%dT%H%M%S}")


def put_aside(file: Path, now: datetime | None = None) -> Path:
    """Rename a damaged file, and what stands beside it of the same name, out of the way; its new name."""
    place = aside(file, now)
    with told(file):
        for suffix in BESIDE:
            beside = file.with_name(f"{file.name}{suffix}")
            if beside.exists():
                beside.replace(place.with_name(f"{place.name}{suffix}"))
        if file.exists():
            file.replace(place)
    return place


def _of_system(error: OSError, file: Path) -> StorageError:
    why = error.strerror or str(error)
    if error.errno in _FULL:
        return _no_room(file)
    if error.errno in _CLOSED:
        return _closed(file, why)
    return StorageError(
        f"{file} cannot be used ({why}). Look whether it, and the folder it is in, are there.", file
    )


def _of_database(text: str, file: Path) -> StorageError | None:
    held = re.search(_HELD, text)
    if held:
        return _held(file, held)
    if re.search(_FULL_WORDS, text):
        return _no_room(file)
    if re.search(_CLOSED_WORDS, text):
        return _closed(file, "it, or its folder, may not be written")
    if re.search(_OTHER_VERSION, text):
        return StorageError(f"{file} was written by another version of DuckDB: {_first(text)}", file)
    if re.search(_DAMAGED_WORDS, text):
        return damaged(file, _first(text))
    return None


def damaged(file: Path, why: str) -> DamagedError:
    """The error for a file that is not what it was when it was written."""
    return DamagedError(f"{file} is damaged ({why}). {_advice(file)}", file)


def _held(file: Path, held: re.Match[str]) -> HeldError:
    who = "another program"
    if held["pid"]:
        who = f"{_command(held['pid']) or held['program']} (process {held['pid']})"
    return HeldError(
        f"{file} is open in {who}. Close it there and try again; what was fetched is kept in the archive.",
        file,
    )


def _command(pid: str) -> str:
    """What was typed to start a process, where the system says so."""
    try:
        said = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return " ".join(said.replace(b"\0", b" ").decode(errors="replace").split())[:80]


def _no_room(file: Path) -> NoRoomError:
    return NoRoomError(
        f"There is no room left to write {file}, or its disk fails. Free some space there and try again; "
        "what was stored before is whole.",
        file,
    )


def _closed(file: Path, why: str) -> ClosedError:
    return ClosedError(
        f"{file} may not be used ({why}). Give this user the right to write there, "
        "or set HYPECURVE_HOME to another folder.",
        file,
    )


def _advice(file: Path) -> str:
    if file.name.startswith("ledger"):
        return "It is put aside and begun anew at the next start."
    if file.parent.name == "snapshots":
        return "`hypecurve refresh` publishes a new one; until then the one before it is served."
    return "`hypecurve refresh` puts it aside and makes it again from the archive."


def _first(text: str) -> str:
    """The first line of a database's message, without its own prefix."""
    line = text.strip().splitlines()[0]
    return re.sub(r"^(?:[A-Za-z]+ )*Error: ", "", line)[:300].rstrip(".")
