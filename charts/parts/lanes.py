"""Charts of one lane per name: names in the left margin, short enough for a narrow screen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

LEFT: Final = 128
"""Room for the names, in pixels."""

_COLUMNS: Final = 19


def lane_axis(names: Sequence[str], tint: str) -> dict[str, Any]:
    """A y axis with one lane per name, the first on top; lanes are numbered 0, 1, ... downwards.

    `tint` is the colour of the names.
    """
    return {
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(_two_lines(name)) for name in names],
        "tickfont": {"size": 11, "color": tint},
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
        "fixedrange": True,
    }


def lane_height(lanes: int, each: int = 30) -> int:
    """Height of the plot in pixels."""
    return max(lanes * each, 90)


def _two_lines(name: str) -> list[str]:
    lines = textwrap.wrap(name, _COLUMNS)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1]} …"]
