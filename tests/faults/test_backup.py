"""A copy made while a refresh runs is whole, and is put back only when every file is."""

from __future__ import annotations

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from store.backup import BackupError, back_up, restore
from store.ledger import Ledger, Wish
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page


@pytest.fixture
def board(place: SmallPlace) -> SmallPlace:
    """A board, taken in twice, a decision and a pause."""
    place.add("own-board")
    place.refresh("own-board")
    place.settings.aliases_file.write_text("name,model_id,source_id\nalpha-1,gpt-5,\n")
    return place


def moved(place: SmallPlace, home: Path) -> SmallPlace:
    """The same sources and server, with another home."""
    return SmallPlace(replace(place.settings, home=home), place.server, place.addresses)


@pytest.mark.parametrize("name", ["copy.tar", "copy"])
def test_a_restored_copy_shows_and_does_what_the_original_did(
    board: SmallPlace, tmp_path: Path, name: str
) -> None:
    """Rows, own sources, decisions and pauses are there, and the next refresh goes on from them."""
    board.ledger.ask("own-board", Wish.PAUSE, board.ledger.runs()["started_at"][0])
    back_up(board.settings.home, tmp_path / name)
    board.serve("own-board", page(BOARD.replace(b"81", b"91")))
    board.refresh("own-board")
    if name == "copy":
        back_up(board.settings.home, tmp_path / name)
    again = moved(board, tmp_path / "again")
    restore(tmp_path / name, again.settings.home)
    assert len(again.scores()) == (3 if name == "copy" else 2)
    assert Ledger(again.settings.ledger_file).paused() == {"own-board"}
    again.refresh("own-board")
    assert again.scores() == board.scores()


def test_a_copy_that_is_made_before_anything_is_taken_in_is_put_back_as_it_was(
    place: SmallPlace, tmp_path: Path
) -> None:
    """Archived and not loaded: the archive is what a copy is about."""
    with pytest.raises(BackupError, match="no data"):
        back_up(place.settings.home, tmp_path / "copy.tar")


@pytest.mark.parametrize("part", ["bodies", "index", "snapshots", "ledger.sqlite"])
def test_a_damaged_copy_is_refused_whole(board: SmallPlace, tmp_path: Path, part: str) -> None:
    """One file of another content, and nothing is put anywhere."""
    back_up(board.settings.home, tmp_path / "copy")
    file = next(file for file in (tmp_path / "copy").rglob("*") if part in str(file) and file.is_file())
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(BackupError, match="Nothing was restored"):
        restore(tmp_path / "copy", tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []


@pytest.mark.parametrize("what", ["cut", "foreign", "climbing"])
def test_what_is_no_copy_is_refused(board: SmallPlace, tmp_path: Path, what: str) -> None:
    """A file cut off, one of something else, and one that would write elsewhere."""
    copy = tmp_path / "copy.tar"
    back_up(board.settings.home, copy)
    if what == "cut":
        copy.write_bytes(copy.read_bytes()[:5000])
    else:
        with tarfile.open(copy, "w") as tar:
            tar.add(__file__, arcname="../../climbed.py" if what == "climbing" else "some.py")
    with pytest.raises(BackupError):
        restore(copy, tmp_path / "again")
    assert not (tmp_path.parent / "climbed.py").exists()


def test_a_home_that_holds_data_is_not_written_over(board: SmallPlace, tmp_path: Path) -> None:
    """The sentence says what is there and what to do."""
    back_up(board.settings.home, tmp_path / "copy.tar")
    with pytest.raises(BackupError, match="HYPECURVE_HOME"):
        restore(tmp_path / "copy.tar", board.settings.home)
