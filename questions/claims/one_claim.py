"""One claim of the article: its verdict, values with intervals then and now, the reason, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from questions.answer import Beside, Block, Folded, Heading, Link, Paragraph, Tile, Tiles
from questions.claims import words

SHOWN_BY: Final = {
    "capability": Link("capability", "Capability and cost"),
    "trends": Link("trends", "S-curves and plateaus"),
    "value": Link("worth", "Is it worth it?"),
    "hype": Link("hype", "Hype against reality"),
    "dotcom": Link("dotcom", "Dot-com parallels"),
    "data-wall": Link("datawall", "Data wall"),
}
"""The question that shows more, by the address that stands in the table of claims."""

_SIDES: Final = {"then": "In December 2024", "now": "Now"}


def claim_blocks(row: Mapping[str, Any], evidence: pl.DataFrame) -> tuple[Block, ...]:
    """`row` of claims.sql; `evidence`: the rows of evidence_of_claims.sql of this claim."""
    sources = [words.source(*one) for one in evidence.select(words.SOURCE_COLUMNS).iter_rows()]
    return (
        Heading(f"{row['place']}. {row['statement']}"),
        Paragraph(words.verdict(row)),
        Beside(tuple(_side(row, side) for side in _SIDES)),
        Paragraph(row["why"]),
        SHOWN_BY[row["page"]],
        Folded(
            f"Where it comes from ({len(sources)})",
            (Paragraph("\n".join(sources) or "No payload was used."),),
        ),
    )


def _side(row: Mapping[str, Any], side: str) -> tuple[Block, ...]:
    """What the data of one of the two dates say."""
    label = f"{_SIDES[side]}: {row[f'{side}_verdict']}"
    note = f"{words.interval_text(row, side)}; {words.basis(row, side)}"
    tiles = Tiles((Tile(label, words.value_text(row, side), note),))
    said = row[f"{side}_text"]
    return (tiles, Paragraph(said)) if said else (tiles,)
