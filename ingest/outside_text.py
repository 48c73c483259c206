"""Text from outside before it is stored: names are plain, addresses of the web, nothing steers a terminal.

A name with markup in it is no name that a maker gave. It would be shown on pages, in charts, feeds and mails,
each with another markup to escape; refused here, it stands in the quarantine with its reason.
"""

from __future__ import annotations

from typing import Final

import polars as pl

PROSE: Final = frozenset({"title", "excerpt", "note", "definition"})
"""Fields that may hold any text; faces escape them."""

_OTHERS: Final = frozenset({"url", "entry_id", "event_id"})
"""Fields that are no names: addresses, and marks of entries that nobody is shown."""

MARKUP: Final = r"<[A-Za-z/!?]|\]\(|\]\[|\{\{|javascript:"
_STEERS: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
"""Control codes, and marks that turn the direction of writing."""
_WEB: Final = r"(?i)^https?://[^\s<>\"]+$"

REASON: Final = "a name holds markup, control codes or marks that turn the direction of writing"


def in_plain_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows without control codes in prose, and without addresses that are none of the web."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    prose = [pl.col(name).str.replace_all(_STEERS, "") for name in texts if name in PROSE]
    urls = [pl.when(pl.col(name).str.contains(_WEB)).then(name) for name in texts if name == "url"]
    return frame.with_columns(*prose, *urls)


def is_marked(frame: pl.DataFrame) -> pl.Expr:
    """Which rows have a name that is none."""
    names = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.String and name not in PROSE and name not in _OTHERS
    ]
    found = [pl.col(name).str.contains(f"{MARKUP}|{_STEERS}").fill_null(False) for name in names]
    return pl.any_horizontal(found) if found else pl.lit(False)
