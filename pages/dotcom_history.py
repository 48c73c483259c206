"""The parts of the page on the dot-com years that ask history: base rates, and what carried the rises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import streamlit as st

from analysis.dotcom.base_rates import BaseRate, EpisodeRule, base_rate
from analysis.dotcom.likeness import Anchor
from analysis.dotcom.price_split import company_price_split, price_split
from charts.dotcom.earnings_and_multiple import NamedSplit, earnings_and_multiple
from charts.dotcom.episodes import episodes
from pages.chart_block import show_chart
from pages.frame import View
from pages.markets import closes_of

PEAK: Final = date(2000, 3, 31)
CAPE_CONTROLS: Final = ("cape", "rise")


def base_rates(view: View, months: pl.DataFrame) -> BaseRate:
    """What followed earlier markets as dear and as fast-risen, counted by episode."""
    st.subheader("What followed when markets were as dear and had risen as fast?")
    left, right = st.columns(2)
    with left:
        cape = st.slider("CAPE of at least", 15, 35, 25, key="cape", bind="query-params")
    with right:
        rise = st.slider(
            "Real rise in three years, at least (%)",
            20,
            100,
            50,
            step=10,
            key="rise",
            bind="query-params",
        )
    base = base_rate(months, EpisodeRule(cape_at_least=float(cape), real_rise_at_least=rise / 100))
    if base.n:
        note = "Consumer prices of the last months are estimated" if base.window else ""
        show_chart(episodes(base, view.footing(months, "months", note)), view, CAPE_CONTROLS)
    else:
        st.info("No month since 1881 was as dear and as fast-risen: lower a threshold.")
    return base


def splits(view: View, months: pl.DataFrame, points: pl.DataFrame, then: Anchor, now: Anchor) -> None:
    """The rises then and now, of the S&P 500 and of the two companies, split into earnings and multiple."""
    st.subheader("Earned, or only paid for?")
    found = [*_of_market(months, then, now), *_of_company(points, "csco", "Cisco", then.starts_on, PEAK)]
    nvidia = closes_of(points, "monthly-close-nvda")
    if nvidia.height:
        found += _of_company(points, "nvda", "Nvidia", now.starts_on, nvidia["valid_on"][-1])
    untold = [one.what for one in found if one.split.price is None]
    if len(untold) == len(found):
        st.info("No data yet: prices and earnings of both ends are needed for a split.")
        return
    used = points.filter(pl.col("series_id").str.contains("(csco|nvda)$"))
    rows = pl.concat([months.select("source_id"), used.select("source_id")])
    chart = earnings_and_multiple(found, view.footing(rows, "rows"))
    show_chart(chart, view, ("then", "now"))
    if untold:
        st.markdown(
            f"Cannot be told, for want of positive earnings or a price at one end: {', '.join(untold)}."
        )
    st.caption(
        "Reported earnings of a single quarter can hold gains that will not come again; the table names the "
        "fiscal periods that stand for each end."
    )


def _of_market(months: pl.DataFrame, then: Anchor, now: Anchor) -> list[NamedSplit]:
    if months.is_empty():
        return []
    starts = [anchor.starts_on.replace(day=1) for anchor in (then, now)]
    ends = [PEAK.replace(day=1), months.drop_nulls("earnings")["valid_on"][-1]]
    return [
        NamedSplit("S&P 500", price_split(months, start, end))
        for start, end in zip(starts, ends, strict=True)
        if start < end
    ]


def _of_company(points: pl.DataFrame, ticker: str, name: str, start: date, end: date) -> list[NamedSplit]:
    closes = closes_of(points, f"monthly-close-{ticker}").select("valid_on", "value")
    own = points.filter(
        pl.col("series_id").is_in([f"earnings-per-share-{span}-{ticker}" for span in ("year", "quarter")])
    )
    reports = own.select(
        fiscal_period=pl.col("note").str.extract(r"^(FY\w+)"),
        period_end_on="valid_on",
        eps="value",
        note=pl.col("note").str.extract(r"^FY\w+[;:,] (.+)$"),
    )
    if closes.is_empty() or reports.is_empty() or start >= end:
        return []
    return [NamedSplit(name, company_price_split(closes, reports, start, end))]
