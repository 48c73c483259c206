"""Between what the price of the best model went in the last eighteen months, and whether it has a trend."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.gains.recent import PriceCourse, recent_prices
from analysis.gains.records import FrontierCost

END = date(2026, 6, 1)


def best(*steps: tuple[date, float | None]) -> FrontierCost:
    """The prices of the best from day to day."""
    rows = pl.DataFrame(list(steps), {"valid_on": pl.Date, "price_usd_per_mtok": pl.Float64}, orient="row")
    return FrontierCost(pl.DataFrame(), rows, END)


def test_the_price_in_force_when_the_months_begin_counts() -> None:
    """The one before it does not; a time without a price is left out."""
    early = (date(2024, 1, 1), 90.0)
    found = recent_prices(
        best(early, (date(2024, 12, 1), 9.0), (date(2024, 12, 2), None), (date(2026, 1, 1), 4.0))
    )
    assert found is not None
    assert (found.low_usd_per_mtok, found.high_usd_per_mtok, found.n) == (4.0, 9.0, 2)
    assert recent_prices(best(early, (date(2024, 11, 1), None))) is None


def test_of_equal_prices_the_newest_is_named() -> None:
    """So that the range names two models that a reader still knows."""
    found = recent_prices(best(*((date(2025, month, 1), float(month % 2 + 1)) for month in range(1, 5))))
    assert found is not None
    assert (found.lowest["valid_on"], found.highest["valid_on"]) == (date(2025, 4, 1), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("prices", "course"),
    [
        ((1.0, 2.0, 3.0, 4.0, 5.0), PriceCourse.TOO_FEW),
        ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0), PriceCourse.RISES),
        ((6.0, 5.0, 4.0, 3.0, 2.0, 1.0), PriceCourse.FALLS),
        ((6.0, 1.0, 5.0, 2.0, 4.0, 3.0), PriceCourse.NO_TREND),
        ((2.0,) * 6, PriceCourse.NO_TREND),
    ],
)
def test_the_course_is_that_of_kendalls_test(prices: tuple[float, ...], course: PriceCourse) -> None:
    """Six prices are the fewest; equal ones have no trend."""
    found = recent_prices(best(*((date(2025, 3 + place, 1), price) for place, price in enumerate(prices))))
    assert found is not None
    assert found.course is course
