"""Simulated worlds whose frontier is known: how often each verdict is right, and what the intervals cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.bootstrap import model_weights
from analysis.results import Estimate, Floats, Interval
from analysis.trends.bend import Bend, downward_bend
from analysis.trends.bend_test import BendTest
from analysis.trends.slopes import Slopes, frontier_slopes
from analysis.trends.verdicts import TrendVerdict, judge

MODELS_A_YEAR = 48
RECENT_YEARS = 1.5
EARLIER_YEARS = 2.0
SLOPE = 14.2
"""Points a year of the capability index before anything changes (that of 2023 to 2026)."""

BEND_THRESHOLD = 3.2678
"""Gain of a downward bend that 5 % of 1,000 straight lines in such worlds exceed; a real series is judged
among lines with its own dates (analysis/trends/bend_test.py).
"""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A frontier with slope `SLOPE` that changes to `share` of it `months_ago` months before today.

    `doubling_years` instead lets the slope double in that time, all along, passing `SLOPE` at the knot.
    """

    name: str
    share: float = 1.0
    months_ago: float = 18.0
    doubling_years: float | None = None

    def frontier(self, since_today: Floats) -> Floats:
        """Height of the frontier in points, shape (n,), at times in years from today."""
        if self.doubling_years is not None:
            rate = np.log(2.0) / self.doubling_years
            return np.asarray(SLOPE / rate * np.exp(rate * (since_today + RECENT_YEARS)))
        since_change = since_today + self.months_ago / 12.0
        return np.asarray(SLOPE * np.where(since_change > 0, self.share * since_change, since_change))

    @property
    def slopes(self) -> tuple[float, float]:
        """True mean slope of the earlier and of the recent window, points a year."""
        start, knot, today = self.frontier(np.array([-RECENT_YEARS - EARLIER_YEARS, -RECENT_YEARS, 0.0]))
        return float((knot - start) / EARLIER_YEARS), float((today - knot) / RECENT_YEARS)

    @property
    def bends_at_the_knot(self) -> bool:
        """Whether the fitted shape can follow this frontier, so that its coverage means something."""
        return self.doubling_years is not None or self.share == 1.0 or self.months_ago == 12 * RECENT_YEARS


MONTHS_SINCE = (3, 6, 9, 12, 15, 18, 21, 24)

LINE = Scenario("straight line")
EXPONENTIAL = Scenario("exponential, slope doubles in 2 years", doubling_years=2.0)
HALVING = Scenario("slope halves 18 months ago", share=0.5)
STOPS = {months: Scenario(f"full stop {months} months ago", 0.0, months) for months in MONTHS_SINCE}
TENTHS = {
    months: Scenario(f"slope falls to a tenth {months} months ago", 0.1, months) for months in MONTHS_SINCE
}
NO_PLATEAU = (LINE, EXPONENTIAL, HALVING)
SCENARIOS = (*NO_PLATEAU, *TENTHS.values(), *STOPS.values())


