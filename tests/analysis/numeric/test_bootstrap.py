"""Bootstrap weights and the intervals read off draws, against counting and sorting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.numeric.bootstrap import cluster_weights, model_weights, percentile_interval

DRAWN = np.random.default_rng(1).exponential(size=101)
"""101 draws, so that the 5th and the 95th percentile are draws themselves."""


@pytest.mark.parametrize(("level", "ends"), [(0.9, (5, 95)), (0.8, (10, 90)), (0.5, (25, 75))])
def test_ends_are_the_central_percentiles(level: float, ends: tuple[int, int]) -> None:
    """Of 101 sorted draws the 90 % interval reaches from the sixth to the sixth last."""
    found = percentile_interval(DRAWN, level)
    assert (found.low, found.high) == pytest.approx(tuple(np.sort(DRAWN)[list(ends)]))
    assert found.level == level


@pytest.mark.parametrize("factor", [0.0, 0.5, 0.92, 2.0])
def test_the_factor_scales_the_half_width_about_the_middle(factor: float) -> None:
    """The middle of a skew interval stays where it was."""
    low, high = np.sort(DRAWN)[[5, 95]]
    found = percentile_interval(DRAWN, 0.9, factor)
    assert found.low == pytest.approx(low + (1 - factor) * (high - low) / 2)
    assert found.high == pytest.approx(high - (1 - factor) * (high - low) / 2)


def test_draws_without_a_value_are_left_out() -> None:
    """What could not be solved counts for neither end."""
    with_gaps = np.concatenate([[np.nan] * 40, DRAWN, [np.inf, -np.inf]])
    assert percentile_interval(with_gaps, 0.9) == percentile_interval(DRAWN, 0.9)


def test_each_draw_takes_as_many_models_as_there_are() -> None:
    """Weights count n draws with replacement: each model once on average, with a binomial spread."""
    weights = model_weights(40, 4000, np.random.default_rng(2))
    assert weights.shape == (4000, 40)
    assert (weights.sum(axis=1) == 40).all()
    assert weights.mean(axis=0) == pytest.approx(np.ones(40), abs=0.1)
    assert weights.var() == pytest.approx(39 / 40, abs=0.03)


def test_models_of_one_cluster_come_and_go_together() -> None:
    """Drawn are clusters, as many as there are: the counts of first members add up to their number."""
    labels = ["b", "a", "b", "c", "a", "b"]
    weights = cluster_weights(labels, 500, np.random.default_rng(3))
    columns = {label: weights[:, [other == label for other in labels]] for label in "abc"}
    assert all((same == same[:, :1]).all() for same in columns.values())
    assert (sum(same[:, 0] for same in columns.values()) == 3).all()
    assert weights.mean(axis=0) == pytest.approx(np.ones(6), abs=0.15)
