"""Tables of an SQLite file, read from memory: nothing of the file's own is run, and nothing is written."""

from __future__ import annotations

import sqlite3
from typing import Final

from ingest.errors import ParseError
from ingest.formats.table import Table, frame_of_lines
from ingest.formats.texts import refuse_web_page

MOST_STEPS: Final = 2_000_000_000
"""Steps of SQLite's machine; a table of a million rows takes a hundredth of it."""

_STEPS_A_LOOK: Final = 1_000_000
_MOST_ROWS: Final = 5_000_000
_READ_ONLY: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


def sqlite_table(body: bytes, where: str, wanted: str | int | None) -> Table:
    """One table of an SQLite file, by name or position (default: the first), as texts.

    Only plain tables can be read: views and virtual tables run what the file's author wrote. Raises
    ParseError where the file is damaged or has no such table.
    """
    refuse_web_page(body, where, "an SQLite file")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(body)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        names = _plain_tables(connection)
        name = _chosen(names, wanted, where)
        _shut_in(connection)
        return _read(connection, name, where)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        raise ParseError(f"{where} is not a readable SQLite file: {error}") from error
    finally:
        connection.close()


def _plain_tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    )
    return [str(name) for (name,) in found]


def _chosen(names: list[str], wanted: str | int | None, where: str) -> str:
    if isinstance(wanted, str) and wanted in names:
        return wanted
    position = wanted or 1
    if isinstance(position, int) and 1 <= position <= len(names):
        return names[position - 1]
    there = ", ".join(names[:20]) or "none"
    raise ParseError(f"{where} has no table {wanted!r}; its tables are: {there}")


def _shut_in(connection: sqlite3.Connection) -> None:
    """Allow reading and nothing else, and stop what takes too long."""
    looks = 0

    def look() -> int:
        nonlocal looks
        looks += 1
        return int(looks * _STEPS_A_LOOK > MOST_STEPS)

    connection.set_progress_handler(look, _STEPS_A_LOOK)
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _READ_ONLY else sqlite3.SQLITE_DENY
    )


def _read(connection: sqlite3.Connection, name: str, where: str) -> Table:
    quoted = name.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')
    header = [column[0] for column in cursor.description]
    rows = cursor.fetchmany(_MOST_ROWS)
    if cursor.fetchone() is not None:
        raise ParseError(f"{where}: the table {name!r} has more than {_MOST_ROWS:,} rows")
    return Table(where, frame_of_lines(header, [[_text(cell) for cell in row] for row in rows], where))


def _text(cell: object) -> str | None:
    return None if cell is None or isinstance(cell, bytes) else str(cell)
