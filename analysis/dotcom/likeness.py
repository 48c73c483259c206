"""Two booms laid over each other at their starts: levels, and a table of what is alike and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.results import Window

LONGEST_GAP_DAYS = 35
"""Oldest value that may stand for an anchor: last trading days of months lie up to 35 days apart."""

ALIKE_WITHIN = 1.25
"""Ratio of two figures up to which the table calls them alike: a convention, not a test."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day on which a boom is taken to start."""

    name: str
    starts_on: date


NETSCAPE_LISTING = Anchor("Netscape goes public", date(1995, 8, 9))
CHATGPT_OPENING = Anchor("ChatGPT is released", date(2022, 11, 30))


class AlignmentVerdict(StrEnum):
    """Whether a series covers the boom asked for, a closed list."""

    COVERED = "the series covers the days asked for"
    ENDS_EARLY = "the series ends before the days asked for"
    CANNOT_BE_TOLD = "cannot be told: no value at the anchor"


class LikenessVerdict(StrEnum):
    """How two figures of the same name compare, by size (a fall of a half is larger than one of a third)."""

    ALIKE = "alike"
    LARGER_NOW = "larger now"
    SMALLER_NOW = "smaller now"
    DEPENDS_ON_START = "depends on the start"
    CANNOT_BE_TOLD = "cannot be told"


@dataclass(frozen=True, slots=True)
class AlignedSeries:
    """A series as an index, 100 at the anchor.

    `levels`: valid_on, days (since the anchor; negative before), index. `window` says where the series
    begins and ends.
    """

    anchor: Anchor
    levels: pl.DataFrame
    is_real: bool
    n: int
    window: Window | None
    method: str
    verdict: AlignmentVerdict


@dataclass(frozen=True, slots=True)
class BoomFigures:
    """Figures of one boom from its anchor to `until_on`; each None where it cannot be told.

    `run_up` is the multiple of the anchor's level, `deepest_fall` a share (-0.3) between `fall_from_on` and
    `fall_to_on`, `volatility` per year (sample standard deviation of log changes), `cape` a ratio.
    """

    anchor: Anchor
    until_on: date
    days: int
    run_up: float | None
    deepest_fall: float | None
    fall_from_on: date | None
    fall_to_on: date | None
    volatility: float | None
    cape: float | None
    n: int
    window: Window | None
    verdict: AlignmentVerdict


@dataclass(frozen=True, slots=True)
class LikenessRow:
    """One quantity then and now; `unit` is "times", "share", "per year" or "ratio"."""

    quantity: str
    unit: str
    then: float | None
    now: float | None
    verdict: LikenessVerdict


@dataclass(frozen=True, slots=True)
class Likeness:
    """Both booms after the same number of days: likeness and difference side by side, no score over them."""

    then: BoomFigures
    now: BoomFigures
    days: int
    rows: tuple[LikenessRow, ...]
    method: str


def aligned(
    closes: pl.DataFrame, anchor: Anchor, days: int, consumer_prices: pl.DataFrame | None = None
) -> AlignedSeries:
    """The series as an index of 100 at the anchor, up to `days` after it.

    `closes`: valid_on, value (null = no trading). `consumer_prices`: valid_on (first day of the month),
    value; with it the index is real: each day by the month's figure, or the last one published before. The
    anchor's level is that of its day or of the last day with a value before, at most 35 days older.
    """
    rows = closes.drop_nulls("value").filter(pl.col("value") > 0).sort("valid_on")
    window = _span(rows)
    if consumer_prices is not None:
        rows = _real(rows, consumer_prices)
    base = _level_at(rows, anchor.starts_on)
    kind = "real" if consumer_prices is not None else "nominal"
    until = anchor.starts_on + timedelta(days=days)
    levels = rows.filter(pl.col("valid_on") <= until).select(
        "valid_on",
        days=(pl.col("valid_on") - pl.lit(anchor.starts_on)).dt.total_days(),
        index=pl.lit(None, pl.Float64) if base is None else 100 * pl.col("value") / base,
    )
    return AlignedSeries(
        anchor=anchor,
        levels=levels if base is not None else levels.clear(),
        is_real=consumer_prices is not None,
        n=levels.height if base is not None else 0,
        window=window,
        method=f"{kind} level, {anchor.name} ({anchor.starts_on}) = 100",
        verdict=_coverage(base, window, until),
    )


