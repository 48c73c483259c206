"""Names at the ends of lines, moved apart where ends lie close together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from charts.parts import theme
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

_LETTER: Final = 6.2
_DASH: Final = 22
"""Pixels of a letter and of the dash before a name: the room right of the plot is what its names need."""
LONGEST: Final = 21
"""Letters of a name: longer ones are cut, since they would leave no plot on a telephone."""

_LINE: Final = 15.0
_BESIDE: Final = 4
_LED_TO: Final = 18
"""Pixels from a line's end to its name: where all stand at their ends, and where lines lead to them."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The last point of a line: its x and y in the units of the axes, its name and colour."""

    x: date | float
    y: float
    name: str
    colour: str


def name_line_ends(
    figure: go.Figure, ends: Sequence[LineEnd], low: float, high: float, mode: Mode, *, log: bool, height: int
) -> None:
    """Write each name, with a dash in its colour, right of its line's end, and make room for the longest.

    Where names had to be moved, all stand a little farther away: lines lead to them (charts.js).

    `low` and `high` are the range of the y axis in its unit, `height` is that of the plot in pixels. On a
    logarithmic axis Plotly places annotations by the exponent.
    """
    ordered = sorted(ends, key=lambda end: end.y)
    longest = max((len(_cut(end.name)) for end in ends), default=0)
    # The names leave little room on a telephone: a year stands below its months, once.
    figure.update_xaxes(tickformatstops=[{"dtickrange": ["M1", "M11"], "value": "%b\n%Y"}])
    places = [_exponent(end.y, log) for end in ordered]
    per_pixel = (_exponent(high, log) - _exponent(low, log)) / height
    shifts = spread([y / per_pixel for y in places])
    away = _LED_TO if any(abs(shift) > _LINE / 2 for shift in shifts) else _BESIDE
    figure.update_layout(margin_r=round(_DASH + away - _BESIDE + _LETTER * longest))
    for end, place, shift in zip(ordered, places, shifts, strict=True):
        figure.add_annotation(
            x=end.x,
            y=place,
            text=f'<span style="color:{end.colour}">━</span> {_cut(end.name)}',
            showarrow=False,
            xanchor="left",
            align="left",
            yanchor="middle",
            xshift=away,
            yshift=shift,
            font={"size": 11, "color": theme.ink(mode)},
            bgcolor=theme.see_through(theme.paper(mode), 0.7),
            borderpad=0,
        )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def spread(heights: Sequence[float]) -> list[float]:
    """Shifts in pixels that keep rising `heights` at least one line of text apart, as small as can be."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _top(groups[-2]) + _LINE > _bottom(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    placed = [_bottom(group) + _LINE * index for group in groups for index in range(len(group))]
    return [place - height for place, height in zip(placed, heights, strict=True)]


def _bottom(group: list[float]) -> float:
    return sum(group) / len(group) - _LINE * (len(group) - 1) / 2


def _top(group: list[float]) -> float:
    return _bottom(group) + _LINE * (len(group) - 1)


def _exponent(value: float, log: bool) -> float:
    return math.log10(value) if log else value
