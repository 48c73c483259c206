"""How much of the cash that companies earn goes into property and equipment, over four quarters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

QUARTERS: Final = 4
"""A year: cash and spending swing with the seasons."""

_LONGEST_QUARTER: Final = 92
"""Days from one first day of a quarter to the next."""

SAME: Final = 0.01
"""Shares that differ by no more are called the same."""


class SpendingVerdict(StrEnum):
    """How the share has moved in a year, a closed list."""

    MORE = "more of the cash than a year before"
    LESS = "less of the cash than a year before"
    SAME = "as much of the cash as a year before"
    CANNOT_BE_TOLD = "cannot be told: too few quarters with both figures"


@dataclass(frozen=True, slots=True)
class SpendingOfCash:
    """The share of cash from operations that was spent, for all companies together.

    quarters      company, starts_on (first day of the quarter), spent_usd, cash_usd, share_of_four_quarters
                  (null where these are not four in a row)
    companies     those whose last eight quarters follow one another, whose sums are compared
    share         spent over earned in the last four quarters; None where it cannot be told
    share_before  the same, of the four quarters before these
    last_on       first day of the last quarter that all companies have
    """

    quarters: pl.DataFrame
    companies: tuple[str, ...]
    share: float | None
    share_before: float | None
    last_on: date | None
    n: int
    method: str
    verdict: SpendingVerdict


def spending_of_cash(spent: pl.DataFrame, cash: pl.DataFrame) -> SpendingOfCash:
    """Compare what was spent with what was earned; both frames hold company, starts_on and value (USD).

    A quarter counts where both are known. Companies without eight quarters in a row up to their last are
    listed, not compared.
    """
    quarters = (
        spent.rename({"value": "spent_usd"})
        .join(cash.rename({"value": "cash_usd"}), on=["company", "starts_on"])
        .sort("company", "starts_on")
        .with_columns(
            share_of_four_quarters=pl.when(_ends_in_a_row(QUARTERS)).then(
                pl.col("spent_usd").rolling_sum(QUARTERS).over("company")
                / pl.col("cash_usd").rolling_sum(QUARTERS).over("company")
            )
        )
        .select("company", "starts_on", "spent_usd", "cash_usd", "share_of_four_quarters")
    )
    known = quarters.filter(_ends_in_a_row(2 * QUARTERS).last().over("company"))["company"].unique()
    whole = quarters.filter(pl.col("company").is_in(known.implode()))
    newest = whole.group_by("company", maintain_order=True).tail(QUARTERS)
    before = (
        whole.group_by("company", maintain_order=True)
        .tail(2 * QUARTERS)
        .join(newest, on=["company", "starts_on"], how="anti")
    )
    share, share_before = _share(newest), _share(before)
    return SpendingOfCash(
        quarters,
        tuple(sorted(known)),
        share,
        share_before,
        _last(newest),
        quarters.height,
        f"cash paid for property and equipment over cash from operations, sums of {QUARTERS} fiscal quarters",
        _verdict(share, share_before),
    )


def _ends_in_a_row(count: int) -> pl.Expr:
    """Whether a row is the last of so many quarters of its company of which none is missing."""
    days = pl.col("starts_on").diff(count - 1).dt.total_days().over("company")
    return (days < _LONGEST_QUARTER * (count - 0.5)).fill_null(value=False)


def _last(quarters: pl.DataFrame) -> date | None:
    ends = quarters.group_by("company").agg(pl.col("starts_on").max())["starts_on"]
    last: date | None = ends.min()  # type: ignore[assignment] # a column of dates has one as minimum
    return last


def _share(quarters: pl.DataFrame) -> float | None:
    earned = float(quarters["cash_usd"].sum())
    return float(quarters["spent_usd"].sum()) / earned if earned > 0 else None


def _verdict(share: float | None, before: float | None) -> SpendingVerdict:
    if share is None or before is None:
        return SpendingVerdict.CANNOT_BE_TOLD
    if abs(share - before) <= SAME:
        return SpendingVerdict.SAME
    return SpendingVerdict.MORE if share > before else SpendingVerdict.LESS
