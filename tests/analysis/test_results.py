"""The time scale and the small types that every estimate is made of."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.results import (
    Interval,
    Window,
    day_of,
    months_after,
    months_before,
    year_of,
    years,
)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2020, 1, 1), 0),
        (date(2020, 1, 2), 1),
        (date(2019, 12, 31), -1),
        (date(2020, 12, 31), 365),
        (date(2021, 1, 1), 366),
        (date(1970, 1, 1), -18262),
    ],
)
def test_a_year_has_365_days_and_begins_in_2020(day: date, days: int) -> None:
    """A leap day is a day like others, so that New Year wanders; a date, a column and the way back agree."""
    assert year_of(day) == pytest.approx(days / 365, abs=1e-12)
    assert years(pl.Series([day])).tolist() == pytest.approx([days / 365], abs=1e-12)
    assert day_of(days / 365) == day


@pytest.mark.parametrize(("year", "day"), [(0.4 / 365, date(2020, 1, 1)), (0.6 / 365, date(2020, 1, 2))])
def test_a_part_of_a_day_is_the_nearer_day(year: float, day: date) -> None:
    """A fitted time lies between two days."""
    assert day_of(year) == day


@pytest.mark.parametrize(
    ("day", "months", "before", "after"),
    [
        (date(2024, 3, 15), 0, date(2024, 3, 15), date(2024, 3, 15)),
        (date(2024, 3, 31), 1, date(2024, 2, 29), date(2024, 4, 30)),
        (date(2023, 3, 31), 1, date(2023, 2, 28), date(2023, 4, 30)),
        (date(2024, 1, 31), 1, date(2023, 12, 31), date(2024, 2, 29)),
        (date(2024, 12, 31), 1, date(2024, 11, 30), date(2025, 1, 31)),
        (date(2024, 11, 30), 1, date(2024, 10, 30), date(2024, 12, 30)),
        (date(2024, 6, 30), 6, date(2023, 12, 30), date(2024, 12, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28), date(2025, 2, 28)),
        (date(2024, 7, 1), 18, date(2023, 1, 1), date(2026, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date, after: date) -> None:
    """A day that a month has not is its last; December and January are of two years."""
    assert months_before(day, months) == before
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("value", "inside"), [(0.99, False), (1.0, True), (2.0, True), (3.0, True), (3.01, False)]
)
def test_an_interval_holds_its_ends(value: float, inside: bool) -> None:
    """Unless said otherwise it is of 90 %."""
    interval = Interval(1.0, 3.0)
    assert interval.holds(value) is inside
    assert (interval.width, interval.level) == (2.0, 0.9)


@pytest.mark.parametrize(("day", "inside"), [(1, False), (2, True), (3, True), (4, True), (5, False)])
def test_a_window_holds_both_its_ends(day: int, inside: bool) -> None:
    """One day alone is a window, too."""
    assert Window(date(2026, 1, 2), date(2026, 1, 4)).holds(date(2026, 1, day)) is inside
    assert Window(date(2026, 1, day), date(2026, 1, day)).holds(date(2026, 1, 3)) is (day == 3)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    """With both days, so that the mistake is found."""
    with pytest.raises(ValueError, match=r"\(2026-01-01\) before it starts \(2026-01-02\)"):
        Window(date(2026, 1, 2), date(2026, 1, 1))
