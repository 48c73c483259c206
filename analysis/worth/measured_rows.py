"""Rows of measured runs with list prices as the types of the worth-it arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.results import Interval
from analysis.worth.measured_run import MeasuredRun, compare_runs
from analysis.worth.value import ListPrice, Offer

Row = Mapping[str, Any]
"""model_id, share (0..1), tasks, cost_usd (of the run) and seconds_per_task (null: not recorded), source_id,
input_usd_per_mtok, output_usd_per_mtok, cached_input_usd_per_mtok (null: no price of its own)."""

AS_WRITTEN = Interval(1.0, 1.0, level=1.0)
"""The token multiplier of a model that bills what it shows."""


def list_price(row: Row) -> ListPrice:
    """The list price of a row, USD per million tokens."""
    return ListPrice(row["input_usd_per_mtok"], row["output_usd_per_mtok"], row["cached_input_usd_per_mtok"])


def run_of(row: Row) -> MeasuredRun:
    """One run over a whole board; the share becomes a whole number of its tasks."""
    return MeasuredRun(
        model_id=row["model_id"],
        price=list_price(row),
        tasks=row["tasks"],
        solved=round(row["share"] * row["tasks"]),
        cost_usd=row["cost_usd"],
        seconds_per_task=row["seconds_per_task"],
        source=row["source_id"],
    )


def offer_of(row: Row, token_multiplier: Interval = AS_WRITTEN) -> Offer:
    """A model as an offer: its measured share of tasks solved, and its measured seconds where recorded."""
    run = run_of(row)
    seconds = run.seconds_per_task
    return Offer(
        model_id=run.model_id,
        price=run.price,
        solved=run.solved,
        tried=run.tasks,
        token_multiplier=token_multiplier,
        seconds_per_call=None if seconds is None else Interval(seconds, seconds, level=1.0),
        source=run.source,
    )


def implied_multiplier(first: Row, second: Row) -> Interval | None:
    """How many times the tokens of the second the first billed, by cost over price.

    None where a cost was not recorded or the runs are over different numbers of tasks.
    """
    if first["tasks"] != second["tasks"]:
        return None
    return compare_runs(run_of(first), run_of(second)).implied_token_ratio
