"""Tables of an answer as Streamlit shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from questions.answer import Column, Kind, Table
from questions.columns import SHARES, columns_of, of_fractions

INSTANT: Final = "YYYY-MM-DD HH:mm"


def show_table(table: Table) -> None:
    """Show all rows; what the table does not say of its columns follows from their names and types."""
    columns = columns_of(table)
    if table.wraps:
        named = table.rows.select(pl.col(name).alias(column.label) for name, column in columns.items())
        st.table(
            named.with_columns(pl.col(pl.String).str.replace_all("$", "\\$", literal=True)), hide_index=True
        )
        return
    st.dataframe(
        in_percent(table.rows),
        hide_index=True,
        key=f"table-{table.name}",
        column_config=column_formats(columns),
        column_order=list(columns),
        placeholder="–",
    )


def column_formats(columns: Mapping[str, Column]) -> dict[str, Any]:
    """How each column is shown: links to open, days, instants to the minute, fractions as percent."""
    return {name: _format(column) for name, column in columns.items()}


def in_percent(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with fractions times a hundred, as the formats of such columns expect them."""
    if not of_fractions(rows):
        return rows
    return rows.with_columns(pl.col(name) * 100 for name in SHARES if name in rows.columns)


def _format(column: Column) -> Any:  # noqa: PLR0911 - one line for each kind
    about: dict[str, Any] = {"label": column.label, "width": column.width}
    match column.kind:
        case Kind.LINK:
            return st.column_config.LinkColumn(
                **about | {"width": column.width or "small"}, display_text="open"
            )
        case Kind.DAY:
            return st.column_config.DateColumn(**about, format="YYYY-MM-DD")
        case Kind.INSTANT:
            return st.column_config.DatetimeColumn(**about, format=INSTANT)
        case Kind.PERCENT:
            return st.column_config.NumberColumn(**about, format="%.1f\u00a0%%")
        case Kind.DOLLARS:
            return st.column_config.NumberColumn(**about, format=f"%.{column.digits or 4}g")
        case Kind.NUMBER:
            digits = f"%.{column.digits}g" if column.digits else None
            return st.column_config.NumberColumn(**about, format=digits)
        case Kind.TEXT:
            return st.column_config.Column(**about)
