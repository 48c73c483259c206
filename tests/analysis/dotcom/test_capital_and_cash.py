"""Spending out of cash: sums of four quarters, only where both figures are known."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.dotcom.capital_and_cash import SpendingVerdict, spending_of_cash


def quarters(company: str, values: list[float], first_year: int = 2024) -> pl.DataFrame:
    days = [date(first_year + at // 4, 1 + 3 * (at % 4), 1) for at in range(len(values))]
    return pl.DataFrame({"company": company, "starts_on": days, "value": values})


def test_the_share_is_of_the_last_four_quarters_beside_those_before() -> None:
    """Sums of spending over sums of cash, not a mean of shares: a big company weighs more."""
    spent = pl.concat([quarters("A", [1.0] * 4 + [3.0] * 4), quarters("B", [10.0] * 4 + [20.0] * 4)])
    cash = pl.concat([quarters("A", [10.0] * 8), quarters("B", [40.0] * 8)])
    found = spending_of_cash(spent, cash)
    assert found.companies == ("A", "B")
    assert (found.share, found.share_before) == (92 / 200, 44 / 200)
    assert found.verdict is SpendingVerdict.MORE
    assert found.last_on == date(2025, 10, 1)


def test_a_company_with_few_quarters_is_listed_and_not_compared() -> None:
    """Of a quarter with one figure only nothing is told, and seven quarters are no two years."""
    found = spending_of_cash(quarters("A", [1.0] * 8), quarters("A", [2.0] * 7))
    assert (found.share, found.companies, found.n) == (None, (), 7)
    assert found.verdict is SpendingVerdict.CANNOT_BE_TOLD


def test_only_the_last_two_years_are_compared() -> None:
    """What was spent before is drawn and counts in no sum; a company that reports later ends the last day."""
    spent = pl.concat([quarters("A", [9.0] * 4 + [1.0] * 4 + [3.0] * 4, 2023), quarters("B", [0.0] * 9)])
    cash = pl.concat([quarters("A", [10.0] * 12, 2023), quarters("B", [10.0] * 9)])
    found = spending_of_cash(spent, cash)
    assert (found.share, found.share_before) == (12 / 80, 4 / 80)
    assert found.last_on == date(2025, 10, 1)  # of A; B has one more
    shares = found.quarters.filter(company="A")["share_of_four_quarters"].to_list()
    assert shares == pytest.approx([None, None, None, 0.9, 0.7, 0.5, 0.3, 0.1, 0.15, 0.2, 0.25, 0.3])


@pytest.mark.parametrize(("missing", "compared"), [(1, True), (2, False), (8, False), (9, True)])
def test_a_year_with_a_gap_is_no_year(missing: int, compared: bool) -> None:
    """Eight quarters in a row up to the last are two years, nine with a hole are not; nor are four a year."""
    cash = quarters("A", [10.0] * 10, 2023)
    spent = quarters("A", [float(at) for at in range(10)], 2023)
    kept = spent.filter(pl.arange(pl.len()) != missing)
    found = spending_of_cash(kept, cash)
    assert (found.companies == ("A",)) is compared
    sums = dict(found.quarters.select("starts_on", "share_of_four_quarters").iter_rows())
    for at, day in enumerate(spent["starts_on"]):
        in_a_row = at >= 3 and missing not in range(at - 3, at + 1)
        assert sums.get(day) == (pytest.approx((4 * at - 6) / 40) if in_a_row else None)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (0.25, 0.2602, SpendingVerdict.MORE),
        (0.25, 0.2398, SpendingVerdict.LESS),
        (0.25, 0.2598, SpendingVerdict.SAME),
        (0.25, 0.2402, SpendingVerdict.SAME),
    ],
)
def test_shares_within_a_point_are_the_same(before: float, now: float, verdict: SpendingVerdict) -> None:
    """One percentage point either way is no change that is told."""
    spent = quarters("A", [before] * 4 + [now] * 4)
    assert spending_of_cash(spent, quarters("A", [1.0] * 8)).verdict is verdict


def test_companies_that_earn_no_cash_have_no_share() -> None:
    """Spending out of nothing, or out of a loss, is no part of anything."""
    for cash in (0.0, -1.0):
        found = spending_of_cash(quarters("A", [1.0] * 8), quarters("A", [cash] * 8))
        assert (found.share, found.verdict) == (None, SpendingVerdict.CANNOT_BE_TOLD)
