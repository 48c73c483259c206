"""One curve fitted to one series: best of several starts, and the corrected AIC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.batch_fit import fit_from_starts
from analysis.numeric.curve_starts import Box, box_for, starts_for
from analysis.numeric.curves import Curve
from analysis.results import Floats


@dataclass(frozen=True, slots=True)
class Series:
    """Data of a fit: time in years, values, and weights (inverse relative variances), each shape (n,)."""

    time: Floats
    values: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class FittedCurve:
    """The least-squares curve of one family, with `box` as the bounds that held.

    `residual_ss` is the weighted sum of squares, `aicc` the small-sample AIC of normal errors whose variance
    is known up to a factor. Parameters are in years since the origin and in the unit of the values.
    """

    curve: Curve
    parameters: Floats
    box: Box
    residual_ss: float
    n: int
    aicc: float

    def at(self, time: Floats) -> Floats:
        """Value of the curve, shape (n,), at times in years."""
        return self.curve.value(time, self.parameters)


def fit_curve(
    curve: Curve, series: Series, floor: float | None = None, ceiling: float | None = None
) -> FittedCurve | None:
    """The curve that fits best from several starts; None where the points are too few for its parameters."""
    box = box_for(curve, series.time, series.values, floor, ceiling)
    if len(series.values) < box.free + 3:
        return None
    starts = starts_for(curve, series.time, series.values, box)
    best = fit_from_starts(curve, series.time, series.values[None], series.weights, starts, box)
    lost = float(best.residual_ss[0])
    n = len(series.values)
    return FittedCurve(curve, best.parameters[0], box, lost, n, corrected_aic(lost, n, box.free + 1))


def corrected_aic(residual_ss: float, n: int, parameters: int) -> float:
    """AICc of a least-squares fit; `parameters` counts the error variance too. Infinite where n is too small.

    References: Hurvich and Tsai (1989), Regression and time series model selection in small samples.
    """
    if n <= parameters + 1:
        return float("inf")
    smallest = np.finfo(float).tiny
    penalty = 2 * parameters + 2 * parameters * (parameters + 1) / (n - parameters - 1)
    return float(n * np.log(max(residual_ss / n, smallest)) + penalty)
