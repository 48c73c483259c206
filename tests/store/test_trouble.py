"""What goes wrong with a file is one sentence: which file, why, what to do."""

from __future__ import annotations

import errno
import sqlite3
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
