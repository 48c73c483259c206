"""The pieces of power: a changed line, the largest of twelve looks, the rule of slopes, and the rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.results import Estimate, Floats, Interval
from analysis.trends.bend import downward_gains
from analysis.trends.bend_test import Scatter, scatter_of
from analysis.trends.power import (
    ONE_LOOK_SCHEMA,
    POWER_SCHEMA,
    _bend,
    _exceeded_rarely,
    _largest_of_a_year,
    _slower,
    bend_power,
    power_of_one_look,
    power_of_slopes,
    stop_noticed,
)
from analysis.trends.slopes import Slopes, knot_design

DATES = np.linspace(-4.5, 0.0, 55)


def straight(slope: float = 10.0, seed: int = 0) -> tuple[Floats, Floats, list[str]]:
    """Models a month apart below a line, of two makers in turn."""
    short = np.random.default_rng(seed).exponential(1.0, len(DATES))
    return DATES, slope * DATES - short, [f"maker {place % 2}" for place in range(len(DATES))]


def exact(slope: float) -> Scatter:
    """A line that nothing falls short of."""
    return Scatter(DATES, 100.0, slope, np.zeros(len(DATES)), (np.arange(len(DATES)),))


@pytest.mark.parametrize(("share", "months", "rise"), [(0.0, 12, 0.0), (0.5, 6, 5.0), (1.0, 12, 10.0)])
def test_a_changed_frontier_keeps_its_share_of_the_slope(share: float, months: int, rise: float) -> None:
    """Up to the day of the change nothing is lost; since then it rises by so much a year."""
    line = exact(10.0).worlds(1, np.random.default_rng(0), _bend(exact(10.0), share, months))[0]
    knot = 100.0 - 10.0 * months / 12
    wanted = [
        100 + 10 * date if date <= -months / 12 else knot + rise * (date + months / 12) for date in DATES
    ]
    assert line == pytest.approx(np.array(wanted))


def test_twelve_looks_are_a_month_apart_and_see_three_and_a_half_years() -> None:
    """Each look by itself: what came after it is unknown then, what is older is out of the window."""
    scatter = scatter_of(*straight())
    worlds = scatter.worlds(3, np.random.default_rng(5))
    largest = np.zeros(3)
    for month in range(12):
        since = DATES + month / 12
        seen = [place for place, date in enumerate(since) if -3.5 <= date <= 0]
        for world in range(3):
            gains = downward_gains(since[seen], worlds[world : world + 1, seen])
            largest[world] = max(largest[world], gains.max())
    assert _largest_of_a_year(scatter, worlds) == pytest.approx(largest)
    assert _largest_of_a_year(exact(1.0), np.zeros((2, len(DATES)))).tolist() == [0.0, 0.0]


def test_the_limit_is_exceeded_by_one_straight_line_in_twenty() -> None:
    """Of 101 gains from 0 to 100 five lie above it."""
    assert _exceeded_rarely(np.random.default_rng(0).permutation(np.arange(101.0))) == pytest.approx(95.0)


def estimate(value: float, high: float) -> Estimate:
    return Estimate(value, Interval(value - 1.0, high))


SLOPES = Slopes(estimate(9.0, 10.0), estimate(9.0, 10.0), estimate(0.0, 2.0), 100.0, None, None)


@pytest.mark.parametrize(
    ("earlier", "recent", "is_slower"),
    [
        (9.0, 6.9, True),
        (9.0, 7.1, False),
        (9.0, 1.9, True),
        (2.0, 0.1, False),
        (-4.0, -3.0, False),
        (-3.0, -6.0, True),
    ],
)
def test_a_world_is_slower_where_the_rule_of_the_verdict_says_so(
    earlier: float, recent: float, is_slower: bool
) -> None:
    """A difference whose interval, two wide above, ends below nought, as for lines without any scatter."""
    since_knot = np.linspace(-2.0, 1.0, 31)
    world = np.where(since_knot < 0, earlier, recent) * since_knot
    assert _slower(world[None], knot_design(since_knot), SLOPES).tolist() == [is_slower]


@pytest.mark.parametrize(("recent", "is_plateau"), [(1.9, True), (2.1, False)])
def test_a_world_is_a_plateau_surely_below_a_third(recent: float, is_plateau: bool) -> None:
    """A recent slope that reaches one higher, against a third of nine; a fall before is no measure."""
    wide = replace(SLOPES, difference=estimate(0.0, 99.0))
    since_knot = np.linspace(-2.0, 1.0, 31)
    world = np.where(since_knot < 0, 9.0, recent) * since_knot
    design = knot_design(since_knot)
    assert _slower(world[None], design, wide).tolist() == [is_plateau]
    assert _slower(np.where(since_knot < 0, 0.0, -9.0 * since_knot)[None], design, wide).tolist() == [False]


def test_the_table_of_power_has_a_row_for_each_change_and_time() -> None:
    """A stop and a halving, three to eighteen months ago, with worlds, models and both limits."""
    found = bend_power(*straight(), seed=3, worlds=7)
    assert found.schema == POWER_SCHEMA
    assert found.select("change", "months").rows() == [
        (change, months) for change in ("full stop", "slope halves") for months in (3, 6, 9, 12, 15, 18)
    ]
    assert found.select("worlds", "models").unique().rows() == [(7, 43)]
    assert found["threshold"].n_unique() == found["threshold_monthly"].n_unique() == 1
    assert (found["threshold_monthly"] >= found["threshold"]).all()
    assert found["noticed"].to_list() == pytest.approx([round(7 * share) / 7 for share in found["noticed"]])


def test_one_look_is_at_half_a_year_and_a_year() -> None:
    """150 worlds unless asked otherwise, 100 for a row of the track record; the same seed, the same share."""
    one = power_of_one_look(*straight(), seed=3)
    assert one.select("change", "months").rows() == [
        ("full stop", 6),
        ("full stop", 12),
        ("slope halves", 6),
        ("slope halves", 12),
    ]
    assert one.select("worlds", "models").unique().rows() == [(150, 55)]
    share = stop_noticed(*straight(), seed=3)
    assert share is not None
    assert share == stop_noticed(*straight(), seed=3, worlds=100)


def test_slopes_are_also_tried_where_nothing_changed() -> None:
    """The false alarms stand first, of no time; without a rise there is no table at all."""
    since_end, values, makers = straight()
    found = power_of_slopes(since_end, values, makers, SLOPES, 1.5, seed=3, worlds=9)
    assert found.schema == ONE_LOOK_SCHEMA
    assert found.row(0)[:2] == ("no change", 0)
    assert found.select("change", "months").rows()[1:] == [
        ("full stop", 6),
        ("full stop", 12),
        ("slope halves", 6),
        ("slope halves", 12),
    ]
    noticed = found["noticed"].to_list()
    assert noticed[2] > noticed[0] + 0.5
    assert power_of_slopes(since_end, -values, makers, SLOPES, 1.5, seed=3, worlds=9).is_empty()
    assert power_of_one_look(since_end, 0 * values, makers, seed=3, worlds=9).is_empty()
    assert stop_noticed(since_end, 0 * values, makers, seed=3, worlds=9) is None
