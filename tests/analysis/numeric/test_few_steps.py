"""Solvers take few steps: one that is a little wrong may still arrive, but late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from analysis.numeric import batch_fit, profiles, quantile
from analysis.numeric.curve_fit import Series, fit_curve
from analysis.numeric.curve_starts import Box, box_for, starts_for
from analysis.numeric.curves import GOMPERTZ, LINE, LOGISTIC, Curve
from analysis.numeric.quantile import quantile_regression
from tests.analysis.numeric.test_quantile import broken_line


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[None]:
    """A list that grows with each call of a function."""
    calls: list[None] = []
    real: Callable[..., Any] = getattr(module, name)

    def counting(*given: Any) -> Any:
        calls.append(None)
        return real(*given)

    monkeypatch.setattr(module, name, counting)
    return calls


@pytest.mark.parametrize(("n", "most"), [(24, 8), (60, 8), (180, 10)])
@pytest.mark.parametrize("tau", [0.1, 0.5, 0.9])
def test_a_quantile_is_reached_in_a_handful_of_steps(
    monkeypatch: pytest.MonkeyPatch, n: int, most: int, tau: float
) -> None:
    """Mehrotra's corrector leaves a tenth of the gap or less with each step, whatever the unit."""
    calls = counted(monkeypatch, quantile, "_newton_step")
    design, values = broken_line(n, np.random.default_rng(n))
    quantile_regression(design, 1e6 * values, np.ones((1, n)), tau)
    assert len(calls) <= most


@pytest.mark.parametrize(("curve", "most"), [(LOGISTIC, 18), (GOMPERTZ, 34)], ids=["logistic", "Gompertz"])
def test_a_curve_is_found_in_a_few_dozen_steps(
    monkeypatch: pytest.MonkeyPatch, curve: Curve, most: int
) -> None:
    """From each of its starts, and no sooner than the step has become small."""
    calls = counted(monkeypatch, batch_fit, "_step")
    time = np.linspace(3.0, 6.5, 40)
    noise = np.random.default_rng(4).normal(0, 0.03, 40)
    values = curve.value(time, np.array([0.25, 0.9, 4.5, 2.5])) + noise
    box = box_for(curve, time, values, 0.25)
    found = batch_fit.fit_from_starts(
        curve, time, values[None], np.ones(40), starts_for(curve, time, values, box), box
    )
    assert len(calls) <= most
    again = batch_fit.fit_from_starts(curve, time, values[None], np.ones(40), found.parameters, box)
    assert again.parameters == pytest.approx(found.parameters, rel=1e-8)


@pytest.mark.parametrize(
    ("low", "high", "slope"), [(-9.0, 9.0, 3.0), (-9.0, 2.0, 2.0), (4.0, 9.0, 4.0), (1.0, 1.0, 1.0)]
)
def test_a_parameter_stays_within_its_bounds_and_the_others_make_up_for_it(
    low: float, high: float, slope: float
) -> None:
    """A line through the mean with the nearest slope allowed, from a start beyond either bound."""
    time = np.array([0.0, 1.0, 2.0, 4.0])
    weights = np.array([1.0, 2.0, 1.0, 1.0])
    box = Box(np.array([-99.0, low]), np.array([99.0, high]))
    for start in (-20.0, 20.0):
        found = batch_fit.fit_from_starts(
            LINE, time, (5 + 3 * time)[None], weights, np.array([[0.0, start]]), box
        )
        level = 5 + (3 - slope) * (weights * time).sum() / weights.sum()
        assert found.parameters[0] == pytest.approx([level, slope], abs=1e-7)
        left = 5 + 3 * time - level - slope * time
        assert found.residual_ss[0] == pytest.approx((weights * left**2).sum(), abs=1e-9)


@pytest.mark.parametrize(
    ("design", "values", "weights", "tau", "message"),
    [
        ((4,), (4,), (1, 4), 0.5, "must be"),
        ((4, 2), (3,), (1, 4), 0.5, "must be"),
        ((4, 2), (2, 4), (1, 4), 0.5, "must be"),
        ((4, 2), (4,), (4,), 0.5, r"weights \(4,\) must be \(draws, 4\)"),
        ((4, 2), (4,), (1, 5), 0.5, r"must be \(draws, 4\)"),
        ((4, 2), (4,), (1, 4), 0.0, "tau is 0.0"),
        ((4, 2), (4,), (1, 4), 0.5, "less than full rank"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    design: tuple[int, ...], values: tuple[int, ...], weights: tuple[int, ...], tau: float, message: str
) -> None:
    """Before anything is computed; two columns alike are one too many."""
    with pytest.raises(ValueError, match=message):
        quantile_regression(np.ones(design), np.ones(values), np.ones(weights), tau)


def test_a_weight_of_nought_leaves_a_row_out_and_weights_count_as_repetitions() -> None:
    """The smallest tau and weight that are allowed are fine."""
    design, values = broken_line(30, np.random.default_rng(5))
    weights = np.r_[np.zeros(5), np.full(20, 1.0), np.full(5, 2.0)]
    repeated = np.repeat(np.arange(30), weights.astype(int))
    solved = quantile_regression(design, values, weights[None], 0.3)[0]
    rows = quantile_regression(design[repeated], values[repeated], np.ones((1, len(repeated))), 0.3)[0]
    assert solved == pytest.approx(rows)


@pytest.mark.parametrize("curve", [LOGISTIC, GOMPERTZ], ids=["logistic", "Gompertz"])
@pytest.mark.parametrize(("level", "most"), [(0.5, 5), (0.9, 7), (0.99, 8)])
def test_ends_of_profiles_are_found_in_a_handful_of_rounds(
    monkeypatch: pytest.MonkeyPatch, curve: Curve, level: float, most: int
) -> None:
    """Six ends in step, each where the sum of squares has grown by as much as Student's quantile allows."""
    calls = counted(monkeypatch, profiles, "_profile")
    time = np.linspace(3.0, 6.5, 30)
    noise = np.random.default_rng(4).normal(0, 0.03, 30)
    series = Series(time, curve.value(time, np.array([0.25, 0.9, 4.5, 2.5])) + noise, np.ones(30))
    fit = fit_curve(curve, series, floor=0.25)
    assert fit is not None
    names = ("ceiling", "midpoint", "rate")
    found = profiles.profile_intervals(fit, series, names, level)
    assert len(calls) <= most
    allowed = fit.residual_ss * (1 + float(stats.t.ppf(0.5 + level / 2, 27)) ** 2 / 27)
    for name, interval in zip(names, found, strict=True):
        assert interval.level == level
        for end in (interval.low, interval.high):
            held = np.arange(4) == curve.index(name)
            box = Box(np.where(held, end, fit.box.low), np.where(held, end, fit.box.high))
            refit = batch_fit.fit_from_starts(
                curve, time, series.values[None], np.ones(30), fit.parameters[None], box
            )
            assert refit.residual_ss[0] == pytest.approx(allowed, rel=1e-6)
