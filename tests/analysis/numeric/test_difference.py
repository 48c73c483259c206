"""The interval of a difference from those of its sides."""

from __future__ import annotations

import pytest

from analysis.gains.budget import gain
from analysis.numeric.difference import difference
from analysis.results import Estimate, Interval


def test_even_intervals_add_like_independent_errors() -> None:
    """3 and 4 to each side make 5."""
    found = difference(10.0, Interval(7.0, 13.0, 0.9), 2.0, Interval(-2.0, 6.0, 0.9))
    assert found == Estimate(8.0, Interval(3.0, 13.0, 0.9))


def test_uneven_intervals_stay_uneven() -> None:
    """The low end takes the lower side of the first and the upper side of the second."""
    found = difference(10.0, Interval(7.0, 22.0), 2.0, Interval(-3.0, 6.0)).interval
    assert found == Interval(8.0 - 5.0, 8.0 + 13.0)


@pytest.mark.parametrize(
    "before",
    [
        {"model_id": "a", "value": 4.0, "low": 3.0, "high": 5.0},
        {"model_id": "b", "value": 4.0, "low": None, "high": None},
    ],
    ids=["the same model", "no interval of the other"],
)
def test_a_gain_without_two_intervals_of_two_models_has_none(before: dict[str, object]) -> None:
    """A model is exactly as good as itself."""
    bought = {"model_id": "a", "value": 5.0, "low": 4.0, "high": 6.0}
    assert gain(bought, before) == Estimate(1.0)
