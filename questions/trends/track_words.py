"""What became of past verdicts, as pure functions: hits, misses, and what an interval did not promise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from analysis.trends.backtest import FEWEST_NEW_MODELS, Outcome
from analysis.trends.next_year import PastSlope, next_year
from analysis.trends.verdicts import TrendVerdict
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.answer import Column, Kind, Table
from questions.trends.words import named
from questions.wording import capital, counted

HOW_TO_READ: Final = (
    "On Epoch's published index. Reading known: what had been observed by that day; released: models "
    "released by that day, with values of later measurements. Slopes in points a year, with 90 % intervals. "
    "Interval: whether that of the slope then held the slope of the next year. "
    "Power: how often its test would have noticed that progress had stopped a year before, in 100 simulated "
    "worlds with the models of that day. Verdicts that are judged stand first. Read the page as of a day to "
    "have its verdict with all of its power."
)
"""What stands beside the table of past verdicts."""

_NOT_JUDGED: Final = {
    Outcome.NO_CLAIM: "{} more claimed nothing",
    Outcome.NOT_YET: "of {} the year is not over",
    Outcome.CANNOT_BE_TOLD: "after {} too few models followed",
}

_NAMES: Final = {verdict.value: named(verdict) for verdict in TrendVerdict}

_IS_JUDGED: Final = pl.col("outcome").is_in([Outcome.HIT, Outcome.MISS])

LIKELY: Final = 0.8
"""A power that is usually asked of a test (Cohen 1988)."""

_DESCRIBES: Final = (
    "Read the interval of a slope as a description of its own window, not as a forecast of the next."
)

_OVERLAP: Final = "Rows overlap, a month apart, so they are no independent trials."


def track_summary(rows: pl.DataFrame) -> str:
    """What was at stake, then hits and misses of past verdicts, and how a forecast would have fared.

    What one fixed answer would have reached comes first: a reader who has met "16 of 16 held" believes it.
    """
    judged = _claimed(rows)
    held = judged.filter(pl.col("outcome") == Outcome.HIT).height
    counts = dict(rows.group_by("outcome").len().iter_rows())
    left = [(counts.get(outcome, 0), words) for outcome, words in _NOT_JUDGED.items()]
    rest = ", ".join(words.format(number) for number, words in left if number)
    intervals = _intervals(judged)
    words = (
        f"**Of {counted(judged.height, 'past verdict')} on Epoch's index that claimed something and whose "
        f"following year is over, {held} held{f'; {intervals}' if intervals else ''}**"
        f"{f' ({rest}).' if rest else '.'}"
    )
    kinds = _told(judged["verdict"])
    if kinds:
        words += f" They said: {kinds}."
    read = _DESCRIBES if intervals else ""
    return " ".join(filter(None, (_at_stake(rows), words, read, _power(judged), _forecast(rows), _OVERLAP)))


def _intervals(judged: pl.DataFrame) -> str:
    """How often the interval of a verdict's own slope held the slope of the year that followed."""
    told = judged["interval_held"].drop_nulls()
    if told.is_empty():
        return ""
    return f"the 90 % interval of the slope held the next year's slope in {int(told.sum())} of {len(told)}"


def _at_stake(rows: pl.DataFrame) -> str:
    """How often one fixed answer would have held, over all days whose year is told."""
    told = rows.drop_nulls(["next_low"]).filter(pl.col("n_next") >= FEWEST_NEW_MODELS)
    if told.is_empty():
        return ""
    held = told.filter(pl.col("next_low") > 0).height
    days = counted(told.height, "day")
    said = (
        f'Whoever had always said "{named(TrendVerdict.CLIMBING)}" would have been right on {held} of {days} '
        "whose following year is over"
    )
    return f"**{said}: little was at stake.**" if held == told.height else f"{said}."


def _power(judged: pl.DataFrame) -> str:
    """How many of the verdicts rest on a test that would have noticed a stop of a year."""
    tested: list[float] = judged["stop_noticed"].drop_nulls().sort().to_list()
    if not tested:
        return ""
    weakest, strongest = tested[0], tested[-1]
    sure = sum(share >= LIKELY for share in tested)
    return (
        f"Had progress stopped a year before, the tests of {sure or 'none'} of these "
        f"{counted(judged.height, 'verdict')} "
        f"would have noticed with probability {percent(LIKELY)} or more (between {percent(weakest)} and "
        f"{percent(strongest)})."
    )


def _forecast(rows: pl.DataFrame) -> str:
    """The interval for the next twelve months from the newest slope, and its own record."""
    newest = rows.drop_nulls("recent").sort("as_of").tail(1)
    past = [PastSlope(*row) for row in _claimed(rows).select("as_of", "recent", "next_slope").iter_rows()]
    told = None if newest.is_empty() else next_year(newest["recent"].item(), past)
    if told is None or told.forecast.interval is None:
        return ""
    interval = told.forecast.interval
    level = percent(interval.level)
    years = "one whole year" if told.whole_blocks == 1 else f"{told.whole_blocks} whole years"
    return (
        f"**Forecast for the twelve months after {in_words(newest['as_of'].item())}:** "
        f"{told.forecast.value:+.1f} points a year, {level} interval {interval.low:+.1f} to "
        f"{interval.high:+.1f}, to each side the largest miss of the verdicts judged. {capital(years)} of "
        f"record cannot promise more than {level}; made for each year from the misses of the others, such "
        f"intervals held {told.held} of {told.judged}."
    )


def _claimed(rows: pl.DataFrame) -> pl.DataFrame:
    """The verdicts that claimed something and whose year is told."""
    return rows.filter(_IS_JUDGED)


_COLUMNS: Final = {
    "as_of": Column("as of", Kind.DAY, width=100),
    "verdict": Column("verdict", width=150),
    "interval": Column("interval", width=80),
    "then": Column("slope then", width=150),
    "next": Column("slope of next year", width=150),
    "outcome": Column("outcome", width=170),
    "power": Column("power", width=80),
    "reading": Column("reading", width=90),
    "n_recent": Column("models", Kind.NUMBER, width=80),
    "n_next": Column("followed", Kind.NUMBER, width=80),
}
"""What matters most stands first: a window of 1024 pixels shows six of them."""


def track_table(rows: pl.DataFrame) -> Table:
    """Past verdicts, those first of which it is known whether they held, the newest of each first.

    A column that says the same of all is not shown.
    """
    held = pl.col("interval_held")
    told = rows.sort(_IS_JUDGED, "as_of", descending=True).select(
        "as_of",
        pl.col("verdict").replace_strict(_NAMES, return_dtype=pl.String),
        pl.when(held).then(pl.lit("held")).when(~held).then(pl.lit("missed")).alias("interval"),
        _range("recent").alias("then"),
        _range("next").alias("next"),
        "outcome",
        pl.col("stop_noticed").map_elements(percent, return_dtype=pl.String).alias("power"),
        "reading",
        "n_recent",
        "n_next",
    )
    tells = [name for name in _COLUMNS if name == "as_of" or told[name].n_unique() > 1]
    return Table("track-record", told, {name: _COLUMNS[name] for name in tells})


def _range(name: str) -> pl.Expr:
    value = pl.col("next_slope") if name == "next" else pl.col(name)
    return pl.format(
        "{} ({} to {})", value.round(1), pl.col(f"{name}_low").round(1), pl.col(f"{name}_high").round(1)
    )


def _told(verdicts: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict] = counts.get(verdict, 0) + 1
    return ", ".join(f"{_NAMES[verdict]} ({number})" for verdict, number in sorted(counts.items()))
