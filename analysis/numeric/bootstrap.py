"""Bootstrap draws as rows of weights, and the intervals read off them."""

from __future__ import annotations

import numpy as np

from analysis.results import Floats, Interval


def model_weights(n: int, draws: int, generator: np.random.Generator) -> Floats:
    """How often each of `n` models is drawn, shape (draws, n): n draws with replacement, each model alike."""
    return generator.multinomial(n, np.full(n, 1.0 / n), size=draws).astype(np.float64)


def cluster_weights(labels: list[str], draws: int, generator: np.random.Generator) -> Floats:
    """As `model_weights`, but whole clusters are drawn: all models of one label come and go together.

    `labels`: the cluster of each model, length n. Returns shape (draws, n).

    References: Cameron and Miller (2015), A practitioner's guide to cluster-robust inference.
    """
    _, cluster = np.unique(np.asarray(labels), return_inverse=True)
    return model_weights(int(cluster.max()) + 1, draws, generator)[:, cluster]


def percentile_interval(drawn: Floats, level: float, factor: float = 1.0) -> Interval:
    """Central percentiles of the draws, shape (B,), its half-width multiplied by `factor` about its middle.

    `factor` is what a simulation found to bring the coverage to `level`. Draws that are NaN are left out.

    References: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    low, high = np.quantile(drawn[np.isfinite(drawn)], [0.5 - level / 2, 0.5 + level / 2])
    middle, half = (low + high) / 2, (high - low) / 2 * factor
    return Interval(float(middle - half), float(middle + half), level)
