"""What the list of models says, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.capability.told_apart import not_told_apart
from charts.parts.axes import money
from charts.parts.figure import in_words
from questions.wording import counted, fitting

RESTS_ON: Final = "The capability index that hypecurve fits, with 90 % intervals; list prices in force."
WOULD_CHANGE: Final = "A new model, score or price."
_OF_LEVEL: Final = "90\u00a0% interval "
UNKNOWN: Final = "What is not known of a model never passes a filter that asks for it."


def first_line(rows: pl.DataFrame, leaders: pl.DataFrame, among: str, newest: date | None) -> str:
    """How many models there are, the best, how many cannot be told apart from it, the cheapest of these.

    `leaders`: the rows of those that share the first place on the index, the best first.
    """
    until = f"; scores read by {in_words(newest)}" if newest else ""
    count = f"{counted(rows.height, 'model')}{among}"
    if leaders.is_empty():
        return f"{count}, none with a capability index{until}."
    best, others = leaders.row(0, named=True), leaders["title"].to_list()[1:]
    told = f", which {not_told_apart(others, 0)}" if others else ""
    said = f"{count}; the highest index is {best['title']}'s, {_index(best)}{told}"
    briefly = said.replace(_OF_LEVEL, "")
    cheap = _cheapest(leaders.tail(-1))
    level = ""
    if cheap:
        asked = f"{money(cheap['price_usd_per_mtok'])} per million tokens"
        one = f"the other, {cheap['title']}, costs {asked}"
        several = f"the cheapest of these is {cheap['title']} at {asked}"
        level = f"; {one if len(others) == 1 else several}"
    ends = (f"{level}{until}", until, "")
    return fitting(*(f"{words}{end}." for end in ends for words in (said, briefly)))


def per_dollar(*, is_in_sight: bool) -> str:
    """What points per dollar are worth; where their column stands when it is not beside the names."""
    where = "" if is_in_sight else ", a column further right,"
    return (
        f"**Index points per dollar**{where} are the capability index divided by the list price of a million "
        "tokens (three input to one output). The index has no zero, so the ratio flatters what is cheap and "
        "weak: compare only models of about the same index. Nor is a list price the cost of a task: some "
        "models write many times the tokens of others."
    )


def interval(row: Mapping[str, Any]) -> str | None:
    """The 90 % interval of a row in a column of its own; None where none is known."""
    if row["low"] is None or row["high"] is None:
        return None
    return "sets the scale" if row["low"] == row["high"] else f"{row['low']:.1f} to {row['high']:.1f}"


def caveat(rows: pl.DataFrame) -> str:
    """How many have no index, and how many no list price."""
    index, price = (rows[name].null_count() for name in ("index", "price_usd_per_mtok"))
    return f"{index:,} of them have no index, {price:,} no list price in force."


def _index(row: Mapping[str, Any]) -> str:
    if row["low"] is None or row["high"] is None:
        return f"{row['index']:.1f}"
    if row["low"] == row["high"]:
        return f"{row['index']:.1f} (fixed: it sets the scale)"
    return f"{row['index']:.1f} ({_OF_LEVEL}{row['low']:.1f} to {row['high']:.1f})"


def _cheapest(rows: pl.DataFrame) -> dict[str, Any] | None:
    """The cheapest of them; None where none has a price."""
    priced = rows.filter(pl.col("price_usd_per_mtok") > 0).sort("price_usd_per_mtok", "model_id")
    return priced.row(0, named=True) if priced.height else None
