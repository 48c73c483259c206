"""The store of one machine: where its files lie, what it does with a damaged one, when it tidies up."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from store.archive import Archive, describe
from store.one_machine import OneMachine
from store.store import store_of
from store.trouble import DamagedError, NoRoomError

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Asked:
    """What a person has set about where the data are."""

    home: Path
    lock_wait_seconds: float = 0.5
    store_url: str = ""
    store_data: str = ""


@pytest.fixture
def machine(tmp_path: Path) -> OneMachine:
    """A store of which nothing is there yet."""
    return OneMachine(tmp_path / "home", 0.5)


def test_every_part_has_its_place_below_the_home(machine: OneMachine) -> None:
    """The documents name these files, and other programs open them."""
    home = machine.home
    assert machine.where == str(home)
    assert machine.warehouse_file == home / "warehouse.duckdb"
    assert machine.snapshot_folder == home / "snapshots"
    assert machine.archive_folder == machine.archive().folder == home / "archive"
    assert machine.ledger_file == machine.ledger().file == home / "ledger.sqlite"
    assert machine.away_since() is None


def test_the_home_is_that_of_the_settings_or_the_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path may begin with `~`, and is absolute from then on."""
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.chdir(tmp_path)
    assert store_of(Asked(tmp_path / "home")).where == str(tmp_path / "home")
    for url, folder in (("~/data", "person/data"), ("data", "data"), (str(tmp_path / "x"), "x")):
        assert store_of(Asked(tmp_path / "home", store_url=url)).where == str(tmp_path / folder)


def test_a_team_is_one_store_for_each_address(tmp_path: Path) -> None:
    """It keeps connections, so that who asks twice gets the same; nothing is opened before it is needed."""
    team = partial(Asked, tmp_path / "home", 0.25, "ducklake:postgres:host=nowhere.example")
    found = store_of(team(str(tmp_path / "lake")))
    assert found.where == (
        f"{tmp_path / 'lake'}, agreed on in PostgreSQL (host=nowhere.example); copies in "
        f"{tmp_path / 'home' / 'team'}"
    )
    assert store_of(team(str(tmp_path / "lake"))) is found
    assert store_of(team(str(tmp_path / "other"))) is not found


def test_the_wait_for_another_writer_is_the_one_that_was_set(tmp_path: Path) -> None:
    """And so is what a writer is told of it."""
    store = store_of(Asked(tmp_path / "home", lock_wait_seconds=0.25))
    assert isinstance(store, OneMachine)
    assert store._wait == 0.25


@pytest.mark.parametrize(
    ("later", "again"),
    [
        (timedelta(), False),
        (DAY - SECOND, False),
        (DAY, True),
        (2 * DAY, True),
        (-SECOND, True),
    ],
)
def test_the_archive_is_compacted_once_a_day(
    machine: OneMachine, monkeypatch: pytest.MonkeyPatch, later: timedelta, again: bool
) -> None:
    """The first time at once, and again where the last time lies ahead: the clock was set back since."""
    asked: list[datetime] = []
    compact: Callable[..., object] = Archive.compact
    monkeypatch.setattr(
        Archive, "compact", lambda archive, now: (asked.append(now), compact(archive, now))[1]
    )
    entry = describe(b"x", source_id="a", url="u", as_of=NOW, fetched_at=NOW)
    machine.archive().add(entry, b"x")
    machine.tidy(NOW)
    assert asked == [NOW]
    machine.tidy(NOW + later)
    assert asked == [NOW, *([NOW + later] if again else [])]


def test_a_damaged_warehouse_is_put_aside_and_the_action_done_again(machine: OneMachine) -> None:
    """Somebody is told with its new name; the result is that of the second time."""
    file, tried, told = machine.warehouse_file, list[str](), list[tuple[str, str]]()
    file.parent.mkdir()
    file.write_bytes(b"damaged")

    def action() -> str:
        tried.append("tried")
        if file.exists():
            raise DamagedError("It is damaged.", file)
        return "done"

    assert machine.whole(action, lambda *what: told.append(what)) == "done"
    assert len(tried) == 2
    (aside,) = machine.home.glob("warehouse.duckdb.damaged-*")
    assert aside.read_bytes() == b"damaged"
    assert told == [("warehouse", f"It is damaged. It stands beside as {aside.name}")]


def test_what_another_process_has_put_aside_meanwhile_is_left(machine: OneMachine, tmp_path: Path) -> None:
    """The file is another one then, and whole."""
    file, fresh = machine.warehouse_file, tmp_path / "fresh"
    file.parent.mkdir()
    file.write_bytes(b"damaged")
    fresh.write_bytes(b"whole")
    tried: list[str] = []

    def action() -> str:
        tried.append("tried")
        if len(tried) == 1:
            fresh.replace(file)
            raise DamagedError("It was damaged.", file)
        return file.read_text()

    assert machine.whole(action, lambda *what: pytest.fail(f"told {what}")) == "whole"
    assert [part.name for part in machine.home.iterdir() if "damaged" in part.name] == []


def test_damage_of_another_file_goes_through(machine: OneMachine) -> None:
    """The warehouse is not put aside for it, and nothing is done twice."""
    tried: list[str] = []

    def action() -> None:
        tried.append("tried")
        raise DamagedError("The ledger.", machine.ledger_file)

    with pytest.raises(DamagedError):
        machine.whole(action, lambda *what: pytest.fail(f"told {what}"))
    assert tried == ["tried"]


def test_only_what_is_said_of_the_warehouse_is_a_fault_of_it(machine: OneMachine) -> None:
    """A full disk where it lies is; one that another file met is not, and a slip of the code never."""
    full = OSError(errno.ENOSPC, "No space left", str(machine.warehouse_file))
    assert isinstance(machine.fault_of(full), NoRoomError)
    assert machine.fault_of(OSError(errno.ENOSPC, "No space left", "/elsewhere")) is None
    assert machine.fault_of(ZeroDivisionError()) is None


def test_what_is_made_anew_waits_for_nobody_who_writes(machine: OneMachine) -> None:
    """Until it takes the place of what is there; the next writer removes what was left unfinished."""
    with machine.writing() as warehouse:
        machine.publish(warehouse)
        with machine.remaking() as fresh, machine.kept_open():
            assert fresh.tables() == warehouse.tables()
    unfinished = machine.snapshot_folder / "00000002.unfinished"
    unfinished.touch()
    with machine.writing():
        assert not unfinished.exists()
    assert machine.faults() == []
    published = machine.published_stages()
    assert published is not None
    assert dict(published) == dict(machine.latest().select("SELECT name, digest FROM stage").iter_rows())
