"""What is said of the test of a bend: what it finds, what it would have noticed, and why that is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.results import Interval
from analysis.trends.bend import Bend
from analysis.trends.bend_test import BendTest
from analysis.trends.power import HALVING, NO_CHANGE, STOP
from analysis.trends.verdicts import TrendVerdict
from questions.trends.power_words import knot_text, of_bend, of_power, power_briefly, power_untold
from tests.questions.one_trend import TREND

END = date(2026, 7, 16)
POWER = pl.DataFrame(
    {
        "change": [STOP, STOP, HALVING, HALVING],
        "months": [12, 6, 12, 6],
        "noticed": [0.995, 0.86, 0.94, 0.41],
        "worlds": [150, 150, 150, 150],
        "models": [230, 230, 230, 230],
    }
)
TOLD = (
    "**Power.** Had progress stopped on 16 July 2025, a year before these data end, this test would have "
    "noticed with probability more than 99\u00a0%; had it stopped on 16 January 2026, with 86\u00a0%. Had "
    "the "
    "pace halved on those days, with 94\u00a0% and 41\u00a0%."
)
FROM = (
    "From 150 simulated worlds with the release dates and the shortfalls of the 230 models to 16 July 2026."
)


def test_power_is_told_of_a_stop_and_of_half_the_pace() -> None:
    """A year and half a year before the data end, each with its day and its probability."""
    assert of_power(POWER, END) == f"{TOLD} {FROM}"


def test_looks_every_month_are_told_where_they_were_simulated() -> None:
    """Whoever looks often notices less of the stop of half a year ago."""
    monthly = POWER.with_columns(noticed_monthly=pl.Series([0.9, 0.43, 0.8, 0.2]))
    assert of_power(monthly, END) == (
        f"{TOLD} Whoever looks every month and wants at most 5\u00a0% false alarms a year notices the stop "
        f"of "
        f"half a year ago with 43\u00a0%. {FROM}"
    )


def test_false_alarms_are_told_where_straight_lines_were_simulated() -> None:
    """How often a straight line would have been called slower."""
    straight = POWER.head(1).with_columns(
        change=pl.lit(NO_CHANGE), months=pl.lit(0, pl.Int64), noticed=pl.lit(0.07)
    )
    assert of_power(pl.concat([POWER, straight]), END) == (
        f"{TOLD} It would have called 7\u00a0% of straight lines slower, wrongly. {FROM}"
    )


def test_a_frontier_that_does_not_rise_cannot_stop() -> None:
    """Without simulated worlds that is said, and nothing stands where there is room for a few words only."""
    assert "there is no rise of which a stop could be noticed" in of_power(POWER.clear(), END)
    assert power_briefly(POWER.clear()) == ""
    assert power_briefly(POWER) == (
        "a stop a year before these data end would have been noticed with more than 99\u00a0%"
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verdict": TrendVerdict.SATURATED}, "A test that is used up can notice no stop of AI."),
        ({"n_recent": 1}, "1 recent model is too few to notice a stop: none could have been seen here."),
        ({"n_recent": 19}, "19 recent models are too few to notice a stop: none could have been seen here."),
        ({"slopes": None, "n_recent": 20}, "20 recent models are too few to notice a stop"),
        ({"n_recent": 20}, "None: in these windows the earlier slope is not told"),
    ],
    ids=["used up", "one model", "nineteen", "no slope", "nothing to compare with"],
)
def test_where_no_power_is_told_the_reason_is(changed: dict[str, object], said: str) -> None:
    """Used up, too few recent models, or no earlier slope: twenty recent models are enough."""
    assert power_untold(replace(TREND, **changed)).startswith(f"**Power.** {said}")  # type: ignore[arg-type]


def bend(p_value: float, months_ago: int | None = 9, knot: Interval | None = None) -> BendTest:
    """A test of a bend with this outcome."""
    return BendTest(Bend(0.1, months_ago), p_value, 299, knot)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            bend(0.05, knot=Interval(6.0, 12.0)),
            "The frontier bends downwards 6 to 12 months before the data end: of straight lines with these "
            "dates and this scatter at most 5\u00a0% bend as much.",
        ),
        (
            bend(0.06),
            "No bend downwards is found: of straight lines with these dates and this scatter 6\u00a0% bend "
            "as much by chance; 5\u00a0% or fewer would count.",
        ),
        (bend(1.0, None), "No line that bends downwards fits better than a straight one."),
    ],
    ids=["noticed", "chance", "no bend fits"],
)
def test_the_test_of_a_bend_is_told_with_its_chance(found: BendTest, said: str) -> None:
    """From 5 % on, that included, a bend is found."""
    assert of_bend(found) == f"**Test of a bend.** {said}"


@pytest.mark.parametrize(
    ("knot", "said"),
    [(None, "9 months"), (Interval(6.0, 6.0), "6 months"), (Interval(6.0, 12.0), "6 to 12 months")],
)
def test_a_knot_is_told_by_its_interval(knot: Interval | None, said: str) -> None:
    """One number where both ends are the same, that of the best bend where there is no interval."""
    assert knot_text(bend(0.01, knot=knot)) == said
