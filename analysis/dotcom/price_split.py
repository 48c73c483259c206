"""A rise in price split into what was earned and what was paid for it: d ln P = d ln E + d ln(P/E)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.results import Window, months_after

LARGEST_GAP_DAYS = 184
"""Farthest that a fiscal period's end may lie from the date it stands for."""

OLDEST_CLOSE_DAYS = 35
"""Oldest close that may stand for a date: last trading days of months lie up to 35 days apart."""

SENSITIVITY_MONTHS = 6


class SplitVerdict(StrEnum):
    """What carried the rise, a closed list."""

    MOSTLY_EARNINGS = "mostly earnings"
    MOSTLY_MULTIPLE = "mostly the price paid per unit of earnings"
    BOTH = "both earnings and the price paid for them"
    NO_RISE = "the price did not rise"
    CANNOT_BE_TOLD = "cannot be told: no positive earnings or no price at one end"


@dataclass(frozen=True, slots=True)
class PriceSplit:
    """Changes in natural logarithm of price, earnings and multiple; None where the verdict says so.

    `sensitivity` repeats the split for start months up to six months to either side: start_on, price,
    earnings, multiple. `notes` says which fiscal periods stand for which end, and what is special in them.
    """

    price: float | None
    earnings: float | None
    multiple: float | None
    window: Window
    n: int
    sensitivity: pl.DataFrame
    notes: tuple[str, ...]
    method: str
    verdict: SplitVerdict


@dataclass(frozen=True, slots=True)
class EarningsNear:
    """Earnings per share of the year that ends nearest to a date."""

    eps: float
    ended_on: date
    periods: tuple[str, ...]
    notes: tuple[str, ...]


def price_split(months: pl.DataFrame, start: date, end: date) -> PriceSplit:
    """Split of the price change between two months, with the split for neighbouring starts.

    `months`: valid_on (first day of the month), price, earnings (of the year before, same money; null =
    unknown).

    References: Campbell and Shiller (1988), Stock Prices, Earnings, and Expected Dividends.
    """
    rows = {
        day: (price, earned)
        for day, price, earned in months.select("valid_on", "price", "earnings").iter_rows()
    }
    parts = _parts(rows.get(start), rows.get(end))
    starts = [months_after(start, shift) for shift in range(-SENSITIVITY_MONTHS, SENSITIVITY_MONTHS + 1)]
    moved = [(moved_start, _parts(rows.get(moved_start), rows.get(end))) for moved_start in starts]
    price, earnings, multiple = parts or (None, None, None)
    return PriceSplit(
        price=price,
        earnings=earnings,
        multiple=multiple,
        window=Window(start, end),
        n=sum(start <= day <= end for day in rows),
        sensitivity=pl.DataFrame(
            [(day, *found) for day, found in moved if found is not None],
            schema={"start_on": pl.Date, "price": pl.Float64, "earnings": pl.Float64, "multiple": pl.Float64},
            orient="row",
        ),
        notes=(),
        method="d ln P = d ln E + d ln(P/E), earnings of the past year",
        verdict=_verdict(parts),
    )


def company_price_split(closes: pl.DataFrame, reports: pl.DataFrame, start: date, end: date) -> PriceSplit:
    """The same for one company, from its closes and its reported earnings per share.

    `closes`: valid_on, value (split-adjusted close; the last one at or before a date counts, at most 35
    days old). `reports`: fiscal_period ("FY1999" a year, "FY2026Q1" a quarter), period_end_on, eps (GAAP,
    diluted, adjusted to the same splits), note (one-off items; may be null). The year whose end lies
    nearest to a date stands for it, at most 184 days away: four quarters in a row count as a year.
    """
    ends = [(_close_at(closes, day), earnings_near(reports, day)) for day in (start, end)]
    sides = [(close, near.eps) if close is not None and near is not None else None for close, near in ends]
    parts = _parts(sides[0], sides[1])
    price, earnings, multiple = parts or (None, None, None)
    return PriceSplit(
        price=price,
        earnings=earnings,
        multiple=multiple,
        window=Window(start, end),
        n=sum(side is not None for side in sides),
        sensitivity=_company_sensitivity(closes, reports, start, sides[1]),
        notes=tuple(note for _, near in ends if near is not None for note in _said(near)),
        method="d ln P = d ln E + d ln(P/E), reported GAAP earnings per share of the nearest year",
        verdict=_verdict(parts),
    )


