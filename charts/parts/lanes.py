"""Charts of one lane per name: names in the left margin, short on a narrow screen, whole on a wide one."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from charts.parts import theme
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEFT: Final = 128
"""Room for the names, in pixels."""

LANES: Final = "lanes"
"""What the `meta` of a figure holds whose names have more room on a wide screen (charts.js)."""

_COLUMNS: Final = 19
_WIDE_COLUMNS: Final = 44
_LETTER: Final = 6.0
_EDGE: Final = 16
"""Pixels of a letter, and of what stands between names and plot."""


def name_lanes(figure: go.Figure, names: Sequence[str], mode: Mode, lines: int = 2) -> None:
    """One lane per name, and for wide screens the names without a cut, with the room that they need.

    lines   so many a name may have on a narrow screen before it is cut in its middle
    """
    axis = lane_axis(names, theme.ink(mode), lines)
    whole = [textwrap.wrap(name, _WIDE_COLUMNS, break_on_hyphens=False) or [""] for name in names]
    longest = max((len(line) for name in whole for line in name), default=0)
    wide = {"left": round(_EDGE + _LETTER * longest), "names": ["<br>".join(name) for name in whole]}
    narrow = {"left": LEFT, "names": axis["ticktext"]}
    figure.update_yaxes(**axis)
    figure.update_layout(meta={**(figure.layout.meta or {}), LANES: {"wide": wide, "narrow": narrow}})


def lane_axis(names: Sequence[str], tint: str, lines: int = 2) -> dict[str, Any]:
    """A y axis with one lane per name, the first on top; lanes are numbered 0, 1, ... downwards.

    `tint` is the colour of the names; one of more `lines` is cut in its middle.
    """
    return {
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(lines) for lines in _short_enough(names, lines)],
        "tickfont": {"size": 11, "color": tint},
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
        "fixedrange": True,
    }


def lane_height(lanes: int, each: int = 30) -> int:
    """Height of the plot in pixels."""
    return max(lanes * each, 90)


def _short_enough(names: Sequence[str], most: int) -> list[list[str]]:
    """Lines for each name: as many as there may be, and more only where two names would look the same."""
    short = [_few_lines(name, most) for name in names]
    wearers: dict[tuple[str, ...], set[str]] = {}
    for name, lines in zip(names, short, strict=True):
        wearers.setdefault(tuple(lines), set()).add(name)
    return [
        lines if len(wearers[tuple(lines)]) == 1 else textwrap.wrap(name, _COLUMNS, break_on_hyphens=False)
        for name, lines in zip(names, short, strict=True)
    ]


def _few_lines(name: str, most: int) -> list[str]:
    """The name, cut in its middle where it is too long: what differs stands mostly at the end."""
    lines = textwrap.wrap(name, _COLUMNS, break_on_hyphens=False)
    return lines if len(lines) <= most else [lines[0], f"… {_end_of(name)}"]


def _end_of(name: str) -> str:
    """As many of the last words as one line holds; of a longer word its end."""
    words = name.split()
    ends = (" ".join(words[at:]) for at in range(1, len(words)))
    return next((end for end in ends if len(end) <= _COLUMNS), name[-_COLUMNS:])
