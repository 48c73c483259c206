"""The one door to all that is stored: nobody outside of `store` knows where it lies and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from store.archive import Archive
    from store.ledger import Ledger
    from store.snapshot import Snapshot
    from store.trouble import StorageError
    from store.warehouse import Warehouse

TEAM: Final = "ducklake:postgres:"
"""How the address of a team's store begins."""

Result = TypeVar("Result")
Tell = Callable[[str, str], None]
"""Told of what a store does by itself: which part of it, and what, in words."""


class StoreSettings(Protocol):
    """What a person has set about where the data are.

    home               folder of this machine's own files
    lock_wait_seconds  how long a writer waits for another one
    store_url          empty: the data lie in `home`; a folder: there; `ducklake:postgres:...`: a team's store
    store_data         of a team's store: `s3://bucket/prefix`, or a folder that all machines share
    """

    @property
    def home(self) -> Path: ...

    @property
    def lock_wait_seconds(self) -> float: ...

    @property
    def store_url(self) -> str: ...

    @property
    def store_data(self) -> str: ...


class Store(Protocol):
    """Archive, ledger, warehouse and what was published of it. Every method may raise StorageError."""

    @property
    def where(self) -> str:
        """Where the data lie, in words."""

    def archive(self) -> Archive:
        """Every payload ever taken in."""

    def ledger(self, *, checked: bool = False) -> Ledger:
        """What ran, what people asked for, what is next; `checked` looks through all of it first."""

    def writing(self) -> AbstractContextManager[Warehouse]:
        """The warehouse for writing, with the tables of this version.

        Raises WarehouseBusyError when another writer is still there after the wait.
        """

    def kept_open(self) -> AbstractContextManager[None]:
        """In this block to begin `writing` again is quick; between two times nobody is kept from writing."""

    def remaking(self) -> AbstractContextManager[Warehouse]:
        """An empty warehouse beside the one that is in use; `replacing` puts it in its place."""

    def replacing(self, fresh: Warehouse) -> AbstractContextManager[None]:
        """Nobody else writes in this block, and at its end `fresh` is the warehouse; it is closed then."""

    def whole(self, action: Callable[[], Result], tell: Tell) -> Result:
        """Do something that writes, again where what was damaged could be put aside."""

    def fault_of(self, error: BaseException) -> StorageError | None:
        """What an error says of the warehouse itself; None where it is about something else."""

    def publish(self, warehouse: Warehouse) -> Snapshot:
        """Show readers what the warehouse holds now."""

    def published_stages(self) -> Mapping[str, str] | None:
        """What the stages of the published state rest on; None where none is published that can be read."""

    def latest(self) -> Snapshot:
        """The newest published state that is whole. Raises NoSnapshotError before the first."""

    def tidy(self, now: datetime) -> None:
        """Do what keeps the store small, if it is due; whoever schedules calls it again and again."""

    def away_since(self) -> datetime | None:
        """Since when what is published cannot be looked for (aware UTC), so that an older state is shown."""

    def faults(self) -> list[str]:
        """What is wrong with what is published, in words."""

    def look_through(self, *, deep: bool) -> None:
        """Open the warehouse, if there is one, and with `deep` read every row of it."""


def store_of(settings: StoreSettings) -> Store:
    """The store that the settings name."""
    from store.one_machine import OneMachine  # noqa: PLC0415 - each kind loads what only it needs

    if settings.store_url.startswith(TEAM):
        return _team_store(settings.store_url, settings.store_data, settings.home, settings.lock_wait_seconds)
    home = Path(settings.store_url).expanduser().absolute() if settings.store_url else settings.home
    return OneMachine(home, settings.lock_wait_seconds)


@cache
def _team_store(url: str, data: str, home: Path, wait_seconds: float) -> Store:
    """One for each address in a process, since it keeps connections."""
    from store.team.address import team_address  # noqa: PLC0415
    from store.team.store import TeamStore  # noqa: PLC0415

    return TeamStore(team_address(url, data), home, wait_seconds)
