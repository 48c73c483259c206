"""How the candidates fared as forecasters: fitted up to a day, compared with what came after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.curve_fit import Series, fit_curve
from analysis.curves import Curve
from analysis.results import Floats

FEWEST_TO_FIT = 12
ORIGIN_STEP_YEARS = 0.25
HORIZONS_MONTHS = (6, 12)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Errors of one candidate's forecasts, `months` ahead, over all origins, in the unit of the values.

    `bias` is the mean of forecast less outcome. `n` counts forecast points, `origins` the days of fitting.
    """

    name: str
    months: int
    n: int
    origins: int
    root_mean_square: float
    bias: float


def rolling_forecasts(
    series: Series,
    families: dict[str, tuple[Curve, float | None, float | None]],
    horizons_months: tuple[int, ...] = HORIZONS_MONTHS,
) -> tuple[Forecast, ...]:
    """Forecast errors of each family at each horizon, best first within a horizon.

    Every quarter of a year from the first that has 12 points behind it, each curve is fitted to the points up
    to then and judged on those of the next 6 and 12 months. Origins that lie closer to the end than the
    horizon are left out, so that all horizons are whole.

    References: Tashman (2000), Out-of-sample tests of forecasting accuracy, International Journal of
    Forecasting 16.
    """
    errors = {
        (name, months): [
            error
            for origin in _origins(series, months)
            if (error := _errors(series, family, origin, months)) is not None
        ]
        for months in horizons_months
        for name, family in families.items()
    }
    found = [_forecast(name, months, parts) for (name, months), parts in errors.items() if parts]
    return tuple(sorted(found, key=lambda forecast: (forecast.months, forecast.root_mean_square)))


def _origins(series: Series, months: int) -> Floats:
    if len(series.time) <= FEWEST_TO_FIT:
        return np.empty(0)
    first = float(np.sort(series.time)[FEWEST_TO_FIT - 1])
    last = float(series.time.max()) - months / 12
    return np.arange(first, last + 1e-9, ORIGIN_STEP_YEARS)


def _errors(
    series: Series, family: tuple[Curve, float | None, float | None], origin: float, months: int
) -> Floats | None:
    curve, floor, ceiling = family
    past = series.time <= origin
    ahead = ~past & (series.time <= origin + months / 12)
    known = Series(series.time[past], series.values[past], series.weights[past])
    fit = fit_curve(curve, known, floor, ceiling)
    if fit is None or not ahead.any():
        return None
    return fit.at(series.time[ahead]) - series.values[ahead]


def _forecast(name: str, months: int, parts: list[Floats]) -> Forecast:
    errors = np.concatenate(parts)
    with np.errstate(over="ignore"):  # an exponential through a handful of points can forecast anything
        size = float(np.sqrt(np.mean(errors**2)))
    return Forecast(name, months, len(errors), len(parts), size, float(np.mean(errors)))
