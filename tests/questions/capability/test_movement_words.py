"""How a movement of the front is told: what rose, what fell, and never by a sign that needs a second look."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.capability.front_movement import FrontMovement, FrontVerdict
from analysis.results import Estimate, Interval
from questions.capability.movement_words import of_movement


def moved(
    gained: Estimate | None, ratio: Estimate | None, verdict: FrontVerdict = FrontVerdict.MOVED
) -> FrontMovement:
    return FrontMovement(
        gained, ratio, None, None, 5, 9, 0, date(2025, 7, 1), date(2026, 7, 1), verdict, 0, "draws"
    )


def test_a_front_that_rose_buys_more_and_costs_less() -> None:
    """Points for the same money, and the share of the earlier cost for the same score, with intervals."""
    said = of_movement(
        moved(Estimate(4.97, Interval(2.13, 7.3)), Estimate(3.162, Interval(2.0, 5.0))), "points"
    )
    assert said == (
        "Between 1 July 2025 and 1 July 2026 the best score for the same money rose by 5 points "
        "(90\u00a0% interval of the change +2.1 to +7.3) and the same score came to cost "
        "32\u00a0% of what it had cost (90\u00a0% interval 20\u00a0% to 50\u00a0%)."
    )


def test_a_front_that_fell_is_told_with_its_reason() -> None:
    """Scores are kept over the two dates, so that only prices can push a front back."""
    said = of_movement(
        moved(Estimate(-4.88, Interval(-7.0, -2.8)), Estimate(1 / 1.88, Interval(1 / 3, 1 / 1.2))), "points"
    )
    assert "best score for the same money fell by 4.9 points" in said
    assert (
        "the same score came to cost 1.9 times as much as before (90\u00a0% interval 1.2 times to 3 times"
        in said
    )
    assert said.endswith("cost more now, or have no price any more.")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (FrontVerdict.NOT_COMPARABLE, "share no cost and no score"),
        (FrontVerdict.NOT_DISTINGUISHABLE, "did not move by more than the data can tell"),
    ],
)
def test_what_cannot_be_told_is_said_instead(verdict: FrontVerdict, words: str) -> None:
    """No figure stands where none means anything."""
    assert words in of_movement(moved(Estimate(0.1), None, verdict), "points")


def test_what_one_front_alone_tells_is_told_alone() -> None:
    """Fronts that share scores but no cost give a cost, and no points."""
    assert " and " not in of_movement(moved(None, Estimate(2.0)), "points").split("2026", 1)[1]


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (0.98, "98\u00a0% of what it had cost, 90\u00a0% interval 78\u00a0% to 120\u00a0%"),
        (0.996, "as much as before, 90\u00a0% interval 80\u00a0% to 120\u00a0%"),
        (1.0, "as much as before, 90\u00a0% interval 80\u00a0% to 120\u00a0%"),
        (1.04, "as much as before, 90\u00a0% interval 0.83 times to 1.2 times"),
        (1.06, "1.1 times as much as before, 90\u00a0% interval 0.85 times to 1.3 times"),
    ],
)
def test_a_cost_that_stands_is_no_number_of_times(cost: float, said: str) -> None:
    """Nothing costs "1 times as much"."""
    ratio = Estimate(1 / cost, Interval(1 / (1.2 * cost), 1 / (0.8 * cost)))
    told = of_movement(moved(Estimate(1.0, Interval(0.5, 1.5)), ratio), "points")
    assert f"what the same score costs shows no clear change on average along the front ({said})." in told
    assert "came to cost" not in told
    assert told.endswith(
        "A single score may differ from that average: what the best of twelve months before "
        "cost then, and what it cost at the end, is told below."
    )


def test_points_whose_interval_holds_none_are_no_rise_and_no_fall() -> None:
    """Nor is a reason given for a fall that is not told."""
    told = of_movement(
        moved(Estimate(-1.0, Interval(-3.0, 1.5)), Estimate(2.0, Interval(1.5, 3.0))), "points"
    )
    assert (
        "money shows no clear change on average along the front (-1 points, 90\u00a0% interval -3 to +1.5) "
        in told
    )
    assert told.endswith("interval 33\u00a0% to 67\u00a0%).")
