"""Values and intervals in the units of claims, as people say them."""

from __future__ import annotations

from typing import Any

import pytest

from questions.claims.words import interval_text, source, value_text


def side(
    value: float | None, unit: str, low: float | None, high: float | None, level: float
) -> dict[str, Any]:
    """One side of a claim."""
    return {"then_value": value, "then_low": low, "then_high": high, "then_level": level, "unit": unit}


@pytest.mark.parametrize(
    ("row", "value", "interval"),
    [
        (side(0.153, "fraction", 0.121, 0.182, 0.9), "15.3 %", "90\u00a0% interval 12.1 % to 18.2 %"),
        (side(3.55, "times", 2.86, 4.4, 1), "3.55x", "range 2.86x to 4.4x"),
        (side(2028.26, "year", 2027.4, 2031.2, 0.8), "2028.3", "80\u00a0% interval 2027.4 to 2031.2"),
        (
            side(11.0, "points a year", 8.17, 16.4, 0.9),
            "11 points a year",
            "90\u00a0% interval 8.17 to 16.4 points a year",
        ),
        (side(3e8, "users", 2e8, 4e8, 1), "300 million", "range 200 million to 400 million"),
        (side(9000.0, "views", None, None, 1), "9,000", "no interval can be given"),
        (side(107.0, "billion USD", 100.0, 114.0, 1), "$107 billion", "range $100 billion to $114 billion"),
        (side(None, "times", None, None, 1), "–", "no value can be given"),
    ],
)
def test_value_and_interval_have_their_unit_once(row: dict[str, Any], value: str, interval: str) -> None:
    """A level of 1 is a range of figures, not an interval of error; a unit in words ends the whole."""
    assert value_text(row, "then") == value
    assert interval_text(row, "then") == interval


def test_only_addresses_of_the_web_are_links() -> None:
    """What is derived from many payloads has no hash, and a source without an address no link."""
    assert source("now", "board", "https://board.example/", "c" * 64) == (
        f"- now: [board](https://board.example/), payload SHA-256 `{'c' * 64}`"
    )
    assert source("then", "facts", "file:facts.csv", None) == "- then: facts, derived from many payloads"
