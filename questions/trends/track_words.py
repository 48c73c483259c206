"""What became of past verdicts, as pure functions: hits, misses, and what an interval did not promise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from analysis.trends.backtest import FEWEST_NEW_MODELS, Outcome
from analysis.trends.next_year import PastSlope, next_year
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import counted

HOW_TO_READ: Final = (
    "On Epoch's published index. Reading known: what had been observed by that day; released: models "
    "released by that day, with values of later measurements. Slopes in points a year."
)
"""What stands beside the table of past verdicts."""

_OVERLAP: Final = "Rows overlap, a month apart, so they are no independent trials."


def track_summary(rows: pl.DataFrame) -> str:
    """Hits and misses of past verdicts, what was at stake, and how a forecast would have fared."""
    counts = dict(rows.group_by("outcome").len().iter_rows())
    hits, misses = counts.pop(Outcome.HIT, 0), counts.pop(Outcome.MISS, 0)
    rest = ", ".join(f"{number} × {what}" for what, number in sorted(counts.items()))
    words = f"**Of {rows.height} past verdicts {hits} held, {misses} did not**" + (
        f" ({rest})." if rest else "."
    )
    kinds = _told(_claimed(rows)["verdict"])
    if kinds:
        words += f" Those judged said: {kinds}."
    return " ".join(filter(None, (words, _at_stake(rows), _forecast(rows), _OVERLAP)))


def _at_stake(rows: pl.DataFrame) -> str:
    """How often one fixed answer would have held, over all days whose year is told."""
    told = rows.drop_nulls(["next_low"]).filter(pl.col("n_next") >= FEWEST_NEW_MODELS)
    if told.is_empty():
        return ""
    held = told.filter(pl.col("next_low") > 0).height
    days = counted(told.height, "day")
    said = f'Whoever had always said "climbing" would have been right on {held} of {days}'
    return f"{said}: little was at stake." if held == told.height else f"{said}."


def _forecast(rows: pl.DataFrame) -> str:
    """The interval for the next twelve months from the newest slope, and its own record."""
    newest = rows.drop_nulls("recent").sort("as_of").tail(1)
    past = [PastSlope(*row) for row in _claimed(rows).select("as_of", "recent", "next_slope").iter_rows()]
    told = None if newest.is_empty() else next_year(newest["recent"].item(), past)
    if told is None or told.forecast.interval is None:
        return ""
    low, high = told.forecast.interval.low, told.forecast.interval.high
    return (
        f"**Forecast for the twelve months after {in_words(newest['as_of'].item())}:** "
        f"{told.forecast.value:+.1f} points a year, 90 % interval {low:+.1f} to {high:+.1f}, by how far the "
        f"slopes of the verdicts judged missed the year that followed. Made for each of {told.blocks} years "
        f"from the misses of the others, such intervals held {told.held} of {told.judged}, where "
        f"{percent(told.forecast.interval.level)} were meant: so few years cannot prove it."
    )


def _claimed(rows: pl.DataFrame) -> pl.DataFrame:
    """The verdicts that claimed something and whose year is told."""
    return rows.filter(pl.col("outcome").is_in([Outcome.HIT, Outcome.MISS]))


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
