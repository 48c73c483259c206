"""Simulated worlds and their slopes, rule by rule, without simulating one."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.bend import Bend
from analysis.trends.bend_test import BendTest, scatter_of
from analysis.trends.horizon import DoublingVerdict, record_doubling_time
from analysis.trends.next_year import PastSlope, next_year
from analysis.trends.simulation import (
    BEND_THRESHOLD,
    EXPONENTIAL,
    HALVING,
    LINE,
    SLOPE,
    STOPS,
    TENTHS,
    Scenario,
    World,
    calibration,
    factor_for_coverage,
    with_factor,
)
from analysis.trends.slopes import INTERVAL_FACTOR, Slopes, _estimate, frontier_slopes, knot_design
from analysis.trends.verdicts import TrendVerdict


@pytest.mark.parametrize(
    ("scenario", "slopes", "at_knot"),
    [
        (LINE, (SLOPE, SLOPE), True),
        (HALVING, (SLOPE, SLOPE / 2), True),
        (STOPS[18], (SLOPE, 0.0), True),
        (STOPS[6], (SLOPE, SLOPE * 2 / 3), False),
        (STOPS[24], (SLOPE * 0.75, 0.0), False),
        (TENTHS[18], (SLOPE, SLOPE / 10), True),
        (Scenario("faster", 2.0, 18.0), (SLOPE, 2 * SLOPE), True),
    ],
)
def test_a_scenario_has_its_slopes_in_both_windows(
    scenario: Scenario, slopes: tuple[float, float], at_knot: bool
) -> None:
    """Means over two years and over a year and a half; only a bend at the knot can be followed."""
    assert scenario.slopes == pytest.approx(slopes)
    assert scenario.bends_at_the_knot is at_knot


def test_an_exponential_doubles_its_slope_in_two_years_and_passes_the_usual_one_at_the_knot() -> None:
    """By small steps of the frontier."""
    at = np.array([-3.5, -1.5, 0.5])
    rise = (EXPONENTIAL.frontier(at + 1e-5) - EXPONENTIAL.frontier(at - 1e-5)) / 2e-5
    assert rise.tolist() == pytest.approx([SLOPE / 2, SLOPE, SLOPE * 2], rel=1e-6)
    assert EXPONENTIAL.bends_at_the_knot
    assert STOPS[12].frontier(np.array([-2.0, -1.0, 0.0])).tolist() == pytest.approx([-SLOPE, 0.0, 0.0])


def estimate(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, Interval(low, high))


def world(recent: tuple[float, float], gain: float = 0.0, earlier: bool = True) -> World:
    """Slopes with their intervals: an earlier one of about the usual pace."""
    before = estimate(SLOPE - 2, SLOPE + 2) if earlier else None
    difference = estimate(recent[0] - SLOPE, recent[1] - SLOPE) if earlier else None
    return World(Slopes(estimate(*recent), before, difference, 100.0, None, None), 50, 50, Bend(gain, 9))


def test_coverage_and_verdicts_are_shares_of_worlds() -> None:
    """Of four worlds two intervals hold the pace; a bend above the threshold is a slow-down."""
    worlds = [
        world((SLOPE - 2, SLOPE + 2)),
        world((SLOPE - 1, SLOPE + 1)),
        world((SLOPE - 9, SLOPE - 1), gain=BEND_THRESHOLD + 0.01),
        world((SLOPE + 1, SLOPE + 9), gain=BEND_THRESHOLD),
    ]
    found = calibration(LINE, worlds, 1.0)
    assert (found.recent_coverage, found.earlier_coverage, found.difference_coverage) == (0.5, 1.0, 0.5)
    assert found.shares[TrendVerdict.SLOWING] == 0.25
    assert found.shares[TrendVerdict.ACCELERATING] == 0.25
    assert found.shares[TrendVerdict.STEADY] == 0.5
    assert sum(found.shares.values()) == pytest.approx(1.0)
    assert (found.worlds, found.factor) == (4, 1.0)
    wider = calibration(LINE, worlds, 1.26)
    assert wider.recent_coverage == 1.0
    elsewhere = calibration(STOPS[6], worlds, 1.0)
    assert (elsewhere.recent_coverage, elsewhere.earlier_coverage) == (None, None)
    bare = calibration(LINE, [world((SLOPE - 1, SLOPE + 1), earlier=False)], 1.0)
    assert (bare.recent_coverage, bare.earlier_coverage) == (1.0, None)
    plateau = replace(found, shares={**found.shares, TrendVerdict.PLATEAU: 0.2}, worlds=100)
    assert plateau.plateau_error == pytest.approx(0.04)


def test_the_factor_is_the_quantile_of_what_each_interval_would_need() -> None:
    """|truth - middle| over the half-width of all three intervals of all worlds."""
    worlds = [world((SLOPE - 4, SLOPE + 2)), world((SLOPE + 1, SLOPE + 3)), world((5.0, 6.0), earlier=False)]
    needed = [1 / 3, 0.0, 1 / 3, 2.0, 0.0, 2.0, abs(SLOPE - 5.5) / 0.5]
    assert factor_for_coverage(LINE, worlds) == pytest.approx(float(np.quantile(needed, 0.9)))
    assert factor_for_coverage(LINE, worlds, 0.5) == pytest.approx(1 / 3)


def test_a_factor_scales_each_interval_about_its_middle() -> None:
    """What has no interval, or is not there, stays so."""
    slopes = Slopes(estimate(1.0, 3.0), None, Estimate(5.0), 7.0, Interval(0.0, 1.0), None)
    found = with_factor(slopes, 2.0)
    assert found.recent == Estimate(2.0, Interval(0.0, 4.0))
    assert (found.earlier, found.difference, found.level_at_knot) == (None, Estimate(5.0), 7.0)
    assert found.recent_percentile == Interval(0.0, 1.0)


@pytest.mark.parametrize(("solved", "told"), [(9, True), (8, False), (0, False)])
def test_an_interval_takes_nine_in_ten_draws(solved: int, told: bool) -> None:
    """Without them the slope stands alone."""
    drawn = np.array([5.0, *([5.0] * solved), *([np.nan] * (10 - solved))])
    found, plain = _estimate(drawn, 1.0)
    assert found.value == 5.0
    assert (found.interval is not None) is (plain is not None) is told
    assert _estimate(np.array([5.0]), 1.0) == (Estimate(5.0), None)


def test_the_interval_is_drawn_in_by_what_the_simulation_found() -> None:
    """Eight hundredths of the half-width; the plain percentiles stand beside it."""
    drawn = np.concatenate([[50.0], np.arange(101.0)])
    found, plain = _estimate(drawn, INTERVAL_FACTOR)
    assert plain == Interval(5.0, 95.0, 0.9)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((50 - 45 * 0.92, 50 + 45 * 0.92))


def test_slopes_on_both_sides_of_a_knot_are_those_of_an_exact_frontier() -> None:
    """One line alone where no model is older than the knot; without draws no interval."""
    since = np.linspace(-2.0, 1.5, 36)
    values = 100 + np.where(since < 0, 4.0, 9.0) * since
    found = frontier_slopes(since, values, np.ones((3, 36)))
    assert found.earlier is not None and found.difference is not None
    assert (found.recent.value, found.earlier.value) == pytest.approx((9.0, 4.0))
    assert (found.difference.value, found.level_at_knot) == pytest.approx((5.0, 100.0))
    assert found.recent.interval is not None
    young = frontier_slopes(since[since >= 0], values[since >= 0], np.empty((0, int((since >= 0).sum()))))
    assert (young.earlier, young.difference, young.recent.interval) == (None, None, None)
    assert (young.recent.value, young.level_at_knot) == pytest.approx((9.0, 100.0))
    assert knot_design(np.array([-1.0, 0.0, 2.0])).tolist() == [[1, -1, 0], [1, 0, 0], [1, 0, 2]]


@pytest.mark.parametrize(("p_value", "noticed"), [(0.05, True), (0.0501, False)])
def test_one_look_has_five_percent_false_alarms(p_value: float, noticed: bool) -> None:
    """Just as many are few enough."""
    assert BendTest(Bend(1.0, 6), p_value, 299, None).is_noticed is noticed


def test_makers_of_fewer_than_five_models_share_their_shortfalls() -> None:
    """Five have their own; the line is the 0.9 quantile, and a world adds a bend and nothing else."""
    since = np.linspace(-3.0, 0.0, 24)
    makers = ["a"] * 5 + ["b"] * 4 + ["c"] * 3 + ["d"] * 12
    short = np.r_[np.zeros(5), np.full(4, 1.0), np.full(3, 2.0), np.zeros(12)]
    found = scatter_of(since, 100 + 5 * since - short, makers)
    assert sorted(len(group) for group in found.groups) == [5, 7, 12]
    assert (found.level, found.slope) == pytest.approx((100.0, 5.0))
    assert found.shortfalls.tolist() == pytest.approx((-short).tolist())
    plain = found.worlds(3, np.random.default_rng(1))
    bent = found.worlds(3, np.random.default_rng(1), np.full(24, 7.0))
    assert bent - plain == pytest.approx(np.full((3, 24), 7.0))
    assert plain[:, :5] == pytest.approx(np.tile(100 + 5 * since[:5], (3, 1)))


def horizons(*rows: tuple[int, float]) -> pl.DataFrame:
    """Days since the first of January 2023 and minutes."""
    days = [date(2023, 1, 1) + timedelta(days=at) for at, _ in rows]
    return pl.DataFrame({"released_on": days, "value": [value for _, value in rows]})


@pytest.mark.parametrize(
    ("rows", "n", "verdict"),
    [
        ([(0, 1.0), (100, 2.0), (200, 4.0), (300, 8.0)], 4, DoublingVerdict.GROWING),
        ([(0, 1.0), (100, 2.0), (200, 4.0)], 3, DoublingVerdict.CANNOT_BE_TOLD),
        ([(-1, 1.0), (0, 2.0), (100, 4.0), (200, 8.0)], 3, DoublingVerdict.CANNOT_BE_TOLD),
        ([(0, 1.0), (100, 2.0), (150, 2.0), (200, 4.0), (300, 8.0)], 4, DoublingVerdict.GROWING),
        ([(0, 1.0), (100, 2.0), (100, 3.0), (200, 6.0), (300, 9.0)], 4, DoublingVerdict.GROWING),
    ],
)
def test_four_records_since_2023_have_a_doubling_time(
    rows: list[tuple[int, float]], n: int, verdict: DoublingVerdict
) -> None:
    """The first day of 2023 counts; an equal horizon is no record, and of one day only the best is."""
    found = record_doubling_time(horizons(*rows))
    assert (found.n, found.verdict) == (n, verdict)
    assert found.window is not None
    assert found.window.end == date(2023, 1, 1) + timedelta(days=rows[-1][0])
    assert record_doubling_time(horizons((0, 1.0)).clear()).window is None


@pytest.mark.parametrize(
    ("misses", "reach"),
    [
        ([1.0] * 12 + [2.0] * 12, 2.0),
        ([float(block) for block in range(1, 10) for _ in range(12)], 9.0),
        ([float(block) for block in range(1, 20) for _ in range(12)], 18.0),
        ([float(block) for block in range(1, 11) for _ in range(12)], 10.0),
    ],
)
def test_the_reach_is_what_nine_in_ten_further_blocks_do_not_exceed(
    misses: list[float], reach: float
) -> None:
    """The ceil(0.9 (k + 1))-th of k largest misses, the largest of few; days in any order."""
    first = date(2000, 1, 15)
    past = [
        PastSlope(date(first.year + at // 12, at % 12 + 1, 15), 0.0, miss * (-1) ** at)
        for at, miss in enumerate(misses)
    ]
    told = next_year(0.0, past[::-1])
    assert told is not None and told.forecast.interval is not None
    assert told.forecast.interval.high == reach
    assert math.isclose(told.forecast.interval.low, -reach)
    blocks = len(misses) // 12
    assert (told.blocks, told.whole_blocks, told.judged) == (blocks, blocks, len(misses))
    assert told.forecast.interval.level == pytest.approx(min(0.9, blocks / (blocks + 1)))
