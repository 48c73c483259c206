"""How a price fell: in all, in parts, in the last twelve months; at one rate only where one line fits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import polars as pl

from analysis.numeric.persistent import PersistentFit, persistent_fit
from analysis.price.steps import CheapestSteps
from analysis.results import Estimate, Floats, Interval, Window, months_after, months_before, years

FEWEST_STEPS: Final = 6
"""Distinct prices below which no line is fitted: two to a part, and two to tell a line by."""

FEWEST_MARKS: Final = 12
"""Months with a price below which no line is fitted."""

SHORTEST_PART: Final = 6
"""Months on either side of a break."""

CLEAR_DIFFERENCE: Final = 2.0
"""Difference in AICc from which a break is told, as for curves (analysis/trends/scurve.py)."""

WIDEST_FACTOR: Final = 30.0
"""Ratio of an interval's ends above which no rate is told, as for other rates of prices."""

_MONTHS_A_YEAR: Final = 12.0


class FallVerdict(StrEnum):
    """Whether one rate describes a fall, a closed list."""

    ONE_RATE = "one rate fits"
    BROKEN = "a line with one break fits better than one line"
    LATELY_OTHERWISE = "the last twelve months do not fit the rate of the whole"
    UNDETERMINED = "the rate is undetermined"
    TOO_FEW = "too few prices for a rate"


@dataclass(frozen=True, slots=True)
class Part:
    """The price in force at both ends of a stretch of time, USD per million tokens.

    `least_from_usd` and `least_to_usd` are the lowest that they may have been: a cheaper price may have begun
    before its first reading, or still be asked although nobody has confirmed it for long.
    """

    window: Window
    from_usd: float
    to_usd: float
    least_from_usd: float
    least_to_usd: float

    @property
    def times_cheaper(self) -> float:
        """First price over last; below 1 where it became dearer."""
        return self.from_usd / self.to_usd

    @property
    def between(self) -> Interval:
        """The least and the most that `times_cheaper` may be; no chance is in it, so its level is 1."""
        return Interval(self.least_from_usd / self.to_usd, self.from_usd / self.least_to_usd, 1.0)


@dataclass(frozen=True, slots=True)
class PriceFall:
    """A fall as it is known: `parts` are the whole cut at its break, the whole itself where there is none.

    `rate` is a factor a year (2 = half the price each year), None where none is told; `last_year` is None
    where nothing was on sale twelve months ago. `first_read_on` is the day on which the first price was first
    read, where it is only taken to have held since a launch; None where its day is known. The whole begins on
    it where that price was the lowest till then. `n_steps` are the
    prices, `n_marks` the months fitted.
    """

    whole: Part
    parts: tuple[Part, ...]
    last_year: Part | None
    rate: Estimate | None
    n_steps: int
    n_marks: int
    method: str
    verdict: FallVerdict
    first_read_on: date | None = None


def price_fall(cheapest: CheapestSteps) -> PriceFall | None:
    """How the cheapest price fell; None where nothing is on sale at the end or only one price was.

    The price in force is read off each month; a line and a line with one break go through its logarithm,
    with errors that persist, and the AICc chooses as it does between curves. The break is told by the prices
    in force on its day, which are known, and not by slopes. A single rate is told where no break is, its 90 %
    interval spans less than a factor 30, and the last twelve months went the same way and lie within that
    interval, give or take half a mean step: steps follow a line no closer than that.

    References: Hurvich and Tsai (1989) for AICc; analysis/numeric/persistent.py for the errors.
    """
    if cheapest.window is None or cheapest.times_cheaper is None:
        return None
    ends_on = cheapest.window.end
    before = months_before(ends_on, 12)
    last_year = _part(cheapest, before, ends_on) if cheapest.price_on(before) is not None else None
    marks = _marks(cheapest)
    break_on, line = _fitted(marks, cheapest)
    start = cheapest.dated_from
    if break_on is not None and break_on <= start:
        start = cheapest.window.start
    whole = _part(cheapest, start, ends_on)
    cut: tuple[Part, ...] = (whole,)
    if break_on is not None:
        cut = (_part(cheapest, start, break_on), _part(cheapest, break_on, ends_on))
    half_step = 0.5 * abs(math.log(whole.times_cheaper)) / max(cheapest.steps.height - 1, 1)
    verdict = FallVerdict.BROKEN if break_on is not None else _verdict(line, last_year, half_step)
    rate = _rate(line) if line is not None and verdict is FallVerdict.ONE_RATE else None
    return PriceFall(
        whole=whole,
        parts=cut,
        last_year=last_year,
        rate=rate,
        n_steps=cheapest.steps.height,
        n_marks=marks.height,
        method="log price in force by month, line against line with one break, AICc, persistent errors",
        verdict=verdict,
        first_read_on=cheapest.first_read_on,
    )


