"""A team's ledger: the statements of the ledger of one machine, asked of PostgreSQL by several of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from store.ledger import STALE_RUN, Action, Ledger, Request, Status, is_alive
from store.machine import MACHINE
from store.team.postgres import AwayError, NewerStoreError, Postgres, Row, session_name
from store.warehouse import Loaded

LEASE: Final = timedelta(seconds=90)
"""For so long a source is left to the machine that took it, counted from its last sign of life."""

REMEMBERED: Final = 64


class TeamLedger(Ledger):
    """The ledger of a team. While PostgreSQL is away, or of a newer version, it tells what it knew last;
    writing raises AwayError, or NewerStoreError."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._known: dict[tuple[str, tuple[object, ...]], list[Row]] = {}

    def agreed(self, instant: datetime) -> datetime:
        return instant + self._postgres.ahead()

    def room(self) -> dict[str, int]:
        """Nothing: the stores of a team lie on no disk of this machine; `store status` tells their sizes."""
        return {}

    def take_requests(self, now: datetime) -> list[Request]:
        """All requests not yet taken, each handed out once; what another machine is taking is left to it."""
        sql = """
            UPDATE request SET taken_at = %s WHERE request_id IN (
                SELECT request_id FROM request WHERE taken_at IS NULL FOR UPDATE SKIP LOCKED
            ) RETURNING request_id, source_id, action
        """
        rows = self._postgres.rows(sql, [self.written(now)])
        return [Request(row["request_id"], row["source_id"], Action(row["action"])) for row in rows]

    def claim(self, timed: Mapping[str, datetime], now: datetime) -> list[str]:
        """Those of the sources that no other machine refreshes or has refreshed since, for a lease."""
        source_ids = list(timed)
        with self._postgres.connected() as connection, connection.transaction():
            for name in sorted(source_ids):
                connection.execute("INSERT INTO plan (source_id) VALUES (%s) ON CONFLICT DO NOTHING", [name])
            sql = """
                UPDATE plan SET lease_by = %s, lease_until = %s WHERE source_id IN (
                    SELECT source_id FROM plan
                    WHERE source_id = ANY(%s) AND (lease_until IS NULL OR lease_until < %s OR lease_by = %s)
                    FOR UPDATE SKIP LOCKED
                ) RETURNING source_id
            """
            values = [_holder(), self.written(now + LEASE), source_ids, self.written(now), _holder()]
            taken = {row["source_id"] for row in connection.execute(sql, values).fetchall()}
        newest = "SELECT source_id, max(started_at) AS at FROM run WHERE source_id = ANY(%s) GROUP BY 1"
        ran = {row["source_id"]: row["at"] for row in self._postgres.rows(newest, [list(taken)])}
        late = {name for name in taken if ran.get(name, "") > self.written(timed[name])}
        self.release(late)
        return [name for name in source_ids if name in taken - late]

    def end_runs_of(self, process: int, status: Status, said: str, now: datetime) -> int:
        """Mark the runs that a process of this machine left open as ended so; returns how many."""
        sql = "SELECT run_id FROM run WHERE status = 'running' AND process = %s AND machine = %s"
        left = [row["run_id"] for row in self._postgres.rows(sql, [process, MACHINE])]
        for run_id in left:
            self.finish(run_id, status, now, Loaded(), error=said)
        return len(left)

    def running(self) -> frozenset[str]:
        sql = "SELECT DISTINCT source_id FROM run WHERE status = 'running' AND (process, machine) <> (?, ?)"
        return frozenset(row["source_id"] for row in self.rows(sql, [os.getpid(), MACHINE]))

    def hold(self, now: datetime) -> None:
        """A sign of life: what this process has claimed stays its own."""
        sql = "UPDATE plan SET lease_until = %s WHERE lease_by = %s AND lease_until >= %s"
        self._postgres.rows(sql, [self.written(now + LEASE), _holder(), self.written(now)])

    def release(self, source_ids: Iterable[str]) -> None:
        """Give claimed sources back."""
        sql = (
            "UPDATE plan SET lease_by = NULL, lease_until = NULL WHERE source_id = ANY(%s) AND lease_by = %s"
        )
        self._postgres.rows(sql, [list(source_ids), _holder()])

    def _is_dead(self, run: Any, now: datetime) -> bool:
        """Whether a run's process is gone: one of another machine has no connection any more."""
        began, now = datetime.fromisoformat(run["started_at"]), self.agreed(now)
        if now - began > STALE_RUN:
            return True
        if run["machine"] == MACHINE:
            return not is_alive(run["process"])
        sql = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s"
        lives = self._postgres.rows(sql, [session_name(run["machine"], run["process"])])
        return not lives and now - began > LEASE

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        key = (sql, tuple(values))
        try:
            found = self._postgres.rows(_in_postgres(sql), key[1])
        except (AwayError, NewerStoreError):
            return list(self._known.get(key, []))
        while len(self._known) >= REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self._known[key] = found
        return list(found)

    @contextmanager
    def _together(self, _connection: object) -> Iterator[None]:
        yield  # every use of the connection is a transaction

    @contextmanager
    def _open(self) -> Iterator[Any]:
        with self._postgres.connected() as connection, connection.transaction():
            yield _AsLedger(connection)


class _AsLedger:
    """A connection that takes the ledger's statements, whose values stand where SQLite wants them."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        return self._connection.execute(_in_postgres(sql), values)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_in_postgres(sql), list(rows))


def _in_postgres(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _holder() -> str:
    return f"{MACHINE}:{os.getpid()}"
