"""The simulated test of a line against a saturating curve, against fits by scipy one at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize

from analysis.numeric import likelihood_ratio
from analysis.numeric.batch_fit import fit_from_starts
from analysis.numeric.curve_fit import Series
from analysis.numeric.curve_starts import box_for, starts_for
from analysis.numeric.curves import LOGISTIC
from analysis.numeric.likelihood_ratio import line_against_saturation
from analysis.results import Floats

TIME = np.linspace(3.0, 6.5, 40)
FLOOR = 0.25


def bent(seed: int, noise: float) -> Series:
    generator = np.random.default_rng(seed)
    weights = generator.uniform(0.5, 2.0, len(TIME))
    clean = 0.25 + 0.65 / (1 + np.exp(-1.2 * (TIME - 4.7)))
    return Series(TIME, clean + noise * generator.normal(size=len(TIME)) / np.sqrt(weights), weights)


def line_fit(values: Floats, weights: Floats) -> tuple[Floats, float]:
    """Fitted values and weighted sum of squares of a line, by the textbook's sums."""
    time_mean, mean = np.average(TIME, weights=weights), np.average(values, weights=weights)
    slope = np.sum(weights * (TIME - time_mean) * (values - mean)) / np.sum(weights * (TIME - time_mean) ** 2)
    fitted = mean + slope * (TIME - time_mean)
    return fitted, float(np.sum(weights * (values - fitted) ** 2))


def ratio(values: Floats, observed: Series) -> float:
    """n ln(S_line / S_logistic), each logistic fitted by scipy from every start."""
    box = box_for(LOGISTIC, TIME, observed.values, FLOOR)
    free = box.low < box.high
    parameters = box.low.copy()

    def residuals(moved: Floats) -> Floats:
        parameters[free] = moved
        return np.asarray(np.sqrt(observed.weights) * (LOGISTIC.value(TIME, parameters) - values))

    fits = [
        optimize.least_squares(residuals, start[free], bounds=(box.low[free], box.high[free]), max_nfev=400)
        for start in starts_for(LOGISTIC, TIME, observed.values, box)
    ]
    curved = min(2 * fit.cost for fit in fits)
    return max(len(TIME) * math.log(line_fit(values, observed.weights)[1] / curved), 0.0)


@pytest.mark.parametrize(("seed", "noise"), [(1, 0.05), (2, 0.08)])
def test_statistic_and_p_value_are_those_of_separate_fits(seed: int, noise: float) -> None:
    """The share of simulated lines that gain as much, the observed series counted among them."""
    series, draws = bent(seed, noise), 19
    fitted, residual_ss = line_fit(series.values, series.weights)
    spread = math.sqrt(residual_ss / (len(TIME) - 2))
    errors = np.random.default_rng(seed).normal(size=(draws, len(TIME)))
    observed = ratio(series.values, series)
    simulated = [ratio(fitted + spread * row / np.sqrt(series.weights), series) for row in errors]
    found = line_against_saturation(series, FLOOR, draws=draws, seed=seed)
    assert found.statistic == pytest.approx(observed, rel=1e-4)
    assert found.p_value == pytest.approx((1 + sum(other >= observed for other in simulated)) / (draws + 1))
    assert found.draws == draws


def test_simulated_lines_scatter_as_the_observed_series_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five points leave three degrees of freedom for the spread, and a heavy point scatters less.

    Unless asked otherwise there are 199 lines, drawn from seed 0.
    """
    time, weights = np.arange(5.0), np.array([1.0, 4.0, 1.0, 4.0, 1.0])
    series = Series(time, np.array([2.0, 0.8, 1.4, 0.8, 1.0]), weights)
    seen: list[Floats] = []

    def watching(curve: object, times: Floats, values: Floats, *more: object) -> object:
        seen.append(values)
        return fit_from_starts(curve, times, values[:1], *more)  # type: ignore[arg-type]

    monkeypatch.setattr(likelihood_ratio, "fit_from_starts", watching)
    found = line_against_saturation(series)
    mean = np.average(series.values, weights=weights)
    slope = sum(w * (t - 2) * y for w, t, y in zip(weights, time, series.values, strict=True)) / sum(
        w * (t - 2) ** 2 for w, t in zip(weights, time, strict=True)
    )
    line = mean + slope * (time - 2)
    spread = math.sqrt(
        sum(w * (y - f) ** 2 for w, y, f in zip(weights, series.values, line, strict=True)) / 3
    )
    errors = np.random.default_rng(0).normal(size=(199, 5))
    assert found.draws == 199
    (values,) = seen
    assert values[0].tolist() == series.values.tolist()
    assert values[1:] == pytest.approx(line + spread * errors / np.sqrt(weights))
