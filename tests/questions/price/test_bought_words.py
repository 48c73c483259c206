"""What is said of what is bought and of the rent of a GPU."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from questions.price.bought_words import of_rent


@pytest.mark.parametrize(
    ("last_on", "now", "said"),
    [
        (date(2026, 1, 1), 1.0, "it fell by 50\u00a0% a year"),
        (date(2026, 1, 1), 4.0, "it rose by 100\u00a0% a year"),
        (date(2027, 1, 1), 1.0, "it fell by 29\u00a0% a year"),
        (date(2025, 7, 2), 1.0, "it fell by 75\u00a0% a year"),
        (date(2026, 1, 1), 2.0, "it hardly moved"),
        (date(2026, 1, 1), 2.005, "it hardly moved"),
    ],
)
def test_rent_moves_by_so_much_a_year(last_on: date, now: float, said: str) -> None:
    """A half in two years is less than a third a year; what rounds to nothing did not move."""
    weeks = pl.DataFrame({"valid_on": [date(2025, 1, 1), last_on], "value": [2.0, now]})
    told = of_rent(weeks)
    assert f"{said}. " in told
    assert "went from $2 an hour in the week of 1 January 2025 to $" in told
