"""What the readings of the trend by other measures and windows say, as pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.figure import in_words
from questions.trends.series import GrowthSeries
from questions.trends.words import is_told
from questions.wording import agreeing, counted, fitting, listed

HOW_TO_READ: Final = (
    "Each recent window is set against the 24 months before it; slopes are of the frontier, a year. A test "
    "of a bend decides whether the pace fell, not whether the interval of the change holds 0. Only 18 "
    "months against 24 are calibrated; a shorter window has fewer models and notices less, and of many "
    "readings some differ by chance. They overlap, so they are no independent votes. A rating says whom "
    "people prefer, not what is solved."
)
NAMED: Final = 3
"""So many of the models that are left out are named."""

_TOO_FEW: Final = "too few models"

_SAID: Final = {
    TrendVerdict.STEADY.value: "no change found",
    TrendVerdict.CLIMBING.value: "climbed, pace not compared",
    TrendVerdict.NOT_DISTINGUISHABLE.value: "cannot be told",
}
"""What a verdict says of the pace, where its name says more or less."""

_FINDS: Final = {
    TrendVerdict.SATURATED: "the test used up",
    TrendVerdict.PLATEAU: "a plateau",
    TrendVerdict.SLOWING: "it slower",
    TrendVerdict.ACCELERATING: "it faster",
    TrendVerdict.STEADY: "no change",
}
"""What verdicts on the pace against that of before find of it."""


@dataclass(frozen=True, slots=True)
class ChoiceReading:
    """The trend of one measure in one recent window of so many months against the 24 before it."""

    measure: str
    months: int
    trend: FrontierTrend

    @property
    def verdict(self) -> str:
        """The verdict's name; that the recent models are too few where no slope of theirs is judged."""
        return self.trend.verdict.value if is_told(self.trend) else _TOO_FEW


def summary(readings: Sequence[ChoiceReading]) -> str:
    """How many readings give which verdict, and which of them say that the pace has fallen."""
    counts = Counter(reading.verdict for reading in readings)
    compared = [
        f"{counts[verdict]} {agreeing(counts[verdict], 'finds', 'find')} {what}"
        for verdict, what in _FINDS.items()
        if verdict in counts
    ]
    number = sum(counts[verdict] for verdict in _FINDS)
    said = f"**Does it depend on the choice?** {_of_compared(number, len(readings), compared)}"
    if not number:
        return said
    slower: dict[str, list[str]] = {}
    for reading in readings:
        if reading.verdict in (TrendVerdict.SLOWING, TrendVerdict.PLATEAU):
            slower.setdefault(reading.measure, []).append(str(reading.months))
    if not slower:
        return said
    where = [f"{measure} (last {listed(months)} months)" for measure, months in slower.items()]
    return f"{said} The pace reads as fallen on {listed(where)}."


def _of_compared(number: int, of: int, compared: Sequence[str]) -> str:
    if not number:
        return (
            f"None of {counted(of, 'reading')} can compare two paces, so none could say that it has fallen."
        )
    both = agreeing(number, "compares", "compare")
    rest = f"; the rest, {of - number}, cannot" if of > number else ""
    return f"{number} of {counted(of, 'reading')} {both} two paces: {listed(compared)}{rest}."


def _said(verdict: str) -> str:
    return _SAID.get(verdict, verdict)


def readings_table(readings: Sequence[ChoiceReading]) -> pl.DataFrame:
    """One row a measure and recent window: the verdict, both slopes and the change between them."""
    rows = [
        {
            "measure": f"{reading.measure}, last {reading.months} months",
            "verdict": _said(reading.verdict),
            "slope before, and since": _slopes(reading),
            "change (90\u00a0% interval)": _change(reading),
        }
        for reading in readings
    ]
    return pl.DataFrame(rows)


