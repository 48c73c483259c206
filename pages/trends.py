"""S-curves and plateaus: does a series still climb, has it bent, and can a ceiling be known?"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.capability.frontier import best_so_far
from analysis.trends.measures import Measure
from analysis.trends.scurve import CurveComparison, compare_curves
from charts.trends.frontier_slopes import frontier_slopes_chart
from charts.trends.growth_curves import growth_curves
from pages import frame, track_words, trend_words
from pages.chart_block import show_chart
from pages.frame import View
from pages.growth_series import GrowthSeries, chosen_series
from pages.growth_trend import EARLIER_MONTHS, RECENT_MONTHS, SEED, trend_of, window_end
from pages.how_we_know import how_we_know
from pages.tables import show_table

METHODS: Final = {
    "trend": "the trend and its verdict",
    "scurve": "candidate curves and ceilings",
    "track_record": "the track record",
    "calibration": "how often the verdict is right (calibration by simulation)",
}
SINCE_ALL: Final = "all"
FIRST_YEARS: Final = (SINCE_ALL, "2021", "2022", "2023", "2024")
CONTROLS: Final = (
    "series",
    "success",
    "board",
    "board_on",
    "benchmark",
    "recent_months",
    "earlier_months",
    "curves_since",
)


# As a resource, because the curves hold functions, which cannot be copied; nothing changes a result.
@st.cache_resource(show_spinner=False, max_entries=60)
def curves_of(models: pl.DataFrame, measure: Measure) -> CurveComparison:
    """The candidate curves, computed once per series."""
    return compare_curves(models, measure, seed=SEED)


def window() -> tuple[int, int]:
    """Months of the recent and of the earlier window."""
    left, right = st.columns(2)
    with left:
        recent = st.slider(
            "Recent window, months",
            12,
            36,
            RECENT_MONTHS,
            3,
            key="recent_months",
            bind="query-params",
            help="The verdicts are calibrated for 18 months against the 24 before.",
        )
    with right:
        earlier = st.slider(
            "Window before it, months",
            12,
            48,
            EARLIER_MONTHS,
            6,
            key="earlier_months",
            bind="query-params",
        )
    return recent, earlier


@st.fragment
def show_curves(view: View, series: GrowthSeries) -> None:
    """Candidate curves with their evidence, forecasts and, where it can be known, a ceiling."""
    st.subheader("Does it bend? Candidate curves")
    since = st.select_slider(
        "Curves through models released since", FIRST_YEARS, key="curves_since", bind="query-params"
    )
    models = series.models
    if since != SINCE_ALL:
        models = models.filter(pl.col("released_on") >= date(int(since), 1, 1))
    with st.skeleton(height=560):
        comparison = curves_of(models, series.measure)
    st.markdown(frame.plain(trend_words.of_curves(comparison, series.measure.bounded)))
    if not comparison.candidates:
        return
    footing = view.footing(models, note=f"{comparison.n} of them are among the three best of their quarter")
    title = trend_words.curve_title(comparison, series.name)
    show_chart(growth_curves(comparison, title, series.name, series.unit, footing), view, CONTROLS)
    show_table(trend_words.candidate_table(comparison, series.unit), "candidates")
    if comparison.forecasts:
        st.markdown(
            f"**How each curve would have forecast** this series, fitted at each quarter to what was there; "
            f"errors in {series.measure.unit if series.unit != 'fraction' else 'shares of 1'}."
        )
        show_table(trend_words.forecast_table(comparison), "forecasts")


def show_track_record(view: View) -> None:
    """What became of the verdicts that this method would have given at each month end."""
    rows = view.ask("track_record")
    st.subheader("Track record of the verdict")
    if rows.is_empty():
        st.markdown("No past verdicts are derived yet.")
        return
    st.markdown(track_words.track_summary(rows))
    st.caption(
        "On Epoch's published index. Reading known: what had been observed by that day; released: models "
        "released by that day, with values of later measurements. Slopes in points a year."
    )
    show_table(track_words.track_table(rows), "track-record")


def draw(view: View, series: GrowthSeries, first_line: Any) -> None:
    """The verdict, its chart, its evidence and its track record; then curves."""
    recent, earlier = window()
    end = window_end(series, view.as_of)
    with st.skeleton(height=520):
        trend = trend_of(series, view.as_of, recent, earlier)
    said = trend_words.answer(trend, series.name, series.unit, view.as_of)
    with first_line.container():
        frame.answer(said)
        st.markdown(series.note)
    inside = series.models.filter(pl.col("released_on").is_between(trend.window.start, end))
    if inside.is_empty():
        return
    best = best_so_far(inside.with_columns(cost=pl.lit(None, pl.Float64)), end)
    show_chart(
        frontier_slopes_chart(
            trend,
            series.models,
            best,
            trend_words.title(trend, series.name),
            series.name,
            series.unit,
            view.footing(inside),
        ),
        view,
        CONTROLS,
    )
    st.markdown(frame.plain(trend_words.evidence(trend)))
    show_track_record(view)
    show_curves(view, series)


view = frame.view()
st.title("S-curves and plateaus")
first_line = st.empty()
series = chosen_series(view)
if series is None:
    first_line.info("No data yet: nothing is known of this series as of this date.")
else:
    draw(view, series, first_line)
for method, of in METHODS.items():
    how_we_know(method, of)
