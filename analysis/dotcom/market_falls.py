"""How deep a price fell after its peak, when it set the next record, and what use did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.results import DAYS_PER_YEAR, Window, year_of

LONGEST_GAP_DAYS = 366
"""Farthest that an adoption figure may lie from the date it stands for."""


class FallVerdict(StrEnum):
    """What became of a peak, a closed list."""

    REGAINED = "regained its peak"
    NOT_REGAINED = "had not regained its peak when the series ends"
    NO_FALL = "the peak is the last value"
    CANNOT_BE_TOLD = "cannot be told: no price in the months of the peak"


class AdoptionVerdict(StrEnum):
    """What use did while prices fell, a closed list."""

    WENT_ON = "use went on growing"
    FELL = "use fell"
    CANNOT_BE_TOLD = "cannot be told: no figures at both ends"


@dataclass(frozen=True, slots=True)
class Fall:
    """Peak, the lowest value before the next record, and the record; depth is a share (-0.78 = lost 78 %).

    `years_to_record` counts years of 365 days from the peak; `window` is that of the whole series, so a
    fall that was not regained says until when.
    """

    n: int
    window: Window | None
    method: str
    verdict: FallVerdict
    peak_on: date | None = None
    peak: float | None = None
    trough_on: date | None = None
    trough: float | None = None
    depth: float | None = None
    regained_on: date | None = None
    years_to_record: float | None = None


@dataclass(frozen=True, slots=True)
class AdoptionThrough:
    """A figure of use at the peak and at the trough of prices, and its change a year (share, compound)."""

    n: int
    window: Window | None
    method: str
    verdict: AdoptionVerdict
    at_peak: float | None = None
    at_trough: float | None = None
    change_per_year: float | None = None


def fall_after_peak(closes: pl.DataFrame, peak_within: Window) -> Fall:
    """Depth of the fall from the highest close in `peak_within`, and the first close above it.

    `closes`: valid_on, value (split-adjusted, without dividends; null = no trading). The peak's rival
    after the window ends the fall: the first later close above the peak is the record.
    """
    rows = closes.drop_nulls("value").sort("valid_on")
    window = Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None
    method = "highest close, lowest close before the next record, first close above the peak"
    inside = rows.filter(pl.col("valid_on").is_between(peak_within.start, peak_within.end))
    if inside.is_empty():
        return Fall(rows.height, window, method, FallVerdict.CANNOT_BE_TOLD)
    peak_on, peak = inside.sort("value", "valid_on", descending=[True, False]).row(0)[:2]
    later = rows.filter(pl.col("valid_on") > peak_on)
    above = later.filter(pl.col("value") > peak)
    regained_on = above["valid_on"][0] if above.height else None
    below = later.filter(pl.col("valid_on") < regained_on) if regained_on else later
    years_to_record = (regained_on - peak_on).days / DAYS_PER_YEAR if regained_on else None
    if below.is_empty():
        verdict = FallVerdict.REGAINED if regained_on else FallVerdict.NO_FALL
        return Fall(
            rows.height,
            window,
            method,
            verdict,
            peak_on,
            peak,
            regained_on=regained_on,
            years_to_record=years_to_record,
        )
    trough_on, trough = below.sort("value", "valid_on").row(0)[:2]
    return Fall(
        peak_on=peak_on,
        peak=peak,
        trough_on=trough_on,
        trough=trough,
        depth=trough / peak - 1,
        regained_on=regained_on,
        years_to_record=years_to_record,
        n=rows.height,
        window=window,
        method=method,
        verdict=FallVerdict.REGAINED if regained_on else FallVerdict.NOT_REGAINED,
    )


def adoption_through(figures: pl.DataFrame, peak_on: date, trough_on: date) -> AdoptionThrough:
    """How a figure of use moved between the peak and the trough of prices.

    `figures`: valid_on, value (any positive unit). At either end the figure nearest to the date counts, at
    most a year away; the two must differ.
    """
    rows = figures.drop_nulls("value").sort("valid_on")
    window = Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None
    method = "figure nearest to the peak and to the trough of prices"
    ends = [_nearest(rows, day) for day in (peak_on, trough_on)]
    first, last = ends
    if first is None or last is None or first[0] >= last[0] or first[1] <= 0:
        return AdoptionThrough(rows.height, window, method, AdoptionVerdict.CANNOT_BE_TOLD)
    span_years = year_of(last[0]) - year_of(first[0])
    return AdoptionThrough(
        at_peak=first[1],
        at_trough=last[1],
        change_per_year=float((last[1] / first[1]) ** (1 / span_years) - 1),
        n=rows.height,
        window=window,
        method=method,
        verdict=AdoptionVerdict.WENT_ON if last[1] > first[1] else AdoptionVerdict.FELL,
    )


def _nearest(rows: pl.DataFrame, day: date) -> tuple[date, float] | None:
    within = timedelta(days=LONGEST_GAP_DAYS)
    near = rows.filter(pl.col("valid_on").is_between(day - within, day + within))
    if near.is_empty():
        return None
    distance = (pl.col("valid_on") - pl.lit(day)).abs()
    found = near.sort(distance).row(0, named=True)
    return found["valid_on"], float(found["value"])
