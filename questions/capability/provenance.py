"""Where one mark comes from: its score and its price, each with source, payload and date."""

from __future__ import annotations

from typing import Any

from analysis.host_names import host_name
from charts.parts.axes import money, score_text
from charts.parts.figure import in_words
from questions.answer import Beside, Block, Heading, Link, Paragraph, Tile, Tiles


def provenance(row: dict[str, Any]) -> tuple[Block, ...]:
    """Score and cost of one model with the addresses and payload hashes that they were read from.

    `row`: a row of scores_of_benchmark.sql with `cost` and the columns that `with_list_prices` adds.
    """
    more = Link("models", f"All of {row['title']}, and others beside it", (("find", row["model_id"]),))
    return (Heading(row["title"]), Beside((_score(row), _cost(row))), more)


def _score(row: dict[str, Any]) -> tuple[Block, ...]:
    setting = f", setting {row['setting']}" if row["setting"] else ""
    said = (
        f"Reported by: {row['reported_by']}. In {row['source_id']} as `{row['model_name']}`{setting}, "
        f"first shown on {in_words(row['observed_at'].date())}."
    )
    links = _links(row["url"], row["payload_url"], row["payload_sha256"])
    return (Tiles((Tile("Score", score_text(row["value"], row["unit"])),)), Paragraph(said), links)


def _cost(row: dict[str, Any]) -> tuple[Block, ...]:
    tile = Tiles((Tile("Cost", "unpriced" if row["cost"] is None else money(row["cost"])),))
    if row["price_source_id"] is None:
        return (tile,)
    said = (
        f"List price since {in_words(row['price_held_from'])}: {money(row['input_usd_per_mtok'])} input, "
        f"{money(row['output_usd_per_mtok'])} output per million tokens, asked by "
        f"{host_name(row['provider'])} ({row['seller']}). In {row['price_source_id']}, first shown on "
        f"{in_words(row['price_observed_at'].date())}."
    )
    links = _links(row["price_url"], row["price_payload_url"], row["price_payload_sha256"])
    return (tile, Paragraph(said), links)


def _links(cited: str | None, payload_url: str | None, sha256: str) -> Paragraph:
    links = [f"[{label}]({url})" for label, url in (("page cited", cited), ("payload", payload_url)) if url]
    return Paragraph(f"Source: {' · '.join(links) or 'no address stated'}. Payload SHA-256 `{sha256}`")
