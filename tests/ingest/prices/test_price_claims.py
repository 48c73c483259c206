"""What a list's readings claim: from which day to which a price was said, and how that is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.prices.claims import Known
from ingest.prices.spells import dated_readings, of_dated_readings, of_sightings
from ingest.prices.timelines import of_timeline

DAYS = [date(2026, 1, day) for day in (1, 5, 9, 13)]
Told = list[tuple[str, float | None, int | None, int, bool, bool, int | None]]


def row(read: int, price: float | None, began: int | None = None, **others: Any) -> dict[str, Any]:
    """A statement read on a day of January, of a price that began on another, or nobody knows when."""
    return {
        "model_id": "m",
        "provider": "p",
        "tier": "standard",
        "source_id": "s",
        "model_name": "m",
        "input_usd_per_mtok": price,
        "output_usd_per_mtok": price,
        "cached_input_usd_per_mtok": None,
        "observed_at": datetime(2026, 1, read, 12, tzinfo=UTC),
        "valid_on": None if began is None else date(2026, 1, began),
        "url": None,
        "payload_sha256": f"sha-{read}",
        "gone": price is None,
        **others,
    }


def told(claims: Any) -> Told:
    """(known, price, from, to, is_first, still_said, before) of claims, days as those of January."""
    return [
        (
            one["known"],
            one["input_usd_per_mtok"],
            None if one["from_on"] == date.min else one["from_on"].day,
            one["to_on"].day,
            one["is_first"],
            one["still_said"],
            one["before_on"] and one["before_on"].day,
        )
        for one in claims
    ]


@pytest.mark.parametrize(
    ("rows", "claims"),
    [
        ([row(1, 2.0)], [("seen", 2.0, 1, 13, True, True, None)]),
        (
            [row(5, 2.0), row(9, 3.0)],
            [("seen", 2.0, 5, 5, True, False, 1), ("seen", 3.0, 9, 13, False, True, 5)],
        ),
        ([row(1, 2.0), row(9, 2.0, url="u")], [("seen", 2.0, 1, 13, True, True, None)]),
        (
            [row(1, 2.0), row(13, None)],
            [("seen", 2.0, 1, 9, True, False, None), ("gone", None, 13, 13, False, True, 9)],
        ),
        ([row(1, None), row(5, 2.0)], [("seen", 2.0, 5, 13, True, True, 1)]),
        ([row(5, 2.0), row(5, 3.0)], [("seen", 3.0, 5, 13, True, True, 1)]),
        ([], []),
    ],
)
def test_a_price_is_said_from_its_first_sighting_to_the_last_before_another(
    rows: list[dict[str, Any]], claims: Told
) -> None:
    """Of the days between two different sightings nothing is said; another link is no other price."""
    assert told(of_sightings(rows, DAYS)) == claims


def test_a_list_that_dates_its_readings_says_when_a_name_was_missing() -> None:
    """A reading without it is one on which it was gone; a row that was taken back is none."""
    rows = [row(13, 2.0, 1), row(13, 2.0, 9), row(13, None, 13)]
    assert told(of_dated_readings(rows, DAYS)) == [
        ("seen", 2.0, 1, 1, True, False, None),
        ("gone", None, 5, 5, False, False, 1),
        ("seen", 2.0, 9, 9, False, False, 5),
        ("gone", None, 13, 13, False, True, 9),
    ]
    assert told(of_dated_readings([row(13, None, 1), row(13, 2.0, 9)], DAYS[:3])) == [
        ("seen", 2.0, 9, 9, True, True, 5)
    ]


def test_dates_of_a_list_are_readings_where_all_rows_have_one_and_none_a_page() -> None:
    """Each day once, in order; a page of a row that was taken back counts no more."""
    stated = pl.DataFrame(
        [
            row(13, 2.0, 9, source_id="dated"),
            row(13, 2.0, 1, source_id="dated"),
            row(13, 3.0, 9, source_id="dated"),
            row(13, None, 5, source_id="dated", url="u"),
            row(13, 2.0, 1, source_id="linked", url="u"),
            row(13, 2.0, 5, source_id="linked"),
            row(13, 2.0, 1, source_id="partly"),
            row(13, 2.0, source_id="partly"),
        ]
    )
    assert dated_readings(stated) == {"dated": [DAYS[0], DAYS[2]]}


@pytest.mark.parametrize(
    ("rows", "claims"),
    [
        ([row(5, 2.0, 3)], [("seen", 2.0, 3, 13, True, True, None)]),
        (
            [row(5, 2.0, 3), row(5, 3.0, 8)],
            [("seen", 2.0, 3, 7, True, False, None), ("seen", 3.0, 8, 13, False, True, 7)],
        ),
        ([row(13, 2.0, 15)], [("announced", 2.0, 15, 15, True, True, None)]),
        (
            [row(5, 2.0)],
            [("launch", 2.0, None, 5, True, True, None), ("seen", 2.0, 5, 13, True, True, None)],
        ),
        (
            [row(5, 2.0, 3), row(13, None, 3)],
            [("seen", 2.0, 3, 9, True, False, None), ("gone", None, 13, 13, False, True, 9)],
        ),
        ([row(5, 2.0, 3), row(9, 4.0, 3)], [("seen", 4.0, 3, 13, True, True, None)]),
        (
            [row(5, 2.0, 3), row(5, 3.0, 8), row(9, None, 8)],
            [("seen", 2.0, 3, 13, True, True, None)],
        ),
        ([row(5, None, 3)], []),
    ],
)
def test_a_dated_price_is_said_from_its_day_to_the_day_before_the_next(
    rows: list[dict[str, Any]], claims: Told
) -> None:
    """The newest timeline counts: a step that was taken back never was, and a name that is gone has ended."""
    assert told(of_timeline(rows, DAYS, None)) == claims


@pytest.mark.parametrize(
    ("url", "home", "known"),
    [
        ("https://maker.example/pricing", "list.example", Known.STATED),
        ("https://list.example/m", "list.example", Known.SEEN),
        ("https://github.com/a/b/commit/1", "list.example", Known.SEEN),
        ("https://maker.example/pricing", None, Known.SEEN),
        (None, "list.example", Known.SEEN),
    ],
)
def test_a_page_of_the_maker_states_the_first_day(url: str | None, home: str | None, known: Known) -> None:
    """The list's own page and a commit only show when somebody noted it; what repeats a price starts none."""
    (only,) = of_timeline([row(5, 2.0, 3, url=url)], DAYS, home)
    assert only["known"] == known
    first, again = of_timeline([row(5, 2.0, 3, url=url), row(5, 2.0, 8, url=url)], DAYS, home)
    assert (first["known"], again["known"]) == (known, Known.SEEN)


def test_what_was_removed_on_an_unknown_day_was_asked_when_it_began_only() -> None:
    """And not any more when the list was last read."""
    rows = [row(5, 2.0, 3), row(5, 3.0, 8)]
    assert told(of_timeline(rows, DAYS, None, is_removed=True)) == [
        ("seen", 2.0, 3, 7, True, False, None),
        ("seen", 3.0, 8, 8, False, False, 7),
        ("gone", None, 13, 13, False, True, None),
    ]
    assert told(of_timeline([row(5, 2.0)], DAYS, None, is_removed=True)) == [
        ("launch", 2.0, None, 5, True, False, None),
        ("gone", None, 13, 13, False, True, None),
    ]
