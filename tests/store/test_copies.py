"""A copy of an installation holds all its parts, and a damaged one costs no other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.archive import Archive, describe
from store.backup import MANIFEST, BackupError, Copied, back_up, restore
from store.beat import Beat, beats, note_beat
from store.ledger import Action, Ledger
from store.snapshot import latest, publish
from store.warehouse import Warehouse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FORM = "title = 'Own board'\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One payload, one snapshot, a pause, and what a person has written."""
    home = tmp_path / "home"
    entry = describe(b"body", source_id="a", url="u", as_of=NOW, fetched_at=NOW)
    Archive(home / "archive").add(entry, b"body")
    publish(Warehouse.in_memory(), home / "snapshots")
    ledger = Ledger(home / "ledger.sqlite")
    ledger.ask("a", Action.PAUSE, NOW)
    note_beat(ledger, Beat(7, NOW, NOW))
    for name in ("sources/own.toml", "sources/deep/other.toml", "sources/__pycache__/own.pyc"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(FORM)
    (home / "aliases.csv").write_text("name,model_id,source_id\n")
    return home


@pytest.mark.parametrize("name", ["copy.tar", "copy"])
def test_every_part_of_a_home_comes_back(home: Path, tmp_path: Path, name: str) -> None:
    """And no sign of life: who refreshes here does not refresh the copy."""
    done = back_up(home, tmp_path / name)
    again = tmp_path / "again"
    assert restore(tmp_path / name, again) == done
    assert done.missing == ()
    files = {file.relative_to(again).as_posix() for file in again.rglob("*") if file.is_file()}
    assert {file for file in files if file.startswith(("sources/", "aliases"))} == {
        "sources/own.toml",
        "sources/deep/other.toml",
        "aliases.csv",
    }
    assert Archive(again / "archive").body(Archive(home / "archive").entries("a")[0].sha256) == b"body"
    assert latest(again / "snapshots").tables() == latest(home / "snapshots").tables()
    ledger = Ledger(again / "ledger.sqlite")
    assert ledger.paused() == {"a"}
    assert not beats(ledger)
    assert len(beats(Ledger(home / "ledger.sqlite"))) == 1
    assert (again / "warehouse.duckdb").read_bytes() == latest(home / "snapshots").file.read_bytes()


def test_the_count_is_that_of_the_files(home: Path, tmp_path: Path) -> None:
    """Files and bytes as they lie in the copy, its own list left out."""
    done = back_up(home, tmp_path / "copy")
    files = [file for file in (tmp_path / "copy").rglob("*") if file.is_file()]
    sizes = [file.stat().st_size for file in files if file.name not in (MANIFEST, "copying.lock")]
    assert done == Copied(len(sizes), sum(sizes))


def test_a_damaged_ledger_is_named_and_costs_no_other_part(home: Path, tmp_path: Path) -> None:
    """A copy of what is damaged would take the place of a whole one."""
    file = home / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at] ^= 0xFF  # what kind of page it is
    file.write_bytes(bytes(content))
    done = back_up(home, tmp_path / "copy.tar")
    assert len(done.missing) == 1
    assert "ledger.sqlite" in done.missing[0]
    assert restore(tmp_path / "copy.tar", tmp_path / "again") == done
    assert not (tmp_path / "again" / "ledger.sqlite").exists()
    assert latest(tmp_path / "again" / "snapshots").tables()


@pytest.mark.parametrize("part", ["archive", "snapshots", "warehouse.duckdb", "ledger.sqlite"])
def test_no_part_of_a_home_is_written_over(home: Path, tmp_path: Path, part: str) -> None:
    """Any of them makes it one that holds data."""
    back_up(home, tmp_path / "copy.tar")
    (tmp_path / "again" / part).mkdir(parents=True)
    with pytest.raises(BackupError, match=rf"holds data already \({part}\)"):
        restore(tmp_path / "copy.tar", tmp_path / "again")
    assert [file.name for file in (tmp_path / "again").iterdir()] == [part]


def test_there_is_nothing_to_copy_without_an_archive(tmp_path: Path) -> None:
    """And a file that is no .tar is no folder to copy into."""
    with pytest.raises(BackupError, match="no data"):
        back_up(tmp_path, tmp_path / "copy.tar")
    (tmp_path / "archive").mkdir()
    (tmp_path / "copy.zip").touch()
    with pytest.raises(BackupError, match=r"NAME\.tar"):
        back_up(tmp_path, tmp_path / "copy.zip")
