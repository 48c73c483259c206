"""The connection to a team's PostgreSQL: made again when it was lost, its absence told in a sentence."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any, Final

from store.machine import MACHINE
from store.team.parts import psycopg
from store.trouble import StorageError

SCHEMA: Final = "hypecurve"
AGAIN_SECONDS: Final = 2.0
CLOCKS_AGREE: Final = timedelta(seconds=2)
"""Two clocks that are no further apart count as equal: a question and its answer take their time."""

CLOCKS_APART: Final = timedelta(seconds=60)
"""Two clocks that are further apart are told of."""

SESSION: Final = (
    f"-c search_path={SCHEMA} -c timezone=UTC -c hypecurve.machine={MACHINE} "
    "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
"""A machine that vanished is noticed within a minute, and what it held is free again."""

VERSION: Final = 4
"""Which tables postgres.sql makes; raised when it changes what a store has that is there already."""

Row = Mapping[str, Any]

_log = logging.getLogger(__name__)


class AwayError(StorageError):
    """PostgreSQL or object storage cannot be reached, or went away meanwhile."""


class RefusedError(StorageError):
    """PostgreSQL does not let this machine in."""


class NotBegunError(StorageError):
    """The database holds no store yet."""


class NewerStoreError(StorageError):
    """Another machine has a newer version of hypecurve and brought the store to it."""


class Postgres:
    """Statements to a team's database; threads share one connection, and a forked process makes its own."""

    def __init__(self, catalog: str) -> None:
        self.catalog = catalog
        self._guard = RLock()
        self._connection: Any = None
        self._process = 0
        self._silent: AwayError | None = None
        self._again_at = 0.0
        self._ahead: timedelta | None = None

    def ahead(self) -> timedelta:
        """By how much PostgreSQL's clock, by which all machines go, is ahead of this machine's."""
        if self._ahead is None:
            with self.connected():
                pass
        return self._ahead or timedelta()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of one statement, by name of column; none where it gives none."""
        with self.connected() as connection:
            cursor = connection.execute(sql, values)
            found: list[Row] = cursor.fetchall() if cursor.description else []
            return found

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """The shared connection, for one thread at a time; each statement stands for itself.

        Raises AwayError where the database cannot be reached, NotBegunError where it holds no store,
        NewerStoreError where a newer machine has changed its tables.
        """
        with self._guard:
            try:
                yield self._usable()
            except psycopg().OperationalError as error:
                self._drop()
                raise away(self.catalog, error) from error
            except psycopg().InterfaceError as error:  # the connection was closed under us
                self._drop()
                raise away(self.catalog, error) from error
            except psycopg().errors.UndefinedTable as error:
                raise not_begun() from error
            except psycopg().Error as error:
                self._drop()  # a newer machine may have changed the tables: that is looked at anew
                raise StorageError(
                    f"PostgreSQL refuses what the team's store needs: {_first(error)}."
                ) from error

    def close(self) -> None:
        """Give the shared connection back; the next statement makes another one."""
        with self._guard:
            self._drop()

    def open(self) -> Any:
        """A connection of its own, which the caller closes."""
        try:
            return psycopg().connect(
                self.catalog,
                autocommit=True,
                row_factory=psycopg().rows.dict_row,
                connect_timeout=5,
                options=SESSION,
                application_name=session_name(MACHINE, os.getpid()),
            )
        except psycopg().OperationalError as error:
            raise away(self.catalog, error) from error

    def _usable(self) -> Any:
        """The connection of this process, found alive or made anew."""
        if self._process != os.getpid():  # one must not be shared over a fork, nor closed by the child
            self._connection, self._process = None, os.getpid()
        if self._connection is not None:
            try:
                self._look_at_clock(self._connection)
            except (psycopg().OperationalError, psycopg().InterfaceError):
                self._drop()
        if self._connection is None:
            self._connection = self._made()
        return self._connection

    def _made(self) -> Any:
        """A connection; a database that did not answer just now is not waited for again."""
        if self._silent is not None and time.monotonic() < self._again_at:
            raise AwayError(str(self._silent))
        try:
            connection, self._silent = self.open(), None
        except AwayError as error:
            self._silent, self._again_at = error, time.monotonic() + AGAIN_SECONDS
            raise
        try:
            self._look_at_clock(connection)
            _brought_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_at_clock(self, connection: Any) -> None:
        theirs = connection.execute("SELECT clock_timestamp() AS now").fetchone()["now"]
        apart = timedelta(seconds=round((theirs - datetime.now(UTC)).total_seconds()))
        if abs(apart) > CLOCKS_APART and self._ahead is None:
            _log.warning("%s", clocks_apart(apart))
        self._ahead = apart if abs(apart) > CLOCKS_AGREE else timedelta()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _first(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def session_name(machine: str, process: int) -> str:
    """How a process calls itself to PostgreSQL, which keeps 63 bytes of it."""
    return f"hypecurve {process} on {machine}"[:63]


_REFUSED: Final = re.compile(
    r"password authentication failed|no password supplied|does not exist|pg_hba\.conf|"
    r"permission denied for database|not permitted to log in|certificate",
    re.I,
)


def away(catalog: str, error: BaseException) -> StorageError:
    """The sentence for a database that does not answer, or does not let us in."""
    why = " ".join(str(error).split())
    if _REFUSED.search(why):
        said = re.search(r"(?:FATAL|fe_sendauth): .*", why)
        return RefusedError(
            f"PostgreSQL of the team's store ({catalog}) does not let this machine in "
            f"({(said[0] if said else why)[:200].rstrip('.')}). Look at "
            "PGPASSWORD or PGPASSFILE, and at user and dbname in store.url."
        )
    return AwayError(
        f"PostgreSQL of the team's store ({catalog}) cannot be reached ({why[:200].rstrip('.')}). Nothing is "
        "lost: what was committed stays, and the next run goes on from there."
    )


def storage_trouble(place: str, text: str, *, refused: bool) -> StorageError:
    """The sentence for storage that does not answer, or does not let us in."""
    why = " ".join(text.split())[:200].rstrip(".")
    if refused:
        return StorageError(
            f"{place} may not be used, or is not there ({why}). Look at store.data, AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL."
        )
    return AwayError(
        f"{place} cannot be reached ({why}). Nothing is lost: the next run goes on from what was committed."
    )


def not_begun() -> NotBegunError:
    """The sentence for a database without a store."""
    return NotBegunError("There is no store in this database yet. `hypecurve store init` makes one.")


def newer_store() -> NewerStoreError:
    """The sentence for a store that this version does not know."""
    return NewerStoreError(
        "The team's store is of a newer version of hypecurve than this machine has. Upgrade it here; "
        "until then it shows what it copied last."
    )


def clocks_apart(ahead: timedelta) -> str:
    """The sentence for a clock that goes wrong."""
    seconds = abs(ahead.total_seconds())
    way = "behind" if ahead > timedelta() else "ahead of"
    return (
        f"This machine's clock is {seconds:,.0f} s {way} PostgreSQL's. Leases and signs of life go by that "
        "one, but payloads are dated by this one: set it right."
    )


def begin(postgres: Postgres) -> None:
    """Make what the team agrees on in the database, where it is missing."""
    with postgres.connected() as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('hypecurve init'))")
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        _make_tables(connection)


def _brought_up(connection: Any) -> None:
    """Give a store that an older version made the tables of this one; a database without a store is left.

    Raises NewerStoreError where they are of a newer version.
    """
    try:
        if _version(connection) > VERSION:
            raise newer_store()
        if _version(connection) < VERSION:
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(hashtext('hypecurve init'))")
                if _version(connection) < VERSION:  # else another machine has done so meanwhile
                    _make_tables(connection)
    except psycopg().errors.UndefinedTable:
        return


def _version(connection: Any) -> int:
    rows = connection.execute("SELECT value FROM agreed WHERE name = 'tables'").fetchall()
    return int(rows[0]["value"]) if rows else 1


def _make_tables(connection: Any) -> None:
    connection.execute((Path(__file__).parent / "postgres.sql").read_text(encoding="utf-8"))
    connection.execute(
        "INSERT INTO agreed VALUES ('tables', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [str(VERSION)],
    )
