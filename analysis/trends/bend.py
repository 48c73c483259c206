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
    gain has no unit; its threshold comes from simulation (docs/methods/trend.md), for worlds like those.

    References: Bai (1998), Estimation of multiple-regime regressions with least absolutes deviation, Journal
    of Statistical Planning and Inference 74.
    """
    straight = np.column_stack([np.ones_like(since_today), since_today])
    if len(np.unique(since_today)) < 2:
        return Bend(0.0, None)
    loss, _ = _fitted(straight, values)
    if loss <= 0:
        return Bend(0.0, None)
    best = Bend(0.0, None)
    for months in KNOTS_MONTHS:
        bent = _loss_if_downward(straight, months / 12, values)
        if bent is not None and (gain := (loss - bent) * len(values) / loss) > best.gain:
            best = Bend(gain, months)
    return best


def _loss_if_downward(straight: Floats, years_ago: float, values: Floats) -> float | None:
    """The loss of the line with a knot, None where it bends upwards or cannot be fitted."""
    since_knot = straight[:, 1] + years_ago
    if min(len(np.unique(since_knot[since_knot > 0])), len(np.unique(since_knot[since_knot <= 0]))) < 2:
        return None
    loss, coefficients = _fitted(np.column_stack([straight, np.maximum(since_knot, 0.0)]), values)
    return loss if coefficients[2] < 0 else None


def _fitted(design: Floats, values: Floats) -> tuple[float, Floats]:
    once = np.ones((1, len(values)))
    coefficients = quantile_regression(design, values, once, TAU)
    return float(check_loss(design, values, once, coefficients, TAU)[0]), coefficients[0]
