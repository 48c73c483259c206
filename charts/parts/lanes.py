"""Charts of one lane per name: names in the left margin, short enough for a narrow screen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

LEFT: Final = 128
"""Room for the names, in pixels."""

_COLUMNS: Final = 19


def lane_axis(names: Sequence[str], tint: str, lines: int = 2) -> dict[str, Any]:
    """A y axis with one lane per name, the first on top; lanes are numbered 0, 1, ... downwards.

    `tint` is the colour of the names; those of more than so many `lines` are cut.
    """
    return {
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(broken) for broken in _short_enough(names, lines)],
        "tickfont": {"size": 11, "color": tint},
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
        "fixedrange": True,
    }


def lane_height(lanes: int, each: int = 30) -> int:
    """Height of the plot in pixels."""
    return max(lanes * each, 90)


def _short_enough(names: Sequence[str], most: int) -> list[list[str]]:
    """Lines for each name: `most`, and more only where two names would look the same."""
    short = [_cut(name, most) for name in names]
    wearers: dict[tuple[str, ...], set[str]] = {}
    for name, lines in zip(names, short, strict=True):
        wearers.setdefault(tuple(lines), set()).add(name)
    return [
        lines if len(wearers[tuple(lines)]) == 1 else textwrap.wrap(name, _COLUMNS, break_on_hyphens=False)
        for name, lines in zip(names, short, strict=True)
    ]


def _cut(name: str, most: int) -> list[str]:
    """The name, cut in its middle where it is too long: what differs stands mostly at the end."""
    lines = textwrap.wrap(name, _COLUMNS, break_on_hyphens=False)
    return lines if len(lines) <= most else [*lines[: most - 1], f"… {_end_of(name)}"]


def _end_of(name: str) -> str:
    """As many of the last words as one line holds; of a longer word its end."""
    words = name.split()
    ends = (" ".join(words[at:]) for at in range(1, len(words)))
    return next((end for end in ends if len(end) <= _COLUMNS), name[-_COLUMNS:])
