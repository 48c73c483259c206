"""The array core of the capability index: least squares for abilities, difficulties and slopes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import expit

from analysis.results import Floats

Integers = NDArray[np.intp]

PENALTY = 5e-4
"""Weight of the sum of squared parameters: part of the index's definition, as it places the far tails."""

MOST_STEPS = 500
_NEAR = 1e-3
"""Once a step lowers the loss by less than this share, the exact Hessian is trusted."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """All ordered pairs of scores of one model: the rows of the two, and the cell of their two benchmarks."""

    left: Integers
    right: Integers
    cell: Integers


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
    pairs: Pairs = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pairs", _pairs(self))


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
    """Descent direction and Hessian of half the loss.

    `benchmark` and `hessian_benchmark` hold all difficulties, then all slopes. `cross_difficulty` and
    `cross_slope`, shape (n,), are what each score adds where its model meets its benchmark.
    """

    capability: Floats
    benchmark: Floats
    hessian_capability: Floats
    hessian_benchmark: Floats
    cross_difficulty: Floats
    cross_slope: Floats

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
) -> Latent:
    """Minimise the weighted squared residuals plus `penalty` times the squares of all free parameters.

    `weights`, shape (n,), count each score (default 1). Without `start` all abilities and difficulties begin
    at 0 and all slopes at 1. Slopes move on the log scale, so they stay positive: on the plain scale the
    search can end where better models are expected to score worse. Converged means that no derivative of half
    the loss exceeds `tolerance`.

    The Hessian joins a model only with the benchmarks it sat, so the models' diagonal block is eliminated
    (Schur complement): a sum over pairs of scores of one model. A dense system of twice the number of
    benchmarks is left. Steps are damped
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
    for step in range(MOST_STEPS):
        derivatives = _derivatives(problem, latent, second_order)
        if derivatives.largest < tolerance:
            return replace(latent, steps=step, converged=True)
        move = _damped_step(table, derivatives, damping)
        trial = latent if move is None else _valued(problem, _moved(latent, move))
        if move is None or trial.loss > latent.loss * (1 + 1e-14):
            damping, second_order = min(damping * 6 + 1e-6, 1e8), False
            continue
        second_order = latent.loss - trial.loss < _NEAR * latent.loss
        latent, damping = trial, max(damping / 8, 1e-12)
    return replace(latent, steps=MOST_STEPS, converged=False)


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
        cross_difficulty=-square * free[benchmark],
        cross_slope=mixed * free[benchmark],
    )


def _two_by_two(difficulty: Floats, slope: Floats, corner: Floats) -> Floats:
    """The benchmarks' block of the Hessian: each benchmark's difficulty meets only its own slope."""
    count = len(corner)
    block = np.diag(np.concatenate((difficulty, slope)))
    number = np.arange(count)
    block[number, count + number] = block[count + number, number] = corner
    return block


def _damped_step(table: ScoreTable, derivatives: _Derivatives, damping: float) -> Floats | None:
    """The step (capability, difficulty, log slope); None if the damped Hessian is not positive definite."""
    own = derivatives.hessian_capability
    own = own + damping * np.abs(own)
    if own.min() <= 0:
        return None
    schur = derivatives.hessian_benchmark - _eliminated(table, derivatives, own)
    schur[np.diag_indices_from(schur)] += damping * np.abs(derivatives.hessian_benchmark.diagonal())
    try:
        factor = cho_factor(schur, overwrite_a=True, check_finite=False)
    except LinAlgError:
        return None
    alone = (derivatives.capability / own)[table.model]
    right = derivatives.benchmark - np.concatenate(
        [
            np.bincount(table.benchmark, cross * alone, table.n_benchmarks)
            for cross in (derivatives.cross_difficulty, derivatives.cross_slope)
        ]
    )
    benchmark = cho_solve(factor, right, check_finite=False)
    difficulty, slope = np.split(benchmark, 2)
    met = derivatives.cross_difficulty * difficulty[table.benchmark]
    met += derivatives.cross_slope * slope[table.benchmark]
    capability = (derivatives.capability - np.bincount(table.model, met, table.n_models)) / own
    return np.concatenate((capability, benchmark))


def _eliminated(table: ScoreTable, derivatives: _Derivatives, own: Floats) -> Floats:
    """What the models' block takes from the benchmarks' block: cross' diag(1 / own) cross, model by model."""
    pairs, count = table.pairs, table.n_benchmarks
    root = np.sqrt(own)[table.model]
    difficulty, slope = derivatives.cross_difficulty / root, derivatives.cross_slope / root
    taken = np.empty((2 * count, 2 * count))

    def met(left: Floats, right: Floats) -> Floats:
        products = np.bincount(pairs.cell, left[pairs.left] * right[pairs.right], count * count)
        return np.asarray(products.reshape(count, count), dtype=np.float64)

    taken[:count, :count] = met(difficulty, difficulty)
    taken[count:, count:] = met(slope, slope)
    taken[:count, count:] = met(difficulty, slope)
    taken[count:, :count] = taken[:count, count:].T
    return taken


def _pairs(table: ScoreTable) -> Pairs:
    by_model = np.argsort(table.model, kind="stable")
    counts = np.bincount(table.model, minlength=table.n_models)
    first = np.cumsum(counts) - counts
    partners = counts[table.model[by_model]]
    left = np.repeat(by_model, partners)
    start = np.repeat(np.cumsum(partners) - partners, partners)
    right = by_model[first[table.model[left]] + np.arange(len(left)) - start]
    return Pairs(left, right, table.benchmark[left] * table.n_benchmarks + table.benchmark[right])


def _moved(latent: Latent, move: Floats) -> Latent:
    models, benchmarks = len(latent.capability), len(latent.difficulty)
    capability, difficulty, log_slope = np.split(move, (models, models + benchmarks))
    return Latent(
        latent.capability + capability,
        latent.difficulty + difficulty,
        latent.slope * np.exp(np.clip(log_slope, -2, 2)),
    )
