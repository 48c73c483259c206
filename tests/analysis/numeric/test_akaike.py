"""Weights of candidates from their information criteria."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.numeric.akaike import akaike_weights
from analysis.numeric.curve_fit import corrected_aic


def test_weights_add_up_and_follow_the_criteria() -> None:
    """A difference of 2 in AICc is a ratio of e in weight, and all weights add up to 1."""
    weights = akaike_weights(np.array([10.0, 12.0, 10.0]))
    assert weights.sum() == pytest.approx(1.0)
    assert weights[0] / weights[1] == pytest.approx(np.e)
    assert weights[0] == weights[2]


def test_a_candidate_that_could_not_be_judged_weighs_nothing() -> None:
    """An infinite criterion, of a curve with too few points, gives weight 0 and spoils no other."""
    assert akaike_weights(np.array([3.0, np.inf])).tolist() == [1.0, 0.0]


def test_large_criteria_weigh_by_their_differences_alone() -> None:
    """Thousands on both sides neither vanish nor overflow: only how far they lie apart counts."""
    for offset in (-5000.0, 5000.0):
        weights = akaike_weights(np.array([offset, offset + 2.0]))
        assert weights[1] / weights[0] == pytest.approx(np.exp(-1.0))


@pytest.mark.parametrize(("n", "aicc"), [(4, np.inf), (5, 5 * np.log(2.0 / 5) + 6 + 24)])
def test_too_few_points_for_the_correction_make_it_infinite(n: int, aicc: float) -> None:
    """With three parameters, the error variance among them, it takes five points."""
    assert corrected_aic(2.0, n, 3) == pytest.approx(aicc)
