"""Views of one page from sums over days, weeks and months: views a day, the finest sum first."""

from __future__ import annotations

from typing import Final

import polars as pl

CADENCES: Final = ("daily", "weekly", "monthly")
"""Spans of the sums, the finest first."""

_SPAN_ENDS: Final = {"daily": "1d", "weekly": "1w", "monthly": "1mo"}


def views_a_day(sums: pl.DataFrame) -> pl.DataFrame:
    """One row per page and day: series_id (the page), valid_on, value (views a day), cadence.

    `sums`: page, cadence ("daily", "weekly" or "monthly"), valid_on (first day of the span), value (views in
    the span; null = missing). A day has the mean of its week or month where no finer sum covers it; a day
    that no sum covers has no row.
    """
    parts = [_spread(sums.filter(pl.col("cadence") == cadence), cadence) for cadence in CADENCES]
    return (
        pl.concat(parts)
        .unique(["series_id", "valid_on"], keep="first", maintain_order=True)
        .sort("series_id", "valid_on")
    )


def weekly_means(days: pl.DataFrame, column: str) -> pl.DataFrame:
    """Mean of each whole week from Monday: series_id, valid_on (the Monday) and `column`.

    `days`: series_id, valid_on, `column`. Weeks with fewer than seven days present are left out.
    """
    weeks = days.group_by("series_id", pl.col("valid_on").dt.truncate("1w"), maintain_order=True)
    means = weeks.agg(pl.col(column).mean(), present=pl.len()).filter(pl.col("present") == 7)
    return means.select("series_id", "valid_on", column).sort("series_id", "valid_on")


def _spread(sums: pl.DataFrame, cadence: str) -> pl.DataFrame:
    """The sums of one cadence as equal days."""
    ends = pl.col("valid_on").dt.offset_by(_SPAN_ENDS[cadence])
    days = sums.drop_nulls("value").select(
        pl.col("page").alias("series_id"),
        pl.date_ranges("valid_on", ends, closed="left").alias("valid_on"),
        pl.col("value").cast(pl.Float64) / (ends - pl.col("valid_on")).dt.total_days(),
        pl.lit(cadence).alias("cadence"),
    )
    return days.explode("valid_on", empty_as_null=True)
