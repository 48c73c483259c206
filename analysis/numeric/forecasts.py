"""How the candidates fared as forecasters: fitted up to a day, compared with what came after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.batch_fit import best_of, fit_batch
from analysis.numeric.curve_fit import Series
from analysis.numeric.curve_starts import box_for, starts_for
from analysis.numeric.curves import Curve
from analysis.results import Floats

FEWEST_TO_FIT = 12
ORIGIN_STEP_YEARS = 0.25
HORIZONS_MONTHS = (6, 12)

Family = tuple[Curve, float | None, float | None]
"""A curve with its known floor and known ceiling."""


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
    families: dict[str, Family],
    horizons_months: tuple[int, ...] = HORIZONS_MONTHS,
) -> tuple[Forecast, ...]:
    """Forecast errors of each family at each horizon, best first within a horizon.

    Every quarter of a year from the first that has 12 points behind it, each curve is fitted to the points up
    to then and judged on those of the next 6 and 12 months. Origins that lie closer to the end than the
    horizon are left out, so that all horizons are whole.

    References: Tashman (2000), Out-of-sample tests of forecasting accuracy, International Journal of
    Forecasting 16.
    """
    origins = _origins(series, min(horizons_months))
    fits = {name: _fits(series, family, origins) for name, family in families.items()}
    errors = {
        (name, months): _errors(series, families[name][0], fitted, months)
        for months in horizons_months
        for name, fitted in fits.items()
    }
    found = [_forecast(name, months, parts) for (name, months), parts in errors.items() if parts]
    return tuple(sorted(found, key=lambda forecast: (forecast.months, forecast.root_mean_square)))


def _origins(series: Series, months: int) -> Floats:
    """Days of fitting, in years: those of a longer horizon are the first of those of a shorter one."""
    if len(series.time) <= FEWEST_TO_FIT:
        return np.empty(0)
    first = float(np.sort(series.time)[FEWEST_TO_FIT - 1])
    last = float(series.time.max()) - months / 12
    return np.arange(first, last + 1e-9, ORIGIN_STEP_YEARS)


def _fits(series: Series, family: Family, origins: Floats) -> Floats:
    """Parameters of the curve fitted up to each origin, shape (origins, p), all origins in one batch."""
    curve, floor, ceiling = family
    if not len(origins):
        return np.empty((0, len(curve.parameters)))
    pasts = series.time <= origins[:, None]
    boxes = [box_for(curve, series.time[past], series.values[past], floor, ceiling) for past in pasts]
    starts = [
        starts_for(curve, series.time[past], series.values[past], box)
        for past, box in zip(pasts, boxes, strict=True)
    ]
    tried = len(starts[0])
    # What lies ahead has no weight. Its time is put back to the origin, so that no curve overflows there.
    fit = fit_batch(
        curve,
        np.repeat(np.minimum(series.time, origins[:, None]), tried, axis=0),
        series.values,
        np.repeat(pasts * series.weights, tried, axis=0),
        np.concatenate(starts),
        np.repeat([box.low for box in boxes], tried, axis=0),
        np.repeat([box.high for box in boxes], tried, axis=0),
    )
    return best_of(fit, len(origins)).parameters


def _errors(series: Series, curve: Curve, fitted: Floats, months: int) -> list[Floats]:
    """Forecast less outcome of the points up to `months` after each origin that has such points."""
    parts = []
    for origin, parameters in zip(_origins(series, months), fitted, strict=False):
        ahead = (series.time > origin) & (series.time <= origin + months / 12)
        if ahead.any():
            parts.append(curve.value(series.time[ahead], parameters) - series.values[ahead])
    return parts


def _forecast(name: str, months: int, parts: list[Floats]) -> Forecast:
    errors = np.concatenate(parts)
    with np.errstate(over="ignore"):  # an exponential through a handful of points can forecast anything
        size = float(np.sqrt(np.mean(errors**2)))
    return Forecast(name, months, len(errors), len(parts), size, float(np.mean(errors)))
