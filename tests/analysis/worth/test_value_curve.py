"""The curve of what the dearer model adds: which values it covers, and that each point is its own answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.results import Interval
from analysis.worth.value import ListPrice, Offer, TaskProfile, worth_it
from analysis.worth.value_curve import net_value_curve

EXACT = Interval(1.0, 1.0, level=1.0)
CHEAP = Offer("cheap", ListPrice(3.0, 15.0), 60, 133, EXACT, None, "a board")
DEAR = Offer("dear", ListPrice(15.0, 60.0), 120, 133, EXACT, None, "a board")
PROFILE = TaskProfile(input_tokens=2000, output_tokens=1000, value_of_solved_usd=1.0)


def test_each_point_is_the_answer_at_its_value() -> None:
    """41 values from nought to twice the reader's own, with net value, interval and verdict of each."""
    curve = net_value_curve(CHEAP, DEAR, PROFILE, seed=1)
    assert curve.height == 41
    assert curve["value_usd"].to_list() == pytest.approx([at * 2.0 / 40 for at in range(41)])
    for row in curve[[0, 20, 40]].iter_rows(named=True):
        own = worth_it(CHEAP, DEAR, replace(PROFILE, value_of_solved_usd=row["value_usd"]), 1)
        net = own.extra_net_value_usd
        assert net.interval is not None
        assert (row["extra_net_usd"], row["low"], row["high"]) == (
            net.value,
            net.interval.low,
            net.interval.high,
        )
        assert row["verdict"] == own.verdict.value


@pytest.mark.parametrize(
    ("own_value", "solved", "reach"),
    [
        (0.05, 120, "pays from"),
        (1.0, 120, "own"),
        (0.0, 120, "pays from"),
        (0.001, 62, "least"),
        (1.0, 50, "own"),
    ],
)
def test_the_curve_reaches_past_the_point_where_the_dearer_pays(
    own_value: float, solved: int, reach: str
) -> None:
    """Twice that point or the own value, whichever is more; the own (a cent at least) where it never pays."""
    profile = replace(PROFILE, value_of_solved_usd=own_value)
    dear = replace(DEAR, solved=solved)
    pays_from = worth_it(CHEAP, dear, profile, 1).pays_from_usd.value
    ends = {"pays from": 2 * pays_from, "own": 2 * own_value, "least": 0.02}
    assert net_value_curve(CHEAP, dear, profile, 1)["value_usd"][-1] == pytest.approx(ends[reach])
