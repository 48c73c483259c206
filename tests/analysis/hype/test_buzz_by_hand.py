"""The buzz of a release, its rank and its interval, against loops over days and windows."""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import median

import numpy as np
import polars as pl
import pytest

from analysis.hype.buzz import Buzz, BuzzVerdict, buzz_of_releases

FIRST = date(2024, 1, 1)
Daily = dict[int, float]
"""Views by number of the day; a missing day has none."""


def views(gaps: tuple[int, ...] = ()) -> Daily:
    generator = np.random.default_rng(9)
    weekdays = [1.1, 1.2, 1.1, 1.0, 0.9, 0.7, 0.8]
    values = [
        round(900 * weekdays[at % 7] * math.exp(0.002 * at + error))
        for at, error in enumerate(generator.normal(0, 0.1, 220).tolist())
    ]
    return {at: float(value) for at, value in enumerate(values) if at not in gaps}


def frame(daily: Daily) -> pl.DataFrame:
    days = [FIRST + timedelta(days=at) for at in daily]
    return pl.DataFrame({"valid_on": days, "value": list(daily.values())})


def forecast(daily: Daily, start: int) -> list[float]:
    """Views expected on the 14 days from `start`, from the 60 days before."""
    logs = {at: math.log1p(daily[start - 60 + at]) for at in range(60) if start - 60 + at in daily}
    steps = [
        (logs[at + lag] - logs[at]) / lag
        for lag in range(7, 59, 7)
        for at in range(60)
        if {at, at + lag} <= logs.keys()
    ]
    slope = median(steps)
    levels = [median(logs[at] - slope * at for at in logs if at % 7 == weekday) for weekday in range(7)]
    return [math.expm1(slope * (60 + ahead) + levels[(60 + ahead) % 7]) for ahead in range(14)]


def excess(daily: Daily, start: int) -> tuple[float, float] | None:
    """Views beyond the forecast, and as a share of it; None without a full window and 50 days before."""
    before = [at for at in range(start - 60, start) if at in daily]
    if start < 60 or len(before) < 50 or any(at not in daily for at in range(start, start + 14)):
        return None
    expected = sum(forecast(daily, start))
    over = sum(daily[at] for at in range(start, start + 14)) - expected
    return over, over / expected


def found_on(daily: Daily, start: int) -> Buzz:
    releases = pl.DataFrame({"name": ["a"], "released_on": [FIRST + timedelta(days=start)]})
    return buzz_of_releases(frame(daily), releases)[0]


def eve_rise(daily: Daily, start: int) -> float:
    """The median day of the last week over that of the days before it, less one."""
    last = median(daily[at] for at in range(start - 7, start) if at in daily)
    return last / median(daily[at] for at in range(start - 60, start - 7) if at in daily) - 1


@pytest.mark.parametrize("gaps", [(), (100,), (71, 72, 73, 90, 101)])
def test_every_window_is_that_of_loops_over_its_days(gaps: tuple[int, ...]) -> None:
    """A release on every day: excess and share where the days are there and the eve is calm."""
    daily = views(gaps)
    releases = pl.DataFrame({"name": "a", "released_on": [FIRST + timedelta(days=at) for at in range(221)]})
    told = 0
    for start, result in enumerate(buzz_of_releases(frame(daily), releases)):
        known = excess(daily, start)
        if known is None:
            assert result.verdict is BuzzVerdict.NO_FULL_WINDOW
        elif eve_rise(daily, start) >= 0.25:
            assert result.verdict is BuzzVerdict.ALREADY_CLIMBING
        else:
            assert result.estimate is not None
            assert (result.excess, result.estimate.value) == pytest.approx(known)
            told += 1
    assert told > 60


@pytest.mark.parametrize("factor", [1.0, 1.05, 1.5])
def test_rank_and_interval_are_those_among_windows_that_do_not_overlap(factor: float) -> None:
    """The share of windows 14 days away or more with at least as much; their percentiles, taken off."""
    daily = views()
    daily |= {at: daily[at] * factor for at in range(140, 154)}
    own = excess(daily, 140)
    others = sorted(
        found[1]
        for start in range(60, 207)
        if abs(start - 140) >= 14 and (found := excess(daily, start)) is not None
    )
    assert own is not None
    above = sum(other >= own[1] for other in others)
    result = found_on(daily, 140)
    assert result.estimate is not None and result.estimate.interval is not None
    assert result.n_placebos == len(others)
    assert result.estimate.value == pytest.approx(own[1])
    assert result.excess == pytest.approx(own[0])
    assert (result.rank, result.share_above) == (above + 1, pytest.approx(above / len(others)))
    low, high = np.percentile(others, [5, 95])
    assert result.estimate.interval.low == pytest.approx(own[1] - high)
    assert result.estimate.interval.high == pytest.approx(own[1] - low)
    stands_out = above / len(others) < 0.05
    assert result.verdict is (BuzzVerdict.STANDS_OUT if stands_out else BuzzVerdict.USUAL)


@pytest.mark.parametrize(("others", "told"), [(60, True), (59, False)])
def test_sixty_other_windows_are_enough(others: int, told: bool) -> None:
    """Of a release in the first window, those that begin 14 days later and after are the others."""
    daily = {at: value for at, value in views().items() if at < 60 + 14 + others + 13}
    result = found_on(daily, 60)
    assert result.n_placebos == others
    assert (result.estimate is not None) is told
    assert (result.verdict is BuzzVerdict.TOO_FEW_PLACEBOS) is not told
