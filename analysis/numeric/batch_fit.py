"""Bounded nonlinear least squares for many data sets, weightings or starts at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.numeric.curve_starts import Box
from analysis.numeric.curves import Curve
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
BLOCK = 256
"""Rows whose derivatives are taken at a time: those of more do not stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class BatchFit:
    """Parameters, shape (B, p), and weighted sums of squares, shape (B,)."""

    parameters: Floats
    residual_ss: Floats


@dataclass(slots=True)
class _Rows:
    """The rows of a batch that have not converged: their numbers, data and bounds, where they stand, and the
    residuals, sum of squares, gradient and normal matrix there.
    """

    numbers: NDArray[np.intp]
    time: Floats
    values: Floats
    weights: Floats
    low: Floats
    high: Floats
    at: Floats
    damping: Floats
    residuals: Floats
    residual_ss: Floats
    gradient: Floats
    normal: Floats

    def take(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> _Rows:
        return _Rows(*(getattr(self, name)[kept] for name in self.__slots__))


def fit_batch(
    curve: Curve, time: Floats, values: Floats, weights: Floats, starts: Floats, low: Floats, high: Floats
) -> BatchFit:
    """Least squares of each row by Levenberg-Marquardt within bounds, all rows in step.

    `time`, `values` and `weights`: shape (n,) or (B, n); `starts`: shape (B, p); `low`, `high`:
    shape (p,) or (B, p), equal ends fix a parameter. A parameter that would leave its bounds stays there and
    takes no part in the step until the gradient points back. Rows leave the batch as they converge.

    References: More (1978), The Levenberg-Marquardt algorithm; Kanzow, Yamashita and Fukushima (2004),
    projected Levenberg-Marquardt methods.
    """
    going = _at_start(curve, time, values, weights, starts, low, high)
    found = BatchFit(np.empty(starts.shape), np.empty(starts.shape[0]))
    for _ in range(MAXIMUM_ITERATIONS):
        moved = np.clip(going.at + _step(going), going.low, going.high)
        residuals, now = _loss(curve, going, moved)
        better = now <= going.residual_ss
        small = (np.abs(moved - going.at) <= STEP_TOLERANCE * (np.abs(going.at) + STEP_TOLERANCE)).all(axis=1)
        going.at[better], going.residuals[better] = moved[better], residuals[better]
        going.residual_ss[better] = now[better]
        going.damping = np.maximum(going.damping * np.where(better, 0.1, 8.0), SMALLEST_DAMPING)
        done = small | (going.damping > LARGEST_DAMPING)
        if done.any():
            numbers = going.numbers[done]
            found.parameters[numbers], found.residual_ss[numbers] = going.at[done], going.residual_ss[done]
            going, better = going.take(~done), better[~done]
        if not len(going.numbers):
            return found
        # Where a step was refused the derivatives are those of before.
        _linearise(curve, going, np.flatnonzero(better))
    found.parameters[going.numbers], found.residual_ss[going.numbers] = going.at, going.residual_ss
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


def _at_start(
    curve: Curve, time: Floats, values: Floats, weights: Floats, starts: Floats, low: Floats, high: Floats
) -> _Rows:
    (rows, parameters), size = starts.shape, time.shape[-1]
    low, high = np.broadcast_to(low, starts.shape), np.broadcast_to(high, starts.shape)
    going = _Rows(
        numbers=np.arange(rows),
        time=np.broadcast_to(time, (rows, size)),
        values=np.broadcast_to(values, (rows, size)),
        weights=np.broadcast_to(weights, (rows, size)),
        low=low,
        high=high,
        at=np.clip(starts, low, high),
        damping=np.full(rows, FIRST_DAMPING),
        residuals=np.empty((rows, size)),
        residual_ss=np.empty(rows),
        gradient=np.empty((rows, parameters)),
        normal=np.empty((rows, parameters, parameters)),
    )
    going.residuals, going.residual_ss = _loss(curve, going, going.at)
    _linearise(curve, going, np.arange(rows))
    return going


def _loss(curve: Curve, rows: _Rows, parameters: Floats) -> tuple[Floats, Floats]:
    """Residuals, shape (B, n), and weighted sums of squares, shape (B,), infinite where a curve overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        residuals = rows.values - curve.value(rows.time, parameters)
        lost = np.einsum("bn,bn,bn->b", rows.weights, residuals, residuals)
    return residuals, np.where(np.isfinite(lost), lost, np.inf)


def _linearise(curve: Curve, rows: _Rows, moved: NDArray[np.intp]) -> None:
    """Take anew the gradients, (B, p), and the normal matrices, (B, p, p), of the rows that moved."""
    for first in range(0, len(moved), BLOCK):
        block = moved[first : first + BLOCK]
        slopes = curve.jacobian(rows.time[block], rows.at[block])
        weighted = slopes.swapaxes(1, 2) * rows.weights[block][:, None, :]
        rows.gradient[block] = (weighted @ rows.residuals[block][:, :, None])[:, :, 0]
        rows.normal[block] = weighted @ slopes


def _step(rows: _Rows) -> Floats:
    """The damped Gauss-Newton step of each row, shape (B, p), on the parameters that may move."""
    at, gradient = rows.at, rows.gradient
    held = (
        (rows.low == rows.high) | ((at <= rows.low) & (gradient < 0)) | ((at >= rows.high) & (gradient > 0))
    )
    gradient = np.where(held, 0.0, gradient)
    normal = np.where(held[:, :, None] | held[:, None, :], 0.0, rows.normal)
    scale = np.einsum("bpp->bp", normal)
    # A parameter without influence, or one that is held, gets a unit diagonal: its step is then 0.
    diagonal = np.where(scale > 0, scale * (1.0 + rows.damping[:, None]), 1.0)
    size = normal.shape[1]
    normal[:, np.arange(size), np.arange(size)] = diagonal
    root = np.sqrt(diagonal)
    solved = np.linalg.solve(normal / (root[:, :, None] * root[:, None, :]), (gradient / root)[:, :, None])
    return np.asarray(solved[:, :, 0] / root)
