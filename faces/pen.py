"""A pen for pictures made without a browser: words in lines, marks and broken lines with soft edges.

Sizes and places are pixels of the finished picture; what is drawn is FINER times as large and made smaller at
the end, because Pillow draws edges without softening them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from PIL import ImageDraw, ImageFont

FINER: Final = 2
WIDTH: Final = 1200
EDGE: Final = 40
"""Left and right of all words."""

_DASH: Final = 9

Point = tuple[float, float]

SYMBOLS: Final = {"●": "circle", "◆": "diamond", "■": "square", "○": "circle-open"}
"""Marks of a key, as figures name them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words from the left edge on."""

    top: float
    words: str
    size: int
    colour: str


def set_in_lines(words: str, top: float, size: int, colour: str) -> tuple[list[Line], float]:
    """Words in lines as wide as the picture, and where these end; an address may break before an `&`."""
    lines, line = [], ""
    broken = _plain(words).replace("&", " &") if "://" in words else _plain(words)
    for word in broken.split(" "):
        glue = "" if word.startswith("&") else " "
        if line and wide(f"{line}{glue}{word}", size) > WIDTH - 2 * EDGE:
            lines.append(line)
            line = word
        else:
            line = f"{line}{glue}{word}" if line else word
    set_ = [
        Line(top + place * line_height(size), text, size, colour) for place, text in enumerate([*lines, line])
    ]
    return set_, top + len(set_) * line_height(size)


def line_height(size: int) -> int:
    """From line to line."""
    return round(size * 1.3)


def wide(words: str, size: int) -> float:
    """The width of words in pixels of the finished picture."""
    return _font(size * FINER).getlength(_plain(words)) / FINER


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws what is said in pixels of the finished picture."""

    draw: ImageDraw.ImageDraw

    def text(self, x: float, y: float, words: str, size: int, colour: str) -> None:
        """Words from their upper left corner on."""
        self.draw.text((x * FINER, y * FINER), _plain(words), font=_font(size * FINER), fill=colour)

    def line(self, line: Line) -> None:
        """Words from the left edge on."""
        self.text(EDGE, line.top, line.words, line.size, line.colour)

    def path(self, points: Sequence[Point], colour: str, width: float = 2) -> None:
        """A line through the points."""
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(width * FINER))

    def dashed(self, points: Sequence[Point], colour: str) -> None:
        """A broken line through the points."""
        for one, other in pairwise(points):
            for dash in _dashes(one, other):
                self.path(dash, colour, 1.5)

    def mark(self, place: Point, symbol: str, colour: str, edge: str) -> None:
        """A disc, diamond or square; an open one shows the ground."""
        x, y = (value * FINER for value in place)
        r = 5.5 * FINER
        inside, line = (edge, colour) if symbol.endswith("-open") else (colour, edge)
        about: dict[str, Any] = {"fill": inside, "outline": line, "width": FINER}
        if symbol.startswith("diamond"):
            self.draw.polygon(
                [(x, y - 1.2 * r), (x + 1.2 * r, y), (x, y + 1.2 * r), (x - 1.2 * r, y)], **about
            )
        elif symbol.startswith("square"):
            self.draw.rectangle((x - r, y - r, x + r, y + r), **about)
        else:
            self.draw.ellipse((x - r, y - r, x + r, y + r), **about)

    def ring(self, place: Point, colour: str) -> None:
        """A circle around a mark."""
        x, y = (value * FINER for value in place)
        r = 10 * FINER
        self.draw.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=2 * FINER)


def _dashes(one: Point, other: Point) -> Iterator[list[Point]]:
    """Every second piece of a line, as far as it goes."""
    (x, y), (to_x, to_y) = one, other
    far = math.hypot(to_x - x, to_y - y)
    for start in range(0, math.ceil(far), 2 * _DASH):
        ends = (start / far, min(start + _DASH, far) / far)
        yield [(x + (to_x - x) * part, y + (to_y - y) * part) for part in ends]


def _plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
