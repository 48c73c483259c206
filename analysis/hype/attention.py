"""Attention put side by side: a common base, launches ranked by their spread, and the shape of one peak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.results import Window

BASE_SHARE_PRESENT = 0.5
"""Share of the days of a base period that a series must have to be indexed on it."""

MINIMUM_BASE_DAYS = 14
PEAK_WITHIN_DAYS = 14
NEARLY_THE_MOST = 0.9
"""Share of the largest gain from which on a launch is told together with it: a count has no interval."""


class IndexVerdict(StrEnum):
    """Which series share the base, a closed list."""

    ALL = "all series are on the common base"
    SOME = "some series have too few days in the base period and are left out"
    CANNOT_BE_TOLD = "cannot be told: no series has enough days in the base period"


class LaunchVerdict(StrEnum):
    """Whether launches can be ranked, a closed list."""

    RANKED = "ranked by points after less points before"
    CANNOT_BE_TOLD = "cannot be told: no launch has points on both sides"


class PeakVerdict(StrEnum):
    """What became of a peak of attention, a closed list."""

    HALVED = "the excess halved"
    NOT_HALVED = "the excess had not halved when the series ends"
    CANNOT_BE_TOLD = "cannot be told: too few days before or after the release"


@dataclass(frozen=True, slots=True)
class IndexedAttention:
    """Series with their mean over the base at 100; `levels` has series_id, valid_on, index."""

    levels: pl.DataFrame
    left_out: tuple[str, ...]
    base: Window
    n: int
    window: Window | None
    method: str
    verdict: IndexVerdict


@dataclass(frozen=True, slots=True)
class LaunchRanks:
    """Launches by points gained; `launches` has name, released_on, excess_points, rank (ties share).

    `n` is the number of launches that could be ranked, `window` from the first to the last of them.
    """

    launches: pl.DataFrame
    n: int
    unranked: tuple[str, ...]
    window: Window | None
    method: str
    verdict: LaunchVerdict

    @property
    def largest(self) -> pl.DataFrame:
        """The first and those that come within a tenth of it, which a count does not tell apart."""
        gained = pl.col("excess_points")
        return self.launches.filter(gained >= gained.max() - (1 - NEARLY_THE_MOST) * gained.max().abs())


@dataclass(frozen=True, slots=True)
class AttentionPeak:
    """Highest day within 14 days of a release, and how long its excess over the base took to halve.

    `day` counts from the release (0 = that day), `half_life_days` from the peak. `base` is the median day
    before.
    """

    window: Window | None
    method: str
    verdict: PeakVerdict
    peak: float | None = None
    peak_on: date | None = None
    day: int | None = None
    half_life_days: int | None = None
    base: float | None = None


def indexed_attention(series: pl.DataFrame, base: Window) -> IndexedAttention:
    """Several daily series as indices with their mean over `base` at 100.

    `series`: series_id, valid_on, value (null or no row = missing, never zero). A series must have values
    on half of the base's days: one whose page came later has no base and is left out by name.
    """
    rows = series.drop_nulls("value").sort("series_id", "valid_on")
    days = (base.end - base.start).days + 1
    inside = rows.filter(pl.col("valid_on").is_between(base.start, base.end))
    means = inside.group_by("series_id").agg(base_value=pl.col("value").mean(), present=pl.len())
    usable = means.filter(pl.col("present") >= BASE_SHARE_PRESENT * days, pl.col("base_value") > 0)
    levels = rows.join(usable, on="series_id", maintain_order="left").select(
        "series_id", "valid_on", index=100 * pl.col("value") / pl.col("base_value")
    )
    left_out = tuple(sorted(set(series["series_id"]) - set(usable["series_id"])))
    return IndexedAttention(
        levels=levels,
        left_out=left_out,
        base=base,
        n=usable.height,
        window=Window(levels["valid_on"].min(), levels["valid_on"].max()) if levels.height else None,  # type: ignore[arg-type]  # polars types min() of any column alike
        method=f"mean of {base.start} to {base.end} = 100",
        verdict=_index_verdict(usable.height, left_out),
    )


def rank_launches(launches: pl.DataFrame) -> LaunchRanks:
    """Launches ranked by points in the 14 days after less points in the 14 days before.

    `launches`: name, released_on, points_after, points_before (points of matching stories; null = not
    counted).
    """
    counted = launches.drop_nulls(["points_after", "points_before"]).with_columns(
        excess_points=pl.col("points_after") - pl.col("points_before")
    )
    ranked = counted.with_columns(rank=pl.col("excess_points").rank("min", descending=True))
    table = ranked.sort("rank", "name").select("name", "released_on", "excess_points", "rank")
    dates = table["released_on"].sort()
    return LaunchRanks(
        launches=table,
        n=table.height,
        unranked=tuple(sorted(set(launches["name"]) - set(table["name"]))),
        window=Window(dates[0], dates[-1]) if table.height else None,
        method="points of matching stories, 14 days from the launch less the 14 days before",
        verdict=LaunchVerdict.RANKED if table.height else LaunchVerdict.CANNOT_BE_TOLD,
    )


def attention_peak(series: pl.DataFrame, released_on: date, base_from: date) -> AttentionPeak:
    """Peak of a daily series after a release and the half-life of its excess.

    `series`: valid_on, value. The base is the median from `base_from` to the day before the release (at
    least 14 days); the peak is sought on the release day and the 13 after. The half-life is the number of
    days from the peak to the first day whose excess over the base is at most half the peak's.
    """
    rows = series.drop_nulls("value").sort("valid_on")
    window = Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None
    method = f"median from {base_from} to the eve as base, peak within {PEAK_WITHIN_DAYS} days"
    before = rows.filter(pl.col("valid_on") >= base_from, pl.col("valid_on") < released_on)
    last = released_on + timedelta(days=PEAK_WITHIN_DAYS - 1)
    after = rows.filter(pl.col("valid_on").is_between(released_on, last))
    if before.height < MINIMUM_BASE_DAYS or after.height < PEAK_WITHIN_DAYS:
        return AttentionPeak(window, method, PeakVerdict.CANNOT_BE_TOLD)
    base = float(before.select(pl.col("value").median()).item())
    peak_on, peak = (
        after.sort("value", "valid_on", descending=[True, False]).select("valid_on", "value").row(0)
    )
    halved = rows.filter(pl.col("valid_on") > peak_on, pl.col("value") - base <= (peak - base) / 2)
    return AttentionPeak(
        window=window,
        method=method,
        verdict=PeakVerdict.HALVED if halved.height else PeakVerdict.NOT_HALVED,
        peak=float(peak),
        peak_on=peak_on,
        day=(peak_on - released_on).days,
        half_life_days=(halved["valid_on"][0] - peak_on).days if halved.height else None,
        base=base,
    )


def _index_verdict(n: int, left_out: tuple[str, ...]) -> IndexVerdict:
    if n == 0:
        return IndexVerdict.CANNOT_BE_TOLD
    return IndexVerdict.SOME if left_out else IndexVerdict.ALL
