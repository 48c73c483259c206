"""Verdicts where a slope is only half known, and at the figures where one ends and the next begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.results import Estimate, Interval
from analysis.trends.bend import Bend
from analysis.trends.bend_test import BendTest
from analysis.trends.slopes import Slopes
from analysis.trends.verdicts import TrendVerdict, earlier_is_told, judge, what_would_change

CLIMBING, NOT_TOLD = TrendVerdict.CLIMBING, TrendVerdict.NOT_DISTINGUISHABLE


def between(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, Interval(low, high))


def slopes(recent: Estimate, earlier: Estimate | None, difference: Estimate | None) -> Slopes:
    return Slopes(recent, earlier, difference, 100.0, None, None)


KNOWN = slopes(between(10.0, 16.0), between(9.0, 15.0), between(-4.0, 6.0))
"""A steady rise: 13 a year since, 12 before."""


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (KNOWN, TrendVerdict.STEADY),
        (replace(KNOWN, recent=Estimate(13.0)), NOT_TOLD),
        (replace(KNOWN, earlier=None), CLIMBING),
        (replace(KNOWN, earlier=Estimate(12.0)), CLIMBING),
        (replace(KNOWN, difference=None), CLIMBING),
        (replace(KNOWN, difference=Estimate(1.0)), CLIMBING),
        (replace(KNOWN, earlier=None, difference=None), CLIMBING),
        (replace(KNOWN, recent=Estimate(13.0), earlier=None), NOT_TOLD),
        (replace(KNOWN, earlier=None, recent=between(-1.0, 9.0)), NOT_TOLD),
        (replace(KNOWN, earlier=Estimate(12.0), recent=between(-9.0, -1.0)), NOT_TOLD),
    ],
)
def test_a_slope_without_its_interval_is_as_good_as_none(found: Slopes, verdict: TrendVerdict) -> None:
    """Without the recent one nothing is said, without the earlier one only whether it climbs."""
    assert judge(found, 50, 50) is verdict


@pytest.mark.parametrize(
    ("earlier", "n", "told"),
    [
        (between(9.0, 15.0), 20, True),
        (between(9.0, 15.0), 19, False),
        (between(6.0, 18.0), 20, True),
        (between(5.9, 18.1), 20, False),
        (between(-18.0, -6.0), 20, True),
        (between(-18.1, -5.9), 20, False),
        (between(-1.0, 1.0), 50, False),
        (Estimate(12.0), 50, False),
        (None, 50, False),
    ],
)
def test_an_earlier_slope_is_told_by_twenty_models_and_an_interval_no_wider_than_itself(
    earlier: Estimate | None, n: int, told: bool
) -> None:
    """The ends count: exactly twenty, and exactly as wide; a fall is told by the same rule as a rise."""
    assert earlier_is_told(earlier, n) is told


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (slopes(between(0.0, 3.9), between(9.0, 15.0), between(-14.0, -6.0)), TrendVerdict.PLATEAU),
        (slopes(between(0.0, 4.0), between(9.0, 15.0), between(-14.0, -6.0)), TrendVerdict.SLOWING),
        (slopes(between(4.1, 9.0), between(9.0, 15.0), between(-14.0, 0.0)), TrendVerdict.STEADY),
        (slopes(between(9.0, 15.0), between(9.0, 15.0), between(-6.0, 0.0)), TrendVerdict.STEADY),
        (slopes(between(9.0, 15.0), between(9.0, 15.0), between(-6.0, -0.1)), TrendVerdict.SLOWING),
        (slopes(between(9.0, 15.0), between(9.0, 15.0), between(0.0, 6.0)), TrendVerdict.STEADY),
        (slopes(between(9.0, 15.0), between(9.0, 15.0), between(0.1, 6.0)), TrendVerdict.ACCELERATING),
        (slopes(between(6.0, 18.0), between(9.0, 15.0), between(-6.0, 6.0)), TrendVerdict.STEADY),
        (slopes(between(5.9, 18.1), between(9.0, 15.0), between(-6.0, 6.0)), CLIMBING),
        (slopes(between(0.0, 10.0), between(9.0, 15.0), between(-9.0, 1.0)), NOT_TOLD),
        (slopes(between(0.1, 10.0), between(9.0, 15.0), between(-9.0, 1.0)), TrendVerdict.STEADY),
        (slopes(between(-9.0, -7.0), between(-15.0, -9.0), between(1.0, 7.0)), TrendVerdict.ACCELERATING),
        (slopes(between(-13.0, -11.0), between(-15.0, -9.0), between(-4.0, 4.0)), NOT_TOLD),
        (slopes(between(-9.0, -7.0), between(-15.0, -9.0), between(-1.0, 9.0)), NOT_TOLD),
    ],
)
def test_each_rule_ends_where_it_says(found: Slopes, verdict: TrendVerdict) -> None:
    """Surely below a third, a difference that leaves nought out, a rise told to half the earlier one."""
    assert judge(found, 50, 50) is verdict


NOTICED = BendTest(Bend(6.0, 9), 0.003, 299, Interval(6.0, 12.0))
UNNOTICED = BendTest(Bend(1.0, 9), 0.4, 40, None)
FASTER = slopes(between(16.0, 20.0), between(9.0, 15.0), between(2.0, 10.0))
SLOWER = slopes(between(6.0, 9.0), between(9.0, 15.0), between(-8.0, -1.0))


@pytest.mark.parametrize(
    ("found", "n_earlier", "bend", "verdict"),
    [
        (KNOWN, 50, NOTICED, TrendVerdict.SLOWING),
        (KNOWN, 50, UNNOTICED, TrendVerdict.STEADY),
        (KNOWN, 3, NOTICED, TrendVerdict.SLOWING),
        (KNOWN, 3, UNNOTICED, CLIMBING),
        (SLOWER, 50, None, TrendVerdict.SLOWING),
        (SLOWER, 50, UNNOTICED, CLIMBING),
        (FASTER, 50, UNNOTICED, TrendVerdict.ACCELERATING),
        (
            slopes(between(-9.0, 1.0), between(9.0, 15.0), between(-14.0, -6.0)),
            50,
            NOTICED,
            TrendVerdict.PLATEAU,
        ),
        (replace(KNOWN, recent=between(-20.0, 30.0)), 50, NOTICED, TrendVerdict.SLOWING),
        (replace(KNOWN, recent=between(-20.0, 30.0)), 50, UNNOTICED, NOT_TOLD),
    ],
)
def test_where_a_bend_was_tested_it_alone_tells_slowing(
    found: Slopes, n_earlier: int, bend: BendTest | None, verdict: TrendVerdict
) -> None:
    """It needs no earlier slope; where it sees nothing a recent rise still climbs."""
    assert judge(found, 50, n_earlier, bend=bend) is verdict


@pytest.mark.parametrize(("n_recent", "verdict"), [(20, CLIMBING), (19, NOT_TOLD)])
@pytest.mark.parametrize("low", [0.1, 0.0])
def test_climbing_takes_twenty_models_and_a_slope_above_nought(
    n_recent: int, verdict: TrendVerdict, low: float
) -> None:
    """A recent slope whose interval begins at nought may be none."""
    found = replace(KNOWN, earlier=None, recent=between(low, 9.0))
    assert judge(found, n_recent, 0) is (verdict if low else NOT_TOLD)


@pytest.mark.parametrize(
    ("verdict", "found", "n_recent", "says"),
    [
        (TrendVerdict.SATURATED, KNOWN, 5, "A harder test"),
        (NOT_TOLD, KNOWN, 19, "At least 20 models in the recent window; there are 19."),
        (NOT_TOLD, None, 20, "Enough older models"),
        (CLIMBING, replace(KNOWN, earlier=None), 20, "Enough older models"),
        (CLIMBING, KNOWN, 20, "too much at odds"),
        (NOT_TOLD, replace(KNOWN, earlier=None), 20, "Enough older models"),
        (TrendVerdict.PLATEAU, KNOWN, 20, "reaches above 4 points a year, which is a third"),
        (TrendVerdict.SLOWING, KNOWN, 20, "surely below 4 points a year, which would be a plateau"),
        (TrendVerdict.ACCELERATING, KNOWN, 20, "that holds 0."),
        (TrendVerdict.STEADY, KNOWN, 20, "that leaves 0 out; or a recent slope surely below 4 points a year"),
        (NOT_TOLD, KNOWN, 20, "More models"),
    ],
)
def test_what_would_change_a_verdict_is_said(
    verdict: TrendVerdict, found: Slopes | None, n_recent: int, says: str
) -> None:
    """One sentence for each verdict and each want, with the figure at which it would turn."""
    assert says in what_would_change(verdict, found, n_recent, 50, "points")
