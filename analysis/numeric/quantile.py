"""Weighted linear quantile regression, many weightings of one data set at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.results import Floats

STEP_TO_WALL = 0.99995
GAP_TOLERANCE = 1e-10
MAXIMUM_ITERATIONS = 100
CHUNK_CELLS = 16_384
"""Draws are solved in chunks of about so many cells (draws x rows), so that the working arrays stay in cache.
"""

RANK_TOLERANCE = 1e-12


@dataclass(slots=True)
class _Iterate:
    """Interior point of a chunk of B draws: dual variables and slacks, shape (B, n); coefficients, shape (B,
    p).
    """

    inner: Floats
    outer: Floats
    lower: Floats
    upper: Floats
    coefficients: Floats

    def take(self, rows: Floats) -> _Iterate:
        return _Iterate(
            self.inner[rows], self.outer[rows], self.lower[rows], self.upper[rows], self.coefficients[rows]
        )


def quantile_regression(design: Floats, values: Floats, weights: Floats, tau: float) -> Floats:
    """Coefficients that minimise the weighted check loss, for each row of weights.

    `design`: shape (n, p); `values`: shape (n,), or (B, n) where each draw has values of its own; `weights`:
    not negative, shape (B, n), a row per draw; `tau`: the quantile, 0 < tau < 1. Returns shape (B, p), in the
    unit of `values` per unit of each column. A draw whose weighted design has less than full rank gets NaN.
    Where the minimiser is not unique, one of them is given.

    The linear programme's dual is solved by a Frisch-Newton interior point with Mehrotra's corrector, all
    draws at once; the last step to the exact vertex solves the p x p system of the rows that the solution
    passes through.

    Raises ValueError where shapes do not fit, a weight is negative or tau lies outside (0, 1).

    References: Portnoy and Koenker (1997), The Gaussian hare and the Laplacian tortoise, Statistical Science
    12(4).
    """
    _check(design, values, weights, tau)
    basis, triangle = np.linalg.qr(design)
    start = values @ basis
    scale = float(np.mean(np.abs(values - start @ basis.T))) or 1.0
    targets = np.broadcast_to((values - start @ basis.T) / scale, weights.shape)
    solved = np.full((len(weights), design.shape[1]), np.nan)
    usable = np.flatnonzero(_full_rank(basis, weights))
    size = max(1, CHUNK_CELLS // len(design))
    for first in range(0, len(usable), size):
        rows = usable[first : first + size]
        solved[rows] = _solve_chunk(basis, targets[rows], weights[rows], tau)
    return np.asarray(np.linalg.solve(triangle, (solved * scale + start).T).T)


def check_loss(design: Floats, values: Floats, weights: Floats, coefficients: Floats, tau: float) -> Floats:
    """Weighted sum of tilted absolute residuals, shape (B,), of coefficients (B, p) under weights (B, n).

    `values`: shape (n,), or (B, n).
    """
    residuals = values - coefficients @ design.T
    return np.asarray(np.sum(weights * residuals * (tau - (residuals < 0)), axis=1))


def _check(design: Floats, values: Floats, weights: Floats, tau: float) -> None:
    if design.ndim != 2 or values.shape not in {(len(design),), weights.shape}:
        raise ValueError(f"design {design.shape} and values {values.shape} must be (n, p) and (n,) or (B, n)")
    if weights.ndim != 2 or weights.shape[1] != len(design):
        raise ValueError(f"weights {weights.shape} must be (draws, {len(design)})")
    if (weights < 0).any():
        raise ValueError("a weight is negative; weights count how often a row was drawn")
    if not 0 < tau < 1:
        raise ValueError(f"tau is {tau}; a quantile lies between 0 and 1")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("the design has less than full rank; drop a column or widen the window")


def _full_rank(basis: Floats, weights: Floats) -> Floats:
    moments = np.einsum("bn,np,nq->bpq", (weights > 0).astype(np.float64), basis, basis, optimize=True)
    spectrum = np.linalg.eigvalsh(moments)
    return np.asarray(spectrum[:, 0] > RANK_TOLERANCE * np.maximum(spectrum[:, -1], RANK_TOLERANCE))


def _solve_chunk(basis: Floats, targets: Floats, weights: Floats, tau: float) -> Floats:
    """Interior point of one chunk, draws leaving as they converge, then the vertex."""
    # Weights averaging 1 keep the duality gap of every draw on the scale of the residuals.
    weights = weights * (weights.shape[1] / weights.sum(axis=1, keepdims=True))
    iterate = _start(basis, targets, weights, tau)
    products = (basis[:, :, None] * basis[:, None, :]).reshape(len(basis), -1)
    solved = np.empty((len(weights), basis.shape[1]))
    remaining = np.arange(len(weights))
    active = weights
    for _ in range(MAXIMUM_ITERATIONS):
        iterate = _newton_step(iterate, basis, products, active)
        gap = np.sum(iterate.lower * iterate.inner + iterate.upper * iterate.outer, axis=1)
        done = gap < GAP_TOLERANCE * len(basis)
        if done.any():
            ended = remaining[done]
            solved[ended] = _to_vertex(basis, targets[ended], active[done], iterate.take(done), tau)
            iterate, active, remaining = iterate.take(~done), active[~done], remaining[~done]
        if not len(remaining):
            return solved
    solved[remaining] = _to_vertex(basis, targets[remaining], active, iterate, tau)
    return solved


def _start(basis: Floats, targets: Floats, weights: Floats, tau: float) -> _Iterate:
    inner = np.full(weights.shape, 1.0 - tau)
    slack = -weights * targets
    slack = np.where(slack == 0.0, 1e-3, slack)
    lower = np.maximum(slack, 0.0)
    return _Iterate(inner, 1.0 - inner, lower, lower - slack, np.zeros((len(weights), basis.shape[1])))


def _newton_step(at: _Iterate, basis: Floats, products: Floats, weights: Floats) -> _Iterate:
    """One predictor-corrector step; rows of the programme are scaled by their weights."""
    size = basis.shape[1]
    inverse = 1.0 / (at.lower / at.inner + at.upper / at.outer)
    residual = at.lower - at.upper
    weighted = inverse * weights
    normal = ((weighted * weights) @ products).reshape(-1, size, size)
    # Near a degenerate vertex fewer than p rows stay interior: the tiny ridge keeps the system solvable.
    normal += 1e-14 * np.trace(normal, axis1=1, axis2=2)[:, None, None] * np.eye(size)
    right = (weighted * residual) @ basis
    move = np.linalg.solve(normal, right[:, :, None])[:, :, 0]
    d_inner = inverse * (weights * (move @ basis.T) - residual)
    d_lower = -at.lower * (1.0 + d_inner / at.inner)
    d_upper = -at.upper * (1.0 - d_inner / at.outer)
    primal, dual = _step_lengths(at, d_inner, d_lower, d_upper)
    barrier = _barrier(at, d_inner, d_lower, d_upper, primal, dual)
    second_lower, second_upper = d_inner * d_lower, -d_inner * d_upper
    pull = barrier * (1.0 / at.inner - 1.0 / at.outer)
    correction = second_lower / at.inner - second_upper / at.outer - pull
    right += (weighted * correction) @ basis
    move = np.linalg.solve(normal, right[:, :, None])[:, :, 0]
    d_inner = inverse * (weights * (move @ basis.T) - residual - correction)
    d_lower = (barrier - at.lower * d_inner - second_lower) / at.inner - at.lower
    d_upper = (barrier + at.upper * d_inner - second_upper) / at.outer - at.upper
    primal, dual = _step_lengths(at, d_inner, d_lower, d_upper)
    return _Iterate(
        at.inner + primal * d_inner,
        at.outer - primal * d_inner,
        at.lower + dual * d_lower,
        at.upper + dual * d_upper,
        at.coefficients - dual * move,
    )


def _barrier(
    at: _Iterate, d_inner: Floats, d_lower: Floats, d_upper: Floats, primal: Floats, dual: Floats
) -> Floats:
    """Mehrotra's centring: the cube of the share of the gap that the predictor leaves, shape (B, 1)."""
    gap = np.sum(at.lower * at.inner + at.upper * at.outer, axis=1, keepdims=True)
    left = np.sum(
        (at.lower + dual * d_lower) * (at.inner + primal * d_inner)
        + (at.upper + dual * d_upper) * (at.outer - primal * d_inner),
        axis=1,
        keepdims=True,
    )
    return np.asarray(gap * (left / gap) ** 3 / (2 * at.inner.shape[1]))


