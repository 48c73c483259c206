"""The warehouse: one DuckDB file, one writer at a time, observations that are only ever added."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from errors import ExpectedError
from store.fold import Unit, advance, differences
from store.rows import rows_of
from store.sql import migrations, views

OBSERVATIONS: Final = (
    "score",
    "price",
    "speed",
    "release",
    "model_fact",
    "benchmark",
    "series",
    "series_point",
    "event",
    "usage",
)
"""Tables that hold what sources said."""

IDENTITY: Final = ("model_alias", "model", "release_evidence", "announcement")
"""Tables that say who is who."""


class WarehouseBusyError(ExpectedError):
    """Another process is writing and did not finish within the wait."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What taking in some units did: rows read, appended (of these tombstones), refused."""

    payloads: int = 0
    read: int = 0
    added: int = 0
    gone: int = 0
    refused: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.payloads + other.payloads,
            self.read + other.read,
            self.added + other.added,
            self.gone + other.gone,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class PayloadRow:
    """One payload as the warehouse notes it; `origin` is `archive`, or `bundle` when only its rows came."""

    source_id: str
    url: str
    as_of: datetime
    sha256: str
    bytes: int
    content_type: str | None
    origin: str = "archive"
    error: str | None = None


class Warehouse:
    """An open warehouse; use `open_warehouse`, which holds the writer's lock while it is open."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def in_memory(cls) -> Self:
        """An empty warehouse that lives and dies with the process."""
        warehouse = cls(duckdb.connect(":memory:"))
        warehouse.migrate()
        return warehouse

    def migrate(self) -> None:
        """Bring the tables to the newest numbered migration; each runs once, in a transaction of its own."""
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR)"
        )
        done = set(self.frame("SELECT number FROM migration")["number"].to_list())
        for number, name, script in migrations():
            if number not in done:
                with self.transaction():
                    self._connection.execute(script)
                    self._connection.execute("INSERT INTO migration VALUES (?, ?)", [number, name])
        self._connection.execute(views())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def frame(self, sql: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """The rows of one SELECT; `$name` in it is filled from `parameters`."""
        return rows_of(self._connection, sql, parameters)

    def payloads(self, source_id: str) -> pl.DataFrame:
        """The payloads of a source taken in so far: url, as_of, sha256, origin."""
        sql = """
            SELECT url, as_of, sha256, origin FROM payload WHERE source_id = $source_id
            ORDER BY as_of, url, sha256
        """
        return self.frame(sql, {"source_id": source_id})

    def append(self, steps: Iterable[tuple[list[PayloadRow], Unit | None]], source_id: str) -> Loaded:
        """Take in units that are newer than all that the source has, each in a transaction of its own."""
        heads: dict[str, pl.DataFrame] = {}
        total = Loaded()
        for rows, unit in steps:
            with self.transaction():
                total += self._take_in(rows, unit, source_id, heads)
        return total

    def reload(self, steps: Iterable[tuple[list[PayloadRow], Unit | None]], source_id: str) -> Loaded:
        """Replace everything of a source by what its units say, oldest first, in one transaction."""
        total = Loaded()
        with self.transaction():
            for table in (*OBSERVATIONS, "payload", "quarantine"):
                self._connection.execute(f"DELETE FROM {table} WHERE source_id = ?", [source_id])
            heads: dict[str, pl.DataFrame] = {}
            for rows, unit in steps:
                total += self._take_in(rows, unit, source_id, heads)
        return total

    def adopt(self, frames: Mapping[str, pl.DataFrame]) -> Loaded:
        """Insert rows that are folded already, of sources that have none yet, in one transaction."""
        with self.transaction():
            for table, frame in frames.items():
                self.insert(table, frame)
        rows = sum(frames[table].height for table in OBSERVATIONS if table in frames)
        return Loaded(payloads=frames["payload"].height, read=rows, added=rows)

    def replace(self, table: str, frame: pl.DataFrame) -> None:
        """Put `frame` in the place of all rows of `table` (a derived table, never observations)."""
        if table in OBSERVATIONS:
            raise ValueError(f"{table} holds observations: they are added to, never replaced")
        with self.transaction():
            self._connection.execute(f'DELETE FROM "{table}"')
            self.insert(table, frame)

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append `frame` to `table`, columns matched by name."""
        if frame.is_empty():
            return
        self._connection.register("incoming", frame.to_arrow())
        try:
            self._connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')
        finally:
            self._connection.unregister("incoming")

    def copy_into(self, file: Path) -> None:
        """Write a full, consistent copy to a new DuckDB file, views included."""
        name = self._connection.execute("SELECT current_database()").fetchone()
        assert name is not None
        self._connection.execute(f"ATTACH '{file}' AS published")
        try:
            self._connection.execute(f'COPY FROM DATABASE "{name[0]}" TO published')
        finally:
            self._connection.execute("DETACH published")

    def tables(self) -> list[str]:
        """Names of all tables."""
        return self.frame("SELECT table_name FROM duckdb_tables() ORDER BY 1")["table_name"].to_list()

    def export(self, folder: Path, leave_out: tuple[str, ...] = ("run", "derivation")) -> list[Path]:
        """Write every table as CSV, ordered by all its columns, for comparing two warehouses byte by byte."""
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for table in (name for name in self.tables() if name not in leave_out):
            file = folder / f"{table}.csv"
            self._connection.execute(f"COPY (SELECT * FROM \"{table}\" ORDER BY ALL) TO '{file}' (HEADER)")
            files.append(file)
        return files

    def close(self) -> None:
        """Close the file; everything committed is on disk."""
        self._connection.close()

    def _take_in(
        self, rows: list[PayloadRow], unit: Unit | None, source_id: str, heads: dict[str, pl.DataFrame]
    ) -> Loaded:
        read = added = gone = refused = 0
        if unit is not None:
            for table in unit.frames:
                head = heads[table] if table in heads else self._head(table, unit.keys[table], source_id)
                fresh = differences(head, unit, table)
                self.insert(table, fresh)
                heads[table] = advance(head, fresh, unit.keys[table])
                read += unit.frames[table].height
                added += fresh.height
                gone += int(fresh["gone"].sum())
            refused = unit.refused.height
            self.insert(
                "quarantine",
                unit.refused.with_columns(
                    source_id=pl.lit(source_id),
                    payload_sha256=pl.lit(unit.payload_sha256),
                    observed_at=pl.lit(unit.observed_at),
                ),
            )
        self._note(rows, read, added, refused)
        return Loaded(len(rows), read, added, gone, refused)

    def _note(self, rows: list[PayloadRow], read: int, added: int, refused: int) -> None:
        sql = "INSERT INTO payload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        for position, row in enumerate(rows):
            counts = (read, added, refused) if position == 0 else (0, 0, 0)
            about = [row.source_id, row.url, row.as_of, row.sha256, row.bytes, row.content_type, row.origin]
            self._connection.execute(sql, [*about, *counts, row.error])

    def _head(self, table: str, keys: tuple[str, ...], source_id: str) -> pl.DataFrame:
        sql = f"""
            SELECT * FROM "{table}" WHERE source_id = $source_id
            QUALIFY row_number() OVER (PARTITION BY {", ".join(keys)} ORDER BY observed_at DESC) = 1
        """
        return self.frame(sql, {"source_id": source_id})


