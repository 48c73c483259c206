"""What curves fitted at an earlier day had predicted, beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from analysis.numeric.curve_fit import FittedCurve, fit_curve
from analysis.numeric.forecasts import FEWEST_TO_FIT
from analysis.results import Floats, months_after
from analysis.trends.curve_points import quarterly_best, series_of
from analysis.trends.measures import Measure
from analysis.trends.scurve import families

MONTHS_AHEAD: Final = 12
FEWEST_AHEAD: Final = 3
"""Points that must have come after for a forecast to be judged by."""


@dataclass(frozen=True, slots=True)
class EarlyCandidate:
    """A curve as it was fitted then; its errors (forecast less outcome) over what came, in the fit's unit."""

    name: str
    fit: FittedCurve
    root_mean_square: float
    bias: float


@dataclass(frozen=True, slots=True)
class EarlyFit:
    """The candidates as of a day, the least wrong first.

    `before`, `after`: released_on, value of the points fitted and of those of the following twelve months.
    """

    on: date
    until: date
    before: pl.DataFrame
    after: pl.DataFrame
    candidates: tuple[EarlyCandidate, ...]
    measure: Measure


def early_fit(models: pl.DataFrame, measure: Measure, on: date) -> EarlyFit | None:
    """Each candidate fitted to the three best of each quarter among the models released by `on`.

    `models`: model_id, released_on, value. It is judged by the three best of each quarter among those of the
    next twelve months: what was known then decides the fit, what came later the judgement only. None where
    fewer than 12 points were there, or fewer than 3 came.

    References: Tashman (2000), Out-of-sample tests of forecasting accuracy, International Journal of
    Forecasting 16.
    """
    until = months_after(on, MONTHS_AHEAD)
    released = pl.col("released_on")
    before = quarterly_best(models.filter(released <= on))
    after = quarterly_best(models.filter((released > on) & (released <= until)))
    if before.height < FEWEST_TO_FIT or after.height < FEWEST_AHEAD:
        return None
    past, came = series_of(before, measure), series_of(after, measure)
    judged = []
    for name, (curve, floor, ceiling) in families(measure).items():
        fit = fit_curve(curve, past, floor, ceiling)
        if fit is None:
            continue
        errors = _errors(fit, came.time, came.values)
        judged.append(EarlyCandidate(name, fit, float(np.sqrt(np.mean(errors**2))), float(np.mean(errors))))
    if not judged:
        return None
    columns = ("released_on", "value")
    return EarlyFit(
        on,
        until,
        before.select(columns),
        after.select(columns),
        tuple(sorted(judged, key=lambda one: one.root_mean_square)),
        measure,
    )


def days_to_judge(models: pl.DataFrame) -> Sequence[date]:
    """The first days of quarters whose fit a whole year has judged, the newest first."""
    days = quarterly_best(models)["released_on"]
    if days.len() < FEWEST_TO_FIT + FEWEST_AHEAD:
        return ()
    first: date = days.min()  # type: ignore[assignment] # a column of dates
    last: date = days.max()  # type: ignore[assignment]
    quarters = pl.date_range(first, last, "1q", eager=True).dt.truncate("1q")
    return [day for day in quarters.reverse() if _can_be_judged(days, day)]


def _can_be_judged(days: pl.Series, on: date) -> bool:
    until, last = months_after(on, MONTHS_AHEAD), days.max()
    assert isinstance(last, date)
    return (
        until <= last
        and int((days <= on).sum()) >= FEWEST_TO_FIT
        and int(((days > on) & (days <= until)).sum()) >= FEWEST_AHEAD
    )


def _errors(fit: FittedCurve, time: Floats, values: Floats) -> Floats:
    with np.errstate(over="ignore"):  # an exponential through a handful of points can forecast anything
        return np.asarray(np.clip(fit.at(time), -1e12, 1e12) - values)
