"""The trend of a series as every page computes it: one window, one seed, so one measure has one number."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import streamlit as st

from analysis.trends.measures import Measure
from analysis.trends.trend import FrontierTrend, frontier_trend
from pages.growth_series import GrowthSeries

SEED: Final = 20241220
RECENT_MONTHS, EARLIER_MONTHS = 18, 24
"""The windows for which the verdicts are calibrated."""


def trend_of(
    series: GrowthSeries, as_of: date, recent: int = RECENT_MONTHS, earlier: int = EARLIER_MONTHS
) -> FrontierTrend:
    """The trend and its verdict; windows in months, the recent one ends at `window_end`."""
    return _trend(series.models, window_end(series, as_of), series.measure, recent, earlier)


def window_end(series: GrowthSeries, as_of: date) -> date:
    """The release day of the newest model known, never later than the page's date: no empty months count."""
    newest: date = series.models["released_on"].max()  # type: ignore[assignment]  # a column of dates
    return min(as_of, newest)


@st.cache_data(show_spinner=False, max_entries=60)
def _trend(models: pl.DataFrame, end: date, measure: Measure, recent: int, earlier: int) -> FrontierTrend:
    """Computed once per series and windows, whichever page asks first."""
    return frontier_trend(models, end, measure, recent / 12, earlier / 12, seed=SEED)
