"""When a peak or a trough may be said, and how often chance alone would say it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from scipy import optimize

from analysis.hype.curves import ADOPTION, WITH_PEAK, box_of
from analysis.hype.shape import Phase, ShapeVerdict, hype_shape
from analysis.numeric.batch_fit import fit_from_starts
from analysis.numeric.curves import Curve
from tests.analysis.hype.months import COUNT, carried_over, monthly

Shape = Callable[[np.ndarray], np.ndarray]


def adoption(time: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-8 * (time - 0.4))))


def hype_cycle(time: np.ndarray) -> np.ndarray:
    return np.asarray(
        0.9 / (1 + np.exp(-10 * (time - 0.75))) + 0.8 * np.exp(-(((time - 0.3) / 0.1) ** 2) / 2)
    )


def falling(time: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(-(((time - 0.6) / 0.25) ** 2) / 2))


def two_steps(time: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 / (1 + np.exp(-30 * (time - 0.2))) + 1 / (1 + np.exp(-15 * (time - 1.0))))


def world(shape: Shape, seed: int, noise: float = 0.05) -> pl.DataFrame:
    errors = noise * carried_over(np.random.default_rng(seed), 0.5)
    return monthly(1e6 * np.maximum(shape(np.linspace(0, 1, COUNT)) + errors, 0.001))


CYCLE = np.array([0.9, 10.0, 0.75, 0.8, 0.3, 0.1])


@pytest.mark.parametrize("curve", [ADOPTION, WITH_PEAK], ids=lambda curve: curve.name)
def test_derivatives_of_the_curves_are_right(curve: Curve) -> None:
    """The analytic Jacobian equals central differences, alone and in a batch."""
    time, parameters = np.linspace(0, 1, COUNT), CYCLE[: len(curve.parameters)]
    moved = 1e-6 * np.eye(len(parameters))
    numeric = [(curve.value(time, parameters + d) - curve.value(time, parameters - d)) / 2e-6 for d in moved]
    np.testing.assert_allclose(curve.jacobian(time, parameters), np.stack(numeric, axis=-1), atol=1e-7)
    batch = np.stack([0.9 * parameters, parameters])
    np.testing.assert_allclose(curve.jacobian(time, batch)[1], curve.jacobian(time, parameters))


def test_series_fitted_together_are_those_fitted_alone() -> None:
    """A batch of series gives each the curve of its own fit, never worse than by scipy."""
    time = np.linspace(0, 1, COUNT)
    noise = [0.05 * carried_over(np.random.default_rng(seed), 0.5) for seed in range(6)]
    series, box = WITH_PEAK.value(time, CYCLE) + np.array(noise), box_of(WITH_PEAK)
    starts = np.array([CYCLE, CYCLE * [1, 1, 1, 1, 1, 2]])
    together = fit_from_starts(WITH_PEAK, time, series, np.ones(COUNT), starts, box)
    for row, own in enumerate(series):
        alone = fit_from_starts(WITH_PEAK, time, own[None], np.ones(COUNT), starts, box)
        np.testing.assert_allclose(together.parameters[row], alone.parameters[0], rtol=1e-7)
        theirs = [
            optimize.least_squares(
                lambda parameters, own=own: WITH_PEAK.value(time, parameters) - own,
                start,
                bounds=(box.low, box.high),
                max_nfev=200,
            ).cost
            for start in starts
        ]
        assert together.residual_ss[row] <= 2 * min(theirs) * (1 + 1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_a_peak_and_a_trough_are_found(seed: int) -> None:
    """On a peak, a trough and a rise the lead in AICc is clear and the depth is above zero."""
    result = hype_shape(world(hype_cycle, seed), draws=20)
    assert result.verdict is ShapeVerdict.PEAK_AND_TROUGH
    assert result.estimate is not None
    assert result.estimate.interval is not None
    assert result.estimate.interval.low > 0.5
    assert result.phases[0].phase is Phase.PAST_THE_TROUGH


def test_a_fall_without_a_rise_is_no_trough() -> None:
    """After a peak that is still falling a trough is not said, and the phase is falling."""
    result = hype_shape(world(falling, 0, noise=0.02), draws=20)
    assert result.verdict is ShapeVerdict.PEAK
    assert result.phases[0].phase is Phase.FALLING


def test_of_an_end_that_the_curve_misses_no_trough_is_told() -> None:
    """After a cycle that rose again views fall for seven months, and the curve does not follow."""
    rose = world(hype_cycle, 0, noise=0.02)
    late = pl.int_range(pl.len()) - (COUNT - 7)
    fell = rose.with_columns(value=pl.when(late >= 0).then(pl.col("value") * 0.55).otherwise(pl.col("value")))
    assert hype_shape(rose, draws=10).verdict is ShapeVerdict.PEAK_AND_TROUGH
    result = hype_shape(fell, draws=10)
    assert result.verdict is ShapeVerdict.END_MISSED
    assert (result.estimate, result.phases) == (None, ())
    ends = fell["value"].tail(6) - result.fitted["with_peak"].tail(6)
    assert (ends < 0).all() or (ends > 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_better_fit_that_does_not_fall_is_no_peak_and_not_adoption_alone(seed: int) -> None:
    """Growth in two steps, the second under way: far beyond one logistic, and nothing has fallen."""
    result = hype_shape(world(two_steps, seed, noise=0.02), draws=5)
    assert result.verdict is ShapeVerdict.NO_FALL
    assert result.aicc_lead is not None
    assert result.aicc_lead > 6
    assert (result.estimate, result.phases) == (None, ())


def test_phases_are_shares_of_all_draws() -> None:
    """The shares of the phases add up to one, the likeliest first, and none is nil."""
    noisy = hype_shape(world(falling, 0), draws=30).phases
    shares = [phase.share for phase in noisy]
    assert sum(shares) == pytest.approx(1.0)
    assert len(shares) > 1
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0


def test_adoption_with_noise_is_seldom_taken_for_a_hype() -> None:
    """Of twenty worlds of pure adoption with noise that carries over, at most one shows peak and trough."""
    verdicts = [hype_shape(world(adoption, seed), draws=10).verdict for seed in range(20)]
    assert sum(verdict is ShapeVerdict.PEAK_AND_TROUGH for verdict in verdicts) <= 1
    assert sum(verdict is ShapeVerdict.ADOPTION_ALONE for verdict in verdicts) >= 17


def test_a_short_series_has_no_shape() -> None:
    """Below 24 months nothing is fitted."""
    result = hype_shape(monthly(np.linspace(1.0, 2.0, 23)))
    assert (result.estimate, result.aicc_lead) == (None, None)
    assert result.fitted.is_empty()
    assert result.verdict is ShapeVerdict.CANNOT_BE_TOLD
