"""Attention at its borders: windows and words of results, equal peaks, halves, and days that do not count."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.hype.attention import (
    IndexVerdict,
    LaunchVerdict,
    PeakVerdict,
    attention_peak,
    indexed_attention,
    rank_launches,
)
from analysis.hype.buzz import BuzzVerdict, buzz_of_releases, placebo_windows
from analysis.hype.lag import LagVerdict, hype_lag
from analysis.results import Window
from tests.analysis.hype.months import monthly

FIRST = date(2024, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def series(*values: float | None, name: str | None = None) -> pl.DataFrame:
    """One value a day from the first on."""
    rows = pl.DataFrame({"valid_on": [day(n) for n in range(len(values))], "value": list(values)})
    return rows if name is None else rows.with_columns(series_id=pl.lit(name))


def test_series_on_one_base_have_the_window_of_all_of_them() -> None:
    """From the first day of any to the last of any; the base itself is named."""
    one = series(*[10.0] * 12, name="one")
    other = series(None, None, *[20.0] * 12, name="other")
    found = indexed_attention(pl.concat([one, other]), Window(day(2), day(5)))
    assert (found.verdict, found.left_out, found.n) == (IndexVerdict.ALL, (), 2)
    assert found.window == Window(day(0), day(13))
    assert found.base == Window(day(2), day(5))
    assert found.method == "mean of 2024-01-03 to 2024-01-06 = 100"
    assert found.levels["index"].unique().to_list() == [100.0]


def test_launches_have_the_window_from_the_first_to_the_last_that_is_ranked() -> None:
    """An uncounted launch is no end of it; without any there is no window."""
    rows = pl.DataFrame(
        {
            "name": ["late", "early", "unknown", "middle"],
            "released_on": [day(9), day(1), day(30), day(5)],
            "points_after": [5, 50, None, 7],
            "points_before": [5, 20, 0, 8],
        }
    )
    found = rank_launches(rows)
    assert found.window == Window(day(1), day(9))
    assert found.launches.rows() == [
        ("early", day(1), 30, 1),
        ("late", day(9), 0, 2),
        ("middle", day(5), -1, 3),
    ]
    assert (found.n, found.verdict) == (3, LaunchVerdict.RANKED)
    none = rank_launches(rows.filter(name="unknown"))
    assert (none.n, none.window, none.unranked) == (0, None, ("unknown",))


def test_of_equal_highest_days_the_first_is_the_peak() -> None:
    """It has halved on the first later day at or below half the excess, and not on an earlier low day."""
    quiet = [100.0] * 14
    rows = series(*quiet, 300.0, 900.0, 501.0, 900.0, 500.0, *[100.0] * 12)
    found = attention_peak(rows.reverse(), day(14), base_from=day(0))
    assert (found.peak_on, found.day, found.peak, found.half_life_days) == (day(15), 1, 900.0, 3)
    assert (found.base, found.verdict) == (100.0, PeakVerdict.HALVED)
    assert found.window == Window(day(0), day(30))
    assert found.method == "median from 2024-01-01 to the eve as base, peak within 14 days"
    assert attention_peak(rows.clear(), day(14), base_from=day(0)).window is None


def weekly(level: float, days: int = 160) -> list[float]:
    return [level * (1.0 + 0.1 * (n % 7)) for n in range(days)]


@pytest.mark.parametrize(("level", "told"), [(0.7, False), (0.8, True)])
def test_where_less_than_one_a_day_is_expected_no_share_is_told(level: float, told: bool) -> None:
    """A week of 0.7 to 1.12 views has 0.91 a day; one of 0.8 to 1.28 has 1.04."""
    assert placebo_windows(series(*weekly(level))).is_empty() is not told


@pytest.mark.parametrize(
    ("rise", "verdict"),
    [(1.24, None), (1.26, BuzzVerdict.ALREADY_CLIMBING), (2.0, BuzzVerdict.ALREADY_CLIMBING)],
)
def test_a_quarter_more_in_the_last_week_is_a_climb(rise: float, verdict: BuzzVerdict | None) -> None:
    """The seven days before the release alone, over the median of those before."""
    values = [100.0] * 160
    values[73:80] = [100.0 * rise] * 7
    releases = pl.DataFrame({"name": ["a"], "released_on": [day(80)]})
    (found,) = buzz_of_releases(series(*values), releases)
    assert (found.verdict is BuzzVerdict.ALREADY_CLIMBING) is (verdict is not None)
    assert found.window == Window(day(0), day(159))
    assert found.method == "excess over weekday level and trend, rank among all windows of 14 days"
    rises = placebo_windows(series(*values)).filter(start_on=day(80))["eve_rise"].to_list()
    assert rises == pytest.approx([rise - 1])


@pytest.mark.parametrize(("above", "verdict"), [(4, BuzzVerdict.STANDS_OUT), (5, BuzzVerdict.USUAL)])
def test_fewer_than_one_window_in_twenty_may_see_as_much(
    monkeypatch: pytest.MonkeyPatch, above: int, verdict: BuzzVerdict
) -> None:
    """Of a hundred others four are fewer, five are not; a window with just as much counts."""
    others = [0.5] * above + [0.1] * (100 - above)
    table = pl.DataFrame(
        {
            "start_on": [day(0), *(day(14 + n) for n in range(100))],
            "excess": 7.0,
            "excess_share": [0.5, *others],
            "eve_rise": 0.0,
        }
    )
    monkeypatch.setattr("analysis.hype.buzz.placebo_windows", lambda _series: table)
    releases = pl.DataFrame({"name": ["a"], "released_on": [day(0)]})
    (found,) = buzz_of_releases(series(1.0), releases)
    assert (found.verdict, found.rank, found.n_placebos) == (verdict, above + 1, 100)
    assert found.share_above == pytest.approx(above / 100)
    assert found.excess == 7.0


def test_of_two_rows_of_a_day_the_last_counts() -> None:
    """A list that was corrected says so by a second row."""
    twice = pl.concat([series(*weekly(100.0)), series(*weekly(50.0))])
    assert placebo_windows(twice).equals(placebo_windows(series(*weekly(50.0))))


def test_lags_are_from_half_a_year_before_to_half_a_year_after() -> None:
    """The method says how many draws; a series that never moves correlates with nothing."""
    rng = np.random.default_rng(1)
    able = monthly(np.cumsum(rng.normal(size=60)))
    found = hype_lag(monthly(np.exp(rng.normal(size=60))), able, draws=11)
    assert found.correlations["lag_months"].to_list() == list(range(-6, 7))
    assert found.method == "correlation of monthly changes, lags to 6 months, 11 draws of blocks"
    flat = hype_lag(monthly(np.full(60, 5.0)), able, draws=11)
    assert flat.correlations["correlation"].to_list() == [0.0] * 13
    assert (flat.verdict, flat.estimate) == (LagVerdict.NONE, None)
    assert flat.correlation is not None
    assert math.isclose(flat.correlation.value, 0.0)
