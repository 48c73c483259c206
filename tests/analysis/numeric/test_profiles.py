"""Profile intervals in other units, and how many points a curve needs."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.numeric.curve_fit import Series, fit_curve
from analysis.numeric.curves import LINE, LOGISTIC, Curve
from analysis.numeric.profiles import profile_intervals

TIME = np.linspace(3.0, 6.5, 40)
NOISE = np.random.default_rng(4).normal(0, 0.03, 40)


@pytest.mark.parametrize("unit", [1e-3, 1e4])
def test_a_ceiling_in_another_unit_has_the_same_interval(unit: float) -> None:
    """Ends in the unit of the values scale with it; those of midpoint and rate stay where they were."""
    values = LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.5, 2.5])) + NOISE
    ends = []
    for scale in (1.0, unit):
        series = Series(TIME, values * scale, np.ones(40))
        fit = fit_curve(LOGISTIC, series, floor=0.25 * scale)
        assert fit is not None
        ceiling, midpoint, rate = profile_intervals(fit, series, ("ceiling", "midpoint", "rate"))
        ends.append(
            [ceiling.low / scale, ceiling.high / scale, midpoint.low, midpoint.high, rate.low, rate.high]
        )
    assert ends[1] == pytest.approx(ends[0], rel=1e-5)


@pytest.mark.parametrize(("curve", "fewest"), [(LINE, 5), (LOGISTIC, 7)], ids=["line", "logistic"])
def test_a_curve_needs_three_points_more_than_parameters(curve: Curve, fewest: int) -> None:
    """With one less nothing is fitted."""
    values = 3.0 + 2.0 * TIME + NOISE
    for points in (fewest - 1, fewest):
        chosen = np.linspace(0, 39, points).astype(int)
        fit = fit_curve(curve, Series(TIME[chosen], values[chosen], np.ones(points)))
        assert (fit is not None) is (points == fewest)
