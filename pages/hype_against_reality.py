"""The part of the page on hype that sets attention against capability, and asks for its shape."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from analysis.hype.lag import LagResult, hype_lag
from analysis.hype.monthly_best import monthly_best
from analysis.hype.shape import HypeShape, hype_shape
from charts.hype.attention_and_capability import attention_and_capability
from charts.hype.other_attention import Measure
from charts.hype.shape_of_hype import shape_of_hype
from pages import asking, hype_words
from pages.chart_block import show_chart
from pages.frame import View
from pages.tables import show_table


@st.cache_data(show_spinner=False, max_entries=60)
def lag_of(attention: pl.DataFrame, capability: pl.DataFrame) -> LagResult:
    """The lag of one series, computed once per set of months."""
    return hype_lag(attention, capability)


@st.cache_data(show_spinner=False, max_entries=60)
def shape_of(attention: pl.DataFrame) -> HypeShape:
    """The shape of one series, computed once per set of months."""
    return hype_shape(attention)


@st.fragment
def against_reality(view: View, known: Mapping[str, Measure]) -> None:
    """Attention above, capability below; lag and shape of the chosen series, then of all looked at.

    `known`: the monthly measures by the names that readers see.
    """
    st.subheader("Does attention follow capability?")
    name = st.selectbox("Measure of attention", list(known), key="measure", bind="query-params")
    scores = asking.scores_of(view, asking.INDEX)
    best = monthly_best(scores.dated)
    with st.skeleton(height=500):
        lags = {title: lag_of(each.points, best) for title, each in known.items()}
        shapes = {title: shape_of(each.points) for title, each in known.items()}
    if best.height:
        _lag(view, known[name], best, scores, lags)
    st.subheader("Is there a peak and a trough?")
    _shape(view, known[name], shapes)


def _lag(
    view: View, chosen: Measure, best: pl.DataFrame, scores: asking.Scores, lags: Mapping[str, LagResult]
) -> None:
    st.markdown(f"**{hype_words.of_lags(lags)}.** {scores.reading.note}")
    rows = pl.concat([chosen.points.select("source_id"), scores.dated.select("source_id")])
    footing = view.footing(rows, "months and models")
    drawn = attention_and_capability(
        chosen.points, chosen.title, chosen.tickformat, best, lags[chosen.title], footing
    )
    show_chart(drawn, view, ("measure",))
    st.markdown(f"All {len(lags)} series that were looked at:")
    show_table(pl.DataFrame([hype_words.lag_row(title, lag) for title, lag in lags.items()]), "lags")


def _shape(view: View, chosen: Measure, shapes: Mapping[str, HypeShape]) -> None:
    footing = view.footing(chosen.points, "months")
    drawn = shape_of_hype(chosen.points, shapes[chosen.title], chosen.title, chosen.tickformat, footing)
    show_chart(drawn, view, ("measure",))
    st.markdown(
        f"All {len(shapes)} series that were looked at; among so many one peak can come by chance, and each "
        "has its own bias (see below). A lead in AICc without a fall after the peak is no peak: the curve "
        "still climbs."
    )
    show_table(
        pl.DataFrame([hype_words.shape_row(title, shape) for title, shape in shapes.items()]), "shapes"
    )
