"""Is a downward bend more than chance? Judged among straight lines with the series' own dates and scatter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.numeric.quantile import quantile_regression
from analysis.results import Floats, Interval
from analysis.trends.bend import Bend, downward_bend, downward_gains
from analysis.trends.slopes import TAU

FALSE_ALARMS: Final = 0.05
WORLDS: Final = 299
ENOUGH: Final = 15
"""Straight lines that bend as much: from so many of 299 on nothing is noticed, however the rest fall."""

KNOT_GRID: Final = (3, 6, 9, 12, 15, 18, 21, 24)
KNOT_LEVEL: Final = 0.90
KNOT_WORLDS: Final = 200
NEARLY: Final = 0.97
FEWEST_OF_A_MAKER: Final = 5
"""Models of one maker below which its shortfalls are pooled with those of other small ones."""

_BATCHES: Final = (40, 100, 159)


@dataclass(frozen=True, slots=True)
class BendTest:
    """The best downward bend, and in what share of straight lines chance brings as much.

    `p_value` is estimated from `worlds` lines, fewer than 299 where it is soon clear that nothing is noticed;
    `knot_months` holds the knot in 90 % of cases, in months before the end, None where nothing is noticed.
    """

    bend: Bend
    p_value: float
    worlds: int
    knot_months: Interval | None

    @property
    def is_noticed(self) -> bool:
        """Whether one look finds that the line bends: at most 5 % of straight lines bend as much."""
        return self.p_value <= FALSE_ALARMS


@dataclass(frozen=True, slots=True)
class Scatter:
    """A straight frontier through models, and how far each maker's models fall short of it.

    `since_end`: release dates in years from the end of the window, shape (n,); `level` and `slope` of the 0.9
    quantile; `shortfalls`: value less line, shape (n,); `groups`: places of the models that share shortfalls.
    """

    since_end: Floats
    level: float
    slope: float
    shortfalls: Floats
    groups: tuple[NDArray[np.intp], ...]

    def worlds(self, n: int, generator: np.random.Generator, bend: Floats | None = None) -> Floats:
        """Values of `n` simulated worlds, shape (n, models): the line, bent by `bend` (models,) where given.

        Each model falls short by as much as one of its own maker's models does, at its own date.
        """
        line = self.level + self.slope * self.since_end + (0.0 if bend is None else bend)
        drawn = np.empty((n, len(self.since_end)))
        for group in self.groups:
            drawn[:, group] = generator.choice(self.shortfalls[group], (n, len(group)))
        return line + drawn


def scatter_of(since_end: Floats, values: Floats, makers: Sequence[str]) -> Scatter:
    """The straight 0.9 quantile of the values (n,) on the dates, and the shortfalls from it by maker.

    Raises ValueError where all dates are one.
    """
    design = np.column_stack([np.ones_like(since_end), since_end])
    level, slope = quantile_regression(design, values, np.ones((1, len(values))), TAU)[0]
    names, place, counts = np.unique(np.asarray(makers), return_inverse=True, return_counts=True)
    place = np.where(counts[place] < FEWEST_OF_A_MAKER, len(names), place)
    groups = tuple(np.flatnonzero(place == name) for name in np.unique(place))
    shortfalls = values - design @ np.array([level, slope])
    return Scatter(since_end, float(level), float(slope), shortfalls, groups)


def bend_test(since_end: Floats, values: Floats, makers: Sequence[str], seed: int) -> BendTest:
    """The best downward bend of a series, judged at 5 % false alarms on its own dates and scatter.

    `since_end`: release dates in years from the end of the window, shape (n,); `values`: on the scale of the
    regression, shape (n,); `makers`: names, n of them. Straight lines are drawn until as many as `ENOUGH`
    bend as much as the data, or 299 are drawn.

    References: Besag and Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78; Bai (1998) as for
    `downward_bend`.
    """
    bend = downward_bend(since_end, values)
    if bend.months_ago is None:
        return BendTest(bend, 1.0, 0, None)
    scatter = scatter_of(since_end, values, makers)
    generator = np.random.default_rng(seed)
    as_much = drawn = 0
    for batch in _BATCHES:
        gains = downward_gains(since_end, scatter.worlds(batch, generator)).max(axis=1)
        as_much, drawn = as_much + int((gains >= bend.gain).sum()), drawn + batch
        if as_much >= ENOUGH:
            return BendTest(bend, as_much / drawn, drawn, None)
    p_value = (as_much + 1) / (drawn + 1)
    return BendTest(bend, p_value, drawn, knot_interval(since_end, values, makers, generator))


def knot_interval(
    since_end: Floats, values: Floats, makers: Sequence[str], generator: np.random.Generator
) -> Interval:
    """The knots, in months before the end, at which the line fits nearly as well as at the best one.

    "Nearly" is what 97 % of worlds with the bend that was found lose at that knot against their own best: so
    many, since the bend itself is estimated, make the interval hold the knot in nine of ten worlds.
    """
    gains = downward_gains(since_end, values[None, :], KNOT_GRID)[0]
    best = KNOT_GRID[int(np.argmax(gains))]
    bent, slope_change = _bent(since_end, values, makers, best)
    bend = slope_change * np.maximum(since_end + best / 12, 0.0)
    found = downward_gains(since_end, bent.worlds(KNOT_WORLDS, generator, bend), KNOT_GRID)
    at_best = found[:, KNOT_GRID.index(best)]
    lost = float(np.quantile(found.max(axis=1) - at_best, NEARLY))
    inside = [months for months, gain in zip(KNOT_GRID, gains, strict=True) if gain >= gains.max() - lost]
    return Interval(float(min(inside)), float(max(inside)), KNOT_LEVEL)


def _bent(since_end: Floats, values: Floats, makers: Sequence[str], months: int) -> tuple[Scatter, float]:
    """The scatter about the line that bends at a knot, and by how much its slope changes there."""
    after = np.maximum(since_end + months / 12, 0.0)
    design = np.column_stack([np.ones_like(since_end), since_end, after])
    level, slope, change = quantile_regression(design, values, np.ones((1, len(values))), TAU)[0]
    straight = scatter_of(since_end, values, makers)
    shortfalls = values - design @ np.array([level, slope, change])
    return Scatter(since_end, float(level), float(slope), shortfalls, straight.groups), float(change)
