"""One claim as it is shown: both sides, its reason, and what leads on."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.answer import Beside, Block, Folded, Link, Paragraph, Tiles
from questions.claims.one_claim import SHOWN_BY, claim_blocks, models_named

SIDE = {"value": 4.0, "low": 3.0, "high": 5.0, "level": 0.9, "n": 7, "observed_on": date(2024, 10, 22)}
ROW: dict[str, Any] = {
    "claim_id": "c1",
    "place": 1,
    "statement": "It is cheaper.",
    "measure": "Some ratio",
    "unit": "times",
    "page": "value",
    "tense": "fact",
    "verdict": "held",
    "why": "Because.",
    "then_verdict": "held",
    "now_verdict": "partly",
    "then_reading": "released",
    "then_text": None,
    "now_text": None,
    **{f"{side}_{name}": value for side in ("then", "now") for name, value in SIDE.items()},
}
TYPES = {"side": pl.String, "source_title": pl.String, "url": pl.String, "payload_sha256": pl.String}
COMPARED = Link("compare", "Compare both")


def inside(
    row: dict[str, Any], *evidence: tuple[str, str, str | None, str | None], comparison: Link | None = None
) -> tuple[Block, ...]:
    """The blocks of a claim behind its line."""
    (folded,) = claim_blocks(row, pl.DataFrame(list(evidence), TYPES, orient="row"), comparison)
    assert isinstance(folded, Folded)
    assert folded.title == "1. It is cheaper."
    return folded.blocks


def test_a_claim_has_its_verdict_both_sides_its_reason_and_its_question() -> None:
    """The comparison of the models that it names stands after the question that shows more."""
    blocks = inside(ROW, comparison=COMPARED)
    assert [block for block in blocks if isinstance(block, Link)] == [SHOWN_BY["value"], COMPARED]
    assert [block for block in inside(ROW) if isinstance(block, Link)] == [SHOWN_BY["value"]]
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert said == [
        "**Verdict: held.** Some ratio. A fact on fixed models: judged by the best measurement there is now.",
        "Because.",
        "**Where it comes from**\n\nNo payload was used.",
    ]


def test_a_ratio_says_what_it_divides_by() -> None:
    """After its reason."""
    (folded,) = claim_blocks(ROW, pl.DataFrame(schema=TYPES), None, "The ratios divide by one.")
    assert isinstance(folded, Folded)
    assert Paragraph("Because. The ratios divide by one.") in folded.blocks


def test_each_piece_of_evidence_has_a_line() -> None:
    """In its order."""
    blocks = inside(ROW, ("then", "Board", "https://board.example/", "c" * 64), ("now", "Facts", None, None))
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.text.split("\n")[2:] == [
        f"- then: [Board](https://board.example/), payload `{'c' * 12}`",
        "- now: Facts, computed from many payloads",
    ]


@pytest.mark.parametrize(("text", "blocks"), [(None, 1), ("More is said.", 2)])
def test_a_side_has_its_value_and_what_more_is_said(text: str | None, blocks: int) -> None:
    """Under the date that it is of."""
    (both,) = (block for block in inside(ROW | {"now_text": text}) if isinstance(block, Beside))
    then, now = both.groups
    assert (len(then), len(now)) == (1, blocks)
    labels = [block.tiles[0].label for side in (then, now) for block in side if isinstance(block, Tiles)]
    assert labels == ["In December 2024: held", "Now: partly"]


def test_a_part_of_a_word_names_no_model() -> None:
    """Nor does another model whose name begins alike."""
    assert models_named("GPT-4o and pro1 are others; GPT-4 is meant.") == ("gpt-4-0314",)
