"""The ledger, an SQLite file that several processes write: what ran, what people asked for, what is next."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

import polars as pl
from filelock import FileLock

from store.trouble import ClosedError, DamagedError, put_aside, told
from store.warehouse import Loaded

STALE_RUN: Final = timedelta(hours=6)
"""A run that has not ended after this long died with its process."""

KEPT: Final = timedelta(days=90)
"""Runs and wishes are kept for this long; of each source its last run, success and new data for ever."""

_log = logging.getLogger(__name__)


class Status(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    NEW = "new data"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"


class Wish(StrEnum):
    """What a person may ask for."""

    RUN = "run now"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Request:
    """A person's wish that the scheduler has not carried out yet."""

    request_id: int
    source_id: str
    wish: Wish


class Ledger:
    """The ledger in `file`; every call opens, writes and closes, so any process may use it at any time.

    A damaged one is put aside and begun anew: what ran, pauses and cadences are then forgotten, no data.
    One that may not be written is read. Raises StorageError where it can be neither.

    checked   look through the whole file first, which takes a tenth of a second
    """

    def __init__(self, file: Path, *, checked: bool = False) -> None:
        self.file = file
        self._checked = checked
        self._read_only = False
        try:
            self._prepare()
        except DamagedError as error:
            self._begin_anew(error)
        except ClosedError:
            if not file.is_file():
                raise
            self._read_only = True

    def _prepare(self) -> None:
        with told(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0] if self._checked else "ok"
            if found != "ok":
                raise DamagedError(f"{self.file} is damaged ({found}).", self.file)
            connection.executescript((Path(__file__).parent / "ledger.sql").read_text(encoding="utf-8"))

    def _begin_anew(self, error: DamagedError) -> None:
        with FileLock(self.file.with_suffix(".lock")):
            try:
                self._prepare()  # another process may have done it meanwhile
            except DamagedError:
                aside = put_aside(self.file)
                _log.warning("%s It stands beside as %s.", error, aside.name)
                self._prepare()

    def start(self, source_id: str, trigger: str, now: datetime) -> int:
        """Note that a run begins; returns its number."""
        sql = "INSERT INTO run (source_id, started_at, status, trigger, process) VALUES (?, ?, ?, ?, ?)"
        with self._open() as connection:
            cursor = connection.execute(sql, [source_id, _text(now), Status.RUNNING, trigger, os.getpid()])
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def finish(
        self,
        run_id: int,
        status: Status,
        now: datetime,
        loaded: Loaded,
        retries: int = 0,
        error: str | None = None,
    ) -> None:
        """Note how a run ended."""
        sql = """
            UPDATE run SET finished_at = ?, status = ?, payloads_new = ?, rows_added = ?, rows_gone = ?,
                           rows_refused = ?, retries = ?, error = ? WHERE run_id = ?
        """
        counts = [loaded.payloads, loaded.added, loaded.gone, loaded.refused]
        with self._open() as connection:
            connection.execute(sql, [_text(now), status, *counts, retries, error, run_id])

    def fail_open(self, run_ids: Iterable[int], error: str, now: datetime) -> None:
        """Mark those of the runs that have not ended as failed."""
        running = {row["run_id"] for row in self._rows("SELECT run_id FROM run WHERE status = 'running'")}
        for run_id in running & set(run_ids):
            self.finish(run_id, Status.FAILED, now, Loaded(), error=error)

    def prune(self, now: datetime) -> int:
        """Forget runs and wishes that are older than `KEPT`; returns how many runs."""
        before = _text(now - KEPT)
        sql = """
            DELETE FROM run WHERE started_at < ? AND status <> 'running'
            AND run_id NOT IN (SELECT max(run_id) FROM run GROUP BY source_id, status)
        """
        with self._open() as connection:
            connection.execute("DELETE FROM request WHERE taken_at < ?", [before])
            return connection.execute(sql, [before]).rowcount

    def why_put_aside(self, key: str) -> str | None:
        """Why payloads with this key are not read any more; None where they may be."""
        rows = self._rows("SELECT reason FROM put_aside WHERE key = ?", [key])
        return rows[0]["reason"] if rows else None

    def put_aside(self, source_id: str, key: str, reason: str, now: datetime) -> None:
        """Keep that payloads killed their parser and are not to be read again."""
        sql = "INSERT OR REPLACE INTO put_aside (key, source_id, reason, put_aside_at) VALUES (?, ?, ?, ?)"
        with self._open() as connection:
            connection.execute(sql, [key, source_id, reason, _text(now)])

    def put_asides(self) -> pl.DataFrame:
        """What killed its parser and is not read any more: source, reason and when, the newest first."""
        rows = self._rows("SELECT source_id, reason, put_aside_at FROM put_aside ORDER BY put_aside_at DESC")
        return _frame(rows, {"source_id": pl.String(), "reason": pl.String(), "put_aside_at": _INSTANT})

    def forget_put_aside(self, source_id: str) -> None:
        """Let a source's payloads be read again."""
        with self._open() as connection:
            connection.execute("DELETE FROM put_aside WHERE source_id = ?", [source_id])

    def last_served(self, source_id: str) -> dict[str, datetime]:
        """When each address of a source last answered with a body, and not only that nothing has changed."""
        rows = self._rows("SELECT url, served_at FROM address WHERE source_id = ?", [source_id])
        return {row["url"]: datetime.fromisoformat(row["served_at"]) for row in rows}

    def note_served(self, source_id: str, served: Mapping[str, datetime]) -> None:
        """Note when addresses answered with a body."""
        sql = "INSERT OR REPLACE INTO address (source_id, url, served_at) VALUES (?, ?, ?)"
        with self._open() as connection:
            connection.executemany(sql, [(source_id, url, _text(at)) for url, at in served.items()])

    def close_dead_runs(self, now: datetime) -> int:
        """Mark runs whose process is gone as failed; returns how many."""
        died = "The process ended before the run did. Nothing was lost; the next run takes it up again."
        dead = []
        for row in self._rows("SELECT run_id, process, started_at FROM run WHERE status = 'running'"):
            too_old = now - datetime.fromisoformat(row["started_at"]) > STALE_RUN
            if too_old or not is_alive(row["process"]):
                dead.append(row["run_id"])
        for run_id in dead:
            self.finish(run_id, Status.FAILED, now, Loaded(), error=died)
        return len(dead)

    def runs(self, source_id: str | None = None, limit: int = 200) -> pl.DataFrame:
        """The newest runs first: one row each, instants as aware UTC."""
        where, values = ("WHERE source_id = ?", [source_id]) if source_id else ("", [])
        rows = self._rows(f"SELECT * FROM run {where} ORDER BY run_id DESC LIMIT ?", [*values, limit])
        return _frame(rows, RUN_SCHEMA)

    def health(self) -> pl.DataFrame:
        """Per source: last run, last success, last new data, failures in a row since, plan."""
        rows = self._rows((Path(__file__).parent / "ledger_health.sql").read_text(encoding="utf-8"))
        return _frame(rows, HEALTH_SCHEMA)

    def ask(self, source_id: str, wish: Wish, now: datetime) -> None:
        """Leave a wish for whichever process schedules; pause and resume also change the plan at once."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO request (source_id, wish, asked_at) VALUES (?, ?, ?)",
                [source_id, wish, _text(now)],
            )
        if wish in (Wish.PAUSE, Wish.RESUME):
            self._plan(source_id, "paused", int(wish is Wish.PAUSE))

    def take_requests(self, now: datetime) -> list[Request]:
        """All wishes not yet taken, each handed out once."""
        with self._open() as connection:
            sql = (
                "UPDATE request SET taken_at = ? WHERE taken_at IS NULL RETURNING request_id, source_id, wish"
            )
            rows = connection.execute(sql, [_text(now)]).fetchall()
        return [Request(row["request_id"], row["source_id"], Wish(row["wish"])) for row in rows]

    def waiting(self) -> list[str]:
        """Sources whose wish to run has not been taken yet."""
        sql = "SELECT DISTINCT source_id FROM request WHERE taken_at IS NULL AND wish = 'run now'"
        return [row["source_id"] for row in self._rows(sql)]

    def set_next_run(self, source_id: str, at: datetime | None) -> None:
        """Note when a source will be refreshed next."""
        self._plan(source_id, "next_run_at", _text(at) if at else None)

    def set_cadence(self, source_id: str, cadence: str | None) -> None:
        """A person's own cadence for a source; None = the source's own."""
        self._plan(source_id, "cadence", cadence)

    def cadences(self) -> dict[str, str]:
        """Cadences that a person has set."""
        rows = self._rows("SELECT source_id, cadence FROM plan WHERE cadence IS NOT NULL")
        return {row["source_id"]: row["cadence"] for row in rows}

    def paused(self) -> frozenset[str]:
        """Sources that a person has paused."""
        return frozenset(
            row["source_id"] for row in self._rows("SELECT source_id FROM plan WHERE paused = 1")
        )

    def _plan(self, source_id: str, column: str, value: object) -> None:
        with self._open() as connection:
            connection.execute("INSERT OR IGNORE INTO plan (source_id) VALUES (?)", [source_id])
            connection.execute(f"UPDATE plan SET {column} = ? WHERE source_id = ?", [value, source_id])

    def _rows(self, sql: str, values: list[object] | None = None) -> list[sqlite3.Row]:
        with self._open() as connection:
            return connection.execute(sql, values or []).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with told(self.file):
            connection = self._connected()
            connection.row_factory = sqlite3.Row
            try:
                if not self._read_only:
                    connection.execute("PRAGMA journal_mode = WAL")
                yield connection
            finally:
                connection.close()

    def _connected(self) -> sqlite3.Connection:
        if not self._read_only:
            return sqlite3.connect(self.file, timeout=30, isolation_level=None)
        return sqlite3.connect(f"{self.file.as_uri()}?immutable=1", uri=True, isolation_level=None)


_INSTANT: Final = pl.Datetime("us", "UTC")

RUN_SCHEMA: Final[dict[str, pl.DataType]] = {
    "run_id": pl.Int64(),
    "source_id": pl.String(),
    "started_at": _INSTANT,
    "finished_at": _INSTANT,
    "status": pl.String(),
    "trigger": pl.String(),
    "payloads_new": pl.Int64(),
    "rows_added": pl.Int64(),
    "rows_gone": pl.Int64(),
    "rows_refused": pl.Int64(),
    "retries": pl.Int64(),
    "error": pl.String(),
}

HEALTH_SCHEMA: Final[dict[str, pl.DataType]] = {
    "source_id": pl.String(),
    "last_run_at": _INSTANT,
    "last_status": pl.String(),
    "last_success_at": _INSTANT,
    "last_new_at": _INSTANT,
    "failures_in_a_row": pl.Int64(),
    "failing_since": _INSTANT,
    "last_error": pl.String(),
    "last_seconds": pl.Float64(),
    "paused": pl.Boolean(),
    "cadence": pl.String(),
    "next_run_at": _INSTANT,
}


def _frame(rows: list[sqlite3.Row], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    plain = {name: pl.String() if kind == _INSTANT else kind for name, kind in schema.items()}
    data = {name: [row[name] for row in rows] for name in schema}
    frame = pl.DataFrame(data, schema=plain, strict=False)
    instants = [name for name, kind in schema.items() if kind == _INSTANT]
    return frame.with_columns(
        pl.col(name).str.to_datetime(time_unit="us", time_zone="UTC") for name in instants
    )


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
