"""A forecast interval is as wide as nine past slopes in ten were wrong, and is judged block by block."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.results import months_after
from analysis.trends.next_year import PastSlope, next_year


def past(misses: list[float], recent: float = 14.0) -> list[PastSlope]:
    """A day a month from January 2023 on, after each of which the slope differed by so much."""
    first = date(2023, 1, 1)
    return [PastSlope(months_after(first, month), recent, recent + miss) for month, miss in enumerate(misses)]


def test_the_interval_reaches_as_far_as_nine_misses_in_ten() -> None:
    """Of misses of 1 to 20, whichever way, 19 is the first that at least nine in ten do not exceed."""
    told = next_year(14.0, past([float(miss * (-1) ** miss) for miss in range(1, 21)]))
    assert told is not None
    assert told.forecast.interval is not None
    assert (told.forecast.interval.low, told.forecast.interval.high) == (-5.0, 33.0)


def test_each_year_is_judged_by_the_misses_of_the_others() -> None:
    """A calm year gives an interval that a wild one breaks, though both together would hold it."""
    told = next_year(14.0, past([1.0] * 12 + [8.0] * 12))
    assert told is not None
    assert (told.held, told.judged, told.blocks) == (12, 24, 2)
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
