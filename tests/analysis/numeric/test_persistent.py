"""Lines through values whose errors persist, against the likelihood written out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.numeric.persistent import persistent_fit
from analysis.results import Floats

MONTHS = np.array([0.0, 1, 2, 3, 5, 6, 9, 10, 11, 12, 14, 15, 16, 17])


def wandering(seed: int, memory: float) -> Floats:
    """A line of slope -0.2 a month with errors that keep so much of themselves from month to month."""
    noise = np.random.default_rng(seed)
    error = [noise.normal()]
    for gap in np.diff(MONTHS):
        kept = memory**gap
        error.append(kept * error[-1] + math.sqrt(1 - kept**2) * noise.normal())
    return np.asarray(3.0 - 0.2 * MONTHS + 0.3 * np.array(error))


@pytest.mark.parametrize(("seed", "memory"), [(1, 0.0), (2, 0.6), (3, 0.9)])
def test_the_fit_has_the_greatest_likelihood_of_a_normal_with_that_covariance(
    seed: int, memory: float
) -> None:
    """No coefficient, memory or variance near it makes the values likelier, by the full covariance matrix."""
    values = wandering(seed, memory)
    design = np.column_stack([np.ones_like(MONTHS), MONTHS])
    fit = persistent_fit(design, values, MONTHS)

    def likelihood(level: float, slope: float, kept: float) -> float:
        correlation = kept ** np.abs(MONTHS[:, None] - MONTHS[None, :]) if kept else np.eye(len(MONTHS))
        left = values - level - slope * MONTHS
        variance = float(left @ np.linalg.solve(correlation, left)) / len(values)
        return float(stats.multivariate_normal(np.zeros(len(values)), variance * correlation).logpdf(left))

    level, slope = fit.coefficients
    best = likelihood(level, slope, fit.memory)
    for shift in (-0.02, 0.02):
        assert likelihood(level + shift, slope, fit.memory) < best
        assert likelihood(level, slope + shift / 10, fit.memory) < best
        if 0 <= fit.memory + shift <= 0.98:
            assert likelihood(level, slope, fit.memory + shift) <= best + 1e-9
    n, k = len(values), 4
    constant = n * (math.log(2 * math.pi) + 1)
    assert fit.aicc == pytest.approx(-2 * best - constant + 2 * k * n / (n - k - 1))


def test_without_memory_it_is_least_squares() -> None:
    """Errors that change sign from month to month have no memory: slope and interval are the usual ones."""
    months = np.arange(12.0)
    values = 1.0 - 0.5 * months + 0.1 * np.resize([1.0, -1.0], 12)
    fit = persistent_fit(np.column_stack([np.ones(12), months]), values, months)
    usual = stats.linregress(months, values)
    assert fit.memory == 0.0
    assert fit.coefficients[1] == pytest.approx(usual.slope)
    half = stats.t.ppf(0.95, 10) * usual.stderr
    assert (fit.interval(1).low, fit.interval(1).high) == pytest.approx(
        (usual.slope - half, usual.slope + half)
    )


def test_values_too_few_for_the_parameters_are_refused() -> None:
    """The AICc of as many values as parameters has no meaning."""
    with pytest.raises(ValueError, match="5 values are too few for 4"):
        persistent_fit(np.column_stack([np.ones(5), MONTHS[:5]]), MONTHS[:5], MONTHS[:5])
