"""The trend of a series as every question computes it: one window and seed, so a measure has one number."""

from __future__ import annotations

from datetime import date
from typing import Final

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


def window_end(series: GrowthSeries, as_of: date) -> date:
    """The release day of the newest model known, never later than the as-of date: no empty months count."""
    newest: date = series.models["released_on"].max()  # type: ignore[assignment]  # a column of dates
    return min(as_of, newest)
