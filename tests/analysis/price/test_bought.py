"""Dear or cheap: a share of spending over a share of tokens is a price beside the average."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analysis.price.bought import DAYS, PriceClass, what_is_bought
from questions.price.bought_words import of_bought, of_rent

LAST = date(2026, 10, 5)


def shares(model: str, value: float, days: int = 40) -> pl.DataFrame:
    dates = [LAST - timedelta(days=back) for back in range(days)]
    return pl.DataFrame({"model": model, "valid_on": dates, "value": value})


def test_models_are_classed_by_the_price_of_their_token_beside_the_average() -> None:
    """Thirty percent of spending on five percent of tokens is six times the average token."""
    spending = pl.concat([shares("dear", 0.30), shares("plain", 0.40), shares("cheap", 0.05)])
    tokens = pl.concat([shares("dear", 0.05), shares("plain", 0.40), shares("cheap", 0.50)])
    found = what_is_bought(spending, tokens)
    assert found
    assert dict(found.models.select("model", "price_class").iter_rows()) == {
        "plain": PriceClass.MIDDLE,
        "dear": PriceClass.DEAR,
        "cheap": PriceClass.CHEAP,
    }
    assert (found.n_days, found.last_on) == (DAYS, LAST - timedelta(days=1))
    said = of_bought(found).replace("\u00a0", " ")
    assert "at least 2 times the average took 30 % of spending on 5 % of tokens" in said
    assert "at most 0.5 times the average took 5 % of spending on 50 % of tokens" in said


def test_a_day_on_which_a_model_is_not_listed_counts_as_none() -> None:
    """A model of one day does not get the share of four weeks; the newest day may not be over."""
    spending = pl.concat([shares("steady", 0.5), shares("new", 0.28, days=2)])
    tokens = pl.concat([shares("steady", 0.5), shares("new", 0.28, days=2)])
    found = what_is_bought(spending, tokens)
    assert found
    by_model = dict(found.models.select("model", "spending").iter_rows())
    assert round(by_model["new"], 6) == round(0.28 / DAYS, 6)


def test_two_weeks_are_needed() -> None:
    """Of some days nothing is told."""
    assert what_is_bought(shares("a", 0.5, days=10), shares("a", 0.5, days=10)) is None


def test_rent_is_told_with_its_weeks_and_its_rate() -> None:
    """A year from 4 to 3 dollars is a quarter less."""
    weeks = pl.DataFrame({"valid_on": [date(2025, 10, 6), date(2026, 10, 6)], "value": [4.0, 3.0]})
    said = of_rent(weeks).replace("\u00a0", " ")
    assert "$4.00" in said or "$4" in said
    assert "it fell by 25 % a year" in said
