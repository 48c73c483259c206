"""What the page on claims says, as pure functions: counts of verdicts, values with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from analysis.claims.statement import ClaimVerdict
from charts.parts.figure import in_words
from charts.parts.percent import percent


def counts(claims: pl.DataFrame) -> str:
    """How many claims got which verdict, the decided ones first."""
    found = dict(claims.group_by("verdict").len().iter_rows())
    named = (
        (ClaimVerdict.HELD, "held"),
        (ClaimVerdict.PARTLY, "held partly"),
        (ClaimVerdict.DID_NOT_HOLD, "did not hold"),
        (ClaimVerdict.CANNOT_BE_TOLD, "cannot be told"),
    )
    parts = [f"{found[verdict.value]} {words}" for verdict, words in named if verdict.value in found]
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]


def answer(claims: pl.DataFrame, as_of: date) -> str:
    """The first line."""
    whole = f"of {claims.height} claims of the article of December 2024:"
    return f"As of {in_words(as_of)}, {whole} {counts(claims)}."


def value_text(row: Mapping[str, Any], side: str) -> str:
    """The value of one side ("then" or "now") with its unit; a dash where there is none."""
    value = row[f"{side}_value"]
    return "–" if value is None else amount(value, row["unit"])


def interval_text(row: Mapping[str, Any], side: str) -> str:
    """The interval or range of one side, with what it is; words where there is none."""
    low, high, level = (row[f"{side}_{name}"] for name in ("low", "high", "level"))
    if low is None or high is None:
        return "no interval can be given" if row[f"{side}_value"] is not None else "no value can be given"
    first, last = amount(low, row["unit"]), amount(high, row["unit"])
    ends = f"{first.removesuffix(' ' + row['unit'])} to {last}"
    return f"range {ends}" if level == 1 else f"{percent(level)} interval {ends}"


def amount(value: float, unit: str) -> str:
    """A value in its unit, as people say it."""
    match unit:
        case "fraction":
            return f"{100 * value:.3g} %"
        case "times":
            return f"{value:.3g}x"
        case "year":
            return f"{value:.1f}"
        case "users" | "views":
            return f"{value / 1e6:,.0f} million" if value >= 1e6 else f"{value:,.0f}"
        case "billion USD":
            return f"${value:,.0f} billion"
        case _:
            return f"{value:.3g} {unit}"


def basis(row: Mapping[str, Any], side: str) -> str:
    """How many figures stand behind one side, how new they are, and how a past date was read."""
    observed = row[f"{side}_observed_on"]
    parts = [f"n = {row[f'{side}_n']:,}"]
    if observed is not None:
        parts.append(f"newest figure of {in_words(observed)}")
    if side == "then" and row["then_reading"] == "released":
        parts.append("by what had been released or dated by then, observed later")
    return ", ".join(parts)


def judged_by(row: Mapping[str, Any]) -> str:
    """Which of the two sides decides."""
    if row["tense"] == "state":
        return "A state of affairs: judged by the data on its own date."
    return "A course of things: judged by what has followed."
