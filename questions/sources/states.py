"""How each source stands: fresh, due, late, failing, paused, frozen, not yet fetched, in need of a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import polars as pl

from questions.answer import Column, Kind

DUE: Final = timedelta(minutes=10)
"""How long after its time a run is merely due: timers have a jitter and runs queue."""

_GOOD: Final = ("new data", "unchanged")


class SourceState(StrEnum):
    """What a person wants to know of a source at a glance."""

    FRESH = "fresh"
    DUE = "due"
    LATE = "late"
    FAILING = "failing"
    PAUSED = "paused"
    NEEDS_KEY = "needs a key"
    CURATED = "curated"
    UNFETCHED = "not yet fetched"
    FROZEN = "frozen"


COLUMNS: Final = {
    "state": Column("state", width=75),
    "source_id": Column("source", width=150),
    "title": Column("what it is", width=240),
    "how_fresh": Column("how fresh", width=330),
    "licence": Column("licence", width=130),
    "homepage": Column("homepage", Kind.LINK, width=110),
    "last_success_at": Column("last success", Kind.INSTANT, width=130),
    "last_new_at": Column("last new data", Kind.INSTANT, width=130),
    "next_run_at": Column("next run", Kind.INSTANT, width=130),
    "last_runs": Column("last 30 runs", width=250),
    "rows_held": Column("rows held", Kind.NUMBER, width=85),
    "last_error": Column("error of the last run", width=215),
    "last_as_of": Column("data up to", Kind.DAY),
    "rows_added": Column("rows added by the last run", Kind.NUMBER),
    "rows_revised": Column("revised by the last run", Kind.NUMBER),
    "rows_gone": Column("gone with the last run", Kind.NUMBER),
    "rows_refused": Column("refused by the last run", Kind.NUMBER),
    "retries": Column("retries", Kind.NUMBER),
    "last_seconds": Column("took, s", Kind.NUMBER, digits=3),
    "cadence": Column("cadence (UTC)"),
    "answered_by": Column("address that answered last", Kind.LINK),
    "frozen": Column("frozen"),
}
"""The table of states as people read it: what a reader looks for before what tells of runs."""


def states(
    sources: pl.DataFrame,
    health: pl.DataFrame,
    runs: pl.DataFrame,
    environment: Mapping[str, str],
    now: datetime,
) -> pl.DataFrame:
    """The sources joined with their health, and `state` in front; those in trouble come first.

    `sources` is what sources.sql gives, `health` and `runs` are the ledger's; a cadence that a person has set
    comes before the source's own. A back-fill is no success here:
    it never makes a stale source look fresh.
    """
    live = runs.filter(pl.col("status").is_in(_GOOD) & (pl.col("trigger") != "backfill"))
    last = live.group_by("source_id").agg(last_success_at=pl.col("finished_at").max())
    newest = runs.group_by("source_id").agg(
        pl.col("rows_added", "rows_revised", "rows_gone", "rows_refused", "retries").sort_by("run_id").last()
    )
    joined = (
        sources.join(health.drop("last_success_at").rename({"cadence": "chosen"}), on="source_id", how="left")
        .with_columns(cadence=pl.coalesce("chosen", "cadence"))
        .join(last, on="source_id", how="left")
        .join(newest, on="source_id", how="left")
    )
    found = [state_of(row, environment, now).value for row in joined.iter_rows(named=True)]
    order = {state.value: place for place, state in enumerate(_TROUBLE_FIRST)}
    return (
        joined.insert_column(0, pl.Series("state", found, dtype=pl.String))
        .with_columns(order=pl.col("state").replace_strict(order, return_dtype=pl.Int64))
        .sort("order", "source_id")
        .drop("order")
    )


def state_of(row: Mapping[str, Any], environment: Mapping[str, str], now: datetime) -> SourceState:
    """The state of one joined row (see `states`)."""
    if row.get("by_hand"):
        return SourceState.CURATED
    if row["paused"]:
        return SourceState.PAUSED
    if row["key_env"] and not environment.get(row["key_env"]):
        return SourceState.NEEDS_KEY
    if row["failures_in_a_row"]:
        return SourceState.FAILING
    return SourceState.FROZEN if row["frozen"] else _by_time(row, now)


def _by_time(row: Mapping[str, Any], now: datetime) -> SourceState:
    if row["last_success_at"] is None:
        return SourceState.DUE if row["payloads"] else SourceState.UNFETCHED
    next_run = row["next_run_at"]
    if next_run is None or now <= next_run:
        return SourceState.FRESH
    return SourceState.DUE if now <= next_run + DUE else SourceState.LATE


_TROUBLE_FIRST: Final = (
    SourceState.FAILING,
    SourceState.LATE,
    SourceState.DUE,
    SourceState.NEEDS_KEY,
    SourceState.UNFETCHED,
    SourceState.PAUSED,
    SourceState.CURATED,
    SourceState.FRESH,
    SourceState.FROZEN,
)
