"""Least squares where what is left over persists: errors that fade from one moment to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analysis.results import Floats, Interval

_MEMORIES: Final = np.linspace(0.0, 0.98, 50)
"""Correlations of neighbouring errors, one unit of time apart, among which the likeliest is taken."""

_NOTHING_LEFT: Final = 1e-12
"""Sum of squares below which a fit is exact, so that its logarithm stays finite."""


@dataclass(frozen=True, slots=True)
class PersistentFit:
    """The likeliest line through values whose errors persist.

    `coefficients` in the order of the design, shape (p,), with their `errors` (standard errors); `memory` is
    the correlation of two errors one unit of time apart; `aicc` counts the memory and the variance too.
    """

    coefficients: Floats
    errors: Floats
    memory: float
    n: int
    aicc: float

    def interval(self, index: int, level: float = 0.90) -> Interval:
        """Of one coefficient, t with n - p degrees of freedom, at the likeliest memory."""
        half = stats.t.ppf(0.5 + level / 2, self.n - len(self.coefficients)) * self.errors[index]
        value = self.coefficients[index]
        return Interval(float(value - half), float(value + half), level)


def persistent_fit(design: Floats, values: Floats, time: Floats) -> PersistentFit:
    """Maximum likelihood for values that stray from a line by an autoregressive error of the first order.

    `design`: shape (n, p); `values`: shape (n,); `time`: shape (n,), strictly rising, in the unit in which
    the memory is told; gaps are allowed, since an error that is g units old has faded to memory**g. A year
    of a price that never changed then counts for little more than one day of it.

    References: Hurvich and Tsai (1989), Regression and time series model selection in small samples,
    Biometrika 76; Davidson and MacKinnon (2004), Econometric Theory and Methods, section 7.8.
    """
    fits = [_given(design, values, np.power(memory, np.diff(time))) for memory in _MEMORIES]
    place = int(np.argmin([fit[0] for fit in fits]))
    deviance, coefficients, errors = fits[place]
    n, parameters = len(values), design.shape[1] + 2
    if n <= parameters + 1:
        raise ValueError(f"{n} values are too few for {parameters} parameters")
    aicc = deviance + 2 * parameters * n / (n - parameters - 1)
    return PersistentFit(coefficients, errors, float(_MEMORIES[place]), n, aicc)


def _given(design: Floats, values: Floats, faded: Floats) -> tuple[float, Floats, Floats]:
    """Deviance (up to a constant), coefficients and their errors where each error keeps so much."""
    fresh = np.sqrt(1.0 - faded**2)
    rows = np.vstack([design[:1], (design[1:] - faded[:, None] * design[:-1]) / fresh[:, None]])
    told = np.concatenate([values[:1], (values[1:] - faded * values[:-1]) / fresh])
    coefficients = np.linalg.lstsq(rows, told, rcond=None)[0]
    lost = max(float(((told - rows @ coefficients) ** 2).sum()), _NOTHING_LEFT)
    n = len(values)
    deviance = n * math.log(lost / n) + 2.0 * float(np.log(fresh).sum())
    variance = lost / max(n - design.shape[1], 1)
    errors = np.sqrt(np.diag(variance * np.linalg.pinv(rows.T @ rows)))
    return deviance, coefficients, errors
