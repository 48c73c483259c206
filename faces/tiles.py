"""Tiles as HTML, the same on pages and in the static copy: a figure, its name, a small line, a note."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from charts.parts import theme
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from faces.unbroken import unbroken
from questions.answer import Tile, Tiles

_WIDTH, _HEIGHT = 132, 30
_EDGE: Final = 3


def tiles_html(block: Tiles, mode: Mode) -> str:
    """All tiles, beside each other where there is room."""
    return f'<div class="tiles">{"".join(_tile(tile, mode) for tile in block.tiles)}</div>'


def _tile(tile: Tile, mode: Mode) -> str:
    value, note = no_break_percent(tile.value), no_break_percent(tile.note)
    about = (
        f'<details class="about"><summary>What is this?</summary><p>{unbroken(tile.about)}</p></details>'
        if tile.about
        else ""
    )
    line = f'<img class="trace" alt="" src="{_trace(tile.trace, mode)}">' if len(tile.trace) > 1 else ""
    return (
        f'<div class="tile"><p class="label">{unbroken(tile.label)}</p>'
        f'<p class="value">{unbroken(value)}</p>{line}<p class="note">{unbroken(note)}</p>{about}</div>'
    )


def _trace(values: tuple[float, ...], mode: Mode) -> str:
    """A line through the values, its end marked, as the address of a picture: pages clean SVG out of HTML."""
    low, high = min(values), max(values)
    across, up = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    points = [
        (
            _EDGE + across * place / (len(values) - 1),
            _HEIGHT - _EDGE - up * ((value - low) / (high - low) if high > low else 0.5),
        )
        for place, value in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    hue, (x, y) = theme.accent(mode), points[-1]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
        f'<polyline points="{path}" fill="none" stroke="{hue}" stroke-width="1.8"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" fill="{hue}"/></svg>'
    )
    return f"data:image/svg+xml,{quote(drawing)}"