def ends_of(readings: Sequence[ChoiceReading]) -> str:
    """On which day each measure ends, and in which unit its slopes are."""
    ends = {
        reading.measure: f"{reading.measure} in {reading.trend.measure.unit}, to "
        f"{in_words(reading.trend.window.end)}"
        for reading in readings
    }
    return f"Measured are: {'; '.join(ends.values())}."


def left_out(missing: pl.DataFrame, own: GrowthSeries | None, scored_on: date | None) -> str:
    """Which models have a value on Epoch's index and none on ours; empty without any, or without our index.

    missing     title, value, released_on, the best first
    scored_on   the day of the newest reading of the collection that our index is fitted to
    """
    if missing.is_empty() or own is None or own.models.is_empty():
        return ""
    names = [f"{title} ({value:.1f})" for title, value in missing.select("title", "value").head(NAMED).rows()]
    have = agreeing(missing.height, "has", "have")
    best = "The highest are " if missing.height > NAMED else ""
    them = agreeing(missing.height, "does not rest on it", "rests on none of them")
    return (
        f"**On Epoch's index, not on ours.** {counted(missing.height, 'model')} {have} a value on the index "
        f"that Epoch publishes and none on ours: {_why_left_out(missing, scored_on)}. {best}{listed(names)}. "
        f"The verdict {them}."
    )


def too_new(missing: pl.DataFrame, scored_on: date | None, beside: str = "") -> str:
    """That models released after the newest scores of our index stand on Epoch's only; empty where none does.

    The best of them by name: whoever knows it misses it among ours. `missing` and `scored_on` as for
    `left_out`; `beside` is what the note stands beside: together they have 30 words, or the note is short.
    """
    newer = _newer(missing, scored_on)
    if newer.is_empty():
        return ""
    title, value = newer.select("title", "value").row(0)
    others = f" and {newer.height - 1} more" if newer.height > 1 else ""
    named = f"{title} ({value:.1f} on Epoch's index)"
    notes = (
        f"{named}{others} {agreeing(newer.height, 'is', 'are')} too new for ours.",
        f"{named} is too new for ours.",
        f"{title} is too new for our index.",
    )
    return fitting(*(f"{beside} {note}".strip() for note in notes)).removeprefix(beside).strip()


def _newer(missing: pl.DataFrame, scored_on: date | None) -> pl.DataFrame:
    return missing.clear() if scored_on is None else missing.filter(pl.col("released_on") > scored_on)


def _why_left_out(missing: pl.DataFrame, scored_on: date | None) -> str:
    """Some came after the scores that ours rests on; of the rest these hold too few tests."""
    newer, few = _newer(missing, scored_on).height, "too few tests in the collection that ours is fitted to"
    if not newer or scored_on is None:
        return few
    after = f"released after {in_words(scored_on)}, when the collection that ours is fitted to was last read"
    return after if newer == missing.height else f"{newer} {after}, the rest with too few tests in it"


def _slopes(reading: ChoiceReading) -> str:
    trend = reading.trend
    if trend.slopes is None or not is_told(trend):
        return f"{counted(trend.n_recent, 'model')} ({MINIMUM_MODELS} needed)"
    earlier = trend.slopes.earlier if trend.earlier_told else None
    recent, digits = trend.slopes.recent, _digits(trend)
    before = "cannot be told" if earlier is None else f"{earlier.value:+.{digits}f}"
    ends = ""
    if recent.interval is not None:
        ends = f" ({recent.interval.low:+.{digits}f} to {recent.interval.high:+.{digits}f})"
    return f"{before}, then {recent.value:+.{digits}f}{ends}"


def _change(reading: ChoiceReading) -> str:
    trend = reading.trend
    found = trend.slopes.difference if trend.slopes and trend.earlier_told and is_told(trend) else None
    if found is None or found.interval is None:
        return "cannot be told"
    digits = _digits(trend)
    low, high = found.interval.low, found.interval.high
    return f"{found.value:+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})"


def _digits(trend: FrontierTrend) -> int:
    return 1 if trend.measure.unit == "points" else 2