def _step_lengths(at: _Iterate, d_inner: Floats, d_lower: Floats, d_upper: Floats) -> tuple[Floats, Floats]:
    """Longest primal and dual steps that stay inside the walls, each shape (B, 1)."""
    wall = np.maximum(-d_inner / at.inner, d_inner / at.outer).max(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        floor = np.fmax(
            np.where(at.lower > 0, -d_lower / at.lower, 0.0), np.where(at.upper > 0, -d_upper / at.upper, 0.0)
        ).max(axis=1, keepdims=True)
        return np.minimum(1.0, STEP_TO_WALL / np.maximum(wall, 0.0)), np.minimum(
            1.0, STEP_TO_WALL / np.maximum(floor, 0.0)
        )


def _to_vertex(basis: Floats, targets: Floats, weights: Floats, at: _Iterate, tau: float) -> Floats:
    """The vertex that the interior point has reached, kept only where its loss is no larger."""
    size = basis.shape[1]
    room = np.where(weights > 0, np.minimum(at.inner, at.outer), -1.0)
    rows = np.argpartition(-room, size - 1, axis=1)[:, :size]
    systems, reached = basis[rows], np.take_along_axis(targets, rows, axis=1)
    regular = np.abs(np.linalg.det(systems)) > np.finfo(float).tiny
    vertex = at.coefficients.copy()
    vertex[regular] = np.linalg.solve(systems[regular], reached[regular][:, :, None])[:, :, 0]
    better = check_loss(basis, targets, weights, vertex, tau) <= check_loss(
        basis, targets, weights, at.coefficients, tau
    ) * (1.0 + 1e-12)
    return np.where(better[:, None], vertex, at.coefficients)
