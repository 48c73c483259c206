"""Growth curves with analytic Jacobians, for one set of parameters or for many at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.results import Floats

DEEPEST = -30.0
"""Growth-rate units before the midpoint below which a Gompertz curve is 0 to machine precision."""

CurveFunction = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Curve:
    """A family of curves.

    `value` and `jacobian` take time in years, shape (n,), and parameters, shape (p,) or (B, p), and give
    values of shape (n,) or (B, n), and derivatives with one more axis of length p. `saturating`: whether it
    has a ceiling.
    """

    name: str
    parameters: tuple[str, ...]
    value: CurveFunction
    jacobian: CurveFunction
    saturating: bool = False

    def index(self, parameter: str) -> int:
        """Position of a parameter by its name."""
        return self.parameters.index(parameter)


def _part(parameters: Floats, index: int) -> Floats:
    return parameters[..., index : index + 1]


def _stack(*columns: Floats) -> Floats:
    # Derivatives lie parameter by parameter in memory: the fits multiply along time.
    return np.stack(np.broadcast_arrays(*columns), axis=-2).swapaxes(-1, -2)


def _line(time: Floats, parameters: Floats) -> Floats:
    return _part(parameters, 0) + _part(parameters, 1) * time


def _line_jacobian(time: Floats, parameters: Floats) -> Floats:
    shape = np.zeros_like(_part(parameters, 0))
    return _stack(np.ones_like(time) + shape, time + shape)


def _exponential(time: Floats, parameters: Floats) -> Floats:
    return np.asarray(_part(parameters, 0) + np.exp(_line(time, parameters[..., 1:])))


def _exponential_jacobian(time: Floats, parameters: Floats) -> Floats:
    growth = np.exp(_line(time, parameters[..., 1:]))
    return _stack(np.ones_like(growth), growth, growth * time)


def _since_midpoint(time: Floats, parameters: Floats) -> Floats:
    return _part(parameters, 3) * (time - _part(parameters, 2))


def _sigmoid_with_slope(z: Floats) -> tuple[Floats, Floats]:
    share = 0.5 * (1.0 + np.tanh(0.5 * z))
    return share, share * (1.0 - share)


def _gompertz_with_slope(z: Floats) -> tuple[Floats, Floats]:
    decay = np.exp(-np.maximum(z, DEEPEST))
    share = np.exp(-decay)
    return share, share * decay


def _growth(shape: Callable[[Floats], tuple[Floats, Floats]]) -> tuple[CurveFunction, CurveFunction]:
    """Curve from floor to ceiling whose share of the way is `shape` of rate x (time - midpoint)."""

    def value(time: Floats, parameters: Floats) -> Floats:
        share, _ = shape(_since_midpoint(time, parameters))
        floor = _part(parameters, 0)
        return np.asarray(floor + (_part(parameters, 1) - floor) * share)

    def jacobian(time: Floats, parameters: Floats) -> Floats:
        share, slope = shape(_since_midpoint(time, parameters))
        steep = (_part(parameters, 1) - _part(parameters, 0)) * slope
        return _stack(
            1.0 - share,
            share,
            -steep * _part(parameters, 3),
            steep * (time - _part(parameters, 2)),
        )

    return value, jacobian


def _broken_line(time: Floats, parameters: Floats) -> Floats:
    since = time - _part(parameters, 0)
    earlier, later = _part(parameters, 2), _part(parameters, 3)
    return np.asarray(_part(parameters, 1) + np.where(since < 0, earlier, later) * since)


def _broken_line_jacobian(time: Floats, parameters: Floats) -> Floats:
    since = time - _part(parameters, 0)
    slope = np.where(since < 0, _part(parameters, 2), _part(parameters, 3))
    return _stack(-slope, np.ones_like(slope), np.minimum(since, 0.0), np.maximum(since, 0.0))


GROWTH_PARAMETERS = ("floor", "ceiling", "midpoint", "rate")

LINE = Curve("line", ("level", "slope"), _line, _line_jacobian)
EXPONENTIAL = Curve("exponential", ("floor", "log_level", "rate"), _exponential, _exponential_jacobian)
LOGISTIC = Curve("logistic", GROWTH_PARAMETERS, *_growth(_sigmoid_with_slope), saturating=True)
GOMPERTZ = Curve("Gompertz", GROWTH_PARAMETERS, *_growth(_gompertz_with_slope), saturating=True)
BROKEN_LINE = Curve(
    "line with one break",
    ("break", "level", "earlier_slope", "later_slope"),
    _broken_line,
    _broken_line_jacobian,
)
