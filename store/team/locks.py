"""Who may write what: advisory locks of PostgreSQL, which a machine that dies gives back.

Several sources are loaded side by side, each by one machine at a time. Whoever brings up what rests on all
of them, or publishes, is alone: no load is under way then, and those that come wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from store.team.parts import psycopg
from store.team.postgres import Postgres, away
from store.warehouse import WarehouseBusyError

_LOADS: Final = "hypecurve loads"


class Locks:
    """The locks of one writer, on a connection of their own."""

    def __init__(self, postgres: Postgres, wait_seconds: float) -> None:
        self._postgres = postgres
        self._wait = wait_seconds
        self._connection: Any = postgres.open()
        self._alone = 0
        try:
            self._run("SELECT set_config('lock_timeout', %s, false)", f"{int(wait_seconds * 1000)}ms")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give back all locks."""
        self._connection.close()

    def check(self) -> None:
        """Raise AwayError where the locks were lost with the connection: others may have them now."""
        self._run("SELECT 1")

    @contextmanager
    def source(self, source_id: str) -> Iterator[None]:
        """The rows of one source; others load others meanwhile. Raises WarehouseBusyError after the wait."""
        if self._alone:
            yield
            return
        with self._held("shared", _LOADS), self._held("", f"hypecurve source {source_id}"):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """All rows; may be taken again inside itself. Raises WarehouseBusyError after the wait."""
        if self._alone:
            yield
            return
        with self._held("", _LOADS):
            self._alone += 1
            try:
                yield
            finally:
                self._alone -= 1

    @contextmanager
    def _held(self, kind: str, name: str) -> Iterator[None]:
        suffix = f"_{kind}" if kind else ""
        try:
            self._run(f"SELECT pg_advisory_lock{suffix}(hashtext(%s))", name)
        except psycopg().errors.LockNotAvailable as error:
            raise WarehouseBusyError(
                f"{self._holder(name)} has been writing to the team's store for more than "
                f"{self._wait:.0f} s. Wait for it to end, or stop it, and try again."
            ) from error
        try:
            yield
        finally:
            if not self._connection.closed:
                self._run(f"SELECT pg_advisory_unlock{suffix}(hashtext(%s))", name)

    def _holder(self, name: str) -> str:
        """Who has a lock, as it calls itself."""
        sql = """
            SELECT application_name AS who FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND objid::bigint = hashtext(%s)::bigint & 4294967295
            LIMIT 1
        """
        found = self._run(sql, name)
        return found[0]["who"] if found else "Another writer"

    def _run(self, sql: str, *values: object) -> list[dict[str, Any]]:
        try:
            rows: list[dict[str, Any]] = self._connection.execute(sql, values).fetchall()
            return rows
        except (psycopg().errors.LockNotAvailable, psycopg().errors.QueryCanceled):
            raise
        except (psycopg().OperationalError, psycopg().InterfaceError) as error:
            raise away(self._postgres.catalog, error) from error
