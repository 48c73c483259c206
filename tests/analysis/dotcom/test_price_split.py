"""How old a close may be, and how far off a fiscal year may end, to stand for a date."""

from __future__ import annotations

import math
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.dotcom.price_split import company_price_split, earnings_near

START, END = date(2019, 12, 31), date(2020, 12, 31)


def reports(*rows: tuple[str, date, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["fiscal_period", "period_end_on", "eps"], orient="row")
    return frame.with_columns(note=pl.lit(None, pl.String))


@pytest.mark.parametrize(("age_days", "told"), [(0, True), (35, True), (36, False), (-1, False)])
def test_a_close_of_thirty_five_days_ago_stands_for_a_date(age_days: int, told: bool) -> None:
    """An older one, or one of the day after, does not; earnings and multiple add up to the price."""
    closes = pl.DataFrame({"valid_on": [START - timedelta(days=age_days), END], "value": [10.0, 40.0]})
    found = company_price_split(closes, reports(("FY2019", START, 1.0), ("FY2020", END, 2.0)), START, END)
    assert (found.price is not None) is told
    if told:
        assert found.price == pytest.approx(math.log(4))
        assert found.earnings == pytest.approx(math.log(2))
        assert found.multiple == pytest.approx(math.log(2))


@pytest.mark.parametrize(("away_days", "told"), [(184, True), (-184, True), (185, False), (-185, False)])
def test_a_year_that_ends_half_a_year_away_stands_for_a_date(away_days: int, told: bool) -> None:
    """Before or after; one day more and no year does."""
    year = ("FY2019", START + timedelta(days=away_days), 3.0)
    assert (earnings_near(reports(year), START) is not None) is told


def test_the_nearer_of_two_years_counts() -> None:
    """The year as reported wins a tie with four quarters."""
    quarters = [(f"FY2019Q{at + 1}", date(2019, 3 * at + 3, 28), 1.0) for at in range(4)]
    near = earnings_near(reports(("FY2018", date(2018, 12, 28), 9.0), *quarters), START)
    tied = earnings_near(reports(("FY2019", date(2019, 12, 28), 5.0), *quarters), START)
    assert near is not None and tied is not None
    assert (near.eps, near.periods) == (4.0, ("FY2019Q1", "FY2019Q2", "FY2019Q3", "FY2019Q4"))
    assert (tied.eps, tied.periods) == (5.0, ("FY2019",))
