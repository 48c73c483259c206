"""Series of points as several questions ask for them, up to a view's date."""

from __future__ import annotations

import polars as pl

from questions.view import View


def series(view: View, *patterns: str) -> pl.DataFrame:
    """Points of the series whose ids match (SQL LIKE), up to the as-of date (see series_points.sql)."""
    return view.ask("series_points", series=list(patterns), now=view.known_now.instant)


def read_later(known_then: pl.Series) -> str:
    """What the reader must know where series are shown that the archive did not know yet; else empty."""
    if known_then.all():
        return ""
    return (
        "The archive does not reach back to this date for all series: those are shown up to it, with figures "
        "as they are known now."
    )
