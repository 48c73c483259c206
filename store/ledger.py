"""The ledger, an SQLite file that several processes write: what ran, what people asked for, what is next."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from store.cadence import next_times
from store.concealed import conceal
from store.locks import file_lock
from store.sizes import sizes
from store.trouble import ClosedError, DamagedError, aside, put_aside, told
from store.unwritten import fault_of_sqlite_log, log_of_sqlite
from store.warehouse import Loaded

STALE_RUN: Final = timedelta(hours=6)
"""A run that has not ended after this long died with its process."""

KEPT: Final = timedelta(days=90)
"""Runs and requests are kept for this long; of each source its last run, success and new data for ever."""

SILENT: Final = timedelta(days=7)
"""A machine that has given no sign of life for so long is not told of any more."""

_WHOLE: Final[dict[Path, tuple[int, int]]] = {}
"""Length and time of change of the logs that this process found whole: every page of a dashboard opens the
ledger, and a log of megabytes takes longer to look through than the page does."""

PAGE_SECONDS: Final = 0.05
"""Another process that is just writing a page to the log has done so after this long."""

DIED: Final = "The process ended before the run did"
"""How the error of a run begins that ended with its process."""

_log = logging.getLogger(__name__)


class Status(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    NEW = "new data"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"


class Action(StrEnum):
    """What a person may ask for."""

    RUN = "run now"
    PAUSE = "pause"
    RESUME = "resume"
    CADENCE = "another cadence"


@dataclass(frozen=True, slots=True)
class Request:
    """A person's request that the scheduler has not carried out yet."""

    request_id: int
    source_id: str
    action: Action


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
        looked_through = self._keep_damaged_log() or self._checked
        with self._open() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0] if looked_through else "ok"
            if found != "ok":
                raise DamagedError(f"{self.file} is damaged ({found}).", self.file)
            _migrate(connection)

    def _keep_damaged_log(self) -> bool:
        """Keep a copy of a log that SQLite will not take whole, and say so; whether there was one.

        What it takes of it may be older than pages in the file already: that is looked through then.
        """
        log, fault = self._log()
        if fault is None:
            return False
        kept = log_of_sqlite(aside(self.file))
        with told(kept):
            kept.write_bytes(log)
        _log.warning(
            "%s is damaged (%s): some of the last runs, requests and plans are forgotten, no data. It is "
            "kept as %s.",
            log_of_sqlite(self.file),
            fault,
            kept.name,
        )
        return True

    def _log(self) -> tuple[bytes, str | None]:
        """What SQLite has not yet written into the file, and what is wrong with it."""
        file, log, fault, seen = log_of_sqlite(self.file), b"", None, None
        for pause in (0.0, PAGE_SECONDS):
            time.sleep(pause)
            with told(self.file), suppress(FileNotFoundError):
                stands = file.stat()
                seen = (stands.st_size, stands.st_mtime_ns)
                if _WHOLE.get(file) == seen:
                    return b"", None
                log = file.read_bytes()
            fault = fault_of_sqlite_log(log)
            if fault is None:
                break
        if seen is not None and fault is None:
            _WHOLE[file] = seen
        return log, fault

    def _begin_anew(self, error: DamagedError) -> None:
        with file_lock(self.file.with_suffix(".lock")):
            try:
                self._prepare()  # another process may have done it meanwhile
            except DamagedError:
                aside = put_aside(self.file)
                _log.warning("%s It stands beside as %s.", error, aside.name)
                self._prepare()

    def agreed(self, instant: datetime) -> datetime:
        """An instant of this machine's clock (aware UTC), by the clock of all who write in this ledger."""
        return instant

    def written(self, instant: datetime) -> str:
        """An instant as it stands in the ledger: text, whose order is that of time."""
        return self.agreed(instant).astimezone(UTC).isoformat(timespec="microseconds")

    def room(self) -> dict[str, int]:
        """Bytes on the disk of each store that lies beside the ledger."""
        return sizes(self.file.parent)

    def start(self, source_id: str, trigger: str, now: datetime) -> int:
        """Note that a run begins; returns its number."""
        sql = "INSERT INTO run (source_id, started_at, status, trigger, process) VALUES (?, ?, ?, ?, ?)"
        with self._open() as connection:
            values = [source_id, self.written(now), Status.RUNNING, trigger, os.getpid()]
            run_id: int = connection.execute(f"{sql} RETURNING run_id", values).fetchone()["run_id"]
            return run_id

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
            UPDATE run SET finished_at = ?, status = ?, payloads_new = ?, rows_added = ?, rows_revised = ?,
                           rows_gone = ?, rows_refused = ?, retries = ?, error = ? WHERE run_id = ?
        """
        counts = [loaded.payloads, loaded.added, loaded.revised, loaded.gone, loaded.refused]
        with self._open() as connection:
            connection.execute(
                sql, [self.written(now), status, *counts, retries, conceal(error) if error else error, run_id]
            )

    def fail_open(self, run_ids: Iterable[int], error: str, now: datetime) -> None:
        """Mark those of the runs that have not ended as failed."""
        running = {row["run_id"] for row in self.rows("SELECT run_id FROM run WHERE status = 'running'")}
        for run_id in running & set(run_ids):
            self.finish(run_id, Status.FAILED, now, Loaded(), error=error)

    def prune(self, now: datetime, kept: timedelta = KEPT) -> int:
        """Forget runs and requests that are older; returns how many runs."""
        before = self.written(now - kept)
        sql = """
            DELETE FROM run WHERE started_at < ? AND status <> 'running'
            AND run_id NOT IN (SELECT max(run_id) FROM run GROUP BY source_id, status)
        """
        with self._open() as connection:
            connection.execute("DELETE FROM request WHERE taken_at < ?", [before])
            connection.execute("DELETE FROM beat WHERE beat_at < ?", [self.written(now - SILENT)])
            return connection.execute(sql, [before]).rowcount

    def why_put_aside(self, key: str) -> str | None:
        """Why payloads with this key are not read any more; None where they may be."""
        rows = self.rows("SELECT reason FROM put_aside WHERE key = ?", [key])
        return rows[0]["reason"] if rows else None

    def put_aside(self, source_id: str, key: str, reason: str, now: datetime) -> None:
        """Keep that payloads killed their parser and are not to be read again."""
        sql = """
            INSERT INTO put_aside (key, source_id, reason, put_aside_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, put_aside_at = excluded.put_aside_at
        """
        with self._open() as connection:
            connection.execute(sql, [key, source_id, reason, self.written(now)])

    def put_asides(self) -> pl.DataFrame:
        """What killed its parser and is not read any more: source, reason and when, the newest first."""
        rows = self.rows("SELECT source_id, reason, put_aside_at FROM put_aside ORDER BY put_aside_at DESC")
        return _frame(rows, {"source_id": pl.String(), "reason": pl.String(), "put_aside_at": _INSTANT})

    def forget_put_aside(self, source_id: str) -> None:
        """Let a source's payloads be read again."""
        with self._open() as connection:
            connection.execute("DELETE FROM put_aside WHERE source_id = ?", [source_id])

    def last_served(self, source_id: str) -> dict[str, datetime]:
        """When each address of a source last answered with a body, and not only that nothing has changed."""
        rows = self.rows("SELECT url, served_at FROM address WHERE source_id = ?", [source_id])
        return {row["url"]: datetime.fromisoformat(row["served_at"]) for row in rows}

    def note_served(self, source_id: str, served: Mapping[str, datetime]) -> None:
        """Note when addresses answered with a body."""
        sql = """
            INSERT INTO address (source_id, url, served_at) VALUES (?, ?, ?)
            ON CONFLICT (source_id, url) DO UPDATE SET served_at = excluded.served_at
        """
        with self._open() as connection:
            connection.executemany(sql, [(source_id, url, self.written(at)) for url, at in served.items()])

    def end_runs_of(self, process: int, status: Status, said: str, now: datetime) -> int:
        """Mark the runs that a process left open as ended so; returns how many."""
        sql = "SELECT run_id FROM run WHERE status = 'running' AND process = ?"
        left = [row["run_id"] for row in self.rows(sql, [process])]
        for run_id in left:
            self.finish(run_id, status, now, Loaded(), error=said)
        return len(left)

    def close_dead_runs(self, now: datetime) -> int:
        """Mark runs whose process is gone as failed; returns how many."""
        died = f"{DIED}. Nothing was lost; the next run takes it up again."
        running = self.rows("SELECT * FROM run WHERE status = 'running'")
        dead = [row["run_id"] for row in running if self._is_dead(row, now)]
        for run_id in dead:
            self.finish(run_id, Status.FAILED, now, Loaded(), error=died)
        return len(dead)

    def runs(self, source_id: str | None = None, limit: int = 200) -> pl.DataFrame:
        """The newest runs first: one row each, instants as aware UTC."""
        where, values = ("WHERE source_id = ?", [source_id]) if source_id else ("", [])
        rows = self.rows(f"SELECT * FROM run {where} ORDER BY run_id DESC LIMIT ?", [*values, limit])
        return _frame(rows, RUN_SCHEMA)

    def health(self) -> pl.DataFrame:
        """Per source: last run, last success, last new data, failures in a row since, plan."""
        rows = self.rows((Path(__file__).parent / "ledger_health.sql").read_text(encoding="utf-8"))
        return _frame(rows, HEALTH_SCHEMA)

    def ask(self, source_id: str, action: Action, now: datetime) -> None:
        """Leave a request for whichever process schedules; pause and resume also change the plan at once."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO request (source_id, action, asked_at) VALUES (?, ?, ?)",
                [source_id, action, self.written(now)],
            )
        if action in (Action.PAUSE, Action.RESUME):
            self._plan(source_id, "paused", int(action is Action.PAUSE))
        if action is Action.PAUSE:
            self._plan(source_id, "next_run_at", None)

    def take_requests(self, now: datetime) -> list[Request]:
        """All requests not yet taken, each handed out once."""
        if not self.rows("SELECT 1 FROM request WHERE taken_at IS NULL LIMIT 1"):
            return []  # looked at every second: only reading leaves the disk alone
        with self._open() as connection:
            sql = "UPDATE request SET taken_at = ? WHERE taken_at IS NULL"
            rows = connection.execute(
                f"{sql} RETURNING request_id, source_id, action", [self.written(now)]
            ).fetchall()
        return [Request(row["request_id"], row["source_id"], Action(row["action"])) for row in rows]

    def waiting(self) -> list[str]:
        """Sources whose request to run has not been taken yet."""
        sql = "SELECT DISTINCT source_id FROM request WHERE taken_at IS NULL AND action = 'run now'"
        return [row["source_id"] for row in self.rows(sql)]

    def set_next_runs(self, times: Mapping[str, datetime | None]) -> None:
        """Note when sources will be refreshed next; None where they rest."""
        sql = """
            INSERT INTO plan (source_id, next_run_at) VALUES (?, ?)
            ON CONFLICT (source_id) DO UPDATE SET next_run_at = excluded.next_run_at
        """
        with self._open() as connection, self._together(connection):
            connection.executemany(
                sql, [(name, self.written(at) if at else None) for name, at in times.items()]
            )

    def set_cadence(self, source_id: str, cadence: str | None, now: datetime) -> None:
        """A person's own cadence for a source, None = the source's own; whoever schedules is told.

        Raises CadenceError for what is none: it is never stored.
        """
        times = next_times(cadence, now, 1) if cadence is not None else []
        self._plan(source_id, "cadence", cadence)
        if times and source_id not in self.paused():  # as people are told until whoever schedules has seen it
            self._plan(source_id, "next_run_at", self.written(times[0]))
        self.ask(source_id, Action.CADENCE, now)

    def cadences(self) -> dict[str, str]:
        """Cadences that a person has set."""
        rows = self.rows("SELECT source_id, cadence FROM plan WHERE cadence IS NOT NULL")
        return {row["source_id"]: row["cadence"] for row in rows}

    def running(self) -> frozenset[str]:
        """Sources that a run of another process is at."""
        sql = "SELECT DISTINCT source_id FROM run WHERE status = 'running' AND process <> ?"
        return frozenset(row["source_id"] for row in self.rows(sql, [os.getpid()]))

    def paused(self) -> frozenset[str]:
        """Sources that a person has paused."""
        return frozenset(row["source_id"] for row in self.rows("SELECT source_id FROM plan WHERE paused = 1"))

    def claim(self, timed: Mapping[str, datetime], now: datetime) -> list[str]:  # noqa: ARG002 - a team asks
        """Those of the sources that are left to who asks: all, since one process schedules a machine.

        timed   source -> when it was last found out when it is due
        """
        return list(timed)

    def hold(self, now: datetime) -> None:
        """A sign of life: what was claimed is still being refreshed."""

    def release(self, source_ids: Iterable[str]) -> None:
        """Give claimed sources back."""

    def _is_dead(self, run: Any, now: datetime) -> bool:
        """Whether the process of a run is gone."""
        too_old = now - datetime.fromisoformat(run["started_at"]) > STALE_RUN
        return too_old or not is_alive(run["process"])

    def _plan(self, source_id: str, column: str, value: object) -> None:
        with self._open() as connection:
            connection.execute("INSERT INTO plan (source_id) VALUES (?) ON CONFLICT DO NOTHING", [source_id])
            connection.execute(f"UPDATE plan SET {column} = ? WHERE source_id = ?", [value, source_id])

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The rows of a statement; for the modules of the store that keep something in this file."""
        with self._open() as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """Carry out a statement; how many rows it changed."""
        with self._open() as connection:
            return connection.execute(sql, values).rowcount

    @contextmanager
    def _together(self, connection: sqlite3.Connection) -> Iterator[None]:
        """All of it or nothing."""
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            yield

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
        as_it_is = sqlite3.connect(f"{self.file.as_uri()}?immutable=1", uri=True, isolation_level=None)
        if _version(as_it_is) >= len(_migrations()):
            return as_it_is
        with closing(as_it_is):  # of an older version, which may not be changed where it stands
            copy = sqlite3.connect(":memory:", isolation_level=None)
            as_it_is.backup(copy)
        _migrate(copy)
        return copy


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
    "rows_revised": pl.Int64(),
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


@cache
def _migrations() -> tuple[str, ...]:
    """The scripts that make a ledger of this version, in order; how many have run stands in the file."""
    files = sorted((Path(__file__).parent / "ledger_migrations").glob("[0-9]*.sql"))
    return tuple(file.read_text(encoding="utf-8") for file in files)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _migrate(connection: sqlite3.Connection) -> None:
    """Run the migrations that have not run yet, all or none; of two processes the second finds them done."""
    if _version(connection) >= len(_migrations()):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for number, script in enumerate(_migrations(), start=1):
            if number > _version(connection):
                for statement in filter(str.strip, script.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