def _part(cheapest: CheapestSteps, start: date, end: date) -> Part:
    first, last = cheapest.price_on(start), cheapest.price_on(end)
    least_first, least_last = cheapest.least_on(start), cheapest.least_on(end)
    assert first is not None
    assert last is not None
    return Part(Window(start, end), first, last, least_first or first, least_last or last)


def _marks(cheapest: CheapestSteps) -> pl.DataFrame:
    """The price in force on the same day of each month since the first: day, price; nothing on sale is no
    row.
    """
    assert cheapest.window is not None
    start, end = cheapest.window.start, cheapest.window.end
    months = (end.year - start.year) * 12 + end.month - start.month
    days = [day for month in range(months + 1) if (day := months_after(start, month)) <= end]
    prices = [cheapest.price_on(day) for day in days]
    return pl.DataFrame(
        {"day": days, "price": prices}, schema={"day": pl.Date, "price": pl.Float64}
    ).drop_nulls()


def _fitted(marks: pl.DataFrame, cheapest: CheapestSteps) -> tuple[date | None, PersistentFit | None]:
    """The day of a break that is clearly there, else the line; neither where prices are too few."""
    if marks.height < FEWEST_MARKS or cheapest.steps["price_usd_per_mtok"].n_unique() < FEWEST_STEPS:
        return None, None
    time, values = years(marks["day"]), np.log(marks["price"].to_numpy())
    line = persistent_fit(_line(time), values, time * _MONTHS_A_YEAR)
    inside = range(SHORTEST_PART, marks.height - SHORTEST_PART)
    broken = {
        place: persistent_fit(
            np.column_stack([_line(time), np.maximum(time - time[place], 0.0)]), values, time * _MONTHS_A_YEAR
        )
        for place in inside
    }
    best = min(broken, key=lambda place: broken[place].aicc, default=None)
    if best is None:
        return None, line
    # The day of the break is chosen too: one parameter more than the fit itself counts.
    found = _aicc_with_one_more(broken[best])
    if found > line.aicc - CLEAR_DIFFERENCE:
        return None, line
    return marks["day"][best], None


def _line(time: Floats) -> Floats:
    return np.column_stack([np.ones_like(time), time - time[0]])


def _aicc_with_one_more(fit: PersistentFit) -> float:
    n, parameters = fit.n, len(fit.coefficients) + 2
    deviance = fit.aicc - 2 * parameters * n / (n - parameters - 1)
    return deviance + 2 * (parameters + 1) * n / (n - parameters - 2)


def _rate(line: PersistentFit) -> Estimate:
    slope = line.interval(1)
    interval = Interval(float(np.exp(-slope.high)), float(np.exp(-slope.low)), slope.level)
    return Estimate(float(np.exp(-line.coefficients[1])), interval)


def _verdict(line: PersistentFit | None, last_year: Part | None, half_step: float) -> FallVerdict:
    if line is None:
        return FallVerdict.TOO_FEW
    slope = line.interval(1)
    if slope.width > math.log(WIDEST_FACTOR) or slope.holds(0.0):
        return FallVerdict.UNDETERMINED
    if last_year is not None and not _goes_on(slope, last_year, half_step):
        return FallVerdict.LATELY_OTHERWISE
    return FallVerdict.ONE_RATE


def _goes_on(slope: Interval, last_year: Part, half_step: float) -> bool:
    """Whether the last year went the way of the line, as far as it, give or take so much of a logarithm."""
    lately = Interval(-math.log(last_year.between.high), -math.log(last_year.between.low), 1.0)
    same_way = lately.low < 0 if slope.high < 0 else lately.high > 0
    return same_way and slope.low - half_step <= lately.high and lately.low <= slope.high + half_step
