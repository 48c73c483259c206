"""What the readings of the trend by other measures and windows say, as pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.results import Estimate
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.figure import in_words
from questions.trends.series import GrowthSeries
from questions.trends.words import is_told
from questions.wording import agreeing, counted, listed

HOW_TO_READ: Final = (
    "In each cell: the verdict, the slope of the frontier in the 24 months before, and that of the last "
    "months with its 90\u00a0% interval. Only 18 months against 24 are calibrated; a shorter window has "
    "fewer models and notices less, and of many readings some differ by chance. They overlap, so they are no "
    "independent votes. A rating says whom people prefer, not what is solved."
)
NAMED: Final = 3
"""So many of the models that are left out are named."""

_TOO_FEW: Final = "too few models"


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
    parts = [f"{counts[verdict]} {verdict.value}" for verdict in TrendVerdict if verdict in counts]
    if _TOO_FEW in counts:
        parts.append(f"{counts[_TOO_FEW]} with {_TOO_FEW}")
    said = f"**Does it depend on the choice?** Of {counted(len(readings), 'reading')}: {listed(parts)}."
    slower: dict[str, list[str]] = {}
    for reading in readings:
        if reading.verdict in (TrendVerdict.SLOWING, TrendVerdict.PLATEAU):
            slower.setdefault(reading.measure, []).append(str(reading.months))
    if not slower:
        return f"{said} None of them says that the pace has fallen."
    where = [f"{measure} (last {listed(months)} months)" for measure, months in slower.items()]
    return f"{said} The pace reads as fallen on {listed(where)}."


def readings_table(readings: Sequence[ChoiceReading]) -> pl.DataFrame:
    """One row a measure, one column a recent window; each cell has the verdict and both slopes."""
    rows: dict[str, dict[str, str]] = {}
    for reading in readings:
        row = rows.setdefault(reading.measure, {"measure": f"{reading.measure}, {_unit(reading.trend)}"})
        row[f"last {reading.months} months"] = _cell(reading)
    return pl.DataFrame(list(rows.values()))


def left_out(missing: pl.DataFrame, own: GrowthSeries | None) -> str:
    """Which models have a value on Epoch's index and none on ours; empty without any, or without our index.

    `missing`: title, value, released_on, the best first.
    """
    if missing.is_empty() or own is None or own.models.is_empty():
        return ""
    newest = own.models["released_on"].max()
    newer = missing.filter(pl.col("released_on") > newest).height
    names = [f"{title} ({value:.1f})" for title, value in missing.select("title", "value").head(NAMED).rows()]
    have = agreeing(missing.height, "has", "have")
    since = f" ({newer} of them newer than all of ours)" if newer else ""
    best = "the highest are " if missing.height > NAMED else ""
    them = agreeing(missing.height, "does not rest on it", "rests on none of them")
    return (
        f"**On Epoch's index, not on ours.** {counted(missing.height, 'model')}{since} {have} a value on the "
        f"index that Epoch publishes and too few tests known here for our own: {best}{listed(names)}. The "
        f"verdict {them}."
    )


def _unit(trend: FrontierTrend) -> str:
    return f"{trend.measure.unit} a year, to {in_words(trend.window.end)}"


def _cell(reading: ChoiceReading) -> str:
    trend = reading.trend
    if trend.slopes is None or not is_told(trend):
        return f"{_TOO_FEW} ({trend.n_recent} of {MINIMUM_MODELS})"
    digits = 1 if trend.measure.unit == "points" else 2
    earlier = "not told" if not trend.earlier_told else _slope(trend.slopes.earlier, digits)
    recent = trend.slopes.recent
    ends = ""
    if recent.interval is not None:
        ends = f" ({recent.interval.low:+.{digits}f} to {recent.interval.high:+.{digits}f})"
    return f"{reading.verdict}: {earlier}, then {_slope(recent, digits)}{ends}"


def _slope(slope: Estimate | None, digits: int) -> str:
    return "not told" if slope is None else f"{slope.value:+.{digits}f}"
