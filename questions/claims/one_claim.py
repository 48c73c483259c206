"""One claim of the article: its verdict, values with intervals then and now, the reason, its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from questions.answer import Beside, Block, Folded, Link, Paragraph, Tile, Tiles
from questions.claims import words

SHOWN_BY: Final = {
    "capability": Link("capability", "Frontier and cost"),
    "trends": Link("trends", "Trends and S-curves"),
    "speed": Link("speed", "Speed"),
    "value": Link("worth", "Is it worth it?"),
    "agents": Link("agents", "Agents"),
    "hype": Link("hype", "Hype"),
    "dotcom": Link("dotcom", "Dot-com"),
    "data-wall": Link("datawall", "Data wall"),
}
"""The question that shows more, by the address that stands in the table of claims."""

NAMED: Final = {
    "o1": "o1-2024-12-17",
    "Claude Sonnet": "claude-3-5-sonnet-20241022",
    "QwQ": "qwq-32b-preview",
    "GPT-4": "gpt-4-0314",
}
"""The models that the article names, as it meant them in December 2024, by its words for them."""

_SIDES: Final = {"then": "In December 2024", "now": "By the newest data"}


def models_named(statement: str) -> tuple[str, ...]:
    """The model_ids of those models that a statement names, in the order in which it does."""
    found = [(at, NAMED[name]) for name in NAMED if (at := _place_of(name, statement)) is not None]
    return tuple(model_id for _, model_id in sorted(found))


def claim_blocks(
    row: Mapping[str, Any],
    evidence: pl.DataFrame,
    comparison: Link | None = None,
    beside: str = "",
    rests: Mapping[str, str] | None = None,
) -> tuple[Block, ...]:
    """`row` of claims.sql; `evidence`: the rows of evidence_of_claims.sql of this claim.

    `comparison` leads to the models that it names, side by side; `beside` is what must be known of its data;
    `rests` as in `side_by_side`.
    """
    sources = [words.source(*one) for one in evidence.select(words.SOURCE_COLUMNS).iter_rows()]
    origins = "\n".join(sources) or "No payload was used."
    rule = words.rule(row["claim_id"])
    inside = (
        Paragraph(words.verdict(row, rests)),
        *((Paragraph(rule),) if rule else ()),
        Beside(tuple(_side(row, side) for side in _SIDES)),
        Paragraph(f"{row['why']} {beside}".strip()),
        SHOWN_BY[row["page"]],
        *((comparison,) if comparison else ()),
        Paragraph(f"**Where it comes from**\n\n{origins}"),
    )
    return (Folded(words.headline(row), inside),)


def _place_of(name: str, statement: str) -> int | None:
    found = re.search(rf"\b{re.escape(name)}\b", statement)
    return found.start() if found else None


def _side(row: Mapping[str, Any], side: str) -> tuple[Block, ...]:
    """What the data of one of the two dates say."""
    label = f"{_SIDES[side]}: {row[f'{side}_verdict']}"
    note = f"{words.interval_text(row, side)}; {words.basis(row, side)}"
    tiles = Tiles((Tile(label, words.value_text(row, side), note),))
    said = row[f"{side}_text"]
    return (tiles, Paragraph(said)) if said else (tiles,)
