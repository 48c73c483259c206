"""The small types every estimator's result is made of, and the one time scale they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ORIGIN = date(2020, 1, 1)
"""Zero of the analysis time scale."""

DAYS_PER_YEAR = 365.0
"""A year of the analysis time scale, in days (the convention of METR and Epoch)."""


class Reading(StrEnum):
    """How a past date was read."""

    KNOWN = "known"
    """From what the archive had observed by that date."""

    RELEASED = "released"
    """From what had been released, dated or measured by that date, though observed later."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided interval; `level` is its nominal coverage (0.90 = from the 5th to the 95th percentile)."""

    low: float
    high: float
    level: float = 0.90

    @property
    def width(self) -> float:
        """`high - low`, in the unit of the bounds."""
        return self.high - self.low

    def holds(self, value: float) -> bool:
        """Whether `value` lies within the interval, ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point estimate with its interval; `interval` is None where none can be given."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Closed range of days that an estimate rests on."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"window ends ({self.end}) before it starts ({self.start})")

    def holds(self, day: date) -> bool:
        """Whether `day` lies within the window, ends included."""
        return self.start <= day <= self.end


def years(days: pl.Series) -> Floats:
    """Dates, shape (n,), as years of 365 days since `ORIGIN`, float64, shape (n,)."""
    since_epoch = days.cast(pl.Date).to_physical().to_numpy().astype(np.float64)
    return (since_epoch - (ORIGIN - date(1970, 1, 1)).days) / DAYS_PER_YEAR


def year_of(day: date) -> float:
    """One date as years of 365 days since `ORIGIN`."""
    return (day - ORIGIN).days / DAYS_PER_YEAR


def day_of(year: float) -> date:
    """The date that lies `year` years of 365 days after `ORIGIN` (inverse of `year_of`, to the day)."""
    return ORIGIN + timedelta(days=round(year * DAYS_PER_YEAR))


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` calendar months earlier (clipped to that month's last day)."""
    return _shift_months(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` calendar months later, clipped to that month's last day."""
    return _shift_months(day, months)


def _shift_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
