"""Adoption alone, and adoption with a bell-shaped peak: the curves of a hype, with their derivatives."""

from __future__ import annotations

import numpy as np

from analysis.numeric.curve_starts import Box
from analysis.numeric.curves import Curve
from analysis.results import Floats


def _parts(parameters: Floats) -> list[Floats]:
    return [parameters[..., index : index + 1] for index in range(parameters.shape[-1])]


def _adoption(time: Floats, parameters: Floats) -> Floats:
    ceiling, rate, midpoint = _parts(parameters)[:3]
    return np.asarray(ceiling * 0.5 * (1.0 + np.tanh(0.5 * rate * (time - midpoint))))


def _adoption_jacobian(time: Floats, parameters: Floats) -> Floats:
    ceiling, rate, midpoint = _parts(parameters)[:3]
    share = 0.5 * (1.0 + np.tanh(0.5 * rate * (time - midpoint)))
    steep = ceiling * share * (1.0 - share)
    return np.stack([share, steep * (time - midpoint), -steep * rate], axis=-1)


def _bell(time: Floats, parameters: Floats) -> Floats:
    _, peak, width = _parts(parameters)[3:]
    return np.asarray(np.exp(-0.5 * ((time - peak) / width) ** 2))


def _with_peak(time: Floats, parameters: Floats) -> Floats:
    return np.asarray(_adoption(time, parameters) + parameters[..., 3:4] * _bell(time, parameters))


def _with_peak_jacobian(time: Floats, parameters: Floats) -> Floats:
    height, peak, width = _parts(parameters)[3:]
    bell = _bell(time, parameters)
    away = (time - peak) / width
    sloping = height * bell * away / width
    bells = np.stack([bell, sloping, sloping * away], axis=-1)
    return np.concatenate([_adoption_jacobian(time, parameters), bells], axis=-1)


ADOPTION = Curve("adoption", ("ceiling", "rate", "midpoint"), _adoption, _adoption_jacobian, saturating=True)
WITH_PEAK = Curve(
    "adoption with a peak",
    (*ADOPTION.parameters, "height", "peak", "width"),
    _with_peak,
    _with_peak_jacobian,
    saturating=True,
)

_LOW = np.array([0.0, 0.1, -2.0, 0.0, -0.2, 0.02])
_HIGH = np.array([5.0, 60.0, 3.0, 5.0, 1.2, 0.5])


def box_of(curve: Curve) -> Box:
    """Bounds on data scaled to at most 1, over time from 0 to 1."""
    size = len(curve.parameters)
    return Box(_LOW[:size], _HIGH[:size])
