"""Bounded nonlinear least squares for many data sets, weightings or starts at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.curve_starts import Box
from analysis.curves import Curve
from analysis.results import Floats

MAXIMUM_ITERATIONS = 400
STEP_TOLERANCE = 1e-9
"""Relative step at which a row has converged; steps shrink steadily, so the parameters are good to about
1e-9.
"""

FIRST_DAMPING = 1e-3
SMALLEST_DAMPING = 1e-10
"""Keeps the normal equations solvable where two parameters cannot be told apart."""

LARGEST_DAMPING = 1e14


@dataclass(frozen=True, slots=True)
class BatchFit:
    """Parameters, shape (B, p), and weighted sums of squares, shape (B,)."""

    parameters: Floats
    residual_ss: Floats


@dataclass(slots=True)
class _Rows:
    """The rows of a batch that have not converged: their numbers, data, bounds, place and damping."""

    numbers: NDArray[np.intp]
    values: Floats
    weights: Floats
    low: Floats
    high: Floats
    at: Floats
    damping: Floats

    def take(self, kept: NDArray[np.bool_]) -> _Rows:
        return _Rows(
            self.numbers[kept],
            self.values[kept],
            self.weights[kept],
            self.low[kept],
            self.high[kept],
            self.at[kept],
            self.damping[kept],
        )


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
    low, high = np.broadcast_to(low, starts.shape), np.broadcast_to(high, starts.shape)
    going = _Rows(
        np.arange(rows),
        np.broadcast_to(values, (rows, size)),
        np.broadcast_to(weights, (rows, size)),
        low,
        high,
        np.clip(starts, low, high),
        np.full(rows, FIRST_DAMPING),
    )
    residuals, lost = _loss(curve, time, going, going.at)
    found = BatchFit(np.empty(starts.shape), np.empty(rows))
    for _ in range(MAXIMUM_ITERATIONS):
        moved = np.clip(going.at + _step(curve, time, going, residuals), going.low, going.high)
        moved_residuals, now = _loss(curve, time, going, moved)
        better = now <= lost
        small = (np.abs(moved - going.at) <= STEP_TOLERANCE * (np.abs(going.at) + STEP_TOLERANCE)).all(axis=1)
        going.at = np.where(better[:, None], moved, going.at)
        residuals = np.where(better[:, None], moved_residuals, residuals)
        lost = np.where(better, now, lost)
        going.damping = np.maximum(going.damping * np.where(better, 0.1, 8.0), SMALLEST_DAMPING)
        done = small | (going.damping > LARGEST_DAMPING)
        if done.any():
            found.parameters[going.numbers[done]], found.residual_ss[going.numbers[done]] = (
                going.at[done],
                lost[done],
            )
            going, residuals, lost = going.take(~done), residuals[~done], lost[~done]
        if not len(lost):
            return found
    found.parameters[going.numbers], found.residual_ss[going.numbers] = going.at, lost
    return found


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


def _loss(curve: Curve, time: Floats, rows: _Rows, parameters: Floats) -> tuple[Floats, Floats]:
    """Residuals, shape (B, n), and weighted sums of squares, shape (B,), infinite where a curve overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        residuals = rows.values - curve.value(time, parameters)
        lost = np.einsum("bn,bn,bn->b", rows.weights, residuals, residuals)
    return residuals, np.where(np.isfinite(lost), lost, np.inf)


def _step(curve: Curve, time: Floats, rows: _Rows, residuals: Floats) -> Floats:
    """The damped Gauss-Newton step of each row, shape (B, p), on the parameters that may move."""
    at = rows.at
    slopes = curve.jacobian(time, at)
    weighted = slopes.swapaxes(1, 2) * rows.weights[:, None, :]
    gradient = (weighted @ residuals[:, :, None])[:, :, 0]
    normal = weighted @ slopes
    held = (
        (rows.low == rows.high) | ((at <= rows.low) & (gradient < 0)) | ((at >= rows.high) & (gradient > 0))
    )
    gradient = np.where(held, 0.0, gradient)
    normal = np.where(held[:, :, None] | held[:, None, :], 0.0, normal)
    scale = np.einsum("bpp->bp", normal)
    # A parameter without influence, or one that is held, gets a unit diagonal: its step is then 0.
    diagonal = np.where(scale > 0, scale * (1.0 + rows.damping[:, None]), 1.0)
    size = normal.shape[1]
    normal[:, np.arange(size), np.arange(size)] = diagonal
    root = np.sqrt(diagonal)
    solved = np.linalg.solve(normal / (root[:, :, None] * root[:, None, :]), (gradient / root)[:, :, None])
    return np.asarray(solved[:, :, 0] / root)
