"""Bounded nonlinear least squares for many data sets, weightings or starts at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.curve_starts import Box
from analysis.curves import Curve
from analysis.results import Floats

MAXIMUM_ITERATIONS = 400
STEP_TOLERANCE = 1e-10
FIRST_DAMPING = 1e-3
SMALLEST_DAMPING = 1e-10
"""Keeps the normal equations solvable where two parameters cannot be told apart."""

LARGEST_DAMPING = 1e14


@dataclass(frozen=True, slots=True)
class BatchFit:
    """Parameters, shape (B, p), and weighted sums of squares, shape (B,)."""

    parameters: Floats
    residual_ss: Floats


def fit_batch(
    curve: Curve, time: Floats, values: Floats, weights: Floats, starts: Floats, low: Floats, high: Floats
) -> BatchFit:
    """Least squares of each row by Levenberg-Marquardt within bounds, all rows in step.

    `time`: shape (n,); `values` and `weights`: shape (n,) or (B, n); `starts`: shape (B, p); `low`, `high`:
    shape (p,) or (B, p), equal ends fix a parameter. A parameter that would leave its bounds stays there and
    takes no part in the step until the gradient points back. Rows leave the batch as they converge.

    References: More (1978), The Levenberg-Marquardt algorithm; Kanzow, Yamashita and Fukushima (2004),
    projected Levenberg-Marquardt methods.
    """
    rows, size = starts.shape[0], len(time)
    values = np.broadcast_to(values, (rows, size))
    weights = np.broadcast_to(weights, (rows, size))
    low, high = np.broadcast_to(low, starts.shape), np.broadcast_to(high, starts.shape)
    parameters = np.clip(starts, low, high)
    lost = _loss(curve, time, values, weights, parameters)
    damping = np.full(rows, FIRST_DAMPING)
    going = np.arange(rows)
    for _ in range(MAXIMUM_ITERATIONS):
        at = parameters[going]
        step = _step(curve, time, values[going], weights[going], at, low[going], high[going], damping[going])
        moved = np.clip(at + step, low[going], high[going])
        now = _loss(curve, time, values[going], weights[going], moved)
        better = now <= lost[going]
        small = (np.abs(moved - at) <= STEP_TOLERANCE * (np.abs(at) + STEP_TOLERANCE)).all(axis=1)
        taken = going[better]
        parameters[taken], lost[taken] = moved[better], now[better]
        damping[going] = np.maximum(damping[going] * np.where(better, 0.1, 8.0), SMALLEST_DAMPING)
        going = going[~(small | (damping[going] > LARGEST_DAMPING))]
        if not len(going):
            break
    return BatchFit(parameters, lost)


def best_of(fit: BatchFit, groups: int) -> BatchFit:
    """The best start of each group, where the rows of a batch are `groups` x starts in that order."""
    lost = fit.residual_ss.reshape(groups, -1)
    best = np.nanargmin(np.where(np.isfinite(lost), lost, np.inf), axis=1)
    rows = np.arange(groups) * lost.shape[1] + best
    return BatchFit(fit.parameters[rows], fit.residual_ss[rows])


def fit_from_starts(
    curve: Curve, time: Floats, values: Floats, weights: Floats, starts: Floats, box: Box
) -> BatchFit:
    """The best fit over several starts, shape (s, p), for each row of `values`, shape (B, n)."""
    rows, tried = values.shape[0], starts.shape[0]
    fit = fit_batch(
        curve,
        time,
        np.repeat(values, tried, axis=0),
        weights,
        np.tile(starts, (rows, 1)),
        box.low,
        box.high,
    )
    return best_of(fit, rows)


def _loss(curve: Curve, time: Floats, values: Floats, weights: Floats, parameters: Floats) -> Floats:
    with np.errstate(over="ignore", invalid="ignore"):
        lost = np.sum(weights * (values - curve.value(time, parameters)) ** 2, axis=1)
    return np.where(np.isfinite(lost), lost, np.inf)


def _step(
    curve: Curve,
    time: Floats,
    values: Floats,
    weights: Floats,
    at: Floats,
    low: Floats,
    high: Floats,
    damping: Floats,
) -> Floats:
    """The damped Gauss-Newton step of each row, shape (B, p), on the parameters that may move."""
    slopes = curve.jacobian(time, at)
    weighted = (slopes * weights[:, :, None]).transpose(0, 2, 1)
    gradient = (weighted @ (values - curve.value(time, at))[:, :, None])[:, :, 0]
    normal = weighted @ slopes
    held = (low == high) | ((at <= low) & (gradient < 0)) | ((at >= high) & (gradient > 0))
    gradient = np.where(held, 0.0, gradient)
    normal = np.where(held[:, :, None] | held[:, None, :], 0.0, normal)
    scale = np.einsum("bpp->bp", normal)
    # A parameter without influence, or one that is held, gets a unit diagonal: its step is then 0.
    diagonal = np.where(scale > 0, scale * (1.0 + damping[:, None]), 1.0)
    size = normal.shape[1]
    normal[:, np.arange(size), np.arange(size)] = diagonal
    root = np.sqrt(diagonal)
    solved = np.linalg.solve(normal / (root[:, :, None] * root[:, None, :]), (gradient / root)[:, :, None])
    return np.asarray(solved[:, :, 0] / root)
