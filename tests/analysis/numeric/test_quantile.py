"""What the batched quantile regression must be: the linear programme's solution, for every draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.numeric.quantile import check_loss, quantile_regression
from analysis.results import Floats


def linear_programme(design: Floats, values: Floats, weights: Floats, tau: float) -> Floats:
    """The same minimiser by HiGHS, rows of weight 0 left out."""
    kept = weights > 0
    n, p = int(kept.sum()), design.shape[1]
    loss = np.concatenate([np.zeros(p), tau * weights[kept], (1 - tau) * weights[kept]])
    equations = np.hstack([design[kept], np.eye(n), -np.eye(n)])
    bounds = [(None, None)] * p + [(0, None)] * (2 * n)
    solved = linprog(loss, A_eq=equations, b_eq=values[kept], bounds=bounds, method="highs")
    return np.asarray(solved.x[:p])


def broken_line(n: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
    time = np.sort(generator.uniform(-2.0, 1.5, n))
    design = np.column_stack([np.ones(n), np.minimum(time, 0), np.maximum(time, 0)])
    return design, 140.0 + 14.0 * time - generator.gamma(1.5, 6.0, n)


@pytest.mark.parametrize("n", [24, 60, 180])
@pytest.mark.parametrize("tau", [0.1, 0.5, 0.9])
def test_every_draw_equals_the_linear_programme(n: int, tau: float) -> None:
    """Each bootstrap draw's coefficients are those of HiGHS to 1e-8 of the spread of the values."""
    generator = np.random.default_rng(n)
    design, values = broken_line(n, generator)
    weights = generator.multinomial(n, np.full(n, 1 / n), size=25).astype(float)
    solved = quantile_regression(design, values, weights, tau)
    wanted = np.array([linear_programme(design, values, row, tau) for row in weights])
    # A minimiser need not be unique: where the two differ, their losses must not.
    same = np.isclose(solved, wanted, rtol=0, atol=1e-8 * np.ptp(values)).all(axis=1)
    assert same.mean() >= 0.95
    lost = check_loss(design, values, weights, solved, tau)
    np.testing.assert_allclose(lost, check_loss(design, values, weights, wanted, tau), rtol=1e-10)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(6, 60),
    st.integers(1, 4),
    st.sampled_from([0.05, 0.25, 0.5, 0.75, 0.95]),
)
def test_no_other_line_loses_less(seed: int, n: int, columns: int, tau: float) -> None:
    """On any data, ties and all, the loss is the linear programme's to 1e-9."""
    generator = np.random.default_rng(seed)
    design = np.column_stack(
        [np.ones(n), generator.integers(0, 6, (n, columns)) + generator.random((n, columns))]
    )
    values = np.round(generator.normal(0, 10, n))
    weights = generator.exponential(1.0, (3, n))
    solved = quantile_regression(design, values, weights, tau)
    wanted = np.array([linear_programme(design, values, row, tau) for row in weights])
    lost = check_loss(design, values, weights, solved, tau)
    np.testing.assert_allclose(lost, check_loss(design, values, weights, wanted, tau), rtol=1e-9)


def test_repeated_dates_and_values_are_solved() -> None:
    """Models of one day and equal values, which make the vertex degenerate, cost no accuracy."""
    time = np.repeat([0.0, 1.0, 2.0, 3.0], 10)
    values = np.tile(np.arange(10.0), 4) + 2.0 * time
    design = np.column_stack([np.ones(40), time])
    solved = quantile_regression(design, values, np.ones((1, 40)), 0.95)
    np.testing.assert_allclose(solved[0], [9.0, 2.0], atol=1e-9)


def test_scale_and_shift_of_the_values_pass_through() -> None:
    """Quantile regression is equivariant: scaling values scales the line, adding a line adds it."""
    generator = np.random.default_rng(3)
    design, values = broken_line(60, generator)
    weights = np.ones((1, 60))
    line = np.array([5.0, -3.0, 8.0])
    plain = quantile_regression(design, values, weights, 0.9)
    moved = quantile_regression(design, 1e6 * (values + design @ line), weights, 0.9)
    np.testing.assert_allclose(moved, 1e6 * (plain + line), rtol=1e-9)


def test_exact_data_give_the_exact_line() -> None:
    """Values that lie on a line give that line, whatever the quantile."""
    design, _ = broken_line(30, np.random.default_rng(1))
    line = np.array([2.0, 1.0, -1.0])
    solved = quantile_regression(design, design @ line, np.ones((2, 30)), 0.9)
    np.testing.assert_allclose(solved, np.tile(line, (2, 1)), atol=1e-9)


def test_a_draw_that_cannot_tell_the_line_is_nan() -> None:
    """A draw without two different dates gives NaN, the others stay."""
    design = np.column_stack([np.ones(4), [0.0, 0.0, 1.0, 2.0]])
    weights = np.array([[2.0, 2.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    solved = quantile_regression(design, np.array([1.0, 1.5, 2.0, 3.0]), weights, 0.5)
    assert np.isnan(solved[0]).all()
    assert np.isfinite(solved[1]).all()


@pytest.mark.parametrize(
    ("weights", "tau", "message"),
    [
        (np.ones((1, 3)), 0.5, "weights"),
        (-np.ones((1, 4)), 0.5, "negative"),
        (np.ones((1, 4)), 1.0, "tau"),
    ],
)
def test_wrong_input_is_named(weights: Floats, tau: float, message: str) -> None:
    """A wrong shape, a negative weight and an impossible quantile are refused in words."""
    design = np.column_stack([np.ones(4), np.arange(4.0)])
    with pytest.raises(ValueError, match=message):
        quantile_regression(design, np.arange(4.0), weights, tau)
