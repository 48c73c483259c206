"""Nonlinear least squares to the last digits: parameters and their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from analysis.results import Floats

Model = Callable[[Floats, Floats], Floats]
"""(x, parameters) -> fitted values, shape (n,); a Jacobian gives shape (n, p) instead."""

TOLERANCE = 1e-15
POLISHING_STEPS = 10
AT_BOUND = 1e-9


@dataclass(frozen=True, slots=True)
class LeastSquaresFit:
    """Minimiser of the weighted sum of squares with standard errors, each shape (p,).

    The standard error of a parameter that stopped at a bound is NaN. `residual_ss` is the weighted sum of
    squares.
    """

    parameters: Floats
    standard_errors: Floats
    residual_ss: float
    n: int


def fit_least_squares(
    model: Model,
    jacobian: Model,
    x: Floats,
    y: Floats,
    start: Floats,
    weights: Floats | None = None,
    bounds: tuple[Floats, Floats] | None = None,
) -> LeastSquaresFit:
    """Parameters near `start` that minimise sum of weights * (y - model(x, parameters))^2.

    `x`, `y`, `weights`: shape (n,); `start` and each of `bounds`: shape (p,). Levenberg-Marquardt (with
    bounds: the reflective trust region) with analytic Jacobian, then column-scaled Gauss-Newton steps, which
    bring certified problems from 6 to 10 and more digits. Raises ValueError with fewer observations than
    parameters.

    References: More (1978), The Levenberg-Marquardt algorithm; Bates and Watts (1988), Nonlinear Regression
    Analysis, chapter 2.
    """
    if len(y) < len(start):
        raise ValueError(f"{len(y)} observations cannot determine {len(start)} parameters")
    root = np.ones(len(y)) if weights is None else np.sqrt(weights)
    low, high = bounds if bounds is not None else (np.full(len(start), -np.inf), np.full(len(start), np.inf))

    def residuals(parameters: Floats) -> Floats:
        return np.asarray(root * (model(x, parameters) - y))

    def slopes(parameters: Floats) -> Floats:
        return np.asarray(root[:, None] * jacobian(x, parameters))

    solved = least_squares(
        residuals,
        start,
        jac=slopes,
        method="lm" if bounds is None else "trf",
        bounds=(low, high),
        x_scale="jac",
        ftol=TOLERANCE,
        xtol=TOLERANCE,
        gtol=TOLERANCE,
        max_nfev=2000,
    )
    free = _free(solved.x, low, high)
    parameters = _polish(
        residuals, slopes, np.where(free, solved.x, np.clip(solved.x, low, high)), free, low, high
    )
    errors = _standard_errors(residuals(parameters), slopes(parameters), free)
    return LeastSquaresFit(parameters, errors, float(np.sum(residuals(parameters) ** 2)), len(y))


def _free(parameters: Floats, low: Floats, high: Floats) -> Floats:
    room = AT_BOUND * (1.0 + np.abs(parameters))
    return np.asarray((parameters > low + room) & (parameters < high - room))


def _polish(
    residuals: Callable[[Floats], Floats],
    slopes: Callable[[Floats], Floats],
    parameters: Floats,
    free: Floats,
    low: Floats,
    high: Floats,
) -> Floats:
    """Gauss-Newton steps on the free parameters, as long as they do not lose ground."""
    best = float(np.sum(residuals(parameters) ** 2))
    for _ in range(POLISHING_STEPS):
        columns = slopes(parameters)[:, free]
        scale = np.linalg.norm(columns, axis=0)
        if not (scale > 0).all():
            return parameters
        step, *_ = np.linalg.lstsq(columns / scale, -residuals(parameters), rcond=None)
        moved = parameters.copy()
        moved[free] += step / scale
        now = float(np.sum(residuals(moved) ** 2))
        if not now <= best * (1.0 + 1e-12) or (moved < low).any() or (moved > high).any():
            return parameters
        parameters, best = moved, min(now, best)
    return parameters


def _standard_errors(residuals: Floats, slopes: Floats, free: Floats) -> Floats:
    errors = np.full(slopes.shape[1], np.nan)
    columns = slopes[:, free]
    scale = np.linalg.norm(columns, axis=0)
    if not (scale > 0).all() or len(residuals) <= slopes.shape[1]:
        return errors
    # QR of the scaled columns: forming the normal matrix would halve the digits.
    inverse = np.linalg.pinv(np.linalg.qr(columns / scale, mode="r"))
    variance = float(np.sum(residuals**2)) / (len(residuals) - slopes.shape[1])
    errors[free] = np.sqrt(variance * np.sum(inverse**2, axis=1)) / scale
    return errors
