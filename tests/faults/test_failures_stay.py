"""What cannot be read is failed at every run until it can be; silence and shrinking are told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from commands.diagnosis import troubles
from pipeline.refresh import UnknownSourceError
from store.archive import describe
from store.ledger import Status
from store.store import store_of
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import Reply, page

RENAMED = b"Model name,Score (pct)\nalpha-1,82\nbeta-2,65\n"


def test_a_broken_form_that_is_refreshed_names_its_line(place: SmallPlace) -> None:
    """By the name of its file or by the id that it says; the others are not offered in its place."""
    place.add("own-board")
    file = place.settings.sources_folder / "own-board.toml"
    broken = file.read_text(encoding="utf-8").replace(
        "[score]", 'cadance = "1d"\nid = "own-scores"\n\n[score]'
    )
    file.write_text(broken, encoding="utf-8")
    for name in ("own-board", "own-scores"):
        with pytest.raises(
            UnknownSourceError, match=r"line 10: a source has no 'cadance'; did you mean 'cadence'"
        ):
            place.refresh(name)
    with pytest.raises(UnknownSourceError, match="There is no source 'own-bord'"):
        place.refresh("own-bord")


@pytest.mark.parametrize("etag", [None, '"tuesday"'], ids=["the same bytes", "status 304"])
def test_a_renamed_column_fails_at_every_run_until_the_server_or_the_form_mends_it(
    place: SmallPlace, etag: str | None
) -> None:
    """Monday's rows stay; each later run fails in words; `sources` and `doctor` say since when."""
    place.add("own-board")
    assert place.refresh("own-board")["own-board"].status is Status.NEW
    place.serve("own-board", page(RENAMED, etag))
    for _ in range(3):
        outcome = place.refresh("own-board")["own-board"]
        assert outcome.status is Status.FAILED
        assert "no column 'Model'" in outcome.message
    health = place.ledger.health().row(0, named=True)
    assert (health["last_status"], health["failures_in_a_row"]) == ("failed", 3)
    assert health["failing_since"] < health["last_run_at"]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert any(f"own-board has failed since {today}" in told for told in troubles(place.settings))
    listed = json.loads(place.command("sources", "--json").stdout)
    assert f"failed since {today}" in next(row["last_status"] for row in listed if row["id"] == "own-board")
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]
    place.serve("own-board", page(BOARD.replace(b"81", b"83")))
    assert place.refresh("own-board")["own-board"].status is Status.NEW
    assert not any("own-board" in told for told in troubles(place.settings))


def archived(place: SmallPlace, name: str, body: bytes, days_ago: int) -> None:
    """A payload that was taken in some time ago, with a tag that the server knows."""
    at = datetime.now(UTC) - timedelta(days=days_ago)
    url = place.addresses[name]
    entry = describe(
        body,
        source_id=name,
        url=url,
        as_of=at,
        fetched_at=at,
        content_type="text/csv",
        headers={"etag": '"1"'},
    )
    store_of(place.settings).archive().add(entry, body)


def test_a_server_that_says_304_for_ever_is_asked_for_the_whole_file_and_told(place: SmallPlace) -> None:
    """After several cadences nothing is named to compare with; 304 to that is an error, and the rows stay."""
    place.serve("own-board", Reply(304, {"ETag": '"1"'}, length=False))
    place.declare("own-board", cadence="1d")
    archived(place, "own-board", BOARD, days_ago=90)
    outcome = place.refresh("own-board")["own-board"]
    assert outcome.status is Status.FAILED
    assert "304" in outcome.message
    assert place.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]
    assert "if-none-match" not in place.server.seen[-1].headers


def test_a_file_that_changed_behind_a_stale_tag_is_found(place: SmallPlace) -> None:
    """The tag is kept for as long as the server sends bodies now and then; later it is not trusted."""
    place.serve("own-board", page(BOARD.replace(b"81", b"90"), '"1"'))
    place.declare("own-board", cadence="1d")
    archived(place, "own-board", BOARD, days_ago=90)
    assert place.refresh("own-board")["own-board"].status is Status.NEW
    assert ("alpha-1", 0.9) in place.scores()
    again = place.refresh("own-board")["own-board"]
    assert again.status is Status.UNCHANGED
    assert place.server.seen[-1].headers["if-none-match"] == '"1"'


def test_what_has_brought_nothing_new_for_many_cadences_says_so(place: SmallPlace) -> None:
    """The same bytes for months may be right; a person should know."""
    place.serve("own-board", page(BOARD, '"1"'))
    place.declare("own-board", cadence="1d")
    archived(place, "own-board", BOARD, days_ago=90)
    place.refresh("own-board")
    outcome = place.refresh("own-board")["own-board"]
    assert outcome.status is Status.UNCHANGED
    assert "nothing new since" in outcome.message


def test_a_list_that_halves_is_told_as_long_as_it_is_the_newest(place: SmallPlace) -> None:
    """Of a source that is not complete nothing is buried; it is told all the same, at every run."""
    rows = [f"model-{number},{number}\n".encode() for number in range(20)]
    place.add("own-board", b"Model,Score\n" + b"".join(rows))
    place.refresh("own-board")
    place.serve("own-board", page(b"Model,Score\n" + b"".join(rows[:10])))
    for status in (Status.NEW, Status.UNCHANGED):
        outcome = place.refresh("own-board")["own-board"]
        assert outcome.status is status
        assert "lists only 10 rows of score where the version before listed 20" in outcome.message
    assert len(place.scores()) == 20
