"""Axes carry real units."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.parts.axes import (
    change_axis,
    dollar_axis,
    dollars,
    duration_axis,
    factor_label,
    gridlines,
    in_gridlines,
    money,
    score_axis,
    score_text,
)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0"),
        (0.05, "$0.05"),
        (0.004, "$0.004"),
        (0.00002, "$0.00002"),
        (0.000000314, "$0.0000003"),
        (1.25, "$1.25"),
        (15, "$15"),
        (67.5, "$67.50"),
        (1200, "$1,200"),
    ],
)
def test_amounts_read_like_price_tags(amount: float, text: str) -> None:
    """Dollars have two decimals or none, small amounts one digit that says something."""
    assert dollars(amount) == text


@given(st.floats(1e-12, 1e12))
def test_no_amount_is_a_power_of_ten(amount: float) -> None:
    """Nobody reads $2e-05: amounts of any size stand in plain digits, and never become nothing."""
    for text in (dollars(amount), money(amount), money(-amount)):
        assert re.fullmatch(r"-?\$[\d,]+(\.\d+)?", text)
        assert re.search(r"[1-9]", text)


def test_a_logarithmic_dollar_axis_has_one_gridline_per_power_of_ten() -> None:
    """Ticks are 0.10, 1, 10 dollars and so on; cheaper is on the left, never reversed."""
    axis = dollar_axis([0.2, 30.0], log=True, title="USD")
    assert axis["ticktext"] == ["$1", "$10"]
    assert dollar_axis([0.1, 100.0], log=True, title="USD")["ticktext"] == ["$0.10", "$1", "$10", "$100"]
    low, high = axis["range"]
    assert low < math.log10(0.2) < math.log10(30.0) < high


@pytest.mark.parametrize(
    "prices", [[2.0], [5.6, 6.4], [1.25, 10.0], [0.9, 1.1], [3.0, 40.0], [0.0001, 0.00012]]
)
def test_a_logarithmic_axis_says_two_amounts_at_least(prices: list[float]) -> None:
    """One label tells no scale; what stands between powers of ten is not said to be a power of ten."""
    axis = dollar_axis(prices, log=True, title="USD")
    low, high = axis["range"]
    shown = [line for line in axis["tickvals"] if low <= math.log10(line) <= high]
    assert len(shown) >= 2
    assert len(set(axis["ticktext"])) == len(axis["tickvals"])
    powers = all(math.log10(line).is_integer() for line in shown)
    assert ("10x" in in_gridlines(prices)) == powers


def test_gridlines_stand_within_the_axis() -> None:
    """Also where there is hardly any room."""
    assert gridlines(0.0, 2.0) == [1.0, 10.0, 100.0]
    assert all(1.31 <= line <= 1.4 for line in gridlines(math.log10(1.31), math.log10(1.4)))
    assert len(gridlines(math.log10(1.31), math.log10(1.4))) >= 2


def test_zero_has_no_place_on_a_logarithmic_axis() -> None:
    """A zero does not stretch the axis; with nothing above zero the axis is linear."""
    assert (
        dollar_axis([0.0, 1.0], log=True, title="USD")["range"]
        == dollar_axis([1.0], log=True, title="USD")["range"]
    )
    assert dollar_axis([0.0], log=True, title="USD")["type"] == "linear"


def test_durations_have_the_ticks_that_people_know() -> None:
    """An axis of minutes says 1 min, 1 h, 1 day, not 60 and 1440."""
    axis = duration_axis([0.5, 2000.0], log=True, title="horizon")
    assert {"1 min", "1 h", "1 day"} <= set(axis["ticktext"])
    assert len(duration_axis([5.0, 7.0], log=True, title="horizon")["tickvals"]) >= 2


@pytest.mark.parametrize(
    ("score", "unit", "text"),
    [
        (0.33, "fraction", "33.0\u00a0%"),
        (161.77, "points", "161.8 points"),
        (90, "minutes", "90 min"),
        (150, "minutes", "2.5 h"),
        (12.5, "usd", "$12.50"),
    ],
)
def test_scores_are_told_with_their_unit(score: float, unit: str, text: str) -> None:
    """A score in words names its unit."""
    assert score_text(score, unit) == text


def test_fractions_are_shown_as_percent() -> None:
    """The axis of a bounded score shows percent."""
    ticks = score_axis("fraction", "GPQA", 0.0, 1.05)
    assert ticks["ticktext"][:2] == ["0\u00a0%", "10\u00a0%"]
    assert ticks["tickvals"][-1] == 1.0


def test_no_change_has_no_sign() -> None:
    """Ticks of a change carry their sign, but zero is plain."""
    axis = change_axis(-0.3, 0.45, "change")
    assert axis["ticktext"] == ["−20\u00a0%", "0\u00a0%", "+20\u00a0%", "+40\u00a0%"]


@pytest.mark.parametrize(
    ("times", "text"), [(26.3, "26x"), (4.42, "4.4x"), (5.0, "5x"), (0.25, "0.25x"), (429.0, "429x")]
)
def test_a_factor_has_its_number_first(times: float, text: str) -> None:
    """Two digits that mean something, also below one."""
    assert factor_label(times) == text
