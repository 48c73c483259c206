"""One claim as it is shown: both sides, its reason, and what leads on."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.claims import CLAIMS
from analysis.claims.statement import ClaimDefinition
from questions.answer import Beside, Block, Folded, Link, Paragraph, Tiles
from questions.claims.one_claim import SHOWN_BY, claim_blocks, models_named
from questions.claims.words import headline

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
    assert folded.title == "1. It is cheaper. Held."
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


def test_a_claim_states_the_rule_by_which_its_verdict_falls() -> None:
    """After the verdict, in the words of its definition; one that is judged no longer has none."""
    slow = next(one for one in CLAIMS if one.claim_id == "o1-is-slow")
    said = [block.text for block in inside(ROW | {"claim_id": "o1-is-slow"}) if isinstance(block, Paragraph)]
    assert said[0].startswith("**Verdict: held.**")
    assert said[1] == f"**The rule.** {slow.rule}"
    assert not any("The rule" in block.text for block in inside(ROW) if isinstance(block, Paragraph))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda one: one.claim_id)
def test_a_rule_is_one_sentence_for_readers_who_know_no_statistics(claim: ClaimDefinition) -> None:
    """It says when the claim held and when not, or why nothing judges it, in at most 45 words."""
    assert claim.rule.endswith(".")
    assert ". " not in claim.rule
    assert len(claim.rule.split()) <= 45
    assert claim.rule.startswith("Never judged") or "it did not hold" in claim.rule
    assert not any(word in claim.rule for word in ("p =", "Theil", "Holm", "AICc", "Wilson"))


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("held", "Held"),
        ("partly", "Held partly"),
        ("did not hold", "Did not hold"),
        ("cannot be told", "Cannot"),
    ],
)
def test_the_line_of_a_claim_can_be_read_alone(verdict: str, said: str) -> None:
    """It ends in the verdict."""
    assert headline(ROW | {"verdict": verdict}).startswith(f"1. It is cheaper. {said}")


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
    assert labels == ["In December 2024: held", "By the newest data: partly"]


def test_a_part_of_a_word_names_no_model() -> None:
    """Nor does another model whose name begins alike."""
    assert models_named("GPT-4o and pro1 are others; GPT-4 is meant.") == ("gpt-4-0314",)
