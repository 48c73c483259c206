"""Who is level, at the very edge of noise; and who leads where less is better."""

from __future__ import annotations

import math

import pytest

from analysis.compare.standing import Tallies, Tally, are_level, standings, tally
from tests.analysis.compare.test_standing import scores

Z95 = 1.6448536269514722


@pytest.mark.parametrize(("gap", "level"), [(0.999, True), (1.001, False), (-0.999, True), (-1.001, False)])
@pytest.mark.parametrize("errors", [(0.03, 0.04), (0.04, 0.03), (0.05, 0.0)])
def test_noise_reaches_as_far_as_the_error_of_the_difference(
    gap: float, level: bool, errors: tuple[float, float]
) -> None:
    """Errors of 3 and 4 points are one of 5, whichever model has which; either may be the better one."""
    one = {"score": 0.5, "stderr": errors[0]}
    other = {"score": 0.5 + gap * Z95 * math.hypot(*errors), "stderr": errors[1]}
    assert are_level(one, other) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [(None, 0.5, False), (0.5, None, False), (0.0, 0.0, False), (0.5, 0.5, True)],
)
def test_an_error_that_is_not_known_leaves_nothing_open(
    one: float | None, other: float | None, level: bool
) -> None:
    """Nor one of nought; equal scores are level whatever is known."""
    assert are_level({"score": 0.5, "stderr": one}, {"score": 0.6, "stderr": other}) is level
    assert are_level({"score": 0.5, "stderr": one}, {"score": 0.5, "stderr": other})


def test_where_less_is_better_the_lowest_leads() -> None:
    """And who is within the noise of it is level; benchmarks stand in the order of the rows."""
    found = standings(
        scores(
            ("errors", "x", 0.30, 0.01),
            ("errors", "y", 0.10, 0.01),
            ("errors", "z", 0.11, 0.01),
            ("a", "x", 0.3, None),
            ("a", "y", 0.1, None),
        )
    )
    assert list(found) == ["errors", "a"]
    assert found["errors"].benchmark_id == "errors"
    assert found["errors"].best == frozenset({"y"})
    assert found["errors"].level == frozenset({"z"})
    assert found["a"].best == frozenset({"x"})
    assert found["a"].level == frozenset()


def test_a_tally_adds_up_to_what_both_have() -> None:
    """Within noise is level, whoever scored higher; with nothing in common all is nought."""
    rows = scores(
        ("a", "x", 0.90, 0.02),
        ("a", "y", 0.88, 0.02),
        ("b", "x", 0.90, 0.02),
        ("b", "y", 0.50, 0.02),
        ("errors", "x", 0.90, 0.02),
        ("errors", "y", 0.50, 0.02),
        ("alone", "z", 0.5, None),
    )
    found = tally(rows, "x", "y")
    assert found == Tallies(Tally(higher=1, lower=1, level=1), Tally(0, 0, 0))
    assert found.shared == 3
    assert Tally(5, 3, 1).shared == 9
    assert tally(rows, "x", "z") == Tallies(Tally(0, 0, 0), Tally(0, 0, 0))
