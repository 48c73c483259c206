"""Names in a film stand beside their marks, or apart with a line that leads to them."""

from __future__ import annotations

import math

import pytest

from faces.film_labels import Box, place_name

PLOT: Box = (0.0, 0.0, 1000.0, 500.0)
MARK = (400.0, 250.0)


def around(mark: tuple[float, float], by: float) -> Box:
    """What takes the room around a mark."""
    return (mark[0] - 200, mark[1] - by, mark[0] + 200, mark[1] + by)


def test_a_name_beside_its_mark_needs_no_line() -> None:
    """The upper left place comes first."""
    found = place_name(MARK, 80, [], PLOT)
    assert found is not None
    assert found.leader is None
    assert found.box[2] < MARK[0]
    assert found.box[3] < MARK[1]


def test_a_name_that_stands_apart_is_led_to() -> None:
    """The line begins at the mark's edge and ends at the name, which covers nothing."""
    taken = around(MARK, 25)
    found = place_name(MARK, 80, [taken], PLOT)
    assert found is not None
    assert found.leader is not None
    start, end = found.leader
    assert math.dist(start, MARK) == pytest.approx(8)
    assert end[1] in found.box
    assert found.box[3] <= taken[1] or found.box[1] >= taken[3]


@pytest.mark.parametrize(("taken", "within"), [([around(MARK, 300)], PLOT), ([], (390.0, 0.0, 410.0, 500.0))])
def test_a_name_without_room_is_left_out(taken: list[Box], within: Box) -> None:
    """Neither over others nor out of the plot."""
    assert place_name(MARK, 80, taken, within) is None
