"""Where direct labels go: beside their marks, never over each other; for want of room some are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

_WIDTH, _HEIGHT = 430.0, 360.0
"""A small plot in pixels: what fits here fits on a telephone, where letters are smaller too."""

_LETTER: Final = 6.4
_LINE: Final = 15.0
_GAP: Final = 8.0

_NEAR: Final = 4.0
"""A label nearer than this to the mark of another name, in pixels, would be read as its name."""

_LEADS: Final = ((60, 14), (60, 24), (90, 20), (90, 34), (40, 30))
"""How far left of its mark and above it a name may end that a line ties to it, in pixels, the best first."""

_OVER: Final = 20.0
"""How far a label may reach above the plot, into the room below the key."""


@dataclass(frozen=True, slots=True)
class Place:
    """A label's side: the end of the text that touches the mark, and its shift upwards in pixels."""

    anchor: str
    shift: int


class Corner(Enum):
    """Where a plot has room beside its marks: the places that are tried, the best first."""

    UPPER_LEFT = (
        Place("right", 10),
        Place("center", 15),
        Place("left", 16),
        Place("right", 0),
        Place("left", -12),
        Place("center", -15),
    )
    UPPER_RIGHT = (
        Place("left", 10),
        Place("center", 15),
        Place("right", -13),
        Place("right", 12),
        Place("right", 0),
        Place("center", -15),
        Place("left", 0),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds marks, placed as in `place_labels`: the empty corner, a line of steps, other marks."""

    corner: Corner
    steps: Sequence[tuple[float, float]] = ()
    others: Sequence[tuple[float, float]] = ()
    may_cover: bool = True
    """Whether a label for which there is no other place may cover one of the other marks."""


_Box = tuple[float, float, float, float]


def place_labels(
    marks: Sequence[tuple[float, float]],
    texts: Sequence[str],
    around: Around,
) -> list[Place | None]:
    """A place for each text, or None where all would cover something; those first in order are placed first.

    `marks`: position of each mark within the plot, 0..1 from left to right and from bottom to top. The line
    through `around.steps` goes level to the next point, then up or down, and is never covered; the marks
    `around.others` only where there is no other place and they may be.
    """
    taken = [_mark_box(x, y) for x, y in marks]
    lines = _line_boxes(around.steps)
    unlabelled = [_mark_box(x, y) for x, y in around.others if (x, y) not in marks]
    places: list[Place | None] = []
    for position, ((x, y), text) in enumerate(zip(marks, texts, strict=True)):
        firm = [*(box for index, box in enumerate(taken) if index != position), *lines]
        boxes = [(place, _box(x, y, text, place)) for place in around.corner.value]
        free = [(place, box) for place, box in boxes if _inside(box) and not _covers(box, firm)]
        open_ = [found for found in free if not _covers(found[1], unlabelled)]
        named = [_mark_box(*mark, _NEAR) for mark in marks if mark != (x, y)]
        apart = [found for found in open_ if not _covers(found[1], named)]
        best = next(iter([*apart, *open_, *(free if around.may_cover else [])]), None)
        if best is not None:
            taken.append(best[1])
        places.append(best[0] if best is not None else None)
    return places


def place_led(
    mark: tuple[float, float],
    text: str,
    around: Around,
    labelled: Sequence[tuple[tuple[float, float], str, Place]],
) -> tuple[int, int] | None:
    """How far left and above a name ends that found no place beside its mark; None where all is taken.

    `labelled`: mark, text and place of the labels that stand. Neither the name nor the line from it to its
    mark covers one of them; the name covers no other mark and no line of `around`.
    """
    x, y = mark[0] * _WIDTH, mark[1] * _HEIGHT
    labels = [_box(*other, words, place) for other, words, place in labelled]
    firm = [*labels, *_line_boxes(around.steps), *(_mark_box(*other) for other in around.others)]
    for left, up in _LEADS:
        end = x - left
        box = (end - len(text) * _LETTER, y + up - _LINE / 2, end, y + up + _LINE / 2)
        line = [(x - left * part / 10, y + up * part / 10) for part in range(1, 11)]
        if _inside(box) and not _covers(box, firm) and not any(_covers((*dot, *dot), labels) for dot in line):
            return left, up
    return None


def _mark_box(x: float, y: float, room: float = 0.0) -> _Box:
    half = 4 + room
    return (x * _WIDTH - half, y * _HEIGHT - half, x * _WIDTH + half, y * _HEIGHT + half)


def _covers(box: _Box, others: Sequence[_Box]) -> bool:
    return any(_overlap(box, other) for other in others)


def _inside(box: _Box) -> bool:
    return box[0] >= -4 and box[2] <= _WIDTH + 4 and box[1] >= 0 and box[3] <= _HEIGHT + _OVER


def _line_boxes(steps: Sequence[tuple[float, float]]) -> list[_Box]:
    """The level and upright parts of a line of steps."""
    boxes = []
    for (x, y), (next_x, next_y) in pairwise((x * _WIDTH, y * _HEIGHT) for x, y in steps):
        boxes.append((x, y - 1, next_x, y + 1))
        boxes.append((next_x - 1, min(y, next_y), next_x + 1, max(y, next_y)))
    return boxes


def _box(x: float, y: float, text: str, place: Place) -> _Box:
    width = len(text) * _LETTER
    left = {"left": x * _WIDTH + _GAP, "right": x * _WIDTH - _GAP - width, "center": x * _WIDTH - width / 2}
    bottom = y * _HEIGHT + place.shift - _LINE / 2
    start = left[place.anchor]
    return (start, bottom, start + width, bottom + _LINE)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
