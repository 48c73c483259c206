"""Line against saturating curve: a likelihood-ratio test whose null distribution is simulated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.batch_fit import fit_from_starts
from analysis.numeric.curve_fit import Series
from analysis.numeric.curve_starts import box_for, starts_for
from analysis.numeric.curves import LINE, LOGISTIC
from analysis.results import Floats


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """Twice the gain in log-likelihood of a logistic over the line, and how often lines gain so much."""

    statistic: float
    p_value: float
    draws: int
    method: str


def line_against_saturation(
    series: Series, floor: float | None = None, draws: int = 199, seed: int = 0
) -> LikelihoodRatio:
    """Test of a straight line against a logistic with free ceiling, by parametric bootstrap.

    Data are simulated from the fitted line with normal errors, and both curves are fitted to each, so the
    test needs no asymptotics, which fail here (under the line the ceiling is infinite).

    References: McLachlan (1987), On bootstrapping the likelihood ratio test statistic, Applied Statistics
    36(3).
    """
    design = np.column_stack([np.ones_like(series.time), series.time]) * np.sqrt(series.weights)[:, None]
    line = np.linalg.lstsq(design, series.values * np.sqrt(series.weights), rcond=None)[0]
    fitted = LINE.value(series.time, line)
    n = len(series.values)
    spread = np.sqrt(np.sum(series.weights * (series.values - fitted) ** 2) / (n - 2))
    noise = np.random.default_rng(seed).normal(size=(draws, n)) * spread / np.sqrt(series.weights)
    statistics = _ratios(series, np.vstack([series.values, fitted + noise]), design, floor)
    p_value = float((1 + (statistics[1:] >= statistics[0]).sum()) / (draws + 1))
    method = "likelihood ratio of logistic over line, parametric bootstrap"
    return LikelihoodRatio(float(statistics[0]), p_value, draws, method)


def _ratios(series: Series, values: Floats, design: Floats, floor: float | None) -> Floats:
    """Likelihood-ratio statistic of each row of `values` (B, n); 0 where the logistic gains nothing."""
    basis, _ = np.linalg.qr(design)
    weighted = values * np.sqrt(series.weights)
    line_ss = np.sum(weighted**2, axis=1) - np.sum((weighted @ basis) ** 2, axis=1)
    box = box_for(LOGISTIC, series.time, values[0], floor)
    starts = starts_for(LOGISTIC, series.time, values[0], box)
    curved = fit_from_starts(LOGISTIC, series.time, values, series.weights, starts, box)
    return np.asarray(values.shape[1] * np.log(np.maximum(line_ss / curved.residual_ss, 1.0)))
