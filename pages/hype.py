"""Hype against reality: which release drew attention, does it follow capability, and what shape has it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl
import streamlit as st

from analysis.hype.attention import LaunchRanks, attention_peak, indexed_attention, rank_launches
from analysis.hype.attention_days import views_a_day, weekly_means
from analysis.hype.buzz import Buzz, buzz_of_releases
from analysis.results import Window
from charts.hype.attention_over_time import attention_over_time
from charts.hype.buzz import buzz_chart
from charts.hype.launch_ranks import launch_ranks
from charts.hype.other_attention import other_attention
from charts.parts.figure import in_words
from pages import frame, hype_words
from pages.attention_series import MEASURES, label_of, measures, subjects
from pages.chart_block import show_chart
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.hype_against_reality import against_reality
from pages.series_asking import dated, read_later, series, wikipedia

BASES: Final = {
    "18 May to 14 June 2026 (most pages)": Window(date(2026, 5, 18), date(2026, 6, 14)),
    "1 to 19 January 2025 (before DeepSeek-R1)": Window(date(2025, 1, 1), date(2025, 1, 19)),
    "February to April 2023 (the first months)": Window(date(2023, 2, 1), date(2023, 4, 30)),
}
PEAK_BASE: Final = timedelta(days=28)


@st.cache_data(show_spinner=False, max_entries=60)
def buzzes_of(daily: pl.DataFrame, releases: pl.DataFrame) -> tuple[Buzz, ...]:
    """Buzz of each release on one page, computed once per set of days."""
    return buzz_of_releases(daily, releases)


def launches(view: View) -> LaunchRanks:
    """The ranking of launches on Hacker News."""
    spread = dated(view, "launch_spread")
    ranks = rank_launches(spread)
    if ranks.n:
        st.subheader("Which launch made a stir")
        show_chart(launch_ranks(ranks, spread, view.footing(spread, "launches")), view)
        if ranks.unranked:
            st.markdown(f"Not counted on both sides, so without a rank: {', '.join(ranks.unranked)}.")
    return ranks


def buzz(view: View, views: pl.DataFrame) -> str:
    """Buzz of the releases of one maker on one page; returns what it says in one sentence."""
    releases = dated(view, "launches")
    makers = releases["organization"].to_list()
    pages = views.filter(cadence="daily")["page"].unique().sort().to_list()
    pages = [page for page in pages if label_of(page).organization in makers]
    if not pages:
        return ""
    st.subheader("Did readers come for the release?")
    named = {label_of(page).title: page for page in pages}
    page = named[st.selectbox("Wikipedia page", list(named), key="page", bind="query-params")]
    label = label_of(page)
    daily = views.filter(page=page, cadence="daily")
    released = releases.filter(organization=label.organization)
    found = buzzes_of(daily.select("valid_on", "value"), released)
    note = f"Days recorded: {in_words(daily['valid_on'][0])} to {in_words(daily['valid_on'][-1])}"
    show_chart(buzz_chart(found, label.title, view.footing(daily, "days", note)), view, ("page",))
    peaks = [
        (name, day, attention_peak(daily, day, day - PEAK_BASE))
        for name, day in released.select("name", "released_on").iter_rows()
    ]
    known = [peak for peak in peaks if peak[2].peak is not None]
    if known:
        st.markdown(hype_words.of_peak(label.title, *max(known, key=lambda peak: peak[2].peak or 0.0)))
    return hype_words.of_buzzes(found, label.title)


def attention(view: View, views: pl.DataFrame) -> None:
    """Pages of families and makers on a common base."""
    st.subheader("Attention over time")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        base = st.selectbox("Base, set to 100", list(BASES), key="base", bind="query-params")
    with right:
        log = st.toggle("Logarithmic axis", value=True, key="log_attention", bind="query-params")
    indexed = indexed_attention(views_a_day(views), BASES[base])
    weeks = weekly_means(indexed.levels, "index")
    if weeks.is_empty():
        st.info(f"No page has a record on this base: {indexed.verdict.value}. Choose another base.")
        return
    labels = {page: label_of(page) for page in views["page"].unique()}
    shown = views.filter(pl.col("page").is_in(weeks["series_id"].unique().implode()))
    footing = view.footing(shown, "counts")
    chart = attention_over_time(indexed, weeks, labels, footing, log=log)
    show_chart(chart, view, ("base", "log_attention"))


view = frame.view()
st.title("Hype against reality")
first_line = st.container()
monthly = series(view, *MEASURES)
points = wikipedia(view)
views = subjects(points)
said = []
ranks = launches(view)
if ranks.n:
    said.append(hype_words.of_launches(ranks))
if views.height:
    said.append(buzz(view, views))
with first_line:
    if any(said):
        frame.answer(f"As of {in_words(view.as_of)}: {' '.join(filter(None, said))}")
        st.markdown(
            "Attention is not use and not capability. What would change these answers: daily views of more "
            "pages and of earlier years, which a refresh brings where the network allows."
        )
        st.markdown(read_later(pl.concat([points.select("known_then"), monthly.select("known_then")])))
    else:
        frame.nothing_yet("no series of attention is known as of this date.")
if views.height:
    attention(view, views)
known = measures(monthly)
if known:
    against_reality(view, known)
    others = [measure for title, measure in known.items() if not title.startswith("Wikipedia")]
    if others:
        st.subheader("Other measures of attention")
        footing = view.footing(monthly.filter(~pl.col("series_id").str.starts_with("wikipedia")), "months")
        show_chart(other_attention(others, footing), view)
how_we_know("hype")