@contextmanager
def open_warehouse(file: Path, wait_seconds: float) -> Iterator[Warehouse]:
    """The warehouse for writing, migrated; waits at most `wait_seconds` for another writer.

    Raises WarehouseBusyError when the other writer is still there after the wait.
    """
    with _writing(file, wait_seconds), _opened(file) as warehouse:
        yield warehouse


@contextmanager
def rebuilt_warehouse(file: Path, wait_seconds: float) -> Iterator[Warehouse]:
    """An empty warehouse that takes the place of the one in `file` when the block ends well.

    Raises WarehouseBusyError when another writer is still there after the wait.
    """
    with _writing(file, wait_seconds):
        fresh = file.with_suffix(".rebuilding")
        fresh.unlink(missing_ok=True)
        with _opened(fresh) as warehouse:
            yield warehouse
        fresh.replace(file)


@contextmanager
def _opened(file: Path) -> Iterator[Warehouse]:
    warehouse = Warehouse(duckdb.connect(str(file)))
    try:
        warehouse.migrate()
        yield warehouse
    finally:
        warehouse.close()


@contextmanager
def _writing(file: Path, wait_seconds: float) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    holder = file.with_suffix(".writer")
    lock = FileLock(file.with_suffix(".lock"))
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        process = holder.read_text(encoding="ascii") if holder.exists() else "unknown"
        raise WarehouseBusyError(
            f"Another refresh (process {process}) has been writing to {file} for more than "
            f"{wait_seconds:.0f} s. Wait for it to end, or stop it, and try again."
        ) from error
    try:
        holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
