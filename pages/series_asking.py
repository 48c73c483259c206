"""What pages of attention and markets ask for: series and dated facts, up to the page's date."""

from __future__ import annotations

from typing import Final

import polars as pl

from pages.frame import View
from store.snapshot import end_of

_CADENCE: Final = r"^wikipedia-(daily|weekly|monthly)-(.*)$"


def series(view: View, *patterns: str) -> pl.DataFrame:
    """Points of the series whose ids match (SQL LIKE), up to the as-of date (see series_points.sql)."""
    return view.ask("series_points", series=list(patterns), now=end_of(view.today))


def dated(view: View, query: str, **parameters: object) -> pl.DataFrame:
    """Rows of a query of dated facts, up to the as-of date."""
    return view.ask(query, now=end_of(view.today), **parameters)


def wikipedia(view: View) -> pl.DataFrame:
    """All views of Wikipedia articles, with page and cadence."""
    points = series(view, "wikipedia-%")
    return points.with_columns(
        cadence=pl.col("series_id").str.extract(_CADENCE, 1),
        page=pl.col("series_id").str.extract(_CADENCE, 2),
    )


def read_later(points: pl.DataFrame) -> str:
    """What the reader must know where series are shown that the archive did not know yet; else empty."""
    if points["known_then"].all():
        return ""
    return (
        "The archive does not reach back to this date for all series: those are shown up to it, with figures "
        "as they are known now."
    )
