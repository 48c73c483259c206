"""Growth curves by their formulas, and their derivatives by small steps."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.numeric.curves import (
    BROKEN_LINE,
    DEEPEST,
    EXPONENTIAL,
    GOMPERTZ,
    LINE,
    LOGISTIC,
    Curve,
)

TIME = np.linspace(-1.0, 3.0, 9)
FORMULAS: list[tuple[Curve, tuple[float, ...], Callable[[float], float]]] = [
    (LINE, (2.0, -0.5), lambda t: 2.0 - 0.5 * t),
    (EXPONENTIAL, (1.0, 0.3, 0.8), lambda t: 1.0 + math.exp(0.3 + 0.8 * t)),
    (LOGISTIC, (1.0, 5.0, 0.7, 2.0), lambda t: 1.0 + 4.0 / (1.0 + math.exp(-2.0 * (t - 0.7)))),
    (GOMPERTZ, (1.0, 5.0, 0.7, 2.0), lambda t: 1.0 + 4.0 * math.exp(-math.exp(-2.0 * (t - 0.7)))),
    (BROKEN_LINE, (0.7, 2.0, 1.0, -3.0), lambda t: 2.0 + (1.0 if t < 0.7 else -3.0) * (t - 0.7)),
]
each = pytest.mark.parametrize(
    ("curve", "parameters", "formula"), FORMULAS, ids=[curve.name for curve, *_ in FORMULAS]
)


@each
def test_a_curve_is_its_formula(
    curve: Curve, parameters: tuple[float, ...], formula: Callable[[float], float]
) -> None:
    """For one set of parameters and for each of a batch."""
    wanted = [formula(time) for time in TIME]
    assert curve.value(TIME, np.array(parameters)).tolist() == pytest.approx(wanted)
    other = np.array(parameters) * 1.1
    batch = curve.value(TIME, np.stack([other, np.array(parameters)]))
    assert batch[1].tolist() == pytest.approx(wanted)
    assert batch[0].tolist() == pytest.approx(curve.value(TIME, other).tolist())


@each
def test_derivatives_are_those_of_small_steps(
    curve: Curve, parameters: tuple[float, ...], formula: Callable[[float], float]
) -> None:
    """Each parameter a millionth up and down; the last axis is that of the parameters, named in order."""
    at = np.array(parameters)
    found = curve.jacobian(TIME, at)
    assert found.shape == (len(TIME), len(curve.parameters))
    for place, name in enumerate(curve.parameters):
        step = np.zeros(len(at))
        step[place] = 1e-6
        slope = (curve.value(TIME, at + step) - curve.value(TIME, at - step)) / 2e-6
        assert found[:, curve.index(name)] == pytest.approx(slope, abs=1e-7)
    assert curve.jacobian(TIME, np.stack([at, at]))[1] == pytest.approx(found)


def test_only_curves_with_a_ceiling_saturate() -> None:
    """So that others are not asked for one."""
    assert [curve.name for curve, *_ in FORMULAS if curve.saturating] == ["logistic", "Gompertz"]


def test_far_before_its_midpoint_a_gompertz_curve_is_its_floor() -> None:
    """Thirty units of growth before it lie within what a number can hold; derivatives are nought there."""
    at = np.array([1.0, 5.0, 0.0, 10.0])
    early = np.array([DEEPEST / 10, -100.0])
    assert GOMPERTZ.value(early, at).tolist() == [1.0, 1.0]
    assert GOMPERTZ.jacobian(early, at)[:, 1:].tolist() == [[0.0] * 3] * 2
    assert GOMPERTZ.jacobian(early, at)[:, 0].tolist() == [1.0, 1.0]
