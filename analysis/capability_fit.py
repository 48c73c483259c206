"""The array core of the capability index: least squares for abilities, difficulties and slopes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.linalg.blas import dsyrk
from scipy.special import expit

from analysis.results import Floats

Integers = NDArray[np.intp]

PENALTY = 5e-4
"""Weight of the sum of squared parameters: part of the index's definition, as it places the far tails."""

_NEAR = 1e-3
"""Once a step lowers the loss by less than this share, the exact Hessian is trusted."""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Scores in coordinate form: `score[i]` (0..1) is what `model[i]` reached on `benchmark[i]`.

    All three have shape (n,). The difficulty of benchmark number `base` is held at 0 and its slope at 1: they
    carry the scale.
    """

    model: Integers
    benchmark: Integers
    score: Floats
    n_models: int
    n_benchmarks: int
    base: int


@dataclass(frozen=True, slots=True)
class Latent:
    """Logit-scale parameters: `capability` (models,), `difficulty` and positive `slope` (benchmarks,)."""

    capability: Floats
    difficulty: Floats
    slope: Floats
    loss: float = np.inf
    steps: int = 0
    converged: bool = False


@dataclass(frozen=True, slots=True)
class _Problem:
    table: ScoreTable
    weight: Floats
    penalty: float
    free: Floats
    """1 for each benchmark whose difficulty and slope are fitted, 0 for the base."""


@dataclass(frozen=True, slots=True)
class _Derivatives:
    """Descent direction and Hessian of half the loss; `cross` is the dense block (models, 2 benchmarks)."""

    capability: Floats
    benchmark: Floats
    hessian_capability: Floats
    hessian_benchmark: Floats
    cross: Floats

    @property
    def largest(self) -> float:
        return float(max(np.abs(self.capability).max(), np.abs(self.benchmark).max()))


def expected_scores(table: ScoreTable, latent: Latent) -> Floats:
    """Scores that the parameters predict, sigmoid(slope (capability - difficulty)), shape (n,), 0..1."""
    gap = latent.capability[table.model] - latent.difficulty[table.benchmark]
    return np.asarray(expit(latent.slope[table.benchmark] * gap), dtype=np.float64)


def fit_latent(
    table: ScoreTable,
    weights: Floats | None = None,
    start: Latent | None = None,
    penalty: float = PENALTY,
    tolerance: float = 1e-9,
    max_steps: int = 500,
) -> Latent:
    """Minimise the weighted squared residuals plus `penalty` times the squares of all free parameters.

    `weights`, shape (n,), count each score (default 1). Without `start` all abilities and difficulties begin
    at 0 and all slopes at 1. Slopes move on the log scale, so they stay positive: on the plain scale the
    search can end where better models are expected to score worse. Converged means that no derivative of half
    the loss exceeds `tolerance`.

    The Hessian joins a model only with the benchmarks it sat, so the models' diagonal block is eliminated
    (Schur complement) and a dense system of twice the number of benchmarks is left. Steps are damped
    Gauss-Newton, then damped Newton near the end: the residuals do not vanish, and Gauss-Newton alone would
    converge only linearly.

    References: Marquardt 1963; Nocedal and Wright, Numerical Optimization, 2006, chapter 10; elimination as
    in Triggs et al., Bundle Adjustment: A Modern Synthesis, 2000, section 6.
    """
    free = np.ones(table.n_benchmarks)
    free[table.base] = 0.0
    problem = _Problem(table, np.ones_like(table.score) if weights is None else weights, penalty, free)
    latent = _valued(problem, start or _flat_start(table))
    damping, second_order = 1e-3, False
    for step in range(max_steps):
        derivatives = _derivatives(problem, latent, second_order)
        if derivatives.largest < tolerance:
            return replace(latent, steps=step, converged=True)
        move = _damped_step(derivatives, damping)
        trial = latent if move is None else _valued(problem, _moved(latent, move))
        if move is None or trial.loss > latent.loss * (1 + 1e-14):
            damping, second_order = min(damping * 6 + 1e-6, 1e8), False
            continue
        second_order = latent.loss - trial.loss < _NEAR * latent.loss
        latent, damping = trial, max(damping / 8, 1e-12)
    return replace(latent, steps=max_steps, converged=False)


def resampling_weights(table: ScoreTable, draws: int, rng: np.random.Generator) -> Floats:
    """Bootstrap weights, shape (draws, n): the benchmarks of each model drawn again with replacement.

    Of a model's k scores k - 1 are drawn, each with weight k / (k - 1), so that the weights' sum stays k:
    with k draws the spread would be too small by the factor sqrt((k - 1) / k), which matters when k is 4.

    Reference: Rao and Wu, Resampling inference with complex survey data, JASA 83, 1988.
    """
    n = len(table.score)
    by_model = np.argsort(table.model, kind="stable")
    owner = table.model[by_model]
    counts = np.bincount(table.model, minlength=table.n_models)
    first = np.cumsum(counts) - counts
    drawn = np.arange(n) - first[owner] < np.maximum(counts[owner] - 1, 1)
    owner = owner[drawn]
    picked = by_model[first[owner] + (rng.random((draws, len(owner))) * counts[owner]).astype(np.intp)]
    cells = np.arange(draws)[:, None] * n + picked
    times = np.bincount(cells.ravel(), minlength=draws * n).reshape(draws, n)
    size = counts[table.model]
    return np.asarray(times * size / np.maximum(size - 1, 1), dtype=np.float64)


def _flat_start(table: ScoreTable) -> Latent:
    return Latent(np.zeros(table.n_models), np.zeros(table.n_benchmarks), np.ones(table.n_benchmarks))


def _valued(problem: _Problem, latent: Latent) -> Latent:
    residual = problem.table.score - expected_scores(problem.table, latent)
    squares = latent.capability @ latent.capability + problem.free @ (latent.difficulty**2 + latent.slope**2)
    return replace(latent, loss=float(problem.weight @ residual**2 + problem.penalty * squares))


def _derivatives(problem: _Problem, latent: Latent, second_order: bool) -> _Derivatives:
    """By capability, difficulty and log slope; `second_order` adds the residuals' own curvature."""
    table, free, penalty = problem.table, problem.free, problem.penalty
    model, benchmark = table.model, table.benchmark
    slope = latent.slope[benchmark]
    logit = slope * (latent.capability[model] - latent.difficulty[benchmark])
    score = np.asarray(expit(logit), dtype=np.float64)
    residual = table.score - score
    rise = score * (1 - score)
    pull = problem.weight * rise * residual
    bend = problem.weight * rise * (rise - second_order * residual * (1 - 2 * score))
    curl = second_order * pull
    shrink = penalty * latent.slope**2

    def per_model(values: Floats) -> Floats:
        return np.asarray(np.bincount(model, values, table.n_models), dtype=np.float64)

    def per_benchmark(values: Floats) -> Floats:
        return np.asarray(np.bincount(benchmark, values, table.n_benchmarks), dtype=np.float64)

    square, mixed = bend * slope**2, slope * (bend * logit - curl)
    cross = np.zeros((table.n_models, 2 * table.n_benchmarks))
    cross[model, benchmark] = -square * free[benchmark]
    cross[model, table.n_benchmarks + benchmark] = mixed * free[benchmark]
    down_difficulty = -per_benchmark(pull * slope) - penalty * latent.difficulty
    down_slope = per_benchmark(pull * logit) - shrink
    return _Derivatives(
        capability=per_model(pull * slope) - penalty * latent.capability,
        benchmark=np.concatenate((free * down_difficulty, free * down_slope)),
        hessian_capability=per_model(square) + penalty,
        hessian_benchmark=_two_by_two(
            np.where(free > 0, per_benchmark(square) + penalty, 1.0),
            np.where(free > 0, per_benchmark(bend * logit**2 - curl * logit) + 2 * shrink, 1.0),
            -free * per_benchmark(mixed),
        ),
        cross=cross,
    )


