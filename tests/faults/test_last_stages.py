"""What readers see is brought up to the warehouse by whichever refresh comes next, and by no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from pipeline import take_in
from store.ledger import Status
from store.snapshot import POINTER, latest
from tests.faults.small_place import SmallPlace, file_of
from tests.places import files_of

STAGES: Final = ("ingest.identity.identify.identify", "pipeline.derive.derive", "store.one_machine.publish")


def test_an_unchanged_refresh_derives_and_publishes_nothing(
    place: SmallPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing rests on anything new, so nothing is done."""
    place.add("own-board")
    place.refresh("own-board")
    before = place.published()
    for stage in STAGES:
        monkeypatch.setattr(stage, None)
    assert place.refresh("own-board")["own-board"].status is Status.UNCHANGED
    assert place.published() == before


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_broken_off_refresh_left_undone_is_done_by_the_next(
    place: SmallPlace, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """The next one brings nothing new, and still publishes what the last one had loaded."""

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    place.add("own-board")
    with monkeypatch.context() as patched:
        patched.setattr(stage, broken_off)
        with pytest.raises(KeyboardInterrupt):
            place.refresh("own-board")
    assert place.refresh("own-board")["own-board"].status is Status.UNCHANGED
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]


def test_a_payload_that_was_archived_and_not_loaded_is_taken_up(
    place: SmallPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even by a refresh of another source, where the warehouse knows nothing of it."""

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    place.add("board-a")
    place.add("board-b")
    with monkeypatch.context() as patched:
        patched.setattr(take_in, "carry_out", broken_off)
        with pytest.raises(KeyboardInterrupt):
            place.refresh("board-a")
    place.refresh("board-b")
    assert len(place.scores()) == 4


def removed(file: Path) -> None:
    """Somebody deleted it."""
    file.unlink()


def cut(file: Path) -> None:
    """Half of it, as after a power cut."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garbled(file: Path) -> None:
    """Of the same length, with other bytes in the middle."""
    body = bytearray(file.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 2000] = b"\xa5" * min(2000, len(body) - middle)
    file.write_bytes(bytes(body))


@pytest.mark.parametrize("damage", [removed, cut, garbled])
@pytest.mark.parametrize("what", ["pointer", "snapshot"])
def test_a_broken_snapshot_or_pointer_is_published_again(
    place: SmallPlace, damage: Callable[[Path], None], what: str
) -> None:
    """Meanwhile the newest whole one is served; a refresh that brings nothing new mends it."""
    place.add("own-board")
    place.refresh("own-board")
    place.declare("own-board", cadence="29d")
    place.refresh("own-board")
    folder = files_of(place.settings).snapshot_folder
    last = place.published()
    damage(folder / POINTER if what == "pointer" else folder / f"{last}.duckdb")
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]
    place.refresh("own-board")
    assert latest(folder).id > last
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]


def test_a_decision_on_a_name_is_published_by_the_next_refresh(place: SmallPlace) -> None:
    """The person's own aliases are an input like the payloads."""
    place.add("own-board")
    place.refresh("own-board")
    before = place.published()
    place.settings.aliases_file.write_text("name,model_id,source_id\nalpha-1,gpt-5,\n")
    place.refresh("own-board")
    assert place.published() > before


def test_the_remains_of_a_publishing_are_removed(place: SmallPlace) -> None:
    """Unfinished copies, bodies never finished and folders of dead parsers do not pile up."""
    place.add("own-board")
    place.refresh("own-board")
    remains = [
        files_of(place.settings).snapshot_folder / "00000009.unfinished",
        files_of(place.settings).snapshot_folder / "00000009.unfinished.wal",
        files_of(place.settings).snapshot_folder / f"{POINTER}.4000000",
        place.settings.home / "parsing-4000000-x",
    ]
    for file in remains:
        file.write_bytes(b"") if file.suffix else file.mkdir()
    place.refresh("own-board")
    assert [file for file in remains if file.exists()] == []
    assert file_of(files_of(place.settings).snapshot_folder, POINTER).is_file()
