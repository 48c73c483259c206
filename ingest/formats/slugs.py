"""Names as identifiers: lower case, with a hyphen for every run of other signs than letters and digits."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

_OTHER: Final = r"[^a-z0-9]+"
_OTHER_BUT_DOTS: Final = r"[^a-z0-9.]+"


def slug(name: str, *, dots: bool = False) -> str:
    """'GPT 4.5 (new)' becomes 'gpt-4-5-new', with `dots` 'gpt-4.5-new'."""
    other, ends = (_OTHER_BUT_DOTS, "-.") if dots else (_OTHER, "-")
    return re.sub(other, "-", name.lower()).strip(ends)


def slugs(names: pl.Expr, *, dots: bool = False) -> pl.Expr:
    """The same for a column of names."""
    other, ends = (_OTHER_BUT_DOTS, "-.") if dots else (_OTHER, "-")
    return names.str.to_lowercase().str.replace_all(other, "-").str.strip_chars(ends)