def boom_figures(
    closes: pl.DataFrame, anchor: Anchor, days: int, cape: pl.DataFrame | None = None
) -> BoomFigures:
    """Run-up, deepest fall, volatility and CAPE of one boom, `days` after its anchor.

    `closes`: valid_on, value. `cape`: valid_on (first day of the month), value. Where the series ends before,
    the figures are those of its last day, and `until_on`, `days` and the verdict say so.
    """
    rows = closes.drop_nulls("value").filter(pl.col("value") > 0).sort("valid_on")
    window = _span(rows)
    asked = anchor.starts_on + timedelta(days=days)
    base = _level_at(rows, anchor.starts_on)
    until = min(asked, window.end) if window else asked
    boom = rows.filter(pl.col("valid_on").is_between(anchor.starts_on, until))
    known = base is not None and boom.height > 1
    fall = _deepest_fall(boom) if known else (None, None, None)
    return BoomFigures(
        anchor=anchor,
        until_on=until,
        days=max((until - anchor.starts_on).days, 0),
        run_up=float(boom["value"][-1]) / base if known and base else None,
        deepest_fall=fall[0],
        fall_from_on=fall[1],
        fall_to_on=fall[2],
        volatility=_volatility(boom) if known else None,
        cape=_cape_at(cape, until),
        n=boom.height,
        window=window,
        verdict=_coverage(base if known else None, window, asked),
    )


def likeness(
    closes: pl.DataFrame,
    then: Anchor,
    now: Anchor,
    cape: pl.DataFrame | None = None,
    alike_within: float = ALIKE_WITHIN,
) -> Likeness:
    """Both booms of one series, each after the days that the later one has run.

    `closes` and `cape` as in `boom_figures`. Two figures are alike if their ratio is at most `alike_within`.
    """
    window = _span(closes.drop_nulls("value").sort("valid_on"))
    days = max((window.end - now.starts_on).days, 0) if window else 0
    earlier, later = (boom_figures(closes, anchor, days, cape) for anchor in (then, now))
    pairs = (
        ("run-up since the start", "times", earlier.run_up, later.run_up),
        ("deepest fall on the way", "share", earlier.deepest_fall, later.deepest_fall),
        ("volatility", "per year", earlier.volatility, later.volatility),
        ("CAPE", "ratio", earlier.cape, later.cape),
    )
    rows = tuple(LikenessRow(*pair, _compared(pair[2], pair[3], alike_within)) for pair in pairs)
    return Likeness(
        earlier,
        later,
        days,
        rows,
        f"same series, {days} days after each start; alike within x{alike_within:g}",
    )


def _span(rows: pl.DataFrame) -> Window | None:
    return Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None


def _real(rows: pl.DataFrame, consumer_prices: pl.DataFrame) -> pl.DataFrame:
    deflator = consumer_prices.drop_nulls("value").sort("valid_on").select("valid_on", deflator="value")
    joined = rows.join_asof(deflator, on="valid_on").drop_nulls("deflator")
    return joined.select("valid_on", value=pl.col("value") / pl.col("deflator"))


def _level_at(rows: pl.DataFrame, day: date) -> float | None:
    oldest = day - timedelta(days=LONGEST_GAP_DAYS)
    recent = rows.filter(pl.col("valid_on").is_between(oldest, day))
    return float(recent["value"][-1]) if recent.height else None


def _coverage(base: float | None, window: Window | None, until: date) -> AlignmentVerdict:
    if base is None or window is None:
        return AlignmentVerdict.CANNOT_BE_TOLD
    # A week covers week-ends and holidays at the end of a daily series.
    early = window.end < until - timedelta(days=7)
    return AlignmentVerdict.ENDS_EARLY if early else AlignmentVerdict.COVERED


def _deepest_fall(boom: pl.DataFrame) -> tuple[float, date, date]:
    """Largest fall from a running maximum (share), the day of that maximum and the day of the low."""
    value = boom["value"].to_numpy()
    depth = value / np.maximum.accumulate(value) - 1
    low = int(depth.argmin())
    high = int(value[: low + 1].argmax())
    return float(depth[low]), boom["valid_on"][high], boom["valid_on"][low]


def _volatility(boom: pl.DataFrame) -> float | None:
    """Sample standard deviation of log changes, a year: 252 trading days, 52 weeks or 12 months in it."""
    if boom.height < 13:
        return None
    gap = float(np.median(np.diff(boom["valid_on"].to_physical().to_numpy())))
    steps_per_year = 252 if gap < 4 else 52 if gap < 20 else 12
    changes = np.diff(np.log(boom["value"].to_numpy()))
    return float(changes.std(ddof=1) * np.sqrt(steps_per_year))


def _cape_at(cape: pl.DataFrame | None, day: date) -> float | None:
    if cape is None:
        return None
    value = cape.drop_nulls("value").filter(valid_on=day.replace(day=1))["value"]
    return float(value[0]) if value.len() else None


def _compared(then: float | None, now: float | None, alike_within: float) -> LikenessVerdict:
    if then is None or now is None:
        return LikenessVerdict.CANNOT_BE_TOLD
    larger, smaller = max(abs(then), abs(now)), min(abs(then), abs(now))
    if larger <= alike_within * smaller:
        return LikenessVerdict.ALIKE
    return LikenessVerdict.LARGER_NOW if abs(now) > abs(then) else LikenessVerdict.SMALLER_NOW
