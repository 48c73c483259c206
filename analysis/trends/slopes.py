"""Slopes of the frontier before and after a knot: quantile regression on arrays, and what its draws say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.bootstrap import percentile_interval
from analysis.numeric.quantile import quantile_regression
from analysis.results import Estimate, Floats, Interval

TAU = 0.9
LEVEL = 0.90

INTERVAL_FACTOR = 0.92
"""Factor on the percentile interval's half-width, as the simulation finds it (docs/methods/calibration.md).
"""

SMALLEST_SHARE_OF_DRAWS = 0.9
"""Share of the draws that must be solvable before an interval is given."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """Slopes a year and the level at the knot; `earlier` and `difference` are None without earlier models.

    The intervals are calibrated; `recent_percentile` and `earlier_percentile` are the plain percentiles
    beside them.
    """

    recent: Estimate
    earlier: Estimate | None
    difference: Estimate | None
    level_at_knot: float
    recent_percentile: Interval | None
    earlier_percentile: Interval | None


def knot_design(since_knot: Floats) -> Floats:
    """Columns of a continuous line with one knot at 0: level, slope before, slope after; shape (n, 3).

    `since_knot`: years since the knot, shape (n,), negative before it.
    """
    return np.column_stack(
        [np.ones_like(since_knot), np.minimum(since_knot, 0.0), np.maximum(since_knot, 0.0)]
    )


def frontier_slopes(
    since_knot: Floats, values: Floats, draws: Floats, factor: float = INTERVAL_FACTOR
) -> Slopes:
    """Slopes of the 0.9 quantile of all models before and after the knot, with bootstrap intervals.

    `since_knot`: years, shape (n,); `values`: on the scale of the regression, shape (n,); `draws`: bootstrap
    weights, shape (B, n). Where no model is older than the knot a single line is fitted, and only `recent` is
    given.

    References: Koenker and Bassett (1978), Regression Quantiles, Econometrica 46(1).
    """
    design = knot_design(since_knot)
    two_sided = bool(np.linalg.matrix_rank(design) == 3)
    if not two_sided:
        design = design[:, [0, 2]]
    weights = np.vstack([np.ones(len(values)), draws])
    solved = quantile_regression(design, values, weights, TAU)
    recent, recent_plain = _estimate(solved[:, -1], factor)
    if not two_sided:
        return Slopes(recent, None, None, float(solved[0, 0]), recent_plain, None)
    earlier, earlier_plain = _estimate(solved[:, 1], factor)
    difference, _ = _estimate(solved[:, 2] - solved[:, 1], factor)
    return Slopes(recent, earlier, difference, float(solved[0, 0]), recent_plain, earlier_plain)


def _estimate(solved: Floats, factor: float) -> tuple[Estimate, Interval | None]:
    drawn = solved[1:]
    if not len(drawn) or np.isfinite(drawn).mean() < SMALLEST_SHARE_OF_DRAWS:
        return Estimate(float(solved[0])), None
    value = float(solved[0])
    return Estimate(value, _holding(percentile_interval(drawn, LEVEL, factor), value)), _holding(
        percentile_interval(drawn, LEVEL), value
    )


def _holding(interval: Interval, value: float) -> Interval:
    """The interval, reaching as far as the estimate: the draws of few models can all lie on one side."""
    return Interval(min(interval.low, value), max(interval.high, value), interval.level)