@dataclass(frozen=True, slots=True)
class World:
    """Slopes found in one simulated world with plain percentile intervals, the models on either side, and the
    best downward bend.
    """

    slopes: Slopes
    n_recent: int
    n_earlier: int
    bend: Bend

    @property
    def bend_test(self) -> BendTest:
        """Whether the bend is noticed at 5 % false alarms in such worlds."""
        return BendTest(self.bend, 0.0 if self.bend.gain > BEND_THRESHOLD else 1.0, 0, None)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the worlds of one scenario say, with intervals scaled by `factor`.

    `shares` are the shares of worlds by verdict. Coverages are shares of worlds whose interval holds the
    truth, None where the frontier bends elsewhere than at the knot.
    """

    scenario: Scenario
    worlds: int
    factor: float
    shares: dict[TrendVerdict, float]
    recent_coverage: float | None
    earlier_coverage: float | None
    difference_coverage: float | None

    @property
    def plateau_error(self) -> float:
        """Standard error of the share of plateaus."""
        share = self.shares[TrendVerdict.PLATEAU]
        return float(np.sqrt(share * (1 - share) / self.worlds))


def simulate_world(
    scenario: Scenario, shortfalls: Floats, draws: int, generator: np.random.Generator
) -> World:
    """One world: models at random dates, each below the frontier by one of the real `shortfalls` (points).

    The shortfalls' tenth percentile must be 0, so that the frontier is the 0.9 quantile of the models.
    """
    n = int(generator.poisson(MODELS_A_YEAR * (RECENT_YEARS + EARLIER_YEARS)))
    since_today = -generator.uniform(0.0, RECENT_YEARS + EARLIER_YEARS, n)
    values = scenario.frontier(since_today) - generator.choice(shortfalls, n)
    since_knot = since_today + RECENT_YEARS
    slopes = frontier_slopes(since_knot, values, model_weights(n, draws, generator), factor=1.0)
    n_recent = int((since_knot >= 0).sum())
    return World(slopes, n_recent, n - n_recent, downward_bend(since_today, values))


def calibration(scenario: Scenario, worlds: list[World], factor: float) -> Calibration:
    """Verdicts and coverage of a scenario's worlds, the intervals' half-widths multiplied by `factor`."""
    scaled = [with_factor(world.slopes, factor) for world in worlds]
    verdicts = [
        judge(slopes, world.n_recent, world.n_earlier, bend=world.bend_test)
        for slopes, world in zip(scaled, worlds, strict=True)
    ]
    earlier, recent = scenario.slopes
    meaningful = scenario.bends_at_the_knot
    return Calibration(
        scenario=scenario,
        worlds=len(worlds),
        factor=factor,
        shares={verdict: verdicts.count(verdict) / len(worlds) for verdict in TrendVerdict},
        recent_coverage=_coverage([s.recent for s in scaled], recent) if meaningful else None,
        earlier_coverage=_coverage([s.earlier for s in scaled], earlier) if meaningful else None,
        difference_coverage=_coverage([s.difference for s in scaled], recent - earlier)
        if meaningful
        else None,
    )


def factor_for_coverage(scenario: Scenario, worlds: list[World], level: float = 0.90) -> float:
    """Factor on the half-widths by which the three intervals together cover the truth in `level` of the
    worlds.

    An interval scaled about its middle holds the truth from the factor |truth - middle| / half-width on; the
    `level` quantile of these factors is the one sought.
    """
    earlier, recent = scenario.slopes
    needed = [
        abs(truth - (interval.low + interval.high) / 2) / (interval.width / 2)
        for world in worlds
        for found, truth in _pairs(world.slopes, earlier, recent)
        if (interval := found.interval) is not None
    ]
    return float(np.quantile(needed, level))


def with_factor(slopes: Slopes, factor: float) -> Slopes:
    """The same slopes, each interval's half-width multiplied by `factor` about its middle."""
    return Slopes(
        _scaled(slopes.recent, factor),
        None if slopes.earlier is None else _scaled(slopes.earlier, factor),
        None if slopes.difference is None else _scaled(slopes.difference, factor),
        slopes.level_at_knot,
        slopes.recent_percentile,
        slopes.earlier_percentile,
    )


def _pairs(slopes: Slopes, earlier: float, recent: float) -> list[tuple[Estimate, float]]:
    found = [(slopes.recent, recent)]
    if slopes.earlier is not None and slopes.difference is not None:
        found += [(slopes.earlier, earlier), (slopes.difference, recent - earlier)]
    return found


def _scaled(estimate: Estimate, factor: float) -> Estimate:
    interval = estimate.interval
    if interval is None:
        return estimate
    middle, half = (interval.low + interval.high) / 2, interval.width / 2 * factor
    return Estimate(estimate.value, Interval(middle - half, middle + half, interval.level))


def _coverage(estimates: list[Estimate | None], truth: float) -> float | None:
    told = [found.interval for found in estimates if found is not None and found.interval is not None]
    return sum(interval.holds(truth) for interval in told) / len(told) if told else None
