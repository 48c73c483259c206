"""The store of one machine: a DuckDB file, numbered copies of it, an SQLite file and a folder of payloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.archive import Archive
from store.snapshot import Snapshot, faults, latest, publish, published_stages, remove_unfinished
from store.store import Result, Tell
from store.trouble import DamagedError, StorageError, put_aside, translated
from store.warehouse import (
    Warehouse,
    fresh_warehouse,
    look_through,
    open_warehouse,
    take_place,
    writing,
)

if TYPE_CHECKING:
    from store.ledger import Ledger

TIDY_EVERY: Final = timedelta(days=1)


class OneMachine:
    """What lies under `home`; `Store` says what each method is for."""

    def __init__(self, home: Path, lock_wait_seconds: float) -> None:
        self.home = home
        self._wait = lock_wait_seconds

    @property
    def where(self) -> str:
        return str(self.home)

    @property
    def warehouse_file(self) -> Path:
        """The file that one writer at a time fills."""
        return self.home / "warehouse.duckdb"

    @property
    def snapshot_folder(self) -> Path:
        """The numbered copies that readers open."""
        return self.home / "snapshots"

    @property
    def archive_folder(self) -> Path:
        """Every payload ever taken in."""
        return self.home / "archive"

    @property
    def ledger_file(self) -> Path:
        """Runs, requests, schedule."""
        return self.home / "ledger.sqlite"

    def archive(self) -> Archive:
        return Archive(self.archive_folder)

    def ledger(self, *, checked: bool = False) -> Ledger:
        from store.ledger import Ledger  # noqa: PLC0415 - who asks the snapshot needs no SQLite

        return Ledger(self.ledger_file, checked=checked)

    @contextmanager
    def writing(self) -> Iterator[Warehouse]:
        """The warehouse for writing; what an earlier publishing left unfinished is removed."""
        with open_warehouse(self.warehouse_file, self._wait) as warehouse:
            remove_unfinished(self.snapshot_folder)
            yield warehouse

    def kept_open(self) -> AbstractContextManager[None]:
        return nullcontext()  # an open file would keep others out

    @contextmanager
    def remaking(self) -> Iterator[Warehouse]:
        with fresh_warehouse(self.warehouse_file, self._wait) as fresh:
            yield fresh

    @contextmanager
    def replacing(self, fresh: Warehouse) -> Iterator[None]:
        with writing(self.warehouse_file, self._wait):
            yield
            take_place(fresh, self.warehouse_file)

    def whole(self, action: Callable[[], Result], tell: Tell) -> Result:
        """Do something with the warehouse; a damaged one is put aside, and it is done with an empty one.

        Every source that has payloads in the archive and none in the warehouse is then taken in again.
        """
        file = self.warehouse_file
        before = _number(file)
        try:
            return action()
        except DamagedError as error:
            if error.file != file:
                raise
            with writing(file, self._wait):
                if _number(file) == before:  # else another process has done so meanwhile
                    aside = put_aside(file)
                    tell("warehouse", f"{error} It stands beside as {aside.name}")
            return action()

    def fault_of(self, error: BaseException) -> StorageError | None:
        meant = translated(error, self.warehouse_file)
        return meant if meant is not None and meant.file == self.warehouse_file else None

    def publish(self, warehouse: Warehouse) -> Snapshot:
        return publish(warehouse, self.snapshot_folder)

    def published_stages(self) -> Mapping[str, str] | None:
        return published_stages(self.snapshot_folder)

    def latest(self) -> Snapshot:
        return latest(self.snapshot_folder)

    def tidy(self, now: datetime) -> None:
        """Compact the archive once a day; all else tidies up after itself."""
        archive = self.archive()
        done = archive.compacted_at()
        if done is None or not timedelta() <= now - done < TIDY_EVERY:
            archive.compact(now)

    def away_since(self) -> None:
        return None

    def faults(self) -> list[str]:
        return faults(self.snapshot_folder)

    def look_through(self, *, deep: bool) -> None:
        look_through(self.warehouse_file, deep=deep)


def _number(file: Path) -> int | None:
    """What tells a file from another one that took its name."""
    try:
        return file.stat().st_ino
    except OSError:
        return None
