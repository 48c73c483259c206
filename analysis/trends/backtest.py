"""Track record: the verdict of every month end, beside what the next twelve months brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.results import Estimate, Reading, day_of, months_after, year_of
from analysis.trends.measures import INDEX, Measure
from analysis.trends.power import RECORD_WORLDS, stop_noticed_of
from analysis.trends.trend import FrontierTrend, frontier_trend
from analysis.trends.verdicts import PLATEAU_SHARE, TrendVerdict

FIRST_MONTH_END = date(2023, 6, 30)
OUTCOME_YEARS = 1.0
OUTCOME_EARLIER_YEARS = 1.5
FEWEST_NEW_MODELS = 10
"""Models of the following year below which what followed is not told."""

STEADY_SHARES = (0.5, 2.0)
"""A steady pace went on if the next slope lies between these shares of the one found."""

DRAWS = 400


class Outcome(StrEnum):
    """What became of a verdict, a closed list."""

    HIT = "hit"
    MISS = "miss"
    NOT_YET = "twelve months not yet over"
    NO_CLAIM = "no claim was made"
    CANNOT_BE_TOLD = "too few models followed"


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One past verdict: its evidence, the slope of the following year, and whether it held.

    `next_slope` is the frontier's slope over the 365 days after `as_of`, from what is known today;
    `interval_held` says whether the interval of the recent slope held it, None where either is missing.
    `stop_noticed`: in what share of simulated worlds the verdict's test would have noticed that progress had
    stopped a year before `as_of`; None where there was no test.
    """

    as_of: date
    reading: Reading
    verdict: TrendVerdict
    recent: Estimate | None
    earlier: Estimate | None
    n_recent: int
    n_earlier: int
    next_slope: Estimate | None
    n_next: int
    outcome: Outcome
    interval_held: bool | None
    stop_noticed: float | None = None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """All rows, oldest first, and their sums; the rows overlap, so they are no independent trials."""

    rows: tuple[TrackRow, ...]
    method: str

    def count(self, outcome: Outcome, verdict: TrendVerdict | None = None) -> int:
        """Number of rows with an outcome, of one verdict or of all."""
        return sum(row.outcome is outcome and verdict in (None, row.verdict) for row in self.rows)


def track_record(
    models: pl.DataFrame,
    as_of: date,
    measure: Measure = INDEX,
    known: Mapping[date, pl.DataFrame] | None = None,
    also: tuple[date, ...] = (),
    draws: int = DRAWS,
    seed: int = 0,
    worlds: int = RECORD_WORLDS,
) -> TrackRecord:
    """The verdict of each month end since 2023-06, and of the days in `also`, beside what followed.

    `models`: the frame of `frontier_trend` as known on `as_of`. `known`: the same frame as it had been
    observed by a past day, where the archive reaches back so far; that row is then the reading "known", all
    others are "released" (models released by that day, measured whenever). `worlds` are simulated for the
    power of each row; with 0 it is not told.
    """
    days = sorted({*month_ends(FIRST_MONTH_END, as_of), *(day for day in also if day <= as_of)})
    frames = known or {}
    rows = tuple(_row(day, frames.get(day), models, as_of, measure, draws, seed, worlds) for day in days)
    return TrackRecord(rows, f"verdicts of frontier_trend ({draws} draws), slope of the 365 days after")


def month_ends(first: date, last: date) -> list[date]:
    """Last days of the months from that of `first` to `last`, both included."""
    month = first.replace(day=1)
    found = []
    while (end := months_after(month, 1) - timedelta(days=1)) <= last:
        found.append(end)
        month = months_after(month, 1)
    return found


def _row(
    day: date,
    known: pl.DataFrame | None,
    models: pl.DataFrame,
    as_of: date,
    measure: Measure,
    draws: int,
    seed: int,
    worlds: int,
) -> TrackRow:
    seen = models if known is None else known
    then = frontier_trend(seen, day, measure, draws=draws, seed=seed)
    after = _following(models, day, as_of, measure, draws, seed)
    next_slope = after.slopes.recent if after is not None and after.slopes is not None else None
    n_next = after.n_recent if after is not None else 0
    recent = then.slopes.recent if then.slopes else None
    return TrackRow(
        as_of=day,
        reading=Reading.RELEASED if known is None else Reading.KNOWN,
        verdict=then.verdict,
        recent=recent,
        earlier=then.slopes.earlier if then.slopes else None,
        n_recent=then.n_recent,
        n_earlier=then.n_earlier,
        next_slope=next_slope,
        n_next=n_next,
        outcome=_outcome(then, after, next_slope, n_next),
        interval_held=_held(recent, next_slope, n_next),
        stop_noticed=stop_noticed_of(seen, then, seed, worlds),
    )


def _following(
    models: pl.DataFrame, day: date, as_of: date, measure: Measure, draws: int, seed: int
) -> FrontierTrend | None:
    """The trend of the year after `day`, None where that year is not over."""
    end = day_of(year_of(day) + OUTCOME_YEARS)
    if end > as_of:
        return None
    return frontier_trend(models, end, measure, OUTCOME_YEARS, OUTCOME_EARLIER_YEARS, draws, seed)


def _outcome(
    then: FrontierTrend, after: FrontierTrend | None, next_slope: Estimate | None, n_next: int
) -> Outcome:
    if then.slopes is None or then.verdict in (TrendVerdict.SATURATED, TrendVerdict.NOT_DISTINGUISHABLE):
        return Outcome.NO_CLAIM
    if after is None:
        return Outcome.NOT_YET
    if next_slope is None or n_next < FEWEST_NEW_MODELS:
        return Outcome.CANNOT_BE_TOLD
    earlier = then.slopes.earlier.value if then.slopes.earlier else 0.0
    held = claim_holds(then.verdict, then.slopes.recent.value, earlier, next_slope)
    return Outcome.HIT if held else Outcome.MISS


def claim_holds(verdict: TrendVerdict, recent: float, earlier: float, following: Estimate) -> bool:
    """Whether the slope of the following year is what the verdict lets one expect.

    Plateau: still below a third of the earlier slope. Slowing, accelerating: still below, above the earlier
    slope. Steady: between half and twice the slope found. Climbing: above 0, with its interval.
    """
    slope = following.value
    if verdict is TrendVerdict.PLATEAU:
        return slope < PLATEAU_SHARE * earlier
    if verdict is TrendVerdict.SLOWING:
        return slope < earlier
    if verdict is TrendVerdict.ACCELERATING:
        return slope > earlier
    if verdict is TrendVerdict.STEADY:
        return STEADY_SHARES[0] * recent <= slope <= STEADY_SHARES[1] * recent
    return following.interval is not None and following.interval.low > 0


def _held(recent: Estimate | None, next_slope: Estimate | None, n_next: int) -> bool | None:
    if recent is None or recent.interval is None or next_slope is None or n_next < FEWEST_NEW_MODELS:
        return None
    return recent.interval.holds(next_slope.value)
