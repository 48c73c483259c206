"""Rows as the queries of news give them, with the days on which a list was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from analysis.news.item import Item

READ_BEFORE: Final = datetime(2026, 8, 1, tzinfo=UTC)
READ: Final = datetime(2026, 8, 8, tzinfo=UTC)


def row(**known: Any) -> dict[str, Any]:
    """What every query says of the evidence and of a model."""
    return {
        "known_at": READ,
        "read_before": READ_BEFORE,
        "source_id": "list",
        "source_title": "A list",
        "url": None,
        "payload_sha256": "a" * 64,
        "organization": "Quokka",
        "model_id": "quokka-2",
        "title": "Quokka 2",
    } | known


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    """The rows as a query gives them."""
    return pl.DataFrame(rows, infer_schema_length=None)


def said(items: Iterable[Item]) -> list[tuple[str, str | None]]:
    """Headline and changes of each."""
    return [(item.headline, item.changes) for item in items]
