"""A copy made while a refresh runs is whole, and is put back only when every file is."""

from __future__ import annotations

import errno
import shutil
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.backup import BackupError, back_up, restore
from store.beat import Beat, beats, note_beat
from store.ledger import Action
from store.locks import file_lock
from store.store import store_of
from store.trouble import NoRoomError
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page
from tests.places import files_of


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
    board.ledger.ask("own-board", Action.PAUSE, board.ledger.runs()["started_at"][0])
    now = datetime.now(UTC)
    note_beat(board.ledger, Beat(1, now, now))
    back_up(board.settings.home, tmp_path / name)
    board.serve("own-board", page(BOARD.replace(b"81", b"91")))
    board.refresh("own-board")
    if name == "copy":
        back_up(board.settings.home, tmp_path / name)
    again = moved(board, tmp_path / "again")
    restore(tmp_path / name, again.settings.home)
    assert len(again.scores()) == (3 if name == "copy" else 2)
    assert store_of(again.settings).ledger().paused() == {"own-board"}
    assert (len(beats(board.ledger)), beats(again.ledger)) == (1, [])
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


def test_a_copy_that_breaks_off_leaves_the_earlier_one_whole(
    board: SmallPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the room ends: one sentence, and what was copied before is put back as it was."""
    copy = tmp_path / "copy"
    back_up(board.settings.home, copy)
    earlier = board.scores()
    board.serve("own-board", page(BOARD.replace(b"81", b"91")))
    board.refresh("own-board")
    room, write, copyfile = [0], Path.write_bytes, shutil.copyfile

    def full(*_: object) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device", "copy")

    for ends in range(40):
        with monkeypatch.context() as patched:
            room[0] = ends
            patched.setattr(Path, "write_bytes", lambda file, body: (full(), write(file, body))[1])
            patched.setattr(shutil, "copyfile", lambda one, other: (full(), copyfile(one, other))[1])
            try:
                back_up(board.settings.home, copy)
            except NoRoomError:
                pass
            else:
                break
        again = moved(board, tmp_path / f"again-{ends}")
        restore(copy, again.settings.home)
        assert again.scores() == earlier
    assert ends > 5
    again = moved(board, tmp_path / "again")
    restore(copy, again.settings.home)
    assert again.scores() == board.scores() != earlier


def test_a_copy_that_was_whole_when_its_process_was_killed_counts(board: SmallPlace, tmp_path: Path) -> None:
    """It had not taken the place of the earlier one yet; one snapshot is left in the end."""
    copy = tmp_path / "copy"
    back_up(board.settings.home, copy)
    board.serve("own-board", page(BOARD.replace(b"81", b"91")))
    board.refresh("own-board")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("store.backup._go_on", lambda _: None)
        back_up(board.settings.home, copy)
    assert list(copy.rglob("*.next"))
    again = moved(board, tmp_path / "again")
    restore(copy, again.settings.home)
    assert again.scores() == board.scores()
    back_up(board.settings.home, copy)
    assert list(copy.rglob("*.next")) == []
    assert len(list((copy / "snapshots").glob("*.duckdb"))) == 1


def test_of_two_copies_into_one_folder_the_second_is_told(board: SmallPlace, tmp_path: Path) -> None:
    """Each would remove what the other one has not finished."""
    with file_lock(tmp_path / "copying.lock"), pytest.raises(BackupError, match="Another copy is being made"):
        back_up(board.settings.home, tmp_path)


def test_what_is_damaged_at_home_costs_no_other_part_and_stays_in_the_copy(
    board: SmallPlace, tmp_path: Path
) -> None:
    """A body that was copied before is put back; a damaged ledger or snapshot is told, and left out."""
    files, copy = files_of(board.settings), tmp_path / "copy"
    back_up(board.settings.home, copy)
    archive = store_of(board.settings).archive()
    (body,) = archive.files(archive.entries("own-board")[0].sha256)
    whole = body.read_bytes()
    body.write_bytes(b"")
    for file in (files.ledger_file, *files.snapshot_folder.glob("*.duckdb")):
        file.write_bytes(file.read_bytes()[:8192] + b"\xa5" * (file.stat().st_size - 8192))
    told = "\n".join(back_up(board.settings.home, copy).missing)
    assert "it stays in the copy as it was copied before" in told
    for name in ("snapshots", "ledger.sqlite"):
        assert name in told
    again = tmp_path / "again"
    restore(copy, again)
    assert (again / body.relative_to(board.settings.home)).read_bytes() == whole
