"""Tables as people read them: days without hours, links to open, words for column names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st


def show_table(rows: pl.DataFrame, key: str, overrides: Mapping[str, Any] | None = None) -> None:
    """Show all rows; columns are formatted by their type unless `overrides` says otherwise."""
    st.dataframe(
        rows,
        hide_index=True,
        key=f"table-{key}",
        column_config=column_formats(rows) | dict(overrides or {}),
        placeholder="–",
    )


def column_formats(rows: pl.DataFrame) -> dict[str, Any]:
    """How each column is shown: addresses as links, dates as days, instants to the minute."""
    return {name: _format(name, kind) for name, kind in rows.schema.items()}


def _format(name: str, kind: pl.DataType) -> Any:
    label = name.replace("_", " ")
    if name.endswith("url") or name == "homepage":
        return st.column_config.LinkColumn(label.removesuffix(" url"), display_text="open")
    if kind == pl.Date:
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if isinstance(kind, pl.Datetime):
        return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
    return label
