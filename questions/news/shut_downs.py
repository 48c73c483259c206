"""Who shuts which models down: a maker its own, the best known first; then the clouds, which host others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from questions.wording import counted, listed

_NAMED: Final = 3
"""So many models of a maker are named."""

KNOWN_FIRST: Final[Mapping[str, bool]] = {"by_maker": True, "benchmarks": True}
"""The columns of news.sql that bring makers and what many tests know to the front; both fall."""


@dataclass(frozen=True, slots=True)
class _Seller:
    """A maker or a cloud, how many models it shuts down by how many notices, and their names."""

    name: str
    is_maker: bool
    number: int
    notices: int
    models: list[str]

    def told(self, *, first: bool) -> str:
        """How many, of a maker with the first few by name; what they are is said once in a sentence."""
        number = counted(self.number, "model") if first else f"{self.number:,}"
        if not self.is_maker or not self.models:
            return f"{self.name} {number}"
        rest = self.number - _NAMED
        named = [*self.models[:_NAMED], *([f"{rest:,} more"] if rest > 0 else [])]
        return f"{self.name} {number} ({listed(named)})"


def by_whom(rows: pl.DataFrame) -> str:
    """How many models each shuts down: "OpenAI 2 models (A and B); of other makers' models, Azure 13".

    `rows`: of news.sql, all of shut-downs. There must be one.
    """
    sellers = list(_sellers(rows))
    said = [one.told(first=place == 0) for place, one in enumerate(sellers)]
    makers = sum(one.is_maker for one in sellers)
    hosted = [f"of other makers' models, {listed(said[makers:])}"] if said[makers:] else []
    return "; ".join([*said[:makers], *hosted])


def numbers(rows: pl.DataFrame) -> str:
    """How many rows are whose, in the same order: "OpenAI 23, Google 4 and Azure 13"."""
    return listed([f"{seller.name} {seller.notices:,}" for seller in _sellers(rows)])


def _sellers(rows: pl.DataFrame) -> Iterator[_Seller]:
    """Makers first, of both kinds who shuts most down first."""
    by_name = rows.sort(*KNOWN_FIRST, "model", descending=[*KNOWN_FIRST.values(), False], nulls_last=True)
    found = []
    for (name,), part in by_name.group_by("subject", maintain_order=True):
        models = part["model"].drop_nulls().unique(maintain_order=True).to_list()
        found.append(
            _Seller(str(name), bool(part["by_maker"][0]), len(models) or part.height, part.height, models)
        )
    yield from sorted(found, key=lambda one: (not one.is_maker, -one.number))
