"""What goes wrong with a file is one sentence: which file, why, what to do."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from store.trouble import (
    ClosedError,
    DamagedError,
    HeldError,
    NoRoomError,
    QueryError,
    StorageError,
    aside,
    put_aside,
    told,
    translated,
)

FILE = Path("/data/warehouse.duckdb")


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            NoRoomError,
            "no room left to write /data/warehouse",
        ),
        (OSError(errno.EFBIG, "File too large", "/data/x"), NoRoomError, "no room left to write /data/x"),
        (OSError(errno.EACCES, "Permission denied"), ClosedError, "/data/warehouse.duckdb may not be used"),
        (OSError(errno.EROFS, "Read-only", "/data/x"), ClosedError, "/data/x may not be used (Read-only)"),
        (
            OSError(errno.ENOENT, "No such file", "/data/x"),
            StorageError,
            "/data/x cannot be used (No such file)",
        ),
        (sqlite3.DatabaseError("file is not a database"), DamagedError, "damaged (file is not a database)"),
        (sqlite3.OperationalError("database or disk is full"), NoRoomError, "Free some space"),
        (sqlite3.OperationalError("attempt to write a readonly database"), ClosedError, "may not be written"),
        (duckdb.IOException("IO Error: Corrupt file"), DamagedError, "damaged (Corrupt file)"),
        (
            duckdb.IOException("IO Error: older version"),
            StorageError,
            "another version of DuckDB: older version",
        ),
        (
            QueryError("IO Error: Could not read enough bytes"),
            DamagedError,
            "`hypecurve refresh` puts it aside",
        ),
        (duckdb.IOException("Could not set lock on file"), HeldError, "is open in another program. Close it"),
    ],
)
def test_a_fault_of_a_file_is_a_sentence(error: Exception, kind: type[StorageError], says: str) -> None:
    """It names the file that the system names, else the one that was used."""
    meant = translated(error, FILE)
    assert type(meant) is kind
    assert says in str(meant)
    with pytest.raises(kind), told(FILE):
        raise error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ECONNREFUSED, "Connection refused"),
        OSError(errno.EPIPE, "Broken pipe"),
        ZeroDivisionError("corrupt"),
        sqlite3.OperationalError("no such table: run"),
        duckdb.IOException("IO Error: Could not establish connection"),
        duckdb.BinderException("Binder Error: column corrupt not found"),
        QueryError("Conversion Error: Could not convert string 'corrupt'"),
    ],
)
def test_what_is_no_fault_of_a_file_goes_through(error: Exception) -> None:
    """A connection, a statement, a slip of the code: whoever called knows better."""
    assert translated(error, FILE) is None
    with pytest.raises(type(error)) as caught, told(FILE):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("ledger.sqlite", "begun anew at the next start"),
        ("snapshots/00000001.duckdb", "publishes a new one"),
        ("warehouse.duckdb", "makes it again from the archive"),
    ],
)
def test_what_to_do_about_damage_depends_on_the_file(name: str, advice: str) -> None:
    """Each part of a home comes back in its own way."""
    meant = translated(sqlite3.DatabaseError("malformed"), Path("/data") / name)
    assert isinstance(meant, DamagedError)
    assert advice in str(meant)


def test_a_damaged_file_is_put_aside_with_what_stands_beside_it(tmp_path: Path) -> None:
    """Under the instant; a new file of its name then finds no log of the old one."""
    for name in ("w.duckdb", "w.duckdb.wal", "w.duckdb-shm", "other.duckdb.wal"):
        (tmp_path / name).write_text(name)
    place = put_aside(tmp_path / "w.duckdb", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    aside = "w.duckdb.damaged-20260102T030405"
    assert place == tmp_path / aside
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        aside: "w.duckdb",
        f"{aside}.wal": "w.duckdb.wal",
        f"{aside}-shm": "w.duckdb-shm",
        "other.duckdb.wal": "other.duckdb.wal",
    }
    assert put_aside(tmp_path / "w.duckdb", datetime(2026, 1, 3, tzinfo=UTC)).exists() is False


LOCKED = 'IO Error: Could not set lock on file "/data/w": Conflicting lock is held in {} (PID {}). See also x'


def test_who_holds_a_file_is_told_by_what_was_typed() -> None:
    """Its first 80 characters, and by its program where the system does not say."""
    typed = ["sleep", "1000", *(["0"] * 60)]
    holder = subprocess.Popen(typed)
    try:
        told = Path(f"/proc/{holder.pid}/cmdline")
        until = time.monotonic() + 10
        while not told.read_bytes() and time.monotonic() < until:
            time.sleep(0.01)  # a program that has just begun has no words yet
        meant = translated(duckdb.IOException(LOCKED.format("/usr/bin/sleep", holder.pid)), FILE)
    finally:
        holder.kill()
        holder.wait()
    assert type(meant) is HeldError
    assert str(meant) == (
        f"/data/warehouse.duckdb is open in sleep 1000{' 0' * 35} (process {holder.pid}). Close it there and "
        "try again; what was fetched is kept in the archive."
    )
    meant = translated(duckdb.IOException(LOCKED.format("/usr/bin/python3", 99_999_999)), FILE)
    assert "is open in /usr/bin/python3 (process 99999999). Close" in str(meant)


def test_a_databases_words_are_cut_to_their_first_line() -> None:
    """Without its prefix and the full stop, and after 300 characters."""
    said = "IO Error: Invalid Input Error: Corrupt file.\nSee also: nothing"
    assert "is damaged (Invalid Input Error: Corrupt file). `" in str(
        translated(duckdb.IOException(said), FILE)
    )
    long = translated(sqlite3.DatabaseError("malformed" + "x" * 400), FILE)
    assert f"(malformed{'x' * 291}). " in str(long)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.EDQUOT, "Quota"), NoRoomError),
        (OSError(errno.EPERM, "Not permitted"), ClosedError),
        (sqlite3.OperationalError("disk I/O error"), NoRoomError),
        (sqlite3.OperationalError("unable to open database file"), ClosedError),
        (duckdb.InvalidInputException("checksum of block 3"), DamagedError),
        (duckdb.SerializationException("Serialization Error: failed to deserialize"), DamagedError),
        (QueryError("Serialization Error: failed to deserialize"), DamagedError),
        (duckdb.IOException("Read-only file system, though the file is corrupt"), ClosedError),
        (duckdb.IOException("No space left on device: permission denied"), NoRoomError),
    ],
)
def test_the_first_reason_that_fits_counts(error: Exception, kind: type[StorageError]) -> None:
    """No room before no right, and both before damage: what was not written is not damaged."""
    meant = translated(error, FILE)
    assert type(meant) is kind
    assert meant.file == FILE


def test_the_file_of_a_fault_is_the_one_that_the_system_names() -> None:
    """By it the part that is damaged is put aside, and no other."""
    meant = translated(OSError(errno.ENOENT, "No such file", "/data/x"), FILE)
    assert meant is not None
    assert meant.file == Path("/data/x")
    assert str(meant) == (
        "/data/x cannot be used (No such file). Look whether it, and the folder it is in, are there."
    )
    assert StorageError("somewhere").file is None


def test_the_name_of_what_is_put_aside_says_when() -> None:
    """By the clock in UTC, to the second."""
    before = datetime.now(UTC).replace(microsecond=0)
    name = aside(FILE).name
    at = datetime.strptime(f"{name}+0000", "warehouse.duckdb.damaged-%Y%m%dT%H%M%S%z")
    assert before <= at <= datetime.now(UTC)
