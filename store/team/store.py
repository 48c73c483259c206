"""The store of a team as one machine sees it: the lake for writing, a copy of its own for reading."""

from __future__ import annotations

import json
import logging
import random
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import local
from typing import Final

from errors import ExpectedError
from store.ledger import is_alive
from store.locks import file_lock
from store.machine import MACHINE
from store.snapshot import NoSnapshotError, Snapshot, faults, latest, pointed_number, publish
from store.sql import SCHEMA
from store.store import Result, Tell
from store.team.address import TeamAddress
from store.team.archive import TeamArchive, TeamSightings
from store.team.lake import CrossedError, meaning, opened_lake
from store.team.ledger import TeamLedger
from store.team.locks import Locks
from store.team.postgres import AwayError, NotBegunError, Postgres, not_begun
from store.team.row_files import must_be_as_written, note_row_files
from store.team.warehouse import NEAR, TeamWarehouse
from store.trouble import QueryError, StorageError
from store.warehouse import Warehouse, fresh_warehouse

TIDY_EVERY: Final = timedelta(days=1)
FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 5.0


_log = logging.getLogger(__name__)


class TeamStore:
    """What a team's address names; `Store` says what each method is for.

    home    this machine's own copies lie in `team` below it
    """

    def __init__(self, address: TeamAddress, home: Path, wait_seconds: float) -> None:
        self.address = address
        self.postgres = Postgres(address.catalog)
        self.folder = home / "team"
        self._wait = wait_seconds
        self._away_since: datetime | None = None
        self._in_thread = local()

    @property
    def where(self) -> str:
        return (
            f"{self.address.data}, agreed on in PostgreSQL ({self.address.catalog}); copies in {self.folder}"
        )

    @property
    def snapshot_folder(self) -> Path:
        """This machine's copies of what was published."""
        return self.folder / "snapshots"

    def archive(self) -> TeamArchive:
        return self._archive

    def ledger(self, *, checked: bool = False) -> TeamLedger:  # noqa: ARG002 - PostgreSQL looks after itself
        return self._ledger

    @contextmanager
    def writing(self) -> Iterator[TeamWarehouse]:
        kept: _Kept | None = getattr(self._in_thread, "kept", None)
        if kept is not None:
            yield kept.warehouse()
            return
        with self._opened() as warehouse:
            yield warehouse

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """To load the engine's extensions, attach the lake and make its views takes a third of a second."""
        with ExitStack() as stack:
            self._in_thread.kept = _Kept(stack, self._opened)
            try:
                yield
            finally:
                self._in_thread.kept = None

    @contextmanager
    def _opened(self) -> Iterator[TeamWarehouse]:
        self.must_be_begun()
        locks = Locks(self.postgres, self._wait)
        try:
            with opened_lake(self.address) as lake:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._remove_orphans()
                warehouse = TeamWarehouse(lake, locks, self.folder)
                warehouse.migrate()
                yield warehouse
        finally:
            locks.close()

    @contextmanager
    def remaking(self) -> Iterator[Warehouse]:
        """An empty warehouse in a file of this machine; the lake is not touched before it is whole."""
        with fresh_warehouse(self.folder / "warehouse.duckdb", self._wait) as fresh:
            yield fresh

    @contextmanager
    def replacing(self, fresh: Warehouse) -> Iterator[None]:
        with self.writing() as warehouse, warehouse.alone():
            yield
            fill(warehouse, fresh)
            fresh.close()

    def whole(self, action: Callable[[], Result], tell: Tell) -> Result:
        """Do something that writes, again after a pause where others came between or a server was away."""
        until, pause = time.monotonic() + self._wait, FIRST_PAUSE_SECONDS
        while True:
            try:
                return action()
            except (CrossedError, AwayError) as error:
                if time.monotonic() + pause > until:
                    raise
                tell("store", f"{error} It is done again in {pause:.1f} s.")
            time.sleep(pause * random.uniform(0.5, 1.0))  # so that two do not meet again
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def fault_of(self, error: BaseException) -> StorageError | None:
        if isinstance(error, (CrossedError, AwayError)):
            return error
        return meaning(error, self.address)

    def publish(self, warehouse: Warehouse) -> Snapshot:
        """Note the lake's newest version as the one to show, and copy it to this machine."""
        assert isinstance(warehouse, TeamWarehouse)
        with warehouse.alone():
            version, stages = warehouse.version(), json.dumps(warehouse.stages(), sort_keys=True)
            self._tell_of_two_versions(warehouse.stages()[SCHEMA])
            note_row_files(warehouse, self.postgres, self.address.rows)
            warehouse.check()
            sql = "INSERT INTO published (lake_version, stages, machine) VALUES (%s, %s, %s)"
            self.postgres.rows(sql, [version, stages, MACHINE])
        self.bring_home(warehouse)
        return latest(self.snapshot_folder)

    def _tell_of_two_versions(self, own: str) -> None:
        """Warn where views go to and fro between those of this machine and those of another one."""
        rows = self.postgres.rows("SELECT stages FROM published ORDER BY number DESC LIMIT 10")
        before = [json.loads(row["stages"]).get(SCHEMA) for row in rows]
        if own in before and before[0] != own:
            _log.warning(
                "Machines of this team run two versions of hypecurve, and each makes anew what the other one "
                "has made. Install one version on all of them."
            )

    def published_stages(self) -> Mapping[str, str] | None:
        rows = self.postgres.rows("SELECT stages FROM published ORDER BY number DESC LIMIT 1")
        found: dict[str, str] | None = json.loads(rows[0]["stages"]) if rows else None
        return found

    def latest(self) -> Snapshot:
        """The newest published state, copied here; while it cannot be had, the one that was copied last."""
        why: ExpectedError | None = None
        try:
            self.bring_home()
            self._away_since = None
        except NotBegunError:
            raise
        except StorageError as error:
            why = error
        try:
            copied = latest(self.snapshot_folder)
        except NoSnapshotError as error:
            self._note_away(why, "Nothing of the team's store was copied here yet")
            raise NoSnapshotError(str(why or error)) from error
        self._note_away(why, "What was copied last is shown")
        return copied

    def _note_away(self, why: ExpectedError | None, what: str) -> None:
        """Since when the store is away, told once."""
        if why is not None and self._away_since is None:
            self._away_since = datetime.now(UTC)
            _log.warning("%s: %s", what, why)

    def tidy(self, now: datetime) -> None:
        """Once a day, on one of the machines."""
        from store.team.keeping import maintain  # noqa: PLC0415 - it knows us

        sql = """
            INSERT INTO agreed VALUES ('tidied_at', %s)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            WHERE agreed.value < %s OR agreed.value > %s RETURNING 1
        """
        agreed = self._ledger.agreed(now)
        due = self.postgres.rows(
            sql, [agreed.isoformat(), (agreed - TIDY_EVERY).isoformat(), (agreed + TIDY_EVERY).isoformat()]
        )
        if due:
            for line in maintain(self, now):
                _log.info("%s.", line)

    def away_since(self) -> datetime | None:
        return self._away_since

    def bring_home(self, lake: TeamWarehouse | None = None) -> None:
        """Copy the current version into this machine's folder, unless it is there, and all sightings.

        lake  the lake, where it is open already
        """
        sql = "SELECT number, lake_version, published_at FROM published ORDER BY number DESC LIMIT 1"
        for newest in self.postgres.rows(sql):
            if pointed_number(self.snapshot_folder) == newest["number"]:
                continue
            self.folder.mkdir(parents=True, exist_ok=True)
            with file_lock(self.folder / "copying.lock"):
                if pointed_number(self.snapshot_folder) != newest["number"]:
                    with self._at(newest["lake_version"], lake) as copy:
                        publish(copy, self.snapshot_folder, newest["number"], newest["published_at"])
        self._sightings.bring_home()

    @contextmanager
    def _at(self, version: int, lake: TeamWarehouse | None) -> Iterator[TeamWarehouse]:
        """The lake as it was at a version, for reading."""
        if lake is not None:
            yield lake.as_of(version)
            return
        with opened_lake(self.address, version) as connection:
            yield TeamWarehouse(connection)

    def faults(self) -> list[str]:
        return faults(self.snapshot_folder)

    def look_through(self, *, deep: bool) -> None:
        self.must_be_begun()
        with opened_lake(self.address) as lake:
            warehouse = TeamWarehouse(lake)
            for table in warehouse.tables():
                every = "" if deep else " LIMIT 1"
                warehouse.frame(
                    f'SELECT bit_xor(hash(one)) AS x FROM (SELECT COLUMNS(*) FROM "{table}"{every}) one'
                )
            if deep:
                must_be_as_written(warehouse, self.postgres, self.address.rows)

    def must_be_begun(self) -> None:
        """Raise NotBegunError where the database holds no store, StorageError where it has other data."""
        rows = self.postgres.rows("SELECT value FROM agreed WHERE name = 'data'")
        if not rows:
            raise not_begun()
        if rows[0]["value"] != self.address.data:
            raise StorageError(
                f"The store in this database keeps its data in {rows[0]['value']}, and store.data says "
                f"{self.address.data}. Set store.data to the former on every machine."
            )

    def _remove_orphans(self) -> None:
        """Remove the copies of processes that died."""
        for folder in self.folder.glob(f"{NEAR}*-*"):
            process = folder.name.removeprefix(NEAR).partition("-")[0]
            if process.isdecimal() and not is_alive(int(process)):
                shutil.rmtree(folder, ignore_errors=True)

    @cached_property
    def _archive(self) -> TeamArchive:
        return TeamArchive(self.folder / "archive", self.postgres, self.address)

    @cached_property
    def _sightings(self) -> TeamSightings:
        return TeamSightings(self.folder / "archive", self.postgres)

    @cached_property
    def _ledger(self) -> TeamLedger:
        return TeamLedger(self.postgres)


class _Kept:
    """The lake, open between two writings; opened anew where a connection of it was lost meanwhile."""

    def __init__(self, stack: ExitStack, opened: Callable[[], AbstractContextManager[TeamWarehouse]]) -> None:
        self._stack = stack
        self._opened = opened
        self._warehouse: TeamWarehouse | None = None

    def warehouse(self) -> TeamWarehouse:
        """The lake, whose connections live."""
        if self._warehouse is not None:
            try:
                self._warehouse.check()
                self._warehouse.version()
            except (StorageError, QueryError):
                self._warehouse = None
                self._stack.close()
        if self._warehouse is None:
            self._warehouse = self._stack.enter_context(self._opened())
        return self._warehouse


def fill(warehouse: TeamWarehouse, source: Warehouse) -> None:
    """Put all rows of one warehouse in the place of another's, in one transaction."""
    with warehouse.transaction():
        for table in (name for name in source.tables() if name != "migration"):
            warehouse.begin_anew(table)
            warehouse.insert(table, source.frame(f'SELECT * FROM "{table}"'))
