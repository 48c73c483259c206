"""One damaged body or line of the archive costs that source only, and is mended by what the server has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.diagnosis import troubles
from pipeline.rebuild import rebuild
from store.ledger import Status
from store.store import store_of
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page
from tests.places import files_of


def lost(file: Path) -> None:
    """Deleted."""
    file.unlink()


def cut(file: Path) -> None:
    """Half of it."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def exchanged(file: Path) -> None:
    """A whole file of other content."""
    others = [other for other in file.parent.parent.glob("*/*.zst") if other != file]
    file.write_bytes(others[0].read_bytes())


def emptied(file: Path) -> None:
    """Of no length, as after a power cut."""
    file.write_bytes(b"")


damages = pytest.mark.parametrize("damage", [lost, cut, exchanged, emptied])


def body_of(place: SmallPlace, name: str) -> Path:
    """The file of a source's newest body."""
    archive = store_of(place.settings).archive()
    sha256 = archive.entries(name)[-1].sha256
    return files_of(place.settings).archive_folder / "bodies" / sha256[:2] / f"{sha256}.zst"


@pytest.fixture
def two_boards(place: SmallPlace) -> SmallPlace:
    """Two boards, taken in; the servers say 304 to whoever names their tags."""
    place.add("board-a", etag='"a"')
    place.add("board-b", BOARD.replace(b"81", b"82"), etag='"b"')
    place.refresh("board-a", "board-b")
    return place


@damages
def test_a_damaged_body_is_found_told_and_written_again(
    two_boards: SmallPlace, damage: Callable[[Path], None]
) -> None:
    """`doctor --deep` names the file; the next refresh asks without a condition, and all is whole again."""
    file = body_of(two_boards, "board-a")
    damage(file)
    assert any(str(file) in told for told in troubles(two_boards.settings, deep=True))
    assert two_boards.refresh("board-a")["board-a"].status is Status.UNCHANGED
    assert "if-none-match" not in two_boards.server.seen[-1].headers
    assert list(troubles(two_boards.settings, deep=True)) == []


def test_a_rebuild_goes_on_without_what_is_damaged_and_says_so(two_boards: SmallPlace) -> None:
    """The other source is whole; the damaged one's rows come back with its body."""
    file = body_of(two_boards, "board-a")
    kept = file.read_bytes()
    emptied(file)
    [missing] = rebuild(two_boards.settings).missing
    assert missing.startswith("board-a: ")
    assert str(file) in missing
    assert two_boards.scores() == [("alpha-1", 0.82), ("beta-2", 0.64)]
    file.write_bytes(kept)
    assert two_boards.refresh("board-b", "board-a")["board-a"].loaded.added == 2
    assert len(two_boards.scores()) == 4


def test_a_changed_form_never_costs_rows_whose_payload_is_damaged(two_boards: SmallPlace) -> None:
    """They are the last that is left of it: they stay, it is told, and the other board goes on."""
    two_boards.serve("board-a", page(BOARD.replace(b"81", b"91")))
    two_boards.refresh("board-a")
    first = store_of(two_boards.settings).archive().entries("board-a")[0]
    lost(files_of(two_boards.settings).archive_folder / "bodies" / first.sha256[:2] / f"{first.sha256}.zst")
    two_boards.declare("board-a", cadence="29d")
    before = two_boards.scores()
    outcome = two_boards.refresh("board-a", "board-b")
    assert outcome["board-a"].status is Status.FAILED
    assert "what was loaded stays" in outcome["board-a"].message
    assert outcome["board-b"].status is Status.UNCHANGED
    assert two_boards.scores() == before


@pytest.mark.parametrize("line", [b"{not json}\n", b"\xff\xfe\x00\n", b"[" * 100_000 + b"\n"])
def test_a_damaged_line_of_an_index_stops_no_source(two_boards: SmallPlace, line: bytes) -> None:
    """Its own source says so until it is mended; what is new is taken in all the same."""
    index = files_of(two_boards.settings).archive_folder / "index" / "board-a.jsonl"
    index.write_bytes(line + index.read_bytes())
    two_boards.serve("board-a", page(BOARD.replace(b"81", b"91")))
    outcome = two_boards.refresh("board-a", "board-b")
    assert outcome["board-a"].status is Status.FAILED
    assert "board-a.jsonl, line 1 is damaged" in outcome["board-a"].message
    assert outcome["board-a"].loaded.added == 1
    assert outcome["board-b"].status is Status.UNCHANGED
    assert any("line 1 is damaged" in told for told in troubles(two_boards.settings))
    assert [text.partition(":")[0] for text in rebuild(two_boards.settings).missing] == ["board-a"]
