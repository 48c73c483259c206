"""The trend of a series as every question computes it: one window and seed, so a measure has one number."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.trends.power import can_notice, power_of_trend
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


def power_of(view: View, series: GrowthSeries, trend: FrontierTrend) -> pl.DataFrame | None:
    """How surely the trend's test would have noticed a change, on its own dates; None where none was made.

    As derived, with looks every month, of an index to its newest model; else simulated now, once per series.
    """
    if not can_notice(trend):
        return None
    derived = derived_power(view, series, trend)
    if derived is not None:
        return derived
    of = (series.key, trend.window, trend.recent_years)
    return kept(view, "power of the trend", of, lambda: power_of_trend(series.models, trend, seed=SEED))


def derived_power(view: View, series: GrowthSeries, trend: FrontierTrend) -> pl.DataFrame | None:
    """The power that was derived of an index to its newest model; None of any other series or day."""
    derived = view.ask("bend_power", series="/".join(series.key))
    is_its_own = trend.bend is not None and derived.height and derived["as_of"][0] == trend.window.end
    return derived if is_its_own else None


def window_end(series: GrowthSeries, as_of: date) -> date:
    """The release day of the newest model known, never later than the as-of date: no empty months count."""
    newest: date = series.models["released_on"].max()  # type: ignore[assignment]  # a column of dates
    return min(as_of, newest)
