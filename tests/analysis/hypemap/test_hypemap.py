"""The hype map: changes of attention, phases that may be told, and where two columns part."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy import stats

from analysis.hype.shape import HypeShape, Phase, PhaseShare, ShapeVerdict
from analysis.hypemap.change import year_on_year
from analysis.hypemap.parting import Pair, rises, widest
from analysis.hypemap.phases import MapPhase, phases
from analysis.results import Estimate, Interval
from analysis.trends.trend import frontier_trend
from analysis.trends.verdicts import TrendVerdict

COUNT = 36


def monthly(values: np.ndarray | list[float]) -> pl.DataFrame:
    first = date(2023, 1, 1)
    days = pl.date_range(first, pl.lit(first).dt.offset_by(f"{len(values) - 1}mo"), "1mo", eager=True)
    return pl.DataFrame({"valid_on": days, "value": np.asarray(values, float)})


def fitted_to(points: pl.DataFrame, curve: np.ndarray, lead: float = 20.0) -> HypeShape:
    shape = points.select("valid_on").with_columns(adoption=pl.lit(1.0), with_peak=pl.Series(curve))
    told = (PhaseShare(Phase.FALLING, 0.8), PhaseShare(Phase.IN_THE_TROUGH, 0.2))
    return HypeShape(None, lead, told, shape, points.height, None, "", ShapeVerdict.PEAK)


def test_a_season_is_no_change_and_a_doubling_is_one() -> None:
    """The same months of two years are compared."""
    season = np.tile([1.0, 2.0, 5.0, 3.0, 1.0, 1.0, 2.0, 4.0, 1.0, 1.0, 7.0, 1.0], 2)
    same = year_on_year(monthly(season))
    assert same is not None
    assert same.value == pytest.approx(1.0)
    season[12:] *= 2
    double = year_on_year(monthly(season))
    assert double is not None
    assert double.interval is not None
    assert double.value == pytest.approx(2.0)
    assert not double.interval.holds(1.0)


def test_the_interval_is_that_of_three_means_of_four_months() -> None:
    """By SciPy's interval of a mean of three, widened by 1.3, of the log ratios of twelve months."""
    values = np.random.default_rng(4).uniform(5.0, 20.0, 30)
    found = year_on_year(monthly(values))
    changes = [math.log(values[18 + month] / values[6 + month]) for month in range(12)]
    means = [sum(changes[at : at + 4]) / 4 for at in (0, 4, 8)]
    middle = sum(changes) / 12
    low, high = stats.t.interval(0.90, 2, loc=middle, scale=stats.sem(means))
    assert found is not None
    assert found.interval is not None
    assert found.value == pytest.approx(math.exp(middle))
    assert found.interval.low == pytest.approx(math.exp(middle - 1.3 * (middle - low)))
    assert found.interval.high == pytest.approx(math.exp(middle + 1.3 * (high - middle)))
    assert found.interval.level == 0.90


@pytest.mark.parametrize("gap", [0, 13])
def test_a_month_without_a_count_leaves_no_ratio(gap: int) -> None:
    """Whether nothing was counted or the month is missing."""
    points = monthly([5.0] * 24)
    nothing = points.with_columns(
        value=pl.when(pl.int_range(pl.len()) == gap).then(0.0).otherwise(pl.col("value"))
    )
    assert year_on_year(nothing) is None
    assert year_on_year(points.filter(pl.int_range(pl.len()) != gap)) is None


def test_the_interval_holds_no_change_in_nine_of_ten_worlds_without_one() -> None:
    """Months that follow their neighbours with 0.5, and no change of level."""
    rng, held, worlds = np.random.default_rng(5), 0, 400
    for _ in range(worlds):
        noise = rng.standard_normal(60)
        for place in range(1, 60):
            noise[place] += 0.5 * noise[place - 1]
        found = year_on_year(monthly(np.exp(0.2 * noise[-24:])))
        assert found is not None
        assert found.interval is not None
        held += found.interval.holds(1.0)
    assert held / worlds > 0.88


def test_phases_are_shares_of_one_whole() -> None:
    """The Akaike weight of the peak divides what is told from what is not."""
    points = monthly(np.arange(1.0, COUNT + 1))
    sides = np.where(np.arange(COUNT) % 2, 0.5, -0.5)
    found = phases(points, fitted_to(points, points["value"].to_numpy() + sides, lead=0.0))
    assert dict(found.shares) == {
        MapPhase.CANNOT_BE_TOLD: pytest.approx(0.5),
        MapPhase.FALLING: pytest.approx(0.4),
        MapPhase.TROUGH: pytest.approx(0.1),
    }


def test_no_phase_is_told_that_the_data_do_not_bear() -> None:
    """Too few months with a count, no established peak, or an end that the curve misses."""
    points = monthly(np.arange(1.0, COUNT + 1))
    shape = fitted_to(points, points["value"].to_numpy())
    sparse = points.with_columns(
        value=pl.when(pl.int_range(pl.len()) < 20).then(pl.col("value")).otherwise(0.0)
    )
    for rows, fit, why in (
        (points, replace(shape, phases=(), verdict=ShapeVerdict.END_MISSED), "one side"),
        (points, replace(shape, phases=()), "plain growth"),
        (points, replace(shape, phases=(), verdict=ShapeVerdict.NO_FALL), "does not fall"),
        (sparse, shape, "20 months in which something was counted"),
        (points.head(0), None, "0 months"),
    ):
        found = phases(rows, fit)
        assert found.shares == ((MapPhase.CANNOT_BE_TOLD, 1.0),)
        assert why in found.why
        assert not found.are_told


def test_a_parting_that_is_told_comes_before_a_wider_one_that_is_not() -> None:
    """Attention that falls while capability rises, or rises while it stands."""

    def pair(name: str, value: float, low: float, high: float, rises: bool | None) -> Pair:
        return Pair(name, Estimate(value, Interval(low, high)), rises)

    sure = pair("sure", 0.8, 0.7, 0.9, True)
    wide = pair("wide", 0.2, 0.01, 4.0, True)
    agree = pair("agree", 3.0, 2.0, 4.0, True)
    stands = pair("stands", 3.0, 2.0, 4.0, False)
    untold = pair("untold", 0.1, 0.05, 0.2, None)
    assert widest([sure, wide, agree, untold]) is sure
    assert widest([wide, agree]) is wide
    assert widest([sure, stands]) is stands
    assert not agree.is_told
    assert widest([untold]) is None


def test_only_a_slope_surely_above_nought_rises() -> None:
    """A frontier that slowed may have stopped; a plateau stands, and the end of a test says nothing."""
    rng = np.random.default_rng(3)
    days = pl.date_range(date(2024, 1, 1), date(2025, 12, 31), "10d", eager=True)
    models = pl.DataFrame(
        {
            "model_id": [f"model-{place}" for place in range(len(days))],
            "organization": pl.Series([None] * len(days), dtype=pl.String),
            "released_on": days,
            "value": np.linspace(100.0, 140.0, len(days)) + rng.standard_normal(len(days)),
        }
    )
    trend = frontier_trend(models, date(2025, 12, 31), draws=100)
    assert rises(trend) is True
    assert rises(replace(trend, verdict=TrendVerdict.SLOWING)) is True
    assert rises(replace(trend, verdict=TrendVerdict.SLOWING, n_recent=19)) is None
    assert rises(replace(trend, verdict=TrendVerdict.NOT_DISTINGUISHABLE)) is None
    assert rises(replace(trend, verdict=TrendVerdict.PLATEAU)) is False
    assert rises(replace(trend, verdict=TrendVerdict.SATURATED)) is None
