"""Values and intervals in the units of claims, as people say them."""

from __future__ import annotations

from typing import Any

import pytest

from questions.claims.one_claim import models_named
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
        (side(3.56, "times", 2.86, 4.4, 1), "3.6x", "Range 2.9x to 4.4x"),
        (
            side(2028.26, "year", 2027.4, 2031.2, 0.8),
            "early 2028",
            "80\u00a0% interval mid-2027 to early 2031",
        ),
        (
            side(11.0, "points a year", 8.17, 16.4, 0.9),
            "11 points a year",
            "90\u00a0% interval 8.2 to 16 points a year",
        ),
        (side(3e8, "users", 2e8, 4e8, 1), "300 million", "Range 200 million to 400 million"),
        (side(9000.0, "views", None, None, 1), "9,000", "No interval can be given"),
        (side(107.0, "billion USD", 100.0, 114.0, 1), "$107 billion", "Range $100 billion to $114 billion"),
        (side(None, "times", None, None, 1), "–", "No value can be given"),
    ],
)
def test_value_and_interval_have_their_unit_once(row: dict[str, Any], value: str, interval: str) -> None:
    """A level of 1 is a range of figures, not an interval of error; a unit in words ends the whole."""
    assert value_text(row, "then") == value
    assert interval_text(row, "then") == interval


def test_only_addresses_of_the_web_are_links() -> None:
    """What is computed from many payloads has no hash, and a source without an address no link."""
    assert source("now", "board", "https://board.example/", "c" * 64) == (
        f"- now: [board](https://board.example/), payload `{'c' * 12}`"
    )
    assert source("then", "facts", "file:facts.csv", None) == "- then: facts, computed from many payloads"


@pytest.mark.parametrize(
    ("statement", "models"),
    [
        ("QwQ, an open model, follows close behind o1.", ("qwq-32b-preview", "o1-2024-12-17")),
        ("o1 costs 4x more per token than Claude Sonnet.", ("o1-2024-12-17", "claude-3-5-sonnet-20241022")),
        ("Claude's computer use succeeds on 15 % of real tasks.", ()),
    ],
)
def test_a_claim_leads_to_the_models_that_it_names(statement: str, models: tuple[str, ...]) -> None:
    """In the order in which it names them; Claude alone is no model."""
    assert models_named(statement) == models