def _two_by_two(difficulty: Floats, slope: Floats, corner: Floats) -> Floats:
    """The benchmarks' block of the Hessian: each benchmark's difficulty meets only its own slope."""
    count = len(corner)
    block = np.diag(np.concatenate((difficulty, slope)))
    number = np.arange(count)
    block[number, count + number] = block[count + number, number] = corner
    return block


def _damped_step(derivatives: _Derivatives, damping: float) -> Floats | None:
    """The step (capability, difficulty, log slope); None if the damped Hessian is not positive definite."""
    own = derivatives.hessian_capability
    own = own + damping * np.abs(own)
    if own.min() <= 0:
        return None
    # scipy's own product throughout: numpy brings a second BLAS, and the two libraries' idle threads then
    # hold the cores that the other one waits for (measured on two busy cores: 25 to 70 s against 3 to 5 s)
    rooted = (derivatives.cross / np.sqrt(own)[:, None]).T
    schur = dsyrk(-1.0, rooted, 1.0, derivatives.hessian_benchmark.T)
    schur[np.diag_indices_from(schur)] += damping * np.abs(derivatives.hessian_benchmark.diagonal())
    try:
        factor = cho_factor(schur, lower=False, overwrite_a=True, check_finite=False)
    except LinAlgError:
        return None
    right = derivatives.benchmark - derivatives.cross.T @ (derivatives.capability / own)
    benchmark = cho_solve(factor, right, check_finite=False)
    capability = (derivatives.capability - derivatives.cross @ benchmark) / own
    return np.concatenate((capability, benchmark))


def _moved(latent: Latent, move: Floats) -> Latent:
    models, benchmarks = len(latent.capability), len(latent.difficulty)
    capability, difficulty, log_slope = np.split(move, (models, models + benchmarks))
    return Latent(
        latent.capability + capability,
        latent.difficulty + difficulty,
        latent.slope * np.exp(np.clip(log_slope, -2, 2)),
    )
