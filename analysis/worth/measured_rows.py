"""Rows of measured runs with list prices as the types of the worth-it arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.results import Interval
from analysis.worth.measured_run import MeasuredRun, compare_runs
from analysis.worth.value import ListPrice, Offer

Row = Mapping[str, Any]
"""model_id, share (0..1), tasks, cost_usd (of the run) and seconds_per_task (null: not recorded), source_id,
input_usd_per_mtok, output_usd_per_mtok, cached_input_usd_per_mtok (null: no price of its own) as they are or
last were, run_input_usd_per_mtok and run_output_usd_per_mtok as on the day of the run (null: not known)."""

AS_WRITTEN = Interval(1.0, 1.0, level=1.0)
"""The token multiplier of a model that bills what it shows."""

PRICES_OF_RUN = ("run_input_usd_per_mtok", "run_output_usd_per_mtok")


def list_price(row: Row) -> ListPrice:
    """The list price of a row, USD per million tokens."""
    return ListPrice(row["input_usd_per_mtok"], row["output_usd_per_mtok"], row["cached_input_usd_per_mtok"])


def run_of(row: Row) -> MeasuredRun:
    """One run over a whole board at the prices of its day; the share becomes a whole number of its tasks.

    Raises ValueError where the prices of that day are not known.
    """
    prices = [row[name] for name in PRICES_OF_RUN]
    if None in prices:
        raise ValueError(f"the price of {row['model_id']} on the day of its run is not known")
    return MeasuredRun(
        model_id=row["model_id"],
        price=ListPrice(*prices),
        tasks=row["tasks"],
        solved=_solved(row),
        cost_usd=row["cost_usd"],
        seconds_per_task=row["seconds_per_task"],
        source=row["source_id"],
    )


def cost_per_try(row: Row) -> float | None:
    """What one try at a task of the board cost, USD at the prices of that day; None where not recorded."""
    return row["cost_usd"] / row["tasks"] if row["cost_usd"] else None


def offer_of(
    row: Row, token_multiplier: Interval = AS_WRITTEN, measured_call_usd: float | None = None
) -> Offer:
    """A model as an offer of now: its measured share of tasks solved, its seconds where recorded."""
    seconds = row["seconds_per_task"]
    return Offer(
        model_id=row["model_id"],
        price=list_price(row),
        solved=_solved(row),
        tried=row["tasks"],
        token_multiplier=token_multiplier,
        seconds_per_call=Interval(seconds, seconds, level=1.0) if seconds else None,
        source=row["source_id"],
        measured_call_usd=measured_call_usd,
    )


def implied_multipliers(first: Row, second: Row) -> tuple[Interval, Interval] | None:
    """Token multipliers of two models by the cost of their runs over the prices of those days.

    The one that billed fewer tokens writes what it shows, the other bills a range of times as many, whichever
    comes first. None where a cost or a price was not recorded, or the runs are over different numbers of
    tasks.
    """
    if first["model_id"] > second["model_id"]:
        swapped = implied_multipliers(second, first)
        return None if swapped is None else (swapped[1], swapped[0])
    unknown = None in [row[name] for row in (first, second) for name in PRICES_OF_RUN]
    if unknown or first["tasks"] != second["tasks"]:
        return None
    times = compare_runs(run_of(first), run_of(second)).implied_token_ratio
    if times is None:
        return None
    if times.low * times.high >= 1:
        return times, AS_WRITTEN
    return AS_WRITTEN, Interval(1 / times.high, 1 / times.low, level=1.0)


def multipliers_of(rows: Sequence[Row]) -> tuple[Interval, ...] | None:
    """`implied_multipliers` of two models or more: each against the one that billed the fewest tokens.

    In the order of the rows, whatever it is. None where one of them cannot be told.
    """
    first, *others = rows
    pairs = [implied_multipliers(first, other) for other in others]
    if None in pairs:
        return None
    # How many times the first one's tokens each bills: two ranges, of which one is of no width.
    of_first = [1.0, *(_middle(pair[1]) / _middle(pair[0]) for pair in pairs if pair is not None)]
    fewest = min(range(len(rows)), key=lambda place: (of_first[place], rows[place]["model_id"]))
    found = [
        AS_WRITTEN if place == fewest else _of_more(implied_multipliers(row, rows[fewest]))
        for place, row in enumerate(rows)
    ]
    told = tuple(times for times in found if times is not None)
    return told if len(told) == len(rows) else None


def _of_more(pair: tuple[Interval, Interval] | None) -> Interval | None:
    return None if pair is None else pair[0]


def _middle(span: Interval) -> float:
    return math.sqrt(span.low * span.high)


def _solved(row: Row) -> int:
    solved: int = round(row["share"] * row["tasks"])
    return solved
