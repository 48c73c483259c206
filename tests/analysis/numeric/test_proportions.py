"""Wilson's interval and Holm's correction, held against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from analysis.numeric.multiple_tests import holm_significant
from analysis.numeric.proportions import wilson_interval


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
@pytest.mark.parametrize(("share", "n"), [(0.0, 5), (0.149, 369), (0.5, 2), (22 / 369, 369), (1.0, 40)])
def test_wilsons_interval_is_statsmodels(share: float, n: int, level: float) -> None:
    """Also where nothing or everything succeeds, and for a share that is no whole number of successes."""
    low, high = proportion_confint(share * n, n, alpha=1 - level, method="wilson")
    found = wilson_interval(share, n, level)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    assert 0 <= found.low <= share <= found.high <= 1
    assert found.level == level


@pytest.mark.parametrize("seed", range(20))
def test_holms_rejections_are_statsmodels(seed: int) -> None:
    """For many families of p-values, small and large, with ties."""
    generator = np.random.default_rng(seed)
    p_values = np.round(generator.beta(0.3, 3.0, size=generator.integers(1, 30)), 3)
    expected = multipletests(p_values, alpha=0.05, method="holm")[0]
    assert holm_significant(p_values, 0.05).tolist() == expected.tolist()


def test_the_first_p_value_above_its_limit_ends_the_rejections() -> None:
    """0.03 is below its own limit of 0.05, but 0.026 before it is above 0.025: neither is significant."""
    assert holm_significant(np.array([0.03, 0.026, 0.01]), 0.05).tolist() == [False, False, True]


def test_no_tests_reject_nothing() -> None:
    """An empty family has no members."""
    assert holm_significant(np.array([]), 0.05).tolist() == []
