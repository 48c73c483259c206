"""A reading that names nothing new and takes back all that it changes was older than the one before it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ingest.prices.old_copies import old_copies
from tests.ingest.prices.said import day, said, told

NAMES = ("a", "b", "c", "d")


def readings(*given: dict[str, float | None]) -> list[dict[str, Any]]:
    """What a list said at its readings, sixty days apart: USD by model; None: it has it no longer."""
    return [
        said(60 * place, usd, model_name=name, model_id=name)
        for place, reading in enumerate(given)
        for name, usd in reading.items()
    ]


DEAR: dict[str, float | None] = dict.fromkeys(NAMES, 2.0)
CUT: dict[str, float | None] = dict.fromkeys(NAMES[:3], 1.0)
BACK: dict[str, float | None] = dict.fromkeys(NAMES[:3], 2.0)


@pytest.mark.parametrize(
    ("third", "is_old"),
    [
        (BACK, True),
        (BACK | {"d": None}, True),
        (BACK | {"new": 5.0}, False),
        (BACK | {"d": 3.0}, False),
        (BACK | {"c": 1.5}, False),
        ({"a": 2.0, "b": 2.0}, False),
        ({"a": None, "b": None, "c": None}, False),
    ],
    ids=["all back", "and one lost", "one new", "one raised", "one otherwise", "two only", "all lost"],
)
def test_only_what_goes_back_whole_is_old(third: dict[str, float | None], is_old: bool) -> None:
    """Three prices at least, nothing new, no other change; losing names is what an older copy does too."""
    found = old_copies(pl.DataFrame(readings(DEAR, CUT, third), infer_schema_length=None))
    assert found.height == int(is_old)
    if is_old:
        assert found["observed_at"].item().date() == day(120)


def test_a_first_cut_is_none() -> None:
    """A price that was never asked before goes nowhere back."""
    assert old_copies(pl.DataFrame(readings(DEAR, CUT))).is_empty()


def test_rows_with_days_of_their_own_say_nothing() -> None:
    """A timeline states when; how old the reading is does not matter."""
    rows = [row | {"valid_on": day(0)} for row in readings(DEAR, CUT, BACK)]
    assert old_copies(pl.DataFrame(rows, infer_schema_length=None)).is_empty()


def test_an_old_copy_makes_no_step() -> None:
    """Nor does it confirm a price or take one off sale; what is read after it goes on as it was."""
    rows = readings(DEAR, CUT, BACK | {"d": None}, CUT | {"d": 2.0})
    found = told(*rows, read={"list-a": [30, 90, 210]})
    for name in NAMES[:3]:
        assert of(found.steps, name) == [(2.0, day(0), day(60)), (1.0, day(60), None)]
    assert of(found.steps, "d") == [(2.0, day(0), None)]


def of(found: pl.DataFrame, name: str) -> list[tuple[float, Any, Any]]:
    """Price, first day and end of a model's steps."""
    return list(
        found.filter(model_id=name)
        .sort("starts_on")
        .select("input_usd_per_mtok", "starts_on", "ends_on")
        .iter_rows()
    )
