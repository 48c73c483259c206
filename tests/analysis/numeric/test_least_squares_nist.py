"""What the least-squares core must reach: NIST's certified digits, from both starts, standard errors too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from analysis.numeric.least_squares import fit_least_squares
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
    """A certified problem: data, two starts, certified parameters and standard errors."""

    x: Floats
    y: Floats
    starts: tuple[Floats, Floats]
    parameters: Floats
    errors: Floats


def rational(numerator: int) -> tuple[Callable[..., Floats], Callable[..., Floats]]:
    """Quotient of polynomials with `numerator` coefficients above and a leading 1 below."""

    def parts(x: Floats, b: Floats) -> tuple[Floats, Floats]:
        above = sum(b[k] * x**k for k in range(numerator))
        below = 1 + sum(b[k] * x ** (k - numerator + 1) for k in range(numerator, len(b)))
        return np.asarray(above), np.asarray(below)

    def value(x: Floats, b: Floats) -> Floats:
        above, below = parts(x, b)
        return np.asarray(above / below)

    def jacobian(x: Floats, b: Floats) -> Floats:
        above, below = parts(x, b)
        upper = [x**k / below for k in range(numerator)]
        lower = [-above * x ** (k - numerator + 1) / below**2 for k in range(numerator, len(b))]
        return np.column_stack(upper + lower)

    return value, jacobian


def chwirut(x: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(-b[0] * x) / (b[1] + b[2] * x))


def chwirut_jacobian(x: Floats, b: Floats) -> Floats:
    value, below = chwirut(x, b), b[1] + b[2] * x
    return np.column_stack([-x * value, -value / below, -x * value / below])


def rat42(x: Floats, b: Floats) -> Floats:
    return np.asarray(b[0] / (1 + np.exp(b[1] - b[2] * x)))


def rat42_jacobian(x: Floats, b: Floats) -> Floats:
    power = np.exp(b[1] - b[2] * x)
    bend = b[0] * power / (1 + power) ** 2
    return np.column_stack([1 / (1 + power), -bend, x * bend])


MODELS: dict[str, tuple[Callable[..., Floats], Callable[..., Floats]]] = {
    "Chwirut2": (chwirut, chwirut_jacobian),
    "DanWood": (
        lambda x, b: b[0] * x ** b[1],
        lambda x, b: np.column_stack([x ** b[1], b[0] * np.log(x) * x ** b[1]]),
    ),
    "Hahn1": rational(4),
    "Kirby2": rational(3),
    "Misra1a": (
        lambda x, b: b[0] * (1 - np.exp(-b[1] * x)),
        lambda x, b: np.column_stack([1 - np.exp(-b[1] * x), b[0] * x * np.exp(-b[1] * x)]),
    ),
    "Rat42": (rat42, rat42_jacobian),
}


def problem(name: str) -> Problem:
    text = (REFERENCE / f"nist_{name}.dat").read_text()
    rows = re.findall(r"^\s*b\d+ =\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)", text, re.MULTILINE)
    first, second, parameters, errors = np.array(rows, dtype=float).T
    data = np.array([line.split() for line in text.splitlines()[60:] if line.strip()], dtype=float)
    return Problem(data[:, 1], data[:, 0], (first, second), parameters, errors)


def digits(found: Floats, certified: Floats) -> float:
    """Correct digits of the worst entry (NIST's log relative error)."""
    return float(-np.log10(np.maximum(np.abs(found - certified) / np.abs(certified), 1e-16)).min())


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("name", sorted(MODELS))
def test_certified_parameters_and_errors_are_reached(name: str, start: int) -> None:
    """Eight digits of every parameter and of every standard error, from either start."""
    given = problem(name)
    found = fit_least_squares(*MODELS[name], given.x, given.y, given.starts[start])
    assert digits(found.parameters, given.parameters) >= DIGITS
    assert digits(found.standard_errors, given.errors) >= DIGITS


@pytest.mark.parametrize("name", sorted(MODELS))
def test_bounds_that_do_not_bind_change_nothing(name: str) -> None:
    """With wide bounds the bounded solver reaches the same digits."""
    given = problem(name)
    room = 3 * np.abs(given.parameters - given.starts[1]) + 1e-3 * np.abs(given.parameters)
    bounds = (given.parameters - room, given.parameters + room)
    found = fit_least_squares(*MODELS[name], given.x, given.y, given.starts[1], bounds=bounds)
    assert digits(found.parameters, given.parameters) >= DIGITS


def test_a_parameter_at_its_bound_has_no_standard_error() -> None:
    """A bound that binds is where the fit stops, and its standard error is not told."""
    given = problem("DanWood")
    bounds = (np.array([0.0, 0.0]), np.array([0.7, 10.0]))
    found = fit_least_squares(*MODELS["DanWood"], given.x, given.y, np.array([0.5, 4.0]), bounds=bounds)
    assert found.parameters[0] == pytest.approx(0.7)
    assert np.isnan(found.standard_errors[0])
    assert np.isfinite(found.standard_errors[1])


def test_weights_count_as_repeated_observations() -> None:
    """An observation of weight 2 pulls as if it stood twice."""
    given = problem("Rat42")
    weights = np.ones(len(given.y))
    weights[3] = 2.0
    once = fit_least_squares(*MODELS["Rat42"], given.x, given.y, given.starts[1], weights)
    twice = fit_least_squares(
        *MODELS["Rat42"], np.append(given.x, given.x[3]), np.append(given.y, given.y[3]), given.starts[1]
    )
    np.testing.assert_allclose(once.parameters, twice.parameters, rtol=1e-9)


def test_too_few_observations_are_refused() -> None:
    """Fewer observations than parameters is said in words."""
    given = problem("Rat42")
    with pytest.raises(ValueError, match="2 observations cannot determine 3 parameters"):
        fit_least_squares(*MODELS["Rat42"], given.x[:2], given.y[:2], given.starts[0])
