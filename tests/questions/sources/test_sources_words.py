"""What is said of sources: states counted, sudden changes, and who refreshes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from questions.sources.words import (
    drifted,
    ended,
    first_line,
    gone,
    how_fresh,
    in_states,
    nobody_refreshes,
    nothing_changed,
    reach,
    refreshing,
)
from store.beat import Beat, Ending

NOW = datetime(2026, 7, 1, 12, 5, tzinfo=UTC)
BEAT = Beat(1, NOW, NOW, machine="quokka")


def test_states_are_counted_in_their_order() -> None:
    """Those that some source has, and how many of those due have never run here."""

    def told(*rows: tuple[str, datetime | None]) -> str:
        return in_states(pl.DataFrame(rows, ["state", "last_success_at"], orient="row"))

    assert told(("late", NOW), ("needs a key", None), ("fresh", NOW), ("fresh", NOW)) == (
        "By state: 2 fresh, 1 late, 1 needing a key."
    )
    due = [("due", NOW), ("due", None)]
    assert told(*due) == "By state: 2 due. 1 of those due has not run here yet."
    assert told(due[1], due[1]) == "By state: 2 due. None of those due has run here yet."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("due", 3, None), ("not yet fetched", 0, None)],
            "1 of 2 declared sources stands behind this site with data; none was refreshed on this machine.",
        ),
        (
            [("late", 3, NOW), ("fresh", 3, NOW), ("failing", 1, None)],
            "3 of 3 declared sources stand behind this site with data; 2 were refreshed on this machine; "
            "1 failing, 1 late.",
        ),
    ],
    ids=["bundled only", "refreshed here"],
)
def test_it_is_said_how_many_sources_have_data_and_were_refreshed_here(
    rows: list[tuple[str, int, datetime | None]], said: str
) -> None:
    """Of all that are declared; trouble is told, whatever came with the code is not called refreshed."""
    table = pl.DataFrame(rows, ["state", "payloads", "last_success_at"], orient="row")
    assert first_line(table, NOW, NOW.date()) == f"On 1 July 2026, 12:05 UTC, {said}"


def test_of_a_past_day_only_what_had_data_is_told() -> None:
    """Whose data are of that day or before; the ledger knows no past, so its states are said to be of now."""
    rows = [("late", 3, NOW), ("fresh", 0, NOW)]
    table = pl.DataFrame(rows, ["state", "payloads", "last_success_at"], orient="row")
    assert first_line(table, NOW, date(2020, 1, 1)) == (
        "1 of 2 declared sources has data of 1 January 2020 or earlier; states and runs below are those of "
        "1 July 2026, 12:05 UTC."
    )


def test_how_far_the_data_reach_is_said_by_kind() -> None:
    """A table entered by hand says nothing of scores; of a kind that is not there nothing is said."""
    newest = {"scores_on": date(2026, 7, 1), "prices_on": None, "attention_on": None, "curated_on": None}
    assert reach(newest) == "Newest data: scores 1 July 2026."
    assert reach(newest | {"curated_on": date(2026, 11, 1)}) == (
        "Newest data: scores 1 July 2026, curated tables 1 November 2026."
    )
    assert reach(dict.fromkeys(newest)) == ""


def test_without_a_reading_no_change_can_be_told() -> None:
    """That nothing changed is said of what was read."""
    days = "the 30 days to 1 July 2026"
    assert nothing_changed(0, NOW.date()) == (
        f"No source was read in {days}, so sudden changes cannot be told."
    )
    assert nothing_changed(2, NOW.date()).startswith(f"In {days} none of the 2 sources read lost a fifth")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"figure": None, "before": 2000, "after": 1500},
            "lost 25% of its rows: 1,500 where there were 2,000",
        ),
        (
            {"figure": "score", "before": 10, "after": 5, "factor": 1.0},
            "score became unknown in 5 of 10 rows",
        ),
        (
            {"figure": "score", "before": 10, "after": 6, "factor": 1.0},
            "score became 1 times larger in most of 10 rows: perhaps its unit",
        ),
        (
            {"figure": "score", "before": 10, "after": 10, "factor": 100.0},
            "score became 100 times larger in most of 10 rows: perhaps its unit",
        ),
        (
            {"figure": "score", "before": 10, "after": 10, "factor": 1.5},
            "score became 1.5 times larger in most of 10 rows: perhaps its unit",
        ),
        (
            {"figure": "score", "before": 10, "after": 10, "factor": 0.5},
            "score became 2 times smaller in most of 10 rows: perhaps its unit",
        ),
    ],
    ids=["rows lost", "half unknown", "less than half unknown", "larger", "a little larger", "smaller"],
)
def test_what_changed_suddenly_is_said(row: dict[str, Any], said: str) -> None:
    """Half of the figures unknown is more than a jump of their unit."""
    assert drifted(row) == said


@pytest.mark.parametrize(
    ("beat", "named", "said"),
    [
        (
            Beat(1, NOW, NOW, ("a",), NOW, 3, 1250.4, machine="quokka"),
            True,
            "The refresher on quokka is at 1 source; 3 sources due; it holds 1,250 MB.",
        ),
        (BEAT, False, "The refresher waits for what falls due; 0 sources due; it holds 0 MB."),
        (
            Beat(1, NOW, NOW, offline_since=NOW, machine="quokka"),
            False,
            "No server has been reached since 12:05 UTC; one source is tried now and then.",
        ),
        (
            Beat(1, NOW, NOW, offline_since=NOW, machine="quokka"),
            True,
            "No server has been reached from quokka since 12:05 UTC; one source is tried now and then.",
        ),
    ],
    ids=["at work", "waiting", "offline", "one of several offline"],
)
def test_a_refresher_says_what_it_does(beat: Beat, named: bool, said: str) -> None:
    """Its machine is named where there are several."""
    assert refreshing(beat, named=named) == said


def test_a_machine_that_is_gone_has_its_last_sign_of_life() -> None:
    """Also where none is left; where there never was one there is none."""
    assert gone(BEAT).startswith(
        "The refresher on quokka is gone: its last sign of life was on 1 July 2026 at 12:05 UTC."
    )
    assert nobody_refreshes(BEAT).endswith(" are. The last one was seen on 1 July 2026 at 12:05 UTC.")
    assert nobody_refreshes(None).endswith("so the data stay as they are.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("signal SIGKILL", "The refresher ended at 12:05 UTC: signal SIGKILL."),
        (
            "signal SIGKILL\nfirst\nlast\n",
            "The refresher ended at 12:05 UTC: signal SIGKILL. It said last: last",
        ),
    ],
)
def test_an_end_says_how_and_what_was_said_last(text: str, said: str) -> None:
    """One line of it."""
    assert ended(Ending(1, NOW, -9, text)) == said


@pytest.mark.parametrize(
    ("ago", "data", "by_hand", "said"),
    [
        (timedelta(minutes=59), True, False, "data to 1 July 2026; fetched 59 minutes ago"),
        (timedelta(hours=1), True, False, "data to 1 July 2026; fetched 1 hour ago"),
        (timedelta(days=2), False, False, "fetched 2 days ago"),
        (None, True, False, "data to 1 July 2026; never fetched on this machine"),
        (None, True, True, "data to 1 July 2026; comes with the code"),
        (None, False, False, "no data up to this day"),
        (None, False, True, "no data up to this day"),
    ],
)
def test_how_fresh_a_source_is_needs_no_sign(
    ago: timedelta | None, data: bool, by_hand: bool, said: str
) -> None:
    """When it was fetched and how far its data reach, in words, also where it never was.

    Of a past day what came later is not known: that nothing ever came would be untrue.
    """
    row = {
        "last_success_at": NOW - ago if ago else None,
        "last_as_of": NOW if data else None,
        "by_hand": by_hand,
    }
    assert how_fresh(row, NOW) == said
