"""A faster test of a slow-down: does the frontier's line bend downwards at a knot of the last 18 months?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.quantile import check_loss, quantile_regression
from analysis.results import Floats
from analysis.trends.slopes import TAU

KNOTS_MONTHS = (6, 9, 12, 18)
SPAN_YEARS = 3.5
"""The test looks at the models of so many years before today."""


@dataclass(frozen=True, slots=True)
class Bend:
    """How much better a line that bends downwards fits than a straight one.

    `gain` is the fall of the check loss over its mean per model, 0 where no knot bends downwards;
    `months_ago` is the knot at which it falls most, None where none does.
    """

    gain: float
    months_ago: int | None


def downward_bend(since_today: Floats, values: Floats) -> Bend:
    """The best downward knot among those 6, 9, 12 and 18 months ago, at the 0.9 quantile of all models.

    `since_today`: release dates in years from the end of the window, not positive, shape (n,); `values`: on
    the scale of the regression, shape (n,). A knot without two dates on both of its sides is left out. The
    gain has no unit; its threshold comes from simulation (docs/methods/trend.md).

    References: Bai (1998), Estimation of multiple-regime regressions with least absolutes deviation, Journal
    of Statistical Planning and Inference 74.
    """
    gains = downward_gains(since_today, values[None, :])[0]
    best = int(np.argmax(gains))
    return Bend(float(gains[best]), KNOTS_MONTHS[best]) if gains[best] > 0 else Bend(0.0, None)


def downward_gains(
    since_today: Floats, values: Floats, knots_months: tuple[int, ...] = KNOTS_MONTHS
) -> Floats:
    """The gain at each of the knots, shape (B, knots), of B sets of values (B, n) at the same dates.

    0 where the line bends upwards or cannot be fitted.
    """
    gains = np.zeros((len(values), len(knots_months)))
    if len(np.unique(since_today)) < 2:
        return gains
    straight = np.column_stack([np.ones_like(since_today), since_today])
    loss, _ = _fitted(straight, values)
    for place, months in enumerate(knots_months):
        since_knot = since_today + months / 12
        if min(len(np.unique(since_knot[since_knot > 0])), len(np.unique(since_knot[since_knot <= 0]))) < 2:
            continue
        bent, coefficients = _fitted(np.column_stack([straight, np.maximum(since_knot, 0.0)]), values)
        downward = (coefficients[:, 2] < 0) & (loss > 0)
        gains[downward, place] = ((loss - bent) * len(since_today))[downward] / loss[downward]
    return np.maximum(gains, 0.0)


def _fitted(design: Floats, values: Floats) -> tuple[Floats, Floats]:
    once = np.ones_like(values)
    coefficients = quantile_regression(design, values, once, TAU)
    return check_loss(design, values, once, coefficients, TAU), coefficients
