"""Read-only copies of the warehouse: published beside each other, swapped by an atomic pointer.

Readers open numbered files only, never the live one, so a refresh never blocks a page and a crash leaves the
last good snapshot in place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import polars as pl

from errors import ExpectedError
from store.rows import QueryError, rows_of
from store.sightings import Sightings
from store.sql import query

if TYPE_CHECKING:
    from store.warehouse import Warehouse

POINTER: Final = "current"
KEPT: Final = 2


class NoSnapshotError(ExpectedError):
    """Nothing has been published yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the data; `id` changes with every publishing."""

    id: str
    file: Path

    @property
    def archive(self) -> Path:
        """The archive that lies beside the folder of snapshots."""
        return self.file.parent.parent / "archive"

    @property
    def published_at(self) -> datetime:
        """When it was published (aware UTC)."""
        return datetime.fromtimestamp(self.file.stat().st_mtime, tz=UTC)

    def ask(self, name: str, **parameters: object) -> pl.DataFrame:
        """The rows of `queries/NAME.sql`, its `$parameters` filled in."""
        return self.select(query(name), parameters)

    def select(self, sql: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """The rows of one read-only SQL statement. Raises QueryError where it cannot be answered."""
        cursor = _connection(self.file).cursor()
        try:
            if _asks_for_sightings(sql):
                seen = Sightings(self.archive).frame()
                if seen.height:  # what was seen again since this was published confirms what it says
                    cursor.register("sighting", seen.to_arrow())
            wanted = {key: value for key, value in (parameters or {}).items() if f"${key}" in sql}
            return rows_of(cursor, sql, wanted)
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
        finally:
            cursor.close()

    def tables(self) -> list[str]:
        """Names of all tables."""
        return self.select("SELECT table_name FROM duckdb_tables() ORDER BY 1")["table_name"].to_list()


def _asks_for_sightings(sql: str) -> bool:
    """Whether a statement reads sightings, by their name or through one of the views of prices."""
    return any(name in sql for name in ("sighting", "list_last_seen", "price_step_at", "price_story_at"))


def end_of(day: date) -> datetime:
    """The last moment of a day (aware UTC): what a query as of that day takes as `$as_of`."""
    return datetime.combine(day, time.max, tzinfo=UTC)


def publish(warehouse: Warehouse, folder: Path) -> Snapshot:
    """Copy the warehouse to the next numbered file and point the readers to it; older ones are pruned."""
    folder.mkdir(parents=True, exist_ok=True)
    number = max((_number(file) for file in _files(folder)), default=0) + 1
    file = folder / f"{number:08d}.duckdb"
    unfinished = folder / f"{number:08d}.unfinished"
    unfinished.unlink(missing_ok=True)
    warehouse.copy_into(unfinished)
    unfinished.rename(file)
    pointer = folder / f"{POINTER}.{os.getpid()}"
    pointer.write_text(file.name, encoding="ascii")
    pointer.replace(folder / POINTER)
    _prune(folder, keep=file)
    return Snapshot(file.stem, file)


def latest(folder: Path) -> Snapshot:
    """The snapshot that the pointer names, opened, so that it stays readable when newer ones prune its file.

    Raises NoSnapshotError when nothing was published yet.
    """
    named = _named(folder)
    while True:
        try:
            _connection(named)
        except duckdb.IOException:
            moved = _named(folder)
            if moved == named:
                raise
            named = moved
        else:
            return Snapshot(named.stem, named)


def _named(folder: Path) -> Path:
    pointer = folder / POINTER
    if not pointer.is_file():
        raise NoSnapshotError(
            f"There is no data in {folder} yet. Run `hypecurve up`, which loads the bundled data, "
            "or `hypecurve refresh`."
        )
    return folder / pointer.read_text(encoding="ascii").strip()


@lru_cache(maxsize=KEPT)
def _connection(file: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(file), read_only=True)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.duckdb") if re.fullmatch(r"\d{8}", file.stem))


def _number(file: Path) -> int:
    return int(file.stem)


def _prune(folder: Path, keep: Path) -> None:
    for file in _files(folder)[:-KEPT]:
        if file != keep:
            file.unlink(missing_ok=True)
    for file in folder.glob("*.unfinished"):
        file.unlink(missing_ok=True)
