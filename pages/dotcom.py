"""Dot-com parallels: in what the two booms are alike, in what not, and what followed markets like them."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from analysis.dotcom.likeness import Anchor, aligned, likeness
from analysis.dotcom.moved_starts import moved_starts, spliced
from charts.dotcom.anchor_sensitivity import anchor_sensitivity
from charts.dotcom.booms import booms
from charts.parts.figure import in_words
from pages import dotcom_words, frame
from pages.chart_block import show_chart
from pages.dotcom_history import base_rates, splits
from pages.dotcom_use import adoption, money, survivors
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.markets import AI_USES, MARKETS, NOW, SURVIVORS, THEN, USES, Market, available, closes_of
from pages.series_asking import dated, read_later, series
from pages.tables import show_table

CONTROLS: Final = ("market", "then", "now", "real", "log_boom")
SHOWN_DAYS: Final = 2920
DAYS_BEFORE: Final = 183
FACTS: Final = ("earnings-per-share-%", "venture-capital-year-%", "ai-funding-year-%", "capital-spending-%")
NO_DAILY: Final = (
    "The daily closes of the NASDAQ are not part of the bundled data, because Nasdaq's licence does not let "
    "them be handed on. This page works from monthly figures until a refresh has fetched them from FRED."
)


def controls(markets: tuple[Market, ...]) -> tuple[Market, Anchor, Anchor, bool, bool]:
    """The chosen market, both anchors, and whether levels are real and the axis logarithmic."""
    left, middle, right = st.columns(3)
    by_title = {market.title: market for market in markets}
    with left:
        title = st.selectbox("Market", list(by_title), key="market", bind="query-params")
    with middle:
        then = st.selectbox("The dot-com boom starts with", list(THEN), key="then", bind="query-params")
    with right:
        now = st.selectbox("The AI boom starts with", list(NOW), key="now", bind="query-params")
    with st.container(horizontal=True):
        real = st.toggle("In constant money", value=False, key="real", bind="query-params")
        log = st.toggle("Logarithmic axis", value=True, key="log_boom", bind="query-params")
    return by_title[title], THEN[then], NOW[now], real, log


def laid_over(view: View, points: pl.DataFrame, months: pl.DataFrame) -> tuple[str, Anchor, Anchor]:
    """Both booms from their starts, what is alike and what not; returns the first words and the anchors."""
    market, then, now, real, log = controls(available(points))
    closes = [closes_of(points, name) for name in (market.then, market.now)]
    deflator = months.select("valid_on", value="consumer_prices").drop_nulls()
    prices = deflator if real and deflator.height else None
    levels = [
        aligned(own.select("valid_on", "value"), anchor, SHOWN_DAYS, prices)
        for own, anchor in zip(closes, (then, now), strict=True)
    ]
    if any(series.levels.is_empty() for series in levels):
        st.info(f"{market.title} has no value at one of the starts: choose another market or start.")
        return "", then, now
    for place, series_ in enumerate(levels):
        drawn = series_.levels.filter(pl.col("days") >= -DAYS_BEFORE)
        levels[place] = type(series_)(
            series_.anchor, drawn, series_.is_real, series_.n, series_.window, series_.method, series_.verdict
        )
    used = points.filter(pl.col("series_id").is_in([market.then, market.now]))
    footing = view.footing(used, "closes", f"The later series ends on {in_words(closes[1]['valid_on'][-1])}")
    show_chart(booms(levels[0], levels[1], market.names, footing, log=log), view, CONTROLS)
    both = spliced(closes[0], closes[1], now)
    cape = months.select("valid_on", value="cape").drop_nulls() if months.height else None
    alike = likeness(both, then, now, cape)
    st.markdown(
        f"**Likeness and difference {alike.days:,} days after each start**, without a score over them:"
    )
    show_table(dotcom_words.likeness_table(alike), "likeness")
    st.markdown(dotcom_words.of_differences(alike.rows))
    moved = moved_starts(both, then, now)
    if moved.height:
        show_chart(anchor_sensitivity(moved, market.title, footing), view, CONTROLS)
    return dotcom_words.of_likeness(alike, market.title), then, now


def series_ends(points: pl.DataFrame) -> None:
    """Where each series begins and ends."""
    with st.expander("Where each series begins and ends"):
        spans = points.group_by("series_id", "title", "unit", "source_id", maintain_order=True).agg(
            first=pl.col("valid_on").min(), last=pl.col("valid_on").max(), points=pl.len()
        )
        show_table(spans, "series-ends")


view = frame.view()
st.title("Dot-com parallels")
first_line = st.container()
wanted = {name for market in MARKETS for name in (market.then, market.now)} | {*SURVIVORS, *USES, *AI_USES}
points = series(view, *sorted(wanted), *FACTS)
months = dated(view, "sp500_months")
said = []
chosen = None
if available(points):
    if "nasdaq-composite" not in points["series_id"]:
        st.info(NO_DAILY)
    words, then, now = laid_over(view, points, months)
    chosen = (then, now)
    said.append(words)
    if months.height:
        said.append(dotcom_words.of_base_rate(base_rates(view, months)))
with first_line:
    if any(said):
        untold = f"As of {in_words(view.as_of)} how far the AI boom has risen cannot be told."
        frame.answer(" ".join([said[0] or untold, *said[1:]]))
        st.markdown(
            "Two booms are two cases: likeness is no forecast, and there is no score over the signals. What "
            "would change this: later prices, another start, or another rule for what counts as alike. "
            f"{read_later(points)}"
        )
    elif points.is_empty():
        frame.nothing_yet("no prices and no figures of the two booms are known as of this date.")
if chosen is not None:
    splits(view, months, points, *chosen)
if points.height:
    adoption(view, points)
    survivors(view, points)
    money(view, points)
    series_ends(points)
how_we_know("dotcom")
