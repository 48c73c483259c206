"""The parts of the page on the dot-com years about use, survivors and money."""

from __future__ import annotations

import polars as pl
import streamlit as st

from analysis.dotcom.market_falls import adoption_through, fall_after_peak
from analysis.dotcom.money import LAST_DOTCOM_YEAR, same_definition_pairs, venture_money
from charts.dotcom.adoption_through_crash import Use, adoption_through_crash
from charts.dotcom.falls import falls
from charts.dotcom.venture_money import venture_money_chart
from charts.parts.percent import percent
from pages import dotcom_words, frame
from pages.chart_block import show_chart
from pages.frame import View
from pages.markets import AI_USES, CRASH, PEAKS_WITHIN, SURVIVORS, USES, closes_of
from pages.series_asking import dated
from pages.tables import show_table

LAST_YEAR_OF_USE = 2006
_FIGURES = pl.col("title").alias("measure"), "unit", pl.col("note").alias("period"), "value"


def adoption(view: View, points: pl.DataFrame) -> None:
    """Use through the crash, then the same kind of figures for AI."""
    st.subheader("Use went on through the crash")
    market = next((name for name in ("nasdaq-composite", "shiller-sp500") if _has(points, name)), None)
    uses = [_use(points, name) for name in USES if _has(points, name)]
    if market and uses:
        prices = _early(points, market)
        title = "NASDAQ Composite" if market == "nasdaq-composite" else "S&P 500, monthly mean"
        used = pl.concat([prices, *(use.points for use in uses)])
        show_chart(adoption_through_crash(title, prices, uses, CRASH, view.footing(used, "points")), view)
    known = [name for name in AI_USES if _has(points, name)]
    if known:
        st.markdown("**The same kind of figures for AI**, as companies and surveys state them:")
        show_table(pl.DataFrame([_first_and_newest(points, name) for name in known]), "ai-use")


def survivors(view: View, points: pl.DataFrame) -> None:
    """Falls and recoveries of those that survived, and dated facts of those that did not."""
    found = {
        name: fall_after_peak(closes_of(points, series_id), PEAKS_WITHIN)
        for series_id, name in SURVIVORS.items()
        if _has(points, series_id)
    }
    st.subheader("Survivors and failures")
    if any(fall.depth is not None for fall in found.values()):
        used = points.filter(pl.col("series_id").is_in(list(SURVIVORS)))
        show_chart(falls(found, view.footing(used, "closes")), view)
    facts = dated(view, "dated_events", topic="dotcom")
    if facts.height:
        st.markdown("**Dated facts of those years**, failures among them:")
        show_table(facts.drop("source_id"), "dotcom-facts")


def money(view: View, points: pl.DataFrame) -> None:
    """Venture money with both scopes named, and capital spending where one definition has both sides."""
    st.subheader("Money")
    boom = pl.col("valid_on").dt.year() <= LAST_DOTCOM_YEAR
    before = points.filter(pl.col("series_id").str.starts_with("venture-capital-year-"), boom)
    recent = points.filter(pl.col("series_id").str.starts_with("ai-funding-year-"))
    then, now = _yearly(before), _yearly(recent)
    if then.height and now.height:
        scopes = "Then: all sectors, United States", "Now: AI companies only, the world"
        used = pl.concat([before, recent])
        chart = venture_money_chart(venture_money(then, now, *scopes), view.footing(used, "years"))
        show_chart(chart, view)
    capital = points.filter(pl.col("series_id").str.starts_with("capital-spending-"))
    if capital.height:
        shares = same_definition_pairs(capital.select(*_FIGURES))
        st.markdown("**Capital spending**, only by one definition on both sides:")
        st.markdown(frame.plain(dotcom_words.of_spending(shares)))
        with st.expander(f"All {capital.height} figures of capital spending, with their sources"):
            show_table(capital.select(*_FIGURES, "url"), "capital-spending")


def _has(points: pl.DataFrame, series_id: str) -> bool:
    return series_id in points["series_id"]


def _early(points: pl.DataFrame, series_id: str) -> pl.DataFrame:
    years = pl.col("valid_on").dt.year()
    return points.filter(pl.col("series_id") == series_id, years.is_between(1995, LAST_YEAR_OF_USE))


def _use(points: pl.DataFrame, series_id: str) -> Use:
    title, tickformat, unit = USES[series_id]
    early = _early(points, series_id).with_columns(pl.col("value") / unit)
    return Use(title, early, tickformat, adoption_through(early, CRASH.start, CRASH.end))


def _first_and_newest(points: pl.DataFrame, series_id: str) -> dict[str, object]:
    own = points.filter(series_id=series_id)
    first, newest = own.row(0, named=True), own.row(-1, named=True)
    return {
        "measure": AI_USES[series_id],
        "first": f"{_number(first['value'])}, {first['valid_on']}",
        "newest": f"{_number(newest['value'])}, {newest['valid_on']}",
        "figures": own.height,
        "url": newest["url"],
    }


def _yearly(own: pl.DataFrame) -> pl.DataFrame:
    tracker = pl.col("title").str.extract(
        r"^(?:Venture capital a year|AI funding, world), (.+?)(?:, by year)?$"
    )
    return own.select(tracker=tracker, period="note", usd_billion=pl.col("value") / 1e9)


def _number(value: float) -> str:
    if value <= 1:
        return percent(value, 1)
    return f"{value / 1e9:,.3g} billion" if value >= 1e9 else f"{value / 1e6:,.3g} million"
