"""What is said of one model beside its price: the day, the index with its interval, what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from questions.models.tables import Place
from questions.models.words import description, first_line, not_measured, released, rests_on

MODEL = {
    "title": "Quokka 2",
    "organization": "Quokka",
    "open_weights": True,
    "released_on": date(2026, 3, 14),
    "released_precision": "day",
    "released_basis": "change log",
}
UNPRICED = pl.DataFrame(schema={"is_list_price": pl.Boolean, "held_from": pl.Date})
PLACE = Place(106.04, 105.0, 107.06, best=1, worst=4, of=8)
SETS_THE_SCALE = replace(PLACE, low=106.04, high=106.04, worst=1)
NO_INTERVAL = replace(PLACE, low=None, high=None, worst=8)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "released 14 March 2026 (change log)"),
        ({"released_precision": "month"}, "released March 2026 (change log)"),
        ({"released_precision": "year"}, "released 2026 (change log)"),
        ({"released_on": None}, "release day not known"),
        (
            {"released_basis": "leaderboard first seen"},
            "release day not known (first seen on a leaderboard on 14 March 2026)",
        ),
        (
            {"released_basis": "price listing first seen"},
            "release day not known (first seen in a price list on 14 March 2026)",
        ),
    ],
)
def test_a_release_is_told_as_exactly_as_it_is_known(known: dict[str, Any], said: str) -> None:
    """A month that a list names is not made a day; a day that nobody names is said to be unknown."""
    assert released(MODEL | known) == said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Quokka, open weights, released 14 March 2026 (change log)."),
        ({"open_weights": False}, "Quokka, closed weights, released 14 March 2026 (change log)."),
        (
            {"open_weights": None, "organization": None, "released_on": None},
            "Maker not known, weights not known, release day not known.",
        ),
    ],
)
def test_maker_and_weights_are_told_or_said_to_be_unknown(known: dict[str, Any], said: str) -> None:
    """What no source says is neither open nor closed."""
    assert description(MODEL | known, None) == said


@pytest.mark.parametrize(
    ("place", "line", "standing"),
    [
        (None, "Quokka 2: unpriced.", "(change log)."),
        (
            PLACE,
            "Quokka 2: unpriced; capability index 106.0 (90 % interval 105.0 to 107.1), rank 1 to 4.",
            "(change log). In the capability index it has rank 1 to 4 of 8 models.",
        ),
        (
            SETS_THE_SCALE,
            "Quokka 2: unpriced; capability index 106.0 (fixed: it sets the scale), rank 1.",
            "(change log). In the capability index it has rank 1 of 8 models.",
        ),
        (NO_INTERVAL, "Quokka 2: unpriced; capability index 106.0.", "(change log)."),
        (
            replace(PLACE, high=None),
            "Quokka 2: unpriced; capability index 106.0, rank 1 to 4.",
            "(change log). In the capability index it has rank 1 to 4 of 8 models.",
        ),
    ],
    ids=["none", "interval", "sets the scale", "no interval", "half an interval"],
)
def test_the_index_has_ranks_where_it_has_an_interval(place: Place | None, line: str, standing: str) -> None:
    """Without one, which other models are above it cannot be told."""
    assert first_line(MODEL, UNPRICED, place, None) == line
    assert description(MODEL, place).endswith(standing)


def test_what_is_known_but_not_measured_has_its_reason() -> None:
    """A model with an index needs none."""
    noted = pl.DataFrame({"reason": ["too few benchmarks", "another"]})
    assert not_measured(PLACE, noted) == ""
    assert not_measured(None, noted) == "It has no place in the capability index: too few benchmarks."


SEEN = datetime(2026, 7, 1, tzinfo=UTC)
ON = pl.Series(["gpqa-diamond"])
STATED = pl.DataFrame({"source_id": ["a"], "observed_at": [SEEN]})


def test_what_it_rests_on_counts_each_source_once() -> None:
    """Scores and prices of one source are of one; without a day none is named."""
    assert rests_on(ON, STATED, STATED, 2, date(2026, 7, 1)) == (
        "1 score on 1 benchmark, 1 stated price and 2 announcements; scores and prices of 1 source up "
        "to 1 July 2026."
    )
    assert rests_on(ON, STATED, STATED.clear(), 0, None) == (
        "1 score on 1 benchmark, no stated price and no announcement; scores and prices of 1 source."
    )
    assert rests_on(ON.clear(), STATED.clear(), STATED, 0, None).startswith(
        "No score, 1 stated price and no "
    )
    assert rests_on(ON.clear(), STATED.clear(), STATED.clear(), 0, None) == (
        "No score, no stated price and no announcement."
    )


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("A" + " w" * 13, "; capability index 106.0 (90 % interval 105.0 to 107.1); data to 1 July 2026."),
        ("A" + " w" * 17, "; capability index 106.0 (90 % interval 105.0 to 107.1)."),
        ("A" + " w" * 24, ": unpriced."),
    ],
    ids=["no ranks", "no day", "no index"],
)
def test_a_long_name_pushes_out_ranks_then_the_day_then_the_index(title: str, line: str) -> None:
    """So that the line keeps to thirty words."""
    said = first_line(MODEL | {"title": title}, UNPRICED, PLACE, date(2026, 7, 1))
    assert said.endswith(line)
    assert len(said.split()) <= 30


def test_a_long_name_without_an_index_pushes_out_the_day() -> None:
    """A short one keeps it."""
    newest = date(2026, 7, 1)
    assert first_line(MODEL, UNPRICED, None, newest) == "Quokka 2: unpriced; data to 1 July 2026."
    assert first_line(MODEL | {"title": "w " * 25 + "w"}, UNPRICED, None, newest).endswith(" w: unpriced.")
