"""One curve fitted to one series: best of several starts, profile intervals, and the corrected AIC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from analysis.batch_fit import BatchFit, fit_batch, fit_from_starts
from analysis.curve_starts import Box, box_for, starts_for
from analysis.curves import Curve
from analysis.results import Floats, Interval

LEVEL = 0.90
WIDENING = 1.6


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


def profile_interval(fit: FittedCurve, series: Series, parameter: str, level: float = LEVEL) -> Interval:
    """Profile-likelihood interval of a parameter; an end at which the data still do not object is infinite.

    The parameter is moved away from its estimate, all others re-fitted, until the sum of squares has grown by
    the factor 1 + t^2 / (n - p), t being Student's quantile.

    References: Bates and Watts (1988), Nonlinear Regression Analysis, chapter 6.
    """
    index = fit.curve.index(parameter)
    freedom = fit.n - fit.box.free
    highest = fit.residual_ss * (1 + float(stats.t.ppf(0.5 + level / 2, freedom)) ** 2 / freedom)
    low, high = (_end(fit, series, index, highest, direction) for direction in (-1.0, 1.0))
    return Interval(low, high, level)


def _end(fit: FittedCurve, series: Series, index: int, highest: float, direction: float) -> float:
    """Where the profile crosses `highest` in one direction, or infinity."""
    centre = float(fit.parameters[index])
    wall = float((fit.box.low if direction < 0 else fit.box.high)[index])
    distance = _first_distance(fit, series, index)
    inside = centre
    warm = fit.parameters
    for _ in range(60):
        outside = centre + direction * distance
        at_wall = direction * (outside - wall) >= 0
        outside = wall if at_wall else outside
        profile = _profile(fit, series, index, outside, warm)
        if profile.residual_ss[0] > highest:
            return _crossing(fit, series, index, highest, inside, outside, warm)
        if at_wall:
            break
        inside, warm, distance = outside, profile.parameters[0], distance * WIDENING
    return direction * float("inf")


def _crossing(
    fit: FittedCurve, series: Series, index: int, highest: float, inside: float, outside: float, warm: Floats
) -> float:
    def excess(value: float) -> float:
        return float(_profile(fit, series, index, value, warm).residual_ss[0]) - highest

    if excess(inside) >= 0:
        return inside
    return float(brentq(excess, inside, outside, xtol=1e-6 * max(1.0, abs(outside)), rtol=1e-8))


def _profile(fit: FittedCurve, series: Series, index: int, value: float, warm: Floats) -> BatchFit:
    """The best fit with one parameter held at `value`, from the warm start and from afresh."""
    box = fit.box.fixed(index, value)
    starts = starts_for(fit.curve, series.time, series.values, fit.box)
    starts = np.clip(np.vstack([warm, fit.parameters, starts]), box.low, box.high)
    tried = fit_batch(fit.curve, series.time, series.values, series.weights, starts, box.low, box.high)
    best = int(np.argmin(tried.residual_ss))
    return BatchFit(tried.parameters[best : best + 1], tried.residual_ss[best : best + 1])


def _first_distance(fit: FittedCurve, series: Series, index: int) -> float:
    """The parameter's linear standard error, or a hundredth of its size where the data say nothing of it."""
    free = fit.box.low < fit.box.high
    slopes = fit.curve.jacobian(series.time, fit.parameters)[:, free] * np.sqrt(series.weights)[:, None]
    scale = np.linalg.norm(slopes, axis=0)
    fallback = 0.01 * max(abs(float(fit.parameters[index])), 1.0)
    if not free[index] or not (scale > 0).all() or fit.residual_ss <= 0:
        return fallback
    variances = np.diag(np.linalg.pinv((slopes / scale).T @ (slopes / scale))) / scale**2
    position = int(free[:index].sum())
    error = float(np.sqrt(variances[position] * fit.residual_ss / (fit.n - fit.box.free)))
    return error if np.isfinite(error) and error > 0 else fallback
