"""News of models: released on a stated day, or listed for the first time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from analysis.amounts import money
from analysis.news.item import Item, NewsKind, When, between, told

Row = Mapping[str, Any]

FIRST_LISTED: Final = "is listed for the first time."
"""How a headline ends that no stated day of release stands behind."""


def new_models(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_models.sql. A day that only the first reading of a list gives is no news."""
    for row in rows.iter_rows(named=True):
        when = _when(row)
        if when is None:
            continue
        yield told(
            NewsKind.MODEL,
            row,
            when,
            (row["model_id"],),
            (_headline(row), _changes(row)),
            basis=row["released_basis"],
        )


def _when(row: Row) -> When | None:
    day: date = row["released_on"]
    if row["is_sighted"]:
        return between(row["read_before"], row["known_at"])
    if row["released_precision"] == "month":
        last = monthrange(day.year, day.month)[1]
        return When(day.replace(day=1) - timedelta(days=1), day.replace(day=last))
    return When(None, day) if row["released_precision"] == "day" else None


def _headline(row: Row) -> str:
    if row["is_sighted"]:
        return f"{row['title']} by {row['organization']} {FIRST_LISTED}"
    return f"{row['organization']} released {row['title']}."


def _changes(row: Row) -> str | None:
    said = []
    if row["open_weights"]:
        said.append("Open weights.")
    if row["input_usd_per_mtok"] is not None:
        said.append(
            f"First price: {money(row['input_usd_per_mtok'])} input and "
            f"{money(row['output_usd_per_mtok'])} output per million tokens."
        )
    if row["capability"] is not None:
        interval = f" (90 % interval {row['low']:.1f} to {row['high']:.1f})" if row["low"] is not None else ""
        said.append(f"Capability index {row['capability']:.1f}{interval}.")
    return " ".join(said) or None
