"""Where the names of a table's columns stand, if not in its first line alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

_NAMELESS: Final = re.compile(r"column \d+")
"""What a column without a name is called."""

_MOST_LINES: Final = 20
"""So many lines below the first are looked at."""


def where_names_stand(frame: pl.DataFrame) -> Mapping[str, Any]:
    """The keys of a form that say where the names are, for a table read with those of its first line.

    `header_rows` where the second line names what the first goes on over with blank cells, `header_row` (a
    word of that line) where lines about the table stand above it; nothing where the first line will do.
    """
    nameless = [at for at, name in enumerate(frame.columns) if _NAMELESS.fullmatch(name)]
    if not nameless or frame.height < 2:
        return {}
    lines = [[(cell or "").strip() for cell in row] for row in frame.head(_MOST_LINES).iter_rows()]
    if lines[1][0] and (_goes_on(lines[0], nameless) or _is_below_groups(lines[0], nameless, frame.width)):
        return {"header_rows": 2}
    if 2 * len(nameless) < frame.width:
        return {}
    full = next((line for line in lines if all(line)), None)
    return {} if full is None or _stands_elsewhere(full[0], frame, lines) else {"header_row": full[0]}


def _goes_on(second: Sequence[str], nameless: Sequence[int]) -> bool:
    """Whether a second line leaves the first column alone and names all that the first line does not."""
    return not second[0] and all(second[at] for at in nameless)


def _is_below_groups(second: Sequence[str], nameless: Sequence[int], width: int) -> bool:
    """Whether a second line names every column, below one that only names groups of some."""
    is_grouped = 0 in nameless and 1 < len(nameless) < width
    return is_grouped and all(second) and re.search(r"[^\W\d_]", second[0]) is not None


def _stands_elsewhere(word: str, frame: pl.DataFrame, lines: Sequence[Sequence[str]]) -> bool:
    return word in frame.columns or sum(word in line for line in lines) > 1
