"""What became of past verdicts, as pure functions: hits, misses, and what an interval did not promise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from charts.parts.percent import percent

HOW_TO_READ: Final = (
    "On Epoch's published index. Reading known: what had been observed by that day; released: models "
    "released by that day, with values of later measurements. Slopes in points a year."
)
"""What stands beside the table of past verdicts."""


def track_summary(rows: pl.DataFrame) -> str:
    """Hits and misses of past verdicts, and how the intervals fared as forecasts."""
    counts = dict(rows.group_by("outcome").len().iter_rows())
    judged = rows.drop_nulls("interval_held")
    hits, misses = counts.pop("hit", 0), counts.pop("miss", 0)
    rest = ", ".join(f"{number} × {what}" for what, number in sorted(counts.items()))
    words = f"**Of {rows.height} past verdicts {hits} held, {misses} did not**" + (
        f" ({rest})." if rest else "."
    )
    kinds = _told(rows.filter(pl.col("outcome").is_in(["hit", "miss"]))["verdict"])
    if kinds:
        words += f" Those judged said: {kinds}."
    if judged.height:
        share = float(judged["interval_held"].sum()) / judged.height
        words += (
            f" Of {judged.height} intervals {percent(share)} held the slope of the year that followed: an "
            "interval says what the slope was, not what it will be."
        )
    return f"{words} Rows overlap, a month apart, so they are no independent trials."


def track_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Past verdicts, newest first, with their reading and what followed."""
    return rows.sort("as_of", descending=True).select(
        "as_of",
        "verdict",
        "outcome",
        _range("recent").alias("slope then (90 % interval)"),
        _range("next").alias("slope of the next year"),
        pl.col("interval_held").alias("interval held it"),
        "reading",
        pl.col("n_recent").alias("models"),
        pl.col("n_next").alias("models that followed"),
    )


def _range(name: str) -> pl.Expr:
    value = pl.col("next_slope") if name == "next" else pl.col(name)
    return pl.format(
        "{} ({} to {})", value.round(1), pl.col(f"{name}_low").round(1), pl.col(f"{name}_high").round(1)
    )


def _told(verdicts: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict] = counts.get(verdict, 0) + 1
    return ", ".join(f"{verdict} ({number})" for verdict, number in sorted(counts.items()))
