"""A forecast interval reaches as far as past years were wrong, and promises what so few years can."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.results import months_after
from analysis.trends.next_year import PastSlope, next_year


def past(misses: list[float], recent: float = 14.0) -> list[PastSlope]:
    """A day a month from January 2023 on, after each of which the slope differed by so much."""
    first = date(2023, 1, 1)
    return [PastSlope(months_after(first, month), recent, recent + miss) for month, miss in enumerate(misses)]


@pytest.mark.parametrize(("whole", "level"), [(1, 1 / 2), (2, 2 / 3), (4, 4 / 5), (9, 0.9), (12, 0.9)])
def test_the_level_is_what_so_many_years_can_promise(whole: int, level: float) -> None:
    """A further year is the worst with a chance of one in their number; one only begun counts not."""
    told = next_year(14.0, past([float(miss % 5) for miss in range(12 * whole + 3)]))
    assert told is not None
    assert told.forecast.interval is not None
    assert told.forecast.interval.level == pytest.approx(level)
    assert (told.whole_blocks, told.blocks) == (whole, whole + 1)


def test_the_interval_reaches_as_far_as_the_largest_miss() -> None:
    """Whichever way it was, and also in a year that has only begun."""
    told = next_year(14.0, past([float(miss * (-1) ** miss) for miss in range(1, 21)]))
    assert told is not None
    assert told.forecast.interval is not None
    assert (told.forecast.interval.low, told.forecast.interval.high) == (-6.0, 34.0)


def test_the_promise_is_kept_where_years_are_alike() -> None:
    """In simulated records of three years the fourth lies inside as often as the level says."""
    generator = np.random.default_rng(0)
    held = 0
    for _ in range(400):
        years = generator.normal(0.0, 4.0, 4)
        told = next_year(0.0, past([float(miss) for miss in np.repeat(years[:3], 12)]))
        assert told is not None
        assert told.forecast.interval is not None
        held += told.forecast.interval.holds(float(years[3]))
    assert held / 400 == pytest.approx(0.75, abs=0.06)


def test_each_year_is_judged_by_the_misses_of_the_others() -> None:
    """A calm year gives an interval that a wild one breaks, though both together would hold it."""
    told = next_year(14.0, past([1.0] * 12 + [8.0] * 12))
    assert told is not None
    assert (told.held, told.judged, told.blocks, told.whole_blocks) == (12, 24, 2, 2)
    alike = next_year(14.0, past([8.0] * 24))
    assert alike is not None
    assert alike.held == 24


@pytest.mark.parametrize("months", [0, 1, 11, 12])
def test_too_short_a_record_gives_no_forecast(months: int) -> None:
    """One year, however many of its months are judged, has nothing to be judged by."""
    assert next_year(14.0, past([1.0] * months)) is None


def test_the_forecast_holds_its_estimate() -> None:
    """Also where every past slope was missed in the same direction."""
    told = next_year(-3.0, past([-5.0] * 20))
    assert told is not None
    assert told.forecast.interval is not None
    assert told.forecast.interval.holds(told.forecast.value)
