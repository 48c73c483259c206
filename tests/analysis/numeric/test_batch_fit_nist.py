"""What the fits of all curves must reach: NIST's certified digits, from both starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pytest

from analysis.numeric.batch_fit import fit_batch
from analysis.numeric.curves import Curve, CurveFunction
from analysis.results import Floats
from tests.places import SHARED

REFERENCE = SHARED / "reference"
DIGITS = 8.0

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not REFERENCE.is_dir(), reason="NIST's files are not beside the repository"),
]


@dataclass(frozen=True)
class Problem:
    """A certified problem: its curve, data, two starts (2, p) and certified parameters (p,)."""

    curve: Curve
    x: Floats
    y: Floats
    starts: Floats
    parameters: Floats


def part(b: Floats, index: int) -> Floats:
    return b[..., index : index + 1]


def stack(*slopes: Floats) -> Floats:
    return np.stack(np.broadcast_arrays(*slopes), axis=-1)


def rational(numerator: int) -> tuple[CurveFunction, CurveFunction]:
    """Quotient of polynomials with `numerator` coefficients above and a leading 1 below."""

    def parts(x: Floats, b: Floats) -> tuple[Floats, Floats]:
        above = sum(part(b, k) * x**k for k in range(numerator))
        below = 1 + sum(part(b, k) * x ** (k - numerator + 1) for k in range(numerator, b.shape[-1]))
        return np.asarray(above), np.asarray(below)

    def value(x: Floats, b: Floats) -> Floats:
        above, below = parts(x, b)
        return np.asarray(above / below)

    def jacobian(x: Floats, b: Floats) -> Floats:
        above, below = parts(x, b)
        upper = [x**k / below for k in range(numerator)]
        lower = [-above * x ** (k - numerator + 1) / below**2 for k in range(numerator, b.shape[-1])]
        return stack(*upper, *lower)

    return value, jacobian


def chwirut(x: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(-part(b, 0) * x) / (part(b, 1) + part(b, 2) * x))


def chwirut_jacobian(x: Floats, b: Floats) -> Floats:
    value, below = chwirut(x, b), part(b, 1) + part(b, 2) * x
    return stack(-x * value, -value / below, -x * value / below)


def rat42(x: Floats, b: Floats) -> Floats:
    return np.asarray(part(b, 0) / (1 + np.exp(part(b, 1) - part(b, 2) * x)))


def rat42_jacobian(x: Floats, b: Floats) -> Floats:
    power = np.exp(part(b, 1) - part(b, 2) * x)
    bend = part(b, 0) * power / (1 + power) ** 2
    return stack(1 / (1 + power), -bend, x * bend)


def danwood(x: Floats, b: Floats) -> Floats:
    return np.asarray(part(b, 0) * x ** part(b, 1))


def danwood_jacobian(x: Floats, b: Floats) -> Floats:
    power = x ** part(b, 1)
    return stack(power, part(b, 0) * np.log(x) * power)


def misra1a(x: Floats, b: Floats) -> Floats:
    return np.asarray(part(b, 0) * (1 - np.exp(-part(b, 1) * x)))


def misra1a_jacobian(x: Floats, b: Floats) -> Floats:
    left = np.exp(-part(b, 1) * x)
    return stack(1 - left, part(b, 0) * x * left)


MODELS: dict[str, tuple[CurveFunction, CurveFunction]] = {
    "Chwirut2": (chwirut, chwirut_jacobian),
    "DanWood": (danwood, danwood_jacobian),
    "Hahn1": rational(4),
    "Kirby2": rational(3),
    "Misra1a": (misra1a, misra1a_jacobian),
    "Rat42": (rat42, rat42_jacobian),
}


def problem(name: str) -> Problem:
    text = (REFERENCE / f"nist_{name}.dat").read_text()
    rows = re.findall(r"^\s*(b\d+) =\s+(\S+)\s+(\S+)\s+(\S+)\s+\S+", text, re.MULTILINE)
    names, *figures = zip(*rows, strict=True)
    first, second, parameters = np.array(figures, dtype=float)
    data = np.array([line.split() for line in text.splitlines()[60:] if line.strip()], dtype=float)
    curve = Curve(name, names, *MODELS[name])
    return Problem(curve, data[:, 1], data[:, 0], np.array([first, second]), parameters)


def digits(found: Floats, certified: Floats) -> float:
    """Correct digits of the worst entry (NIST's log relative error)."""
    return float(-np.log10(np.maximum(np.abs(found - certified) / np.abs(certified), 1e-16)).min())


def fitted(given: Problem, low: Floats, high: Floats, weights: Floats | None = None) -> Floats:
    """The parameters found from either start, shape (2, p)."""
    weights = np.ones(len(given.y)) if weights is None else weights
    return fit_batch(given.curve, given.x, given.y, weights, given.starts, low, high).parameters


def unbounded(given: Problem) -> tuple[Floats, Floats]:
    size = len(given.parameters)
    return np.full(size, -np.inf), np.full(size, np.inf)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_certified_parameters_are_reached(name: str) -> None:
    """Eight digits of every parameter, from either start."""
    given = problem(name)
    for found in fitted(given, *unbounded(given)):
        assert digits(found, given.parameters) >= DIGITS


@pytest.mark.parametrize("name", sorted(MODELS))
def test_bounds_that_do_not_bind_change_nothing(name: str) -> None:
    """With wide bounds the same digits are reached from the nearer start."""
    given = problem(name)
    room = 3 * np.abs(given.parameters - given.starts[1]) + 1e-3 * np.abs(given.parameters)
    _, found = fitted(given, given.parameters - room, given.parameters + room)
    assert digits(found, given.parameters) >= DIGITS


def test_a_bound_that_binds_is_where_a_parameter_stops() -> None:
    """The other parameter is the best for that place."""
    given = problem("DanWood")
    for bound, other in fitted(given, np.array([0.0, 0.0]), np.array([0.7, 10.0])):
        assert bound == pytest.approx(0.7)
        slopes = given.curve.jacobian(given.x, np.array([bound, other]))[:, 1]
        residuals = given.y - given.curve.value(given.x, np.array([bound, other]))
        assert abs(slopes @ residuals) < 1e-6 * np.linalg.norm(slopes) * np.linalg.norm(residuals)


def test_weights_count_as_repeated_observations() -> None:
    """An observation of weight 2 pulls as if it stood twice."""
    given = problem("Rat42")
    weights = np.ones(len(given.y))
    weights[3] = 2.0
    twice = replace(given, x=np.append(given.x, given.x[3]), y=np.append(given.y, given.y[3]))
    np.testing.assert_allclose(
        fitted(given, *unbounded(given), weights), fitted(twice, *unbounded(twice)), rtol=1e-9
    )
