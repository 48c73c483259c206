"""Values and intervals in the units of claims, as people say them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.claims.one_claim import models_named
from questions.claims.words import (
    amount,
    basis,
    caveat,
    counts,
    first_line,
    interval_text,
    rests_on,
    source,
    value_text,
)


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


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("held",), "1 held"),
        (("did not hold", "held", "held"), "2 held and 1 did not hold"),
        (("cannot be told", "partly", "held"), "1 held, 1 held partly and 1 cannot be told"),
    ],
)
def test_verdicts_are_counted_the_decided_ones_first(verdicts: tuple[str, ...], said: str) -> None:
    """Only those that some claim has."""
    assert counts(pl.DataFrame({"verdict": verdicts})) == said


@pytest.mark.parametrize(
    ("newest", "until", "rests"),
    [
        (date(2026, 1, 1), "1 January 2026", "each claim, the newest figure of 1 January 2026. A claim"),
        (date(2026, 9, 1), "1 August 2026", "each claim, the newest figure of 1 September 2026. A claim"),
        (None, "1 August 2026", "each claim. A claim"),
    ],
)
def test_figures_reach_to_the_newest_or_to_the_day_asked_for(
    newest: date | None, until: str, rests: str
) -> None:
    """Never beyond that day."""
    types = {"now_observed_on": pl.Date}
    claims = pl.DataFrame({"verdict": ["held"], "now_observed_on": [newest]}, schema_overrides=types)
    assert first_line(claims, date(2026, 8, 1)).startswith(f"By figures up to {until}, of 1 claims")
    assert rests in rests_on(claims)


def test_only_claims_read_from_later_figures_are_in_the_caveat() -> None:
    """Nothing is said where there are none."""
    claims = pl.DataFrame({"then_reading": ["released", "known"]})
    assert caveat(claims).startswith("For 1 of them December 2024 is read from what had been released")
    assert caveat(claims.tail(1)) == ""


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(1e6, "users", "1 million"), (999_999.0, "views", "999,999"), (0.5, "fraction", "50 %")],
)
def test_amounts_are_millions_from_a_million_on(value: float, unit: str, said: str) -> None:
    """Below they are written out."""
    assert amount(value, unit) == said


@pytest.mark.parametrize(
    ("side_of", "reading", "observed", "said"),
    [
        (
            "then",
            "released",
            date(2024, 10, 22),
            "n = 1,200, newest figure of 22 October 2024, by what had been "
            "released or dated by then, observed later",
        ),
        ("then", "known", None, "n = 1,200"),
        ("now", "released", date(2024, 10, 22), "n = 1,200, newest figure of 22 October 2024"),
    ],
)
def test_a_side_says_on_how_many_figures_it_stands(
    side_of: str, reading: str, observed: date | None, said: str
) -> None:
    """Their day where it is known; how it was read only of the past."""
    row = {f"{name}_n": 1200 for name in ("then", "now")} | {f"{side_of}_observed_on": observed}
    assert basis(row | {"then_reading": reading}, side_of) == said


@pytest.mark.parametrize(("low", "high"), [(None, 2.0), (1.0, None)])
def test_half_an_interval_is_none(low: float | None, high: float | None) -> None:
    """It is said that none can be given."""
    assert interval_text(side(1.5, "times", low, high, 0.9), "then") == "No interval can be given"


def test_a_source_without_any_address_is_no_link() -> None:
    """Its title stands there."""
    assert source("then", "facts", None, None) == "- then: facts, computed from many payloads"
