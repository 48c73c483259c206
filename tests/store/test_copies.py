"""A copy of an installation holds all its parts, and a damaged one costs no other."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
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


def damaged_copy(home: Path, into: Path, *names: str) -> None:
    """A copy in which some files have another content."""
    back_up(home, into)
    for name in names:
        (into / name).write_bytes(b"x")


def test_three_damaged_files_are_named_and_all_are_counted(home: Path, tmp_path: Path) -> None:
    """A hundred names help nobody; nothing is left of what was unpacked."""
    names = ["aliases.csv", "ledger.sqlite", "snapshots/current", "sources/own.toml"]
    damaged_copy(home, tmp_path / "copy", *names)
    files = json.loads((tmp_path / "copy" / MANIFEST).read_text())["files"]
    with pytest.raises(BackupError) as error:
        restore(tmp_path / "copy", tmp_path / "again")
    assert str(error.value) == (
        f"{tmp_path / 'copy'} is damaged: aliases.csv, ledger.sqlite, snapshots/current and in all 4 of "
        f"{len(files)} files are missing or have another content. Nothing was restored; use another copy."
    )
    assert list((tmp_path / "again").iterdir()) == []


def test_the_list_of_a_copy_says_what_each_file_is(home: Path, tmp_path: Path) -> None:
    """Name, hash and length, in order of the names, and when it was made."""
    before = datetime.now(UTC).replace(microsecond=0)
    back_up(home, tmp_path / "copy")
    said = json.loads((tmp_path / "copy" / MANIFEST).read_text())
    assert before <= datetime.fromisoformat(said["made_at"]) <= datetime.now(UTC)
    assert said["missing"] == []
    names = [name for name, *_ in said["files"]]
    assert names == sorted(names)
    for name, hashed, length in said["files"]:
        content = (tmp_path / "copy" / name).read_bytes()
        assert (hashed, length) == (sha256(content).hexdigest(), len(content))
    assert (tmp_path / "copy" / MANIFEST).read_text().splitlines()[0] == "{"


def test_only_what_has_changed_is_written_again(home: Path, tmp_path: Path) -> None:
    """A body that is there already stays the file that it was; what is new takes its place at the end."""
    copy = tmp_path / "copy"
    back_up(home, copy)
    (home / "aliases.csv").write_text("another\n")
    bodies = {file: file.stat().st_ino for file in (copy / "archive").rglob("*.zst")}
    assert bodies
    back_up(home, copy)
    assert {file: file.stat().st_ino for file in bodies} == bodies
    assert (copy / "aliases.csv").read_text() == "another\n"
    assert not [file for file in copy.rglob("*") if file.name.endswith((".next", ".part"))]


def test_of_the_snapshots_the_newest_is_copied_and_the_one_before_leaves(home: Path, tmp_path: Path) -> None:
    """A restored home begins with it as its warehouse."""
    copy = tmp_path / "copy"
    back_up(home, copy)
    publish(Warehouse.in_memory(), home / "snapshots")
    back_up(home, copy)
    assert [file.name for file in (copy / "snapshots").glob("*.duckdb")] == ["00000002.duckdb"]
    restore(copy, tmp_path / "again")
    assert latest(tmp_path / "again" / "snapshots").id == "00000002"


def test_a_copy_without_a_snapshot_or_a_ledger_is_whole(tmp_path: Path) -> None:
    """Archived and not yet loaded: there is nothing else to copy, and nothing is missing."""
    home = tmp_path / "home"
    entry = describe(b"body", source_id="a", url="u", as_of=NOW, fetched_at=NOW)
    Archive(home / "archive").add(entry, b"body")
    done = back_up(home, tmp_path / "deep" / "down" / "copy.tar")
    assert (done.files, done.missing) == (2, ())
    assert restore(tmp_path / "deep" / "down" / "copy.tar", tmp_path / "again") == done
    assert sorted(file.name for file in (tmp_path / "again").iterdir()) == ["archive"]


def test_what_is_left_of_a_file_that_was_taken_away_is_removed(home: Path, tmp_path: Path) -> None:
    """Its log would be played into the new one; a person's own files that are there already stay."""
    back_up(home, tmp_path / "copy.tar")
    again = tmp_path / "again"
    (again / "sources").mkdir(parents=True)
    for name in ("warehouse.duckdb.wal", "ledger.sqlite-wal", "ledger.sqlite-shm", "sources/mine.toml"):
        (again / name).write_text("old")
    restore(tmp_path / "copy.tar", again)
    left = {file.name for file in again.rglob("*") if file.is_file() and file.read_bytes() == b"old"}
    assert left == {"mine.toml"}
    assert (again / "sources" / "own.toml").read_text() == FORM


def test_files_of_an_older_copy_in_the_folder_are_not_put_back(home: Path, tmp_path: Path) -> None:
    """Only what its list names."""
    back_up(home, tmp_path / "copy")
    (tmp_path / "copy" / "sources" / "stray.toml").write_text(FORM)
    restore(tmp_path / "copy", tmp_path / "again")
    assert not (tmp_path / "again" / "sources" / "stray.toml").exists()


def test_a_missing_body_is_told_and_kept_where_it_was_copied_before(home: Path, tmp_path: Path) -> None:
    """In a single file, which holds no earlier copy, it is only told."""
    back_up(home, tmp_path / "copy")
    (body,) = (home / "archive").rglob("*.zst")
    body.unlink()
    said = f"The body {body.stem} is missing or damaged, though a lists it"
    assert back_up(home, tmp_path / "copy.tar").missing == (said,)
    done = back_up(home, tmp_path / "copy")
    assert done.missing == (f"{said}; it stays in the copy as it was copied before",)
    assert (tmp_path / "copy" / body.relative_to(home)).is_file()
    assert restore(tmp_path / "copy", tmp_path / "again") == done
    (tmp_path / "copy" / body.relative_to(home)).write_bytes(b"x")
    assert back_up(home, tmp_path / "copy").missing == (said,)


def test_a_copy_that_broke_off_leaves_no_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the copy nor a part of it."""
    monkeypatch.setattr("store.backup._copy_own", lambda *_: (_ for _ in ()).throw(RuntimeError("off")))
    with pytest.raises(RuntimeError, match="off"):
        back_up(home, tmp_path / "into" / "copy.tar")
    assert list((tmp_path / "into").iterdir()) == []
