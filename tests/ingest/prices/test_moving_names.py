"""What a list says of a moving name against what the same list says of the version: its newer word stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.prices.claims import Known
from ingest.prices.indirect import not_outlived
from tests.ingest.prices.said import day


def claim(usd: float | None, first: int, last: int, by: str = "list-a", **more: object) -> dict[str, Any]:
    """A list says a price from one day to another and still does; None: not offered."""
    return {
        "source_id": by,
        "known": Known.GONE if usd is None else Known.SEEN,
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": usd,
        "from_on": day(first),
        "to_on": day(last),
        "still_said": True,
        **more,
    }


OLD = claim(1.0, 10, 100)


def last_heard(*named: dict[str, Any]) -> date:
    """The last day on which the old word counts."""
    (left,) = not_outlived([OLD], named)
    assert left["still_said"] is (left["to_on"] == OLD["to_on"])
    assert {**left, "to_on": OLD["to_on"], "still_said": True} == OLD
    return left["to_on"]  # type: ignore[no-any-return] # a row


@pytest.mark.parametrize(
    ("newer", "last"),
    [
        (claim(0.5, 40, 60), 60),
        (claim(0.5, 40, 100), 100),
        (claim(0.5, 100, 100), 100),
        (claim(0.5, 11, 11), 11),
        (claim(None, 40, 60), 60),
        (claim(0.5, 40, 60, by="list-b"), 100),
        (claim(1.01, 40, 60), 100),
        (claim(0.5, 10, 60), 100),
        (claim(0.5, 0, 60), 100),
        (claim(0.5, 101, 120), 100),
    ],
    ids=[
        "overruled",
        "to its end",
        "on its last day",
        "on its second day",
        "no longer offered",
        "another list",
        "the same price",
        "begun with it",
        "begun before it",
        "begun after it",
    ],
)
def test_a_list_overrules_itself_with_what_it_says_later(newer: dict[str, Any], last: int) -> None:
    """Only itself, only with another price, only where the older word goes on."""
    assert last_heard(newer) == day(last)


def test_of_several_newer_words_the_last_one_counts() -> None:
    """The name may change its price twice before it moves on."""
    assert last_heard(claim(0.5, 40, 60), claim(0.4, 61, 80), claim(0.3, 20, 30, by="b")) == day(80)
