"""The warehouse: one DuckDB file, one writer at a time, observations that are only ever added."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self, TypeVar
from uuid import uuid4

import duckdb
import polars as pl

from store.fold import Unit, advance, differences, revisions
from store.locks import file_lock
from store.rows import append_frame, do, literal, rows_of
from store.sql import SCHEMA, migrations, schema_digest, views
from store.trouble import StorageError, damaged, told
from store.unwritten import fault_of_duckdb_log, log_of_duckdb

Result = TypeVar("Result")

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


CONTENT: Final = "content"
"""Name of the stage whose digest changes with everything that is taken in."""


NOT_COMPARED: Final = ("derivation", "stage")
"""Tables that tell how and when something was made: two warehouses of one content may differ in them."""


class WarehouseBusyError(StorageError):
    """Another process is writing and did not finish within the wait."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What taking in some units did: rows read, appended (of these tombstones, and revisions), refused."""

    payloads: int = 0
    read: int = 0
    added: int = 0
    gone: int = 0
    refused: int = 0
    revised: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.payloads + other.payloads,
            self.read + other.read,
            self.added + other.added,
            self.gone + other.gone,
            self.refused + other.refused,
            self.revised + other.revised,
        )


@dataclass(frozen=True, slots=True)
class PayloadRow:
    """One payload as the warehouse notes it.

    origin   `archive`, or `bundle` when only its rows came
    error    what is to be complained of
    unread   whether nothing at all could be taken from it
    """

    source_id: str
    url: str
    as_of: datetime
    sha256: str
    bytes: int
    content_type: str | None
    origin: str = "archive"
    error: str | None = None
    unread: bool = False


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
        """Bring the tables to the newest numbered migration; each runs once, in a transaction of its own.

        An empty database takes all of them in one: it is done in half the time, and never half done.
        """
        self._connection.execute("SET TimeZone = 'UTC'")
        if self._is_of_this_version():
            return
        together, each = (nullcontext, self.transaction) if self.tables() else (self.transaction, nullcontext)
        with together():
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR)"
            )
            done = set(self.frame("SELECT number FROM migration")["number"].to_list())
            for number, name, script in migrations():
                if number not in done:
                    with each():
                        self._connection.execute(script)
                        self._connection.execute(f"INSERT INTO migration VALUES ({number}, {literal(name)})")
            self._connection.execute(views())
            with each():
                self._note_stage(SCHEMA, schema_digest())

    def _is_of_this_version(self) -> bool:
        """Whether all migrations and views are there: they are noted last."""
        return "stage" in self.tables() and self.stages().get(SCHEMA) == schema_digest()

    def stages(self) -> dict[str, str]:
        """What each stage of the line rests on, by its name."""
        return dict(self.frame("SELECT name, digest FROM stage").iter_rows())

    def note_stage(self, name: str, digest: str) -> None:
        """Note what a stage rests on now that it is done."""
        with self.transaction():
            self._note_stage(name, digest)

    def _note_stage(self, name: str, digest: str) -> None:
        do(self._connection, "DELETE FROM stage WHERE name = ?", name)
        do(self._connection, "INSERT INTO stage VALUES (?, ?)", name, digest)

    def forms(self) -> dict[str, str]:
        """With which form each source's archived payloads were read."""
        return dict(self.frame("SELECT source_id, digest FROM loaded_form").iter_rows())

    def _note_form(self, source_id: str, digest: str | None) -> None:
        if digest is not None and self.forms().get(source_id) != digest:
            do(self._connection, "DELETE FROM loaded_form WHERE source_id = ?", source_id)
            do(self._connection, "INSERT INTO loaded_form VALUES (?, ?)", source_id, digest)

    def _content_changed(self) -> None:
        self._note_stage(CONTENT, uuid4().hex)

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else writes in this block; on one machine nobody does while the warehouse is open."""
        return nullcontext()

    def close_by(self) -> AbstractContextManager[Warehouse]:
        """The same rows where many questions about them are quick, and nobody else writes any."""
        return nullcontext(self)

    def uncrossed(self, action: Callable[[], Result], tell: Callable[[str, str], None]) -> Result:  # noqa: ARG002
        """Do something that writes, again where another writer came between; on one machine none does."""
        return action()

    def taking_in(self, source_id: str) -> AbstractContextManager[None]:  # noqa: ARG002 - for others to know
        """Nobody else writes rows of this source in this block."""
        return nullcontext()

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
        """The payloads of a source taken in so far: url, as_of, sha256, origin, rows_read, error, unread."""
        sql = """
            SELECT url, as_of, sha256, origin, rows_read, error, coalesce(unread, false) AS unread
            FROM payload WHERE source_id = $source_id
            ORDER BY as_of, url, sha256
        """
        return self.frame(sql, {"source_id": source_id})

    def append(
        self, steps: Iterable[tuple[list[PayloadRow], Unit | None]], source_id: str, form: str | None = None
    ) -> Loaded:
        """Take in units that are newer than all that the source has, each in a transaction of its own."""
        heads: dict[str, pl.DataFrame] = {}
        total = Loaded()
        for rows, unit in steps:
            with self.transaction():
                total += self._take_in(rows, unit, source_id, heads)
                self._note_form(source_id, form)
                self._content_changed()
        return total

    def reload(
        self, steps: Iterable[tuple[list[PayloadRow], Unit | None]], source_id: str, form: str | None = None
    ) -> Loaded:
        """Replace everything of a source by what its units say, oldest first, in one transaction."""
        total = Loaded()
        with self.transaction():
            for table in (*OBSERVATIONS, "payload", "quarantine"):
                do(self._connection, f"DELETE FROM {table} WHERE source_id = ?", source_id)
            heads: dict[str, pl.DataFrame] = {}
            for rows, unit in steps:
                total += self._take_in(rows, unit, source_id, heads)
            self._note_form(source_id, form)
            self._content_changed()
        return total

    def adopt(self, frames: Mapping[str, pl.DataFrame]) -> Loaded:
        """Insert rows that are folded already, of sources that have none yet, in one transaction."""
        with self.transaction():
            for table, frame in frames.items():
                self.insert(table, frame)
            self._content_changed()
        rows = sum(frames[table].height for table in OBSERVATIONS if table in frames)
        return Loaded(payloads=frames["payload"].height, read=rows, added=rows)

    def replace(self, table: str, frame: pl.DataFrame) -> None:
        """Put `frame` in the place of all rows of `table` (a derived table, never observations)."""
        if table in OBSERVATIONS:
            raise ValueError(f"{table} holds observations: they are added to, never replaced")
        with self.transaction():
            self.clear(table)
            self.insert(table, frame)

    def clear(self, table: str) -> None:
        """Remove all rows of a table, in the transaction that is open."""
        self._connection.execute(f'DELETE FROM "{table}"')

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append `frame` to `table`, columns matched by name."""
        if frame.is_empty():
            return
        append_frame(self._connection, table, frame)

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

    def close(self) -> None:
        """Close the file; everything committed is on disk."""
        self._connection.close()

    def _take_in(
        self, rows: list[PayloadRow], unit: Unit | None, source_id: str, heads: dict[str, pl.DataFrame]
    ) -> Loaded:
        read = added = gone = refused = revised = 0
        if unit is not None:
            for table in unit.frames:
                head = heads[table] if table in heads else self._head(table, unit.keys[table], source_id)
                fresh = differences(head, unit, table)
                self.insert(table, fresh)
                heads[table] = advance(head, fresh, unit.keys[table])
                read += unit.frames[table].height
                added += fresh.height
                gone += int(fresh["gone"].sum())
                revised += revisions(head, fresh, unit.keys[table])
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
        return Loaded(len(rows), read, added, gone, refused, revised)

    def _note(self, rows: list[PayloadRow], read: int, added: int, refused: int) -> None:
        sql = """
            INSERT INTO payload (source_id, url, as_of, sha256, bytes, content_type, origin,
                                 rows_read, rows_added, rows_refused, error, unread)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
        for position, row in enumerate(rows):
            counts = (read, added, refused) if position == 0 else (0, 0, 0)
            about = [row.source_id, row.url, row.as_of, row.sha256, row.bytes, row.content_type, row.origin]
            do(self._connection, sql, *about, *counts, row.error, row.unread)

    def _head(self, table: str, keys: tuple[str, ...], source_id: str) -> pl.DataFrame:
        sql = f"""
            SELECT * FROM "{table}" WHERE source_id = $source_id
            QUALIFY row_number() OVER (PARTITION BY {", ".join(keys)} ORDER BY observed_at DESC) = 1
        """
        return self.frame(sql, {"source_id": source_id})


@contextmanager
def open_warehouse(file: Path, wait_seconds: float) -> Iterator[Warehouse]:
    """The warehouse for writing, migrated; waits at most `wait_seconds` for another writer.

    Raises WarehouseBusyError when the other writer is still there after the wait, StorageError where the file
    cannot be used.
    """
    with writing(file, wait_seconds), _opened(file) as warehouse:
        yield warehouse


@contextmanager
def fresh_warehouse(file: Path, wait_seconds: float) -> Iterator[Warehouse]:
    """An empty warehouse beside the one in `file`; inside `writing`, `take_place` puts it in its place.

    Raises WarehouseBusyError when another rebuild is still under way after the wait.
    """
    beside = _rebuilding(file)
    with writing(beside, wait_seconds):
        _remove(beside)
        with _opened(beside) as warehouse:
            yield warehouse
        _remove(beside)


def look_through(file: Path, *, deep: bool) -> None:
    """Open the warehouse in `file`, if it is there and nobody writes; `deep` reads every row.

    Raises StorageError where it cannot be used.
    """
    if not file.is_file():
        return
    try:
        with writing(file, wait_seconds=0), told(file):
            _look_at_log(file)
            connection = duckdb.connect(str(file), read_only=True)
            try:
                warehouse = Warehouse(connection)
                for table in warehouse.tables():
                    every = "" if deep else " LIMIT 1"
                    connection.execute(
                        f'SELECT bit_xor(hash(one)) FROM (SELECT COLUMNS(*) FROM "{table}"{every}) AS one'
                    ).fetchall()
            finally:
                connection.close()
    except WarehouseBusyError:
        return  # who writes would have noticed


def take_place(warehouse: Warehouse, file: Path) -> None:
    """Close a fresh warehouse and put it where the one in `file` is. Needs the writer's lock."""
    warehouse.close()
    with told(file):
        log_of_duckdb(file).unlink(missing_ok=True)  # else it would be played into the new file
        _rebuilding(file).replace(file)


