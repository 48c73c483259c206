"""Where a mark comes from: what stands beside its score and its cost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from questions.answer import Beside, Heading, Link, Paragraph, Tiles
from questions.capability.provenance import provenance

ROW: dict[str, Any] = {
    "title": "Quokka",
    "model_id": "quokka",
    "value": 0.9,
    "unit": "fraction",
    "setting": "high",
    "reported_by": "independent",
    "source_id": "scores",
    "model_name": "quokka-high",
    "observed_at": datetime(2026, 7, 1, tzinfo=UTC),
    "url": "https://page.example/",
    "payload_url": "https://payload.example/",
    "payload_sha256": "a" * 64,
    "cost": 2.0,
    "price_source_id": "prices",
    "price_held_from": date(2026, 6, 1),
    "input_usd_per_mtok": 1.0,
    "output_usd_per_mtok": 5.0,
    "provider": "groq",
    "seller": "host",
    "price_observed_at": datetime(2026, 6, 2, tzinfo=UTC),
    "price_url": None,
    "price_payload_url": None,
    "price_payload_sha256": "b" * 64,
}


def sides(row: dict[str, Any]) -> list[list[str]]:
    """What is said of the score and of the cost: the figure, then the paragraphs."""
    heading, beside, more = provenance(row)
    assert heading == Heading("Quokka")
    assert isinstance(beside, Beside)
    assert isinstance(more, Link) and more.controls == (("find", "quokka"),)
    return [
        [
            *(tile.value for block in side if isinstance(block, Tiles) for tile in block.tiles),
            *(block.text for block in side if isinstance(block, Paragraph)),
        ]
        for side in beside.groups
    ]


def test_score_and_cost_have_source_payload_and_date() -> None:
    """With the addresses that are stated."""
    score, cost = sides(ROW)
    assert score == [
        "90.0\u00a0%",
        "Reported by: independent. In scores as `quokka-high`, setting high, first shown on 1 July 2026.",
        "Source: [page cited](https://page.example/) · [payload](https://payload.example/). Payload SHA-256 "
        f"`{'a' * 64}`",
    ]
    assert cost == [
        "$2",
        "List price since 1 June 2026: $1 input, $5 output per million tokens, asked by Groq (host). In "
        "prices, first shown on 2 June 2026.",
        f"Source: no address stated. Payload SHA-256 `{'b' * 64}`",
    ]


@pytest.mark.parametrize(
    ("given", "figure"),
    [({"cost": None, "price_source_id": None}, "unpriced"), ({"price_source_id": None}, "$2")],
)
def test_a_cost_that_is_no_list_price_stands_alone(given: dict[str, Any], figure: str) -> None:
    """A model without one is unpriced; a setting that is none is not said."""
    score, cost = sides(ROW | given | {"setting": ""})
    assert cost == [figure]
    assert "`quokka-high`, first shown" in score[1]
