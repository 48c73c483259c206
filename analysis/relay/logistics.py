"""The logistic through a benchmark's best models, only where the data tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from analysis.numeric.curve_fit import FittedCurve, fit_curve
from analysis.numeric.curves import EXPONENTIAL, LINE
from analysis.numeric.profiles import profile_intervals
from analysis.results import Interval
from analysis.trends.curve_points import quarterly_best, series_of
from analysis.trends.measures import bounded_score
from analysis.trends.scurve import CLEAR_DIFFERENCE, FEWEST_POINTS, families

_NAME: Final = "logistic to the known ceiling"
WIDEST_YEARS: Final = 2.0
"""A midpoint that is known less well than this is not told."""


@dataclass(frozen=True, slots=True)
class ToldLogistic:
    """A fitted logistic in raw scores; `first` and `last` in years of the time scale bound its points."""

    benchmark_id: str
    fit: FittedCurve
    midpoint: Interval
    chance: float
    ceiling: float
    first: float
    last: float


def told_logistic(models: pl.DataFrame) -> ToldLogistic | None:
    """The logistic from chance to the ceiling through the three best models of each quarter, or None.

    `models`: the scores on one benchmark. Told where at least 12 points fit it better than line and
    exponential by 2 of AICc, its midpoint has passed, and the midpoint's 90 % profile interval is at most two
    years wide. The ceiling is known in advance: it is the end of the test.
    """
    about = models.row(0, named=True)
    measure = bounded_score(str(about["benchmark_id"]), about["chance"], about["ceiling"])
    points = quarterly_best(models.select("model_id", "released_on", "value"))
    if points.height < FEWEST_POINTS or points["released_on"].n_unique() < FEWEST_POINTS // 2:
        return None
    series = series_of(points, measure)
    curve, floor, ceiling = families(measure)[_NAME]
    fit = fit_curve(curve, series, floor, ceiling)
    others = [fit_curve(LINE, series), fit_curve(EXPONENTIAL, series, floor)]
    grown = min(other.aicc for other in others if other is not None)
    if fit is None or fit.aicc > grown - CLEAR_DIFFERENCE:
        return None
    first, last = float(series.time.min()), float(series.time.max())
    if fit.parameters[curve.index("midpoint")] >= last:
        return None
    (midpoint,) = profile_intervals(fit, series, ("midpoint",))
    if not np.isfinite([midpoint.low, midpoint.high]).all() or midpoint.width > WIDEST_YEARS:
        return None
    return ToldLogistic(
        str(about["benchmark_id"]), fit, midpoint, about["chance"], about["ceiling"], first, last
    )
