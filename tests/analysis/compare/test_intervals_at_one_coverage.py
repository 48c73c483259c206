"""Intervals of scores from several boards, brought to 90 %."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.compare.intervals import at_one_coverage

SCHEMA = {
    "score": pl.Float64,
    "unit": pl.String,
    "stderr": pl.Float64,
    "stderr_known": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
Ends = tuple[float | None, float | None]


def ends(score: float, unit: str, *errors: float | None) -> Ends:
    """Low and high of one score by its stated and known error and its stated ends."""
    found = at_one_coverage(pl.DataFrame([(score, unit, *errors)], SCHEMA, orient="row"), 0.9)
    return found.select("low", "high").row(0)


def test_an_error_reaches_as_far_as_on_other_pages() -> None:
    """1.645 standard errors to each side; one known from an earlier board counts where none is stated."""
    assert ends(1620.0, "points", 4.9, 4.9, None, None) == pytest.approx((1611.94, 1628.06), abs=0.01)
    assert ends(1620.0, "points", None, 4.9, None, None) == pytest.approx((1611.94, 1628.06), abs=0.01)


def test_a_stated_interval_of_95_percent_shrinks_each_side_by_itself() -> None:
    """By the same part of its length; half an interval is none."""
    part = 1.6448536 / 1.9599640
    wanted = (90 - 30 * part, 90 + 60 * part)
    assert ends(90.0, "minutes", None, 20.0, 60.0, 150.0) == pytest.approx(wanted)
    assert ends(90.0, "minutes", None, None, 60.0, None) == (pytest.approx(wanted[0]), None)


def test_ends_that_are_one_error_away_are_no_interval() -> None:
    """Some boards state bars of one standard error: the error counts."""
    assert ends(0.2, "fraction", 0.01, 0.01, 0.19, 0.21) == pytest.approx((0.18355, 0.21645), abs=1e-5)


def test_a_share_stays_between_none_and_all() -> None:
    """Points may pass one."""
    assert ends(0.997, "fraction", 0.003, 0.003, None, None)[1] == 1.0
    assert ends(0.003, "fraction", 0.003, 0.003, None, None)[0] == 0.0
    assert ends(0.997, "points", 0.003, 0.003, None, None)[1] == pytest.approx(1.00193, abs=1e-5)


@pytest.mark.parametrize("error", [None, 0.0])
def test_without_an_error_there_is_no_interval(error: float | None) -> None:
    """Nor of an error of zero, which only its formula gives."""
    assert ends(1.0, "fraction", error, error, None, None) == (None, None)
