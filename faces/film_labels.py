"""Where the names of newcomers stand in a frame of a film, and the lines that lead to those farther away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from faces.pen import Point

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the picture."""

_HIGH: Final = 18
_AWAY: Final = (0, 24, 48)
"""How much farther up or down a name may stand than beside its mark, as charts.js moves those of a page."""

_NEAR: Final = 16
"""A name that stands farther from its mark is tied to it by a line."""

_CLEAR: Final = 8
"""Of a mark, where that line begins."""


class Placed(NamedTuple):
    """The box of a name, and the line that leads to it from its mark, where one is needed."""

    box: Box
    leader: tuple[Point, Point] | None


def place_name(mark: Point, width: float, taken: Sequence[Box], within: Box) -> Placed | None:
    """The nearest free place of a name of such a width; None where there is none."""
    for left, top in _places(mark, width):
        box = (left, top, left + width, top + _HIGH)
        if _inside(box, within) and not any(_meet(box, other) for other in taken):
            return Placed(box, _leader(mark, box))
    return None


def _places(mark: Point, width: float) -> Iterator[Point]:
    """Upper left corners, the nearest first."""
    x, y = mark
    for away in _AWAY:
        for top in (y - 24 - away, y + 6 + away):
            yield x - width - 8, top
            yield x + 10, top


def _leader(mark: Point, box: Box) -> tuple[Point, Point] | None:
    """From the edge of the mark to the nearest point of the box."""
    end = min(max(mark[0], box[0]), box[2]), min(max(mark[1], box[1]), box[3])
    far = math.dist(mark, end)
    if far <= _NEAR:
        return None
    part = _CLEAR / far
    return (mark[0] + part * (end[0] - mark[0]), mark[1] + part * (end[1] - mark[1])), end


def _inside(box: Box, within: Box) -> bool:
    return box[0] > within[0] and box[1] > within[1] and box[2] < within[2] and box[3] < within[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