def _rebuilding(file: Path) -> Path:
    return file.with_suffix(".rebuilding")


def _remove(file: Path) -> None:
    with told(file):
        for part in (file, log_of_duckdb(file)):
            part.unlink(missing_ok=True)


@contextmanager
def _opened(file: Path) -> Iterator[Warehouse]:
    with told(file):
        _look_at_log(file)
        warehouse = Warehouse(duckdb.connect(str(file)))
        try:
            warehouse.migrate()
            yield warehouse
        finally:
            warehouse.close()


def _look_at_log(file: Path) -> None:
    """Raise DamagedError where DuckDB would pass over what was committed last."""
    fault = fault_of_duckdb_log(file)
    if fault:
        raise damaged(file, fault)


@contextmanager
def writing(file: Path, wait_seconds: float) -> Iterator[None]:
    """The writer's lock of a warehouse file; raises WarehouseBusyError when it is not free in time."""
    with told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = file_lock(file.with_suffix(file.suffix.replace(".duckdb", "") + ".lock"))
        holder = file.with_suffix(file.suffix.replace(".duckdb", "") + ".writer")
        try:
            lock.acquire(timeout=wait_seconds)
        except TimeoutError as error:
            process = holder.read_text(encoding="ascii") if holder.exists() else "unknown"
            raise WarehouseBusyError(
                f"Another refresh (process {process}) has been writing to {file} for more than "
                f"{wait_seconds:.0f} s. Wait for it to end, or stop it, and try again.",
                file,
            ) from error
    try:
        with told(holder):
            holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
