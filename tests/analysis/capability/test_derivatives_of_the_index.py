"""Derivatives of the index's loss by small steps, and in how few steps they lead to its minimum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.capability.index_fit import (
    Latent,
    ScoreTable,
    _derivatives,
    _Problem,
    expected_scores,
    fit_latent,
)
from analysis.capability.index_table import eligible_scores, numbered
from analysis.results import Floats
from tests.analysis.capability.test_capability import world

MODELS, BENCHMARKS = 4, 3
PENALTY = 0.05


def problem() -> tuple[_Problem, Floats]:
    """Ten scores of four models on three benchmarks, the middle one the base; and where the loss is taken."""
    rng = np.random.default_rng(3)
    model = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3, 3])
    benchmark = np.array([0, 1, 2, 0, 1, 0, 1, 2, 1, 2])
    table = ScoreTable(model, benchmark, rng.random(10), MODELS, BENCHMARKS, base=1)
    weight = rng.uniform(0.5, 2.0, 10)
    at = rng.normal(0, 0.7, MODELS + 2 * BENCHMARKS)
    at[[MODELS + 1, MODELS + BENCHMARKS + 1]] = 0.0
    return _Problem(table, weight, PENALTY, np.array([1.0, 0.0, 1.0])), at


def latent(at: Floats) -> Latent:
    capability, difficulty, log_slope = np.split(at, [MODELS, MODELS + BENCHMARKS])
    return Latent(capability, difficulty, np.exp(log_slope))


def half_loss(given: _Problem, at: Floats) -> float:
    """Half of the weighted squares of what is left, and of the penalised parameters; slopes as logarithms."""
    here = latent(at)
    left = given.table.score - expected_scores(given.table, here)
    squares = (here.capability**2).sum() + (given.free * (here.difficulty**2 + here.slope**2)).sum()
    return float((given.weight * left**2).sum() + PENALTY * squares) / 2


def by_steps(function: Callable[[Floats], Floats], at: Floats, step: float) -> Floats:
    """Central differences, a row for each parameter."""
    moves = step * np.eye(len(at))
    return np.stack([(function(at + move) - function(at - move)) / (2 * step) for move in moves])


FREE = np.array([place for place in range(MODELS + 2 * BENCHMARKS) if place not in (5, 8)])


def gradient(given: _Problem, at: Floats) -> Floats:
    return by_steps(lambda here: np.array(half_loss(given, here)), at, 1e-5)


def test_the_direction_is_that_of_steepest_descent() -> None:
    """Of all that is free; the base moves not at all."""
    given, at = problem()
    found = _derivatives(given, latent(at), second_order=False)
    direction = np.concatenate([found.capability, found.benchmark])
    assert direction[FREE] == pytest.approx(-gradient(given, at)[FREE], abs=1e-8)
    assert direction[[5, 8]].tolist() == [0.0, 0.0]
    assert found.largest == pytest.approx(np.abs(direction).max())


def assembled(given: _Problem, at: Floats, *, second_order: bool) -> Floats:
    """All blocks of the Hessian in one matrix."""
    found, table = _derivatives(given, latent(at), second_order), given.table
    whole = np.zeros((len(at), len(at)))
    whole[:MODELS, :MODELS] = np.diag(found.hessian_capability)
    whole[MODELS:, MODELS:] = found.hessian_benchmark
    for row, (model, benchmark) in enumerate(zip(table.model, table.benchmark, strict=True)):
        for block, cross in ((0, found.cross_difficulty), (BENCHMARKS, found.cross_slope)):
            column = MODELS + block + benchmark
            whole[model, column] += cross[row]
            whole[column, model] += cross[row]
    return whole


def test_the_exact_hessian_is_that_of_small_steps() -> None:
    """Every block: models, benchmarks, and where they meet; the base is one on its diagonal."""
    given, at = problem()
    found = assembled(given, at, second_order=True)
    wanted = by_steps(lambda here: gradient(given, here), at, 1e-4)
    assert found[np.ix_(FREE, FREE)] == pytest.approx(wanted[np.ix_(FREE, FREE)], abs=2e-5)
    assert found[[5, 8], [5, 8]].tolist() == [1.0, 1.0]
    assert np.abs(found[5]).sum() == np.abs(found[8]).sum() == 1.0


def test_without_its_second_order_it_is_that_of_exact_scores() -> None:
    """Where nothing is left over the residuals have no curvature of their own."""
    given, at = problem()
    exact = ScoreTable(
        given.table.model,
        given.table.benchmark,
        expected_scores(given.table, latent(at)),
        MODELS,
        BENCHMARKS,
        base=1,
    )
    fitting = _Problem(exact, given.weight, PENALTY, given.free)
    plain, full = (assembled(given, at, second_order=order) for order in (False, True))
    assert plain == pytest.approx(assembled(fitting, at, second_order=True))
    assert np.abs(plain - full).max() > 1e-3


@pytest.mark.parametrize("seed", range(4))
def test_the_minimum_is_reached_in_a_handful_of_steps(seed: int) -> None:
    """Newton's steps at the end double the digits each; more than nine would say that one is wrong."""
    table = numbered(eligible_scores(world(seed=seed)).scores, "test-00")
    found = fit_latent(table)
    assert found.converged
    assert found.steps <= 9
