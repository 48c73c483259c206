"""What is said of what is bought and of the rent of a GPU."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.price.bought import Bought
from questions.price.bought_words import of_bought, of_rent


@pytest.mark.parametrize(
    ("last_on", "now", "said"),
    [
        (date(2026, 1, 1), 1.0, "it fell by 50\u00a0% a year"),
        (date(2026, 1, 1), 4.0, "it rose by 100\u00a0% a year"),
        (date(2027, 1, 1), 1.0, "it fell by 29\u00a0% a year"),
        (date(2025, 7, 2), 1.0, "it fell by 75\u00a0% a year"),
        (date(2026, 1, 1), 2.0, "it hardly moved"),
        (date(2026, 1, 1), 2.005, "it hardly moved"),
        (date(2026, 1, 1), 2.02, "it rose by 1\u00a0% a year"),
    ],
)
def test_rent_moves_by_so_much_a_year(last_on: date, now: float, said: str) -> None:
    """A half in two years is less than a third a year; what rounds to nothing did not move."""
    weeks = pl.DataFrame({"valid_on": [date(2025, 1, 1), last_on], "value": [2.0, now]})
    told = of_rent(weeks)
    assert f"{said}. " in told
    assert "went from $2 an hour in the week of 1 January 2025 to $" in told


def test_rent_is_of_the_first_and_the_last_week() -> None:
    """Whatever it did between them."""
    days = [date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1)]
    told = of_rent(pl.DataFrame({"valid_on": days, "value": [2.0, 9.0, 4.0]}))
    assert "from $2 an hour in the week of 1 January 2025 to $4 an hour in that of 1 January 2026" in told


def bought(*classes: tuple[str, float, float]) -> Bought:
    """Classes of price with their shares of spending and tokens."""
    rows = pl.DataFrame(list(classes), ["price_class", "spending", "tokens"], orient="row")
    return Bought(pl.DataFrame(), rows, date(2026, 6, 1), date(2026, 6, 28), 28, "")


DEAR_ONES = ("dear", 0.6, 0.1)
CHEAP_ONES = ("cheap", 0.05, 0.5)
OF_DEAR = (
    "models whose token cost at least 2 times the average took 60\u00a0% of spending on 10\u00a0% of tokens"
)
OF_CHEAP = (
    "models whose token cost at most 0.5 times the average took 5\u00a0% of spending on 50\u00a0% of tokens"
)


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ((CHEAP_ONES, ("middle", 0.35, 0.4), DEAR_ONES), f"{OF_DEAR}; {OF_CHEAP}"),
        ((DEAR_ONES,), OF_DEAR),
        ((CHEAP_ONES,), OF_CHEAP),
        ((("middle", 1.0, 1.0),), "no model cost twice the average token, or half of it"),
    ],
    ids=["both", "dear", "cheap", "neither"],
)
def test_dear_and_cheap_models_have_their_shares(
    classes: tuple[tuple[str, float, float], ...], said: str
) -> None:
    """With the days and the gateway; what is neither is not told."""
    assert of_bought(bought(*classes)) == (
        f"**What is bought**, on Vercel's gateway from 1 June 2026 to 28 June 2026: {said}. One gateway is "
        "not the market."
    )
