"""How the columns of a table are headed, ordered and shown where a question does not say it itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from questions.answer import Column, Kind, Table

_DOLLARS: Final = "$ per million tokens"
_LABELS: Final[Mapping[str, str]] = {
    "input_usd_per_mtok": f"input, {_DOLLARS}",
    "output_usd_per_mtok": f"output, {_DOLLARS}",
    "cached_input_usd_per_mtok": f"cached input, {_DOLLARS}",
    "run_input_usd_per_mtok": f"input on the day of the run, {_DOLLARS}",
    "run_output_usd_per_mtok": f"output on the day of the run, {_DOLLARS}",
    "price_usd_per_mtok": f"price, {_DOLLARS}",
    "cost": "cost, $",
    "cost_usd": "cost of the run, $",
    "cost_usd_per_task": "cost per task, $",
    "cost_per_task_usd": "cost per task, $",
    "usd_billion": "billion $",
    "organization": "maker",
    "model_id": "model id",
    "model_name": "name in the source",
    "source_id": "source",
    "price_source_id": "source of the price",
    "benchmark_id": "benchmark id",
    "released_on": "released",
    "released_precision": "released, precision",
    "released_basis": "release day rests on",
    "valid_on": "date",
    "stated_on": "stated",
    "held_from": "held from",
    "observed_at": "first seen (UTC)",
    "price_observed_at": "price first seen (UTC)",
    "started_at": "started (UTC)",
    "finished_at": "ended (UTC)",
    "last_seen_at": "last seen (UTC)",
    "payload_as_of": "payload of (UTC)",
    "stderr": "standard error",
    "low": "interval from",
    "high": "interval to",
    "n_benchmarks": "benchmarks",
    "n_scores": "scores",
    "n_offers": "other sellers",
    "n_prices": "maker's prices",
    "rows_refused": "rows refused",
    "payload_sha256": "payload SHA-256",
    "price_payload_sha256": "payload of the price, SHA-256",
    "url": "page cited",
    "price_url": "page cited for the price",
    "payload_url": "payload",
    "price_payload_url": "payload of the price",
    "row": "the row refused",
    "run_id": "run",
}
"""Names of columns where the warehouse's own would puzzle a reader; in all others a blank stands for `_`."""

_LAST: Final = (
    "unit",
    "model_id",
    "benchmark_id",
    "source_id",
    "price_source_id",
    "model_name",
    "observed_at",
    "price_observed_at",
    "url",
    "price_url",
    "payload_url",
    "price_payload_url",
    "payload_sha256",
    "price_payload_sha256",
)
"""Where a row comes from stands behind what it says."""

SHARES: Final = ("value", "score", "stderr", "low", "high")
"""Columns that hold fractions where every row's unit is a fraction."""

_HIDDEN: Final = ("date_is_stated", "higher_is_better")


_NAMES: Final = (
    "title",
    "test",
    "benchmark",
    "curve",
    "name",
    "model_name",
    "source_id",
    "release",
    "technology",
    "measure",
    "quantity",
    "what",
    "as_of",
)
"""Columns that say whose a row is, that which says it best first."""
_FIRST: Final = 3


def naming(columns: Iterable[str]) -> str | None:
    """The column that says whose a row is: it stays in sight where a table is wider than its window.

    It stands among the first ones; farther on the same words say where a row comes from.
    """
    first = list(columns)[:_FIRST]
    return next((name for name in _NAMES if name in first), None)


def columns_of(table: Table) -> Mapping[str, Column]:
    """The columns that are shown, in order: those that the table states, else all of its rows."""
    if table.columns:
        return table.columns
    rows = table.rows
    shown = {name: _column(name, rows.schema[name], of_fractions(rows)) for name in _order(rows)}
    return shown | ({"title": Column("model")} if {"title", "model_id"} <= set(rows.columns) else {})


def of_fractions(rows: pl.DataFrame) -> bool:
    """Whether all rows are fractions, so that their shares are read as percent."""
    return "unit" in rows.columns and set(rows["unit"].unique()) == {"fraction"}


def _order(rows: pl.DataFrame) -> list[str]:
    """What a row says first, where it comes from last; a name comes before the id that stands for it."""
    shown = [name for name in rows.columns if name not in _HIDDEN]
    last = [name for name in _LAST if name in shown]
    return [*(name for name in shown if name not in last), *last]


def _column(name: str, dtype: pl.DataType, fractions: bool) -> Column:
    label = _LABELS.get(name, name.replace("_", " "))
    if name.endswith("url") or name == "homepage":
        return Column(label, Kind.LINK)
    if dtype == pl.Date:
        return Column(label, Kind.DAY)
    if isinstance(dtype, pl.Datetime):
        return Column(label, Kind.INSTANT)
    if fractions and name in SHARES:
        return Column(label, Kind.PERCENT)
    if "usd" in name or name == "cost":
        return Column(label, Kind.DOLLARS)
    return Column(label, Kind.NUMBER if dtype.is_numeric() else Kind.TEXT)