def earnings_near(reports: pl.DataFrame, day: date) -> EarningsNear | None:
    """Earnings per share of the fiscal year, or of four quarters in a row, whose end lies nearest to `day`.

    `reports` as in `company_price_split`. None if no such year ends within 184 days of `day`.
    """
    rows = reports.drop_nulls("eps").sort("period_end_on").to_dicts()
    years = [[row] for row in rows if "Q" not in row["fiscal_period"]]
    quarters = [row for row in rows if "Q" in row["fiscal_period"]]
    runs = [quarters[index : index + 4] for index in range(len(quarters) - 3)]
    in_a_row = [
        run for run in runs if run[3]["period_end_on"] - run[0]["period_end_on"] < timedelta(days=300)
    ]
    # A whole year wins a tie with four quarters: it is the figure as reported.
    found = min(years + in_a_row, key=lambda run: abs(run[-1]["period_end_on"] - day), default=None)
    if found is None or abs((found[-1]["period_end_on"] - day).days) > LARGEST_GAP_DAYS:
        return None
    return EarningsNear(
        eps=sum(row["eps"] for row in found),
        ended_on=found[-1]["period_end_on"],
        periods=tuple(row["fiscal_period"] for row in found),
        notes=tuple(f"{row['fiscal_period']}: {row['note']}" for row in found if row["note"]),
    )


def _said(near: EarningsNear) -> tuple[str, ...]:
    return (f"{' + '.join(near.periods)} (year to {near.ended_on}): {near.eps:.4g} per share", *near.notes)


def _close_at(closes: pl.DataFrame, day: date) -> float | None:
    recent = closes.filter(pl.col("valid_on").is_between(day - timedelta(days=OLDEST_CLOSE_DAYS), day)).sort(
        "valid_on"
    )
    return float(recent["value"][-1]) if recent.height else None


def _company_sensitivity(
    closes: pl.DataFrame, reports: pl.DataFrame, start: date, end: tuple[float, float] | None
) -> pl.DataFrame:
    rows = []
    for shift in range(-SENSITIVITY_MONTHS, SENSITIVITY_MONTHS + 1):
        day = months_after(start, shift)
        close, near = _close_at(closes, day), earnings_near(reports, day)
        parts = _parts((close, near.eps) if close is not None and near is not None else None, end)
        if parts is not None:
            rows.append((day, *parts))
    schema = {"start_on": pl.Date, "price": pl.Float64, "earnings": pl.Float64, "multiple": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _parts(
    start: tuple[float | None, float | None] | None, end: tuple[float | None, float | None] | None
) -> tuple[float, float, float] | None:
    """d ln P, d ln E and d ln(P/E); None where a price or earnings is missing or not positive."""
    figures = [*(start or (None, None)), *(end or (None, None))]
    known = [figure for figure in figures if figure is not None and figure > 0]
    if len(known) < 4:
        return None
    price, earnings = math.log(known[2] / known[0]), math.log(known[3] / known[1])
    return price, earnings, price - earnings


def _verdict(parts: tuple[float, float, float] | None) -> SplitVerdict:
    if parts is None:
        return SplitVerdict.CANNOT_BE_TOLD
    price, earnings, _ = parts
    if price <= 0:
        return SplitVerdict.NO_RISE
    if earnings >= price * 2 / 3:
        return SplitVerdict.MOSTLY_EARNINGS
    return SplitVerdict.MOSTLY_MULTIPLE if earnings <= price / 3 else SplitVerdict.BOTH
