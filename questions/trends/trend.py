"""The trend of a series as every question computes it: one window and seed, so a measure has one number."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.results import year_of, years
from analysis.trends.bend import Bend, downward_bend
from analysis.trends.trend import FrontierTrend, frontier_trend
from questions.kept import kept
from questions.trends.series import GrowthSeries
from questions.view import View

SEED: Final = 20241220
RECENT_MONTHS, EARLIER_MONTHS = 18, 24
"""The windows for which the verdicts are calibrated."""


def trend_of(
    view: View, series: GrowthSeries, recent: int = RECENT_MONTHS, earlier: int = EARLIER_MONTHS
) -> FrontierTrend:
    """The trend and its verdict, computed once per series and windows, whichever question asks first.

    Windows in months; the recent one ends at `window_end`.
    """

    def computed() -> FrontierTrend:
        end = window_end(series, view.as_of)
        return frontier_trend(series.models, end, series.measure, recent / 12, earlier / 12, seed=SEED)

    return kept(view, "frontier trend", (series.key, recent, earlier), computed)


def is_calibrated(trend: FrontierTrend) -> bool:
    """Whether the trend has the windows for which verdict and power were simulated."""
    months = round(12 * trend.recent_years), round((trend.knot_on - trend.window.start).days / 365 * 12)
    return months == (RECENT_MONTHS, EARLIER_MONTHS)


def bend_of(series: GrowthSeries, trend: FrontierTrend) -> Bend:
    """The best downward bend of the frontier over the window of the trend."""
    inside = series.models.drop_nulls(["released_on", "value"]).filter(
        pl.col("released_on").is_between(trend.window.start, trend.window.end)
    )
    since_end = years(inside["released_on"]) - year_of(trend.window.end)
    return downward_bend(since_end, series.measure.scaled(inside["value"].to_numpy()))


def window_end(series: GrowthSeries, as_of: date) -> date:
    """The release day of the newest model known, never later than the as-of date: no empty months count."""
    newest: date = series.models["released_on"].max()  # type: ignore[assignment]  # a column of dates
    return min(as_of, newest)
