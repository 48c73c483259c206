"""What a comparison says, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from analysis.amounts import factor_text
from analysis.compare.standing import standings, tally
from charts.parts.axes import money
from charts.parts.figure import in_words
from questions.compare.compared import Compared
from questions.wording import agreeing, counted, fitting, listed

WOULD_CHANGE: Final = "A new score of one of them on a benchmark that the others have, or another price."
CAVEAT: Final = (
    "Each score is a model's best setting by one rule; harnesses may differ. Where noise is known, scores "
    "within it count as level."
)
ABOUT_SCORES: Final = (
    "An independent measurement before a vendor's own, the best over settings. *First* is the highest of "
    "these models; *level* means that the noise of both leaves open which is better (90 %)."
)
_ALIKE: Final = 1.1
"""Costs within this factor are about the same."""


def first_line(known: Compared, newest: date | None) -> str:
    """How two models fare against each other, or which of several leads on most and which asks least."""
    until = f"; data to {in_words(newest)}" if newest else ""
    told = _of_two(known) if len(known.names) == 2 else _of_several(known)
    return fitting(*(f"{said}{until}." for said in told), f"{told[-1]}.")


def rests_on(known: Compared) -> str:
    """On how many scores, prices and runs."""
    shared = counted(len(standings(known.scores)), "benchmark")
    return (
        f"{counted(known.scores.height, 'headline score')}, of which {shared} shared by several; "
        f"{counted(len(known.prices), 'list price')}; {counted(known.runs.height, 'run')} of measured cost."
    )


def missing(known: Compared) -> str:
    """What is not known of which model; empty where all is."""
    said = []
    for name, title in known.names.items():
        lacks = [
            what
            for what, has in (
                ("place in the index", name in known.places),
                ("list price", name in known.prices),
                ("measured speed", name in known.speeds),
            )
            if not has
        ]
        if lacks:
            said.append(f"{title} has no {listed(lacks, 'or')}")
    return f"**Missing.** {'; '.join(said)}." if said else ""


def newest_day(known: Compared) -> date | None:
    """The day on which the newest score was first seen."""
    newest = known.scores["observed_at"].max()
    return newest.date() if newest is not None else None  # type: ignore[union-attr]  # a column of instants


def _of_two(known: Compared) -> list[str]:
    one, other = known.names
    counts = tally(known.scores, one, other)
    if counts.lower > counts.higher:
        one, other, counts = other, one, tally(known.scores, other, one)
    first, second = known.names[one], known.names[other]
    if not counts.shared:
        return [
            f"{first} and {second} share no benchmark; {_cost_of_two(known, one, other)}",
            f"{first} and {second} share no benchmark",
        ]
    said = f"{first} scores higher than {second} on {counts.higher} of {counts.shared}"
    level = f", level on {counts.level}" if counts.level else ""
    goes_on = _cost_of_two(known, one, other, {one: "it"})
    benchmarks = agreeing(counts.shared, "benchmark", "benchmarks")
    return [
        f"{said} {benchmarks}{level}; {goes_on}",
        f"{said} {benchmarks}; {goes_on}",
        f"{said}; {goes_on}",
        said,
    ]


def _cost_of_two(known: Compared, one: str, other: str, called: Mapping[str, str] | None = None) -> str:
    """The dearer of two by cost per solved task where both were measured, else by list price.

    `called`: what stands for the name of a model that the sentence has just named.
    """
    ratio, what = _solved_ratio(known.runs, one, other), "per solved task"
    if ratio is None:
        prices = known.price(one), known.price(other)
        if prices[0] is None or prices[1] is None or not prices[1]:
            lacking = next(name for name, price in zip((one, other), prices, strict=True) if not price)
            return f"{known.names[lacking]} has no list price"
        ratio, what = prices[0] / prices[1], "by list price"
    if 1 / _ALIKE < ratio < _ALIKE:
        return f"they cost about the same {what}"
    dearer = one if ratio > 1 else other
    name = (called or {}).get(dearer, known.names[dearer])
    return f"{name} costs {factor_text(max(ratio, 1 / ratio))} times as much {what}"


def _solved_ratio(runs: pl.DataFrame, one: str, other: str) -> float | None:
    """The median over boards of what a solved task of the one costs against the other's; None without any."""
    solved = runs.filter(pl.col("score") > 0).with_columns(
        per_solved=pl.col("cost_usd_per_task") / pl.col("score")
    )
    pairs = solved.filter(model_id=one).join(
        solved.filter(model_id=other), on="benchmark_id", suffix="_other"
    )
    if pairs.is_empty():
        return None
    ratio = pairs.select(pl.col("per_solved") / pl.col("per_solved_other")).to_series().median()
    return float(ratio)  # type: ignore[arg-type]  # a column of numbers


def _of_several(known: Compared) -> list[str]:
    found = standings(known.scores)
    priced = {name: price for name in known.names if (price := known.price(name))}
    cheapest = min(priced, key=lambda name: priced[name], default=None)
    asks = (
        f"{known.names[cheapest]} asks least, {money(priced[cheapest])} per million tokens"
        if cheapest
        else "none has a list price"
    )
    if not found:
        return [f"These {len(known.names)} models share no benchmark; {asks}"]
    firsts = {name: sum(name in item.best for item in found.values()) for name in known.names}
    best = max(firsts, key=lambda name: firsts[name])
    said = f"{known.names[best]} is first of {len(known.names)} on {firsts[best]} of {len(found)} benchmarks"
    return [f"{said}; {asks}", said]
