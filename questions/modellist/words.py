"""What the list of models says, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from charts.parts.axes import money
from charts.parts.figure import in_words
from questions.wording import counted, fitting

PER_DOLLAR: Final = (
    "**Index points per dollar** divide the capability index by the list price of a million tokens (three "
    "input to one output). The index has no zero, so the ratio flatters what is cheap and weak: read it "
    "among models of about the same index. A list price is no cost of a task either: some models write many "
    "times the tokens."
)
RESTS_ON: Final = "The capability index that hypecurve fits, with 90 % intervals; list prices in force."
WOULD_CHANGE: Final = "A new model, score or price."
UNKNOWN: Final = "What is not known of a model never passes a filter that asks for it."


def first_line(rows: pl.DataFrame, among: str, newest: date | None) -> str:
    """How many models there are, the best of them, and the cheapest of those that cannot be told from it."""
    until = f"; scores to {in_words(newest)}" if newest else ""
    count = f"{counted(rows.height, 'model')}{among}"
    placed = rows.drop_nulls("index").sort("index", "model_id", descending=[True, False])
    if placed.is_empty():
        return f"{count}, none with a capability index{until}."
    best = placed.row(0, named=True)
    said = f"{count}; the highest index is {best['title']}'s, {_index(best)}"
    cheap = _cheapest_level(placed, best)
    level = ""
    if cheap:
        asked = f"{money(cheap['price_usd_per_mtok'])} per million tokens"
        level = f"; the cheapest not told apart from it is {cheap['title']} at {asked}"
    return fitting(f"{said}{level}{until}.", f"{said}{until}.", f"{said}.")


def caveat(rows: pl.DataFrame) -> str:
    """How many have no index, and how many no list price."""
    index, price = (rows[name].null_count() for name in ("index", "price_usd_per_mtok"))
    return f"{index:,} of them have no index, {price:,} no list price in force."


def _index(row: Mapping[str, Any]) -> str:
    if row["low"] is None or row["high"] is None:
        return f"{row['index']:.1f}"
    if row["low"] == row["high"]:
        return f"{row['index']:.1f} (fixed: it sets the scale)"
    return f"{row['index']:.1f} ({row['low']:.1f} to {row['high']:.1f})"


def _cheapest_level(placed: pl.DataFrame, best: Mapping[str, Any]) -> dict[str, Any] | None:
    """The cheapest other model whose interval reaches that of the best; None where none has a price."""
    if best["low"] is None:
        return None
    level = placed.filter(
        pl.col("high") >= best["low"],
        pl.col("model_id") != best["model_id"],
        pl.col("price_usd_per_mtok") > 0,
    ).sort("price_usd_per_mtok", "model_id")
    return level.row(0, named=True) if level.height else None
