"""The array core of the capability index: the minimum it finds and the weights of its draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import least_squares
from scipy.special import expit
from scipy.stats import spearmanr

from analysis.capability.index_fit import PENALTY, ScoreTable, expected_scores, fit_latent, resampling_weights


def arrays(seed: int = 0) -> ScoreTable:
    rng = np.random.default_rng(seed)
    model, benchmark = (index.ravel() for index in np.indices((15, 6)))
    return ScoreTable(model, benchmark, rng.random(90), 15, 6, base=2)


def test_fit_reaches_the_minimum_that_a_general_optimiser_finds() -> None:
    """Same loss and same expected scores as scipy's least squares on the same penalised residuals."""
    table = arrays()
    fitted = fit_latent(table)
    free = np.arange(table.n_benchmarks) != table.base

    def residuals(theta: np.ndarray) -> np.ndarray:
        difficulty, slope = np.zeros(6), np.ones(6)
        difficulty[free], slope[free] = theta[15:20], np.exp(theta[20:])
        score = expit(slope[table.benchmark] * (theta[table.model] - difficulty[table.benchmark]))
        shrunk = np.concatenate((theta[:15], difficulty[free], slope[free]))
        return np.concatenate((table.score - score, np.sqrt(PENALTY) * shrunk))

    other = least_squares(residuals, np.zeros(25), ftol=1e-15, xtol=1e-15, gtol=1e-12)
    assert fitted.converged
    assert fitted.loss == pytest.approx(2 * other.cost, rel=1e-9)
    np.testing.assert_allclose(fitted.capability, other.x[:15], atol=1e-5)


def test_no_small_change_of_any_parameter_lowers_the_loss() -> None:
    """At the fit the gradient, taken by differences, is zero in every free direction, weights included."""
    table = arrays(1)
    weights = np.random.default_rng(2).integers(0, 3, 90).astype(float)
    fitted = fit_latent(table, weights)

    def loss(capability: np.ndarray, slope: np.ndarray) -> float:
        moved = replace(fitted, capability=capability, slope=slope)
        free = np.arange(6) != table.base
        shrunk = (capability**2).sum() + (fitted.difficulty[free] ** 2).sum() + (slope[free] ** 2).sum()
        return float(weights @ (table.score - expected_scores(table, moved)) ** 2 + PENALTY * shrunk)

    assert loss(fitted.capability, fitted.slope) == pytest.approx(fitted.loss, rel=1e-12)
    for number in (0, 7, 14):
        nudge = np.eye(15)[number] * 1e-4
        up = loss(fitted.capability + nudge, fitted.slope)
        down = loss(fitted.capability - nudge, fitted.slope)
        assert abs(up - down) / 2e-4 < 1e-6
    for number in (0, 5):
        nudge = np.eye(6)[number] * 1e-4
        up = loss(fitted.capability, fitted.slope + nudge)
        down = loss(fitted.capability, fitted.slope - nudge)
        assert abs(up - down) / 2e-4 < 1e-6


def test_base_benchmark_keeps_difficulty_zero_and_slope_one() -> None:
    """The base carries the latent scale, so no step moves it."""
    fitted = fit_latent(arrays())
    assert fitted.difficulty[2] == 0.0
    assert fitted.slope[2] == 1.0


def test_weights_count_scores_as_if_repeated() -> None:
    """A weight of two is the same as the row standing there twice."""
    table = arrays()
    weights = np.ones(90)
    weights[10] = 2.0
    twice = replace(
        table,
        model=np.append(table.model, table.model[10]),
        benchmark=np.append(table.benchmark, table.benchmark[10]),
        score=np.append(table.score, table.score[10]),
    )
    np.testing.assert_allclose(fit_latent(table, weights).capability, fit_latent(twice).capability, atol=1e-8)


def test_slopes_stay_positive_where_a_benchmark_runs_backwards() -> None:
    """Even a benchmark on which the weakest score best never counts against able models."""
    rng = np.random.default_rng(4)
    model, benchmark = (index.ravel() for index in np.indices((20, 6)))
    ability = np.linspace(-2, 2, 20)
    sign = np.where(benchmark == 5, -1.0, 1.0)
    score = expit(sign * 2 * ability[model]) + rng.normal(0, 0.01, 120)
    fitted = fit_latent(ScoreTable(model, benchmark, np.clip(score, 0, 1), 20, 6, base=0))
    assert fitted.converged
    assert (fitted.slope > 0).all()
    assert fitted.slope[5] < 0.05
    assert spearmanr(fitted.capability, ability)[0] > 0.99


def test_resampling_keeps_each_models_number_of_scores() -> None:
    """Weights are never negative, sum to the number of a model's scores in each draw, and average one."""
    model = np.array([2, 0, 0, 1, 2, 0, 2, 2, 0])
    table = ScoreTable(model, np.arange(9), np.zeros(9), 3, 9, base=0)
    weights = resampling_weights(table, 4000, np.random.default_rng(0))
    assert weights.min() >= 0
    for number in range(3):
        np.testing.assert_allclose(weights[:, model == number].sum(axis=1), (model == number).sum())
    np.testing.assert_allclose(weights.mean(axis=0), 1.0, atol=0.08)


def test_resampled_means_have_the_variance_of_a_mean() -> None:
    """The spread of resampled means is the standard error s / sqrt(k) also for as few as four scores."""
    score = np.array([0.1, 0.4, 0.5, 0.9])
    table = ScoreTable(np.zeros(4, dtype=np.intp), np.arange(4), score, 1, 4, base=0)
    means = resampling_weights(table, 20_000, np.random.default_rng(1)) @ score / 4
    assert means.std() == pytest.approx(score.std(ddof=1) / 2, rel=0.03)
