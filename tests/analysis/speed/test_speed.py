"""Hosts against each other, medians of times, and rank correlation, on hand-made rows."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import bootstrap, spearmanr

from analysis.speed.hosts import host_factors
from analysis.speed.ranks import rank_correlation
from analysis.speed.times import typical_times


def test_a_host_is_compared_with_the_median_of_at_least_three_others() -> None:
    """The fast hosts are no others to each other, and two others are too few."""
    rows = [("a", host, speed) for host, speed in (("groq", 30.0), ("x", 5.0), ("y", 10.0), ("z", 20.0))]
    rows += [("a", "cerebras", 1000.0), ("b", "groq", 30.0), ("b", "x", 5.0), ("b", "y", 5.0)]
    hosts = pl.DataFrame(rows, schema=["model_id", "host", "output_tokens_per_second"], orient="row")
    assert host_factors(hosts, "groq").select("model_id", "factor", "n").rows() == [("a", 3.0, 3)]


def test_a_median_has_an_interval_from_order_statistics_or_none_of_too_few() -> None:
    """Ten models: from the second to the ninth; five are too few for 90 %; four tell no median."""
    times = pl.DataFrame(
        {
            "benchmark_id": ["x"] * 19,
            "benchmark": ["X"] * 19,
            "reasoning": [True] * 10 + [False] * 5 + [None] * 4,
            "seconds": [float(n) for n in (*range(1, 11), *range(1, 6), *range(1, 5))],
        }
    )
    found = typical_times(times)
    assert found.select("reasoning", "n", "seconds", "low", "high").rows() == [
        (True, 10, 5.5, 2.0, 9.0),
        (False, 5, 3.0, 1.0, 5.0),
    ]


def test_a_rank_correlation_has_an_interval_and_needs_ten_pairs() -> None:
    """A rising row is 1; nine pairs tell nothing."""
    ten = np.arange(10.0)
    found = rank_correlation(ten, ten**3)
    assert found is not None
    assert found.value == pytest.approx(1.0)
    assert found.interval is not None
    assert found.interval.high == pytest.approx(1.0)
    assert rank_correlation(ten[:9], ten[:9]) is None


def test_the_interval_of_a_rank_correlation_is_scipys_bootstrap() -> None:
    """Forty models: both ends within what 999 draws leave open; ten pairs are enough."""
    rng = np.random.default_rng(3)
    one = rng.standard_normal(40)
    other = one + rng.standard_normal(40)
    found = rank_correlation(one, other)
    wanted = bootstrap(
        (one, other),
        lambda x, y: spearmanr(x, y).statistic,
        paired=True,
        vectorized=False,
        n_resamples=999,
        confidence_level=0.90,
        method="percentile",
        rng=np.random.default_rng(8),
    ).confidence_interval
    assert found is not None
    assert found.value == pytest.approx(spearmanr(one, other).statistic)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((wanted.low, wanted.high), abs=0.03)
    assert found.interval.level == 0.90
    assert rank_correlation(one[:10], other[:10]) is not None
