"""Intervals of scores from several boards, brought to 90 %."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.numeric.noise import with_interval

SCHEMA = {
    "score": pl.Float64,
    "unit": pl.String,
    "stderr": pl.Float64,
    "stderr_known": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "stated_reach": pl.Float64,
}
Ends = tuple[float | None, float | None]


def ends(score: float, unit: str, *errors: float | None, stated_reach: float = 1.9599640) -> Ends:
    """Low and high of one score by its stated and known error and its stated ends."""
    rows = pl.DataFrame([(score, unit, *errors, stated_reach)], SCHEMA, orient="row")
    found = with_interval(rows, "score", 0.9)
    return found.select("low", "high").row(0)


def test_an_error_reaches_as_far_as_on_other_pages() -> None:
    """1.645 standard errors to each side; one known from an earlier board counts where none is stated."""
    assert ends(1620.0, "points", 4.9, 4.9, None, None) == pytest.approx((1611.94, 1628.06), abs=0.01)
    assert ends(1620.0, "points", None, 4.9, None, None) == pytest.approx((1611.94, 1628.06), abs=0.01)


def test_a_stated_interval_of_95_percent_shrinks_each_side_by_itself() -> None:
    """By the same part of its length; half an interval is none."""
    part = 1.6448536 / 1.9599640
    wanted = (90 - 30 * part, 90 + 60 * part)
    assert ends(90.0, "points", None, 20.0, 60.0, 150.0) == pytest.approx(wanted)
    assert ends(90.0, "points", None, None, 60.0, None) == (pytest.approx(wanted[0]), None)


def test_that_of_a_horizon_shrinks_by_its_logarithm() -> None:
    """Time horizons spread by factors; one that begins at nothing has no logarithm."""
    part = 1.6448536 / 1.9599640
    wanted = (90 * (60 / 90) ** part, 90 * (150 / 90) ** part)
    assert ends(90.0, "minutes", None, 20.0, 60.0, 150.0) == pytest.approx(wanted)
    assert ends(90.0, "minutes", None, 20.0, 0.0, 150.0)[0] == pytest.approx(90 - 90 * part)


def test_a_stated_interval_of_90_percent_stands() -> None:
    """As that of the published index, whose bounds are 1.645 errors away."""
    wanted = (pytest.approx(148.0), pytest.approx(153.0))
    assert ends(150.0, "points", None, 1.5, 148.0, 153.0, stated_reach=1.6448536) == wanted


def test_the_error_that_is_known_is_the_error() -> None:
    """For all that asks whether two scores can be told apart; what it was made of is gone."""
    rows = pl.DataFrame([(0.5, "fraction", None, 0.02, 0.46, 0.54, 1.96)], SCHEMA, orient="row")
    found = with_interval(rows, "score", 0.9)
    assert found["stderr"].to_list() == [0.02]
    assert found.columns == ["score", "unit", "stderr", "low", "high"]


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
