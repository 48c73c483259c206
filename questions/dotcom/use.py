"""The parts of the question on the dot-com years about use through the crash, survivors and failures."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.dotcom.market_falls import adoption_through, fall_after_peak
from charts.dotcom.adoption_through_crash import Use, adoption_through_crash
from charts.dotcom.falls import falls
from questions.answer import Block, Column, Drawn, Heading, Kind, Paragraph, Table
from questions.dotcom import words
from questions.dotcom.markets import AI_USES, CRASH, PEAKS_WITHIN, SURVIVORS, USES, closes_of, has
from questions.view import View

LAST_YEAR_OF_USE: Final = 2006
_FACTS: Final = {
    "valid_on": Column("date", Kind.DAY),
    "title": Column("what happened", width=260, leads_to="url"),
    "note": Column("figure"),
}
_GROUPED: Final = pl.col("note").str.replace_all(r"\b(\d{1,3})(\d{3})(\.\d)", "$1,$2$3")
"""Figures with a comma after the thousands; a number without a decimal may be a year."""


def of_use(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    """Use through the crash, then the same kind of figures for AI."""
    crash, ai = _through_the_crash(view, points), _use_of_ai(points)
    return (Heading("Use went on through the crash"), *crash, *ai) if crash or ai else ()


def of_survivors(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    """Falls and recoveries of those that survived, and dated facts of those that did not."""
    found = {
        name: fall_after_peak(closes_of(points, series_id), PEAKS_WITHIN)
        for series_id, name in SURVIVORS.items()
        if has(points, series_id)
    }
    drawn: tuple[Block, ...] = ()
    if any(fall.depth is not None for fall in found.values()):
        used = points.filter(pl.col("series_id").is_in(list(SURVIVORS)))
        drawn = (Drawn(falls(found, view.footing(used, "closes"))),)
    facts = view.ask("dated_events", view.known_now, topic="dotcom").drop("source_id").with_columns(_GROUPED)
    listed = (
        (Paragraph(words.FACTS), Table("dotcom-facts", facts, _FACTS, wraps=True)) if facts.height else ()
    )
    return (Heading("Survivors and failures"), *drawn, *listed) if drawn or listed else ()


def _through_the_crash(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    market = next((name for name in ("nasdaq-composite", "shiller-sp500") if has(points, name)), None)
    uses = [_use(points, name) for name in USES if has(points, name)]
    if market is None or not uses:
        return ()
    prices = _early(points, market)
    title = "NASDAQ Composite" if market == "nasdaq-composite" else "S&P 500, monthly mean"
    used = pl.concat([prices, *(use.points for use in uses)])
    return (Drawn(adoption_through_crash(title, prices, uses, CRASH, view.footing(used, "points"))),)


def _use_of_ai(points: pl.DataFrame) -> tuple[Block, ...]:
    known = [name for name in AI_USES if has(points, name)]
    if not known:
        return ()
    rows = pl.DataFrame([_first_and_newest(points, name) for name in known])
    columns = {name: Column(name) for name in ("measure", "newest", "first")}
    columns |= {"figures": Column("figures", Kind.NUMBER), "url": Column("page cited", Kind.LINK)}
    return (Paragraph(words.USE_OF_AI), Table("ai-use", rows, columns, wraps=True))


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
        "first": words.stated(first),
        "newest": words.stated(newest),
        "figures": own.height,
        "url": newest["url"],
    }
