"""Whether two measures of models rise together, by their ranks."""

from __future__ import annotations

import numpy as np
from scipy.stats import spearmanr

from analysis.results import Estimate, Floats, Interval

DRAWS = 999
LEVEL = 0.90
FEWEST_PAIRS = 10


def rank_correlation(one: Floats, other: Floats, seed: int = 0) -> Estimate | None:
    """Spearman's rank correlation with a percentile bootstrap interval over models; None of too few pairs.

    `one`, `other`: shape (n,), finite. Models of one family are not independent, so the interval is somewhat
    too narrow.

    References: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    n = len(one)
    if n < FEWEST_PAIRS:
        return None
    random = np.random.default_rng(seed)
    drawn = random.integers(0, n, (DRAWS, n))
    values = np.array([_spearman(one[pick], other[pick]) for pick in drawn])
    low, high = np.nanquantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(_spearman(one, other), Interval(float(low), float(high), LEVEL))


def _spearman(one: Floats, other: Floats) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(spearmanr(one, other).statistic)
