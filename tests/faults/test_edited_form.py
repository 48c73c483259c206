"""A corrected form is applied: the archived bytes are read again, of that source only."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline import refresh as pipeline
from pipeline.rebuild import rebuild
from store.ledger import Status
from store.store import store_of
from tests.faults.small_place import SmallPlace
from tests.loopback import page


def loaded_at(place: SmallPlace, name: str) -> list[tuple[datetime, str]]:
    """When the rows of a source were first shown, and by which payload."""
    sql = f"SELECT observed_at, payload_sha256 FROM score WHERE source_id = '{name}' ORDER BY ALL"
    return store_of(place.settings).latest().select(sql).rows()


@pytest.mark.parametrize("etag", [None, '"one"'], ids=["the same bytes", "status 304"])
def test_a_corrected_column_gives_the_rows_of_the_archived_bytes(place: SmallPlace, etag: str | None) -> None:
    """The newcomer's loop: a wrong column, a correction, rows; the server has nothing new to say."""
    place.add("own-board", b"Model,Exam (%)\nalpha-1,81.0\nbeta-2,64.0\n", etag)
    place.declare("own-board", column="Exam")
    assert place.refresh("own-board")["own-board"].status is Status.FAILED
    place.declare("own-board", column="Exam (%)")
    outcome = place.refresh("own-board")["own-board"]
    assert (outcome.status, outcome.loaded.added) == (Status.NEW, 2), outcome.message
    assert "changed" in outcome.message
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]
    again = place.refresh("own-board")["own-board"]
    assert (again.status, again.message) == (Status.UNCHANGED, "")


def test_only_the_source_whose_form_changed_is_made_anew(place: SmallPlace) -> None:
    """A figure that was read wrongly is gone from its board; the other board is not touched."""
    place.add("board-a", b"Model,Score,Other\nalpha-1,81,11\n")
    place.add("board-b", b"Model,Score,Other\nalpha-1,64,12\n")
    place.refresh("board-a", "board-b")
    before = loaded_at(place, "board-b")
    place.declare("board-a", column="Other")
    outcomes = place.refresh("board-a", "board-b")
    assert (outcomes["board-a"].status, outcomes["board-b"].status) == (Status.NEW, Status.UNCHANGED)
    assert sorted(place.scores()) == [("alpha-1", 0.11), ("alpha-1", 0.64)]
    assert loaded_at(place, "board-b") == before


def test_a_changed_parser_and_a_changed_table_beside_it_are_applied(place: SmallPlace) -> None:
    """The code of a source, and a file that it names, belong to its form."""
    place.serve("counted", page(b"alpha beta"))
    table = place.settings.sources_folder / "words.toml"
    read = "    from pathlib import Path\n    more = Path({!r}).with_name('words.toml').read_bytes()\n"
    place.module("counted", read.format(str(table)) + "    return rows(body + b' ' + more.split(b'\"')[1])")
    table.write_text('word = "gamma"\n')
    assert place.refresh("counted")["counted"].loaded.added == 3
    table.write_text('word = "delta epsilon"\n')
    assert place.refresh("counted")["counted"].loaded.added == 4
    place.module("counted", "    return rows(body)")
    assert place.refresh("counted")["counted"].loaded.added == 2
    assert place.refresh("counted")["counted"].status is Status.UNCHANGED


def test_rebuild_of_one_source_reads_all_its_payloads_again(place: SmallPlace) -> None:
    """`rebuild SOURCE` is for that source; the rows of the others stay as they are."""
    place.add("board-a")
    place.add("board-b")
    place.refresh("board-a", "board-b")
    before, snapshot = sorted(place.scores()), place.published()
    rebuilt = rebuild(place.settings, source_ids=["board-a"])
    assert (rebuilt.payloads, rebuilt.added, rebuilt.missing) == (1, 2, ())
    assert sorted(place.scores()) == before
    assert place.published() > snapshot


def test_rebuild_names_a_source_that_does_not_exist(place: SmallPlace) -> None:
    """As a refresh does."""
    with pytest.raises(pipeline.UnknownSourceError):
        rebuild(place.settings, source_ids=["no-such-board"])
