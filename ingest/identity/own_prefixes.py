"""Sellers who put their own name before the models that they sell: known by their entries, without a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import polars as pl

_MARKS: Final = re.compile(r"[^a-z0-9]")
FEWEST_LETTERS: Final = 3
"""Shorter words are regions as often as sellers."""

FEWEST_KNOWN_OF: Final = 3
"""One in so many of a seller's models must be known, or it is rather their maker."""


def own_prefixes(names: pl.DataFrame, is_known: Callable[[str], bool]) -> frozenset[str]:
    """First segments of names that say no more than who sells, in lower case.

    `names` has model_name and, where the sources tell, a list of sellers: of "newgate/claude-opus-5" that
    newgate sells, the prefix is its seller. A seller none of whose models is known without the prefix is left
    alone: it may be the maker of them all.
    """
    if "sellers" not in names.columns:
        return frozenset()
    behind: dict[str, set[str]] = {}
    for name, sellers in names.select("model_name", "sellers").iter_rows():
        first, slash, rest = name.lower().partition("/")
        if (
            slash
            and len(first) >= FEWEST_LETTERS
            and _bare(first) in {_bare(seller) for seller in sellers or ()}
        ):
            behind.setdefault(first, set()).add(rest)
    return frozenset(first for first, sold in behind.items() if _mostly_known(sold, is_known))


def _mostly_known(sold: Iterable[str], is_known: Callable[[str], bool]) -> bool:
    known = [is_known(name) for name in sold]
    return sum(known) * FEWEST_KNOWN_OF >= len(known)


def _bare(seller: str) -> str:
    """`fireworks_ai`, `fireworks-ai` and `Fireworks` are one seller."""
    return _MARKS.sub("", seller.lower()).removesuffix("ai")
