"""Tables as people read them: what matters first, names and units in words, days without hours, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

INSTANT: Final = "YYYY-MM-DD HH:mm"
_DOLLARS: Final = "$ per million tokens"
_LABELS: Final[Mapping[str, str]] = {
    "input_usd_per_mtok": f"input, {_DOLLARS}",
    "output_usd_per_mtok": f"output, {_DOLLARS}",
    "cached_input_usd_per_mtok": f"cached input, {_DOLLARS}",
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

_SHARES: Final = ("value", "score", "stderr", "low", "high")
_HIDDEN: Final = ("date_is_stated", "higher_is_better")


def show_table(rows: pl.DataFrame, key: str, overrides: Mapping[str, Any] | None = None) -> None:
    """Show all rows; columns are formatted by name and type unless `overrides` says otherwise."""
    formats = column_formats(rows) | dict(overrides or {})
    st.dataframe(
        in_percent(rows),
        hide_index=True,
        key=f"table-{key}",
        column_config=formats | dict.fromkeys(_HIDDEN),
        column_order=list(overrides) if overrides else column_order(rows),
        placeholder="–",
    )


def in_percent(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with fractions times a hundred, as the formats of such columns expect them."""
    if not _of_fractions(rows):
        return rows
    return rows.with_columns(pl.col(name) * 100 for name in _SHARES if name in rows.columns)


def _of_fractions(rows: pl.DataFrame) -> bool:
    return "unit" in rows.columns and set(rows["unit"].unique()) == {"fraction"}


def column_order(rows: pl.DataFrame) -> list[str]:
    """What a row says first, where it comes from last; a name comes before the id that stands for it."""
    last = [name for name in _LAST if name in rows.columns]
    return [*(name for name in rows.columns if name not in last), *last]


def column_formats(rows: pl.DataFrame) -> dict[str, Any]:
    """How each column is shown: links to open, days, instants to the minute, fractions as percent."""
    shares = _of_fractions(rows)
    found = {name: _format(name, kind, shares=shares) for name, kind in rows.schema.items()}
    return found | {"title": "model"} if {"title", "model_id"} <= set(rows.columns) else found


def _format(name: str, kind: pl.DataType, *, shares: bool) -> Any:
    label = _LABELS.get(name, name.replace("_", " "))
    if name.endswith("url") or name == "homepage":
        return st.column_config.LinkColumn(label, display_text="open", width="small")
    if kind == pl.Date:
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if isinstance(kind, pl.Datetime):
        return st.column_config.DatetimeColumn(label, format=INSTANT)
    if shares and name in _SHARES:
        return st.column_config.NumberColumn(label, format="%.1f\u00a0%%")
    if "usd" in name or name == "cost":
        return st.column_config.NumberColumn(label, format="%.4g")
    return label
