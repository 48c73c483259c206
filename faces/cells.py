"""The cells of tables as text, for faces that have no table widget."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from charts.parts.axes import NOT_KNOWN, dollars
from charts.parts.percent import percent
from questions.answer import Column, Kind, Table
from questions.columns import SHARES, columns_of, of_fractions


def headings(table: Table) -> Sequence[str]:
    """The columns' names for readers, in order."""
    return [column.label for column in columns_of(table).values()]


def text_rows(table: Table, most: int | None = None) -> Iterator[list[str]]:
    """Each row as texts in the order of `headings`; `most` rows at the most."""
    columns = columns_of(table)
    rows = table.rows.select(list(columns))
    shown = rows if most is None else rows.head(most)
    fractions = of_fractions(table.rows)
    for row in shown.iter_rows():
        yield [
            cell_text(column, value, fraction=fractions and name in SHARES)
            for (name, column), value in zip(columns.items(), row, strict=True)
        ]


def cell_text(column: Column, value: Any, *, fraction: bool = False) -> str:  # noqa: PLR0911 - one line for each kind
    """One value as its column shows it; a dash where it is not known."""
    match value:
        case None:
            return NOT_KNOWN
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case int() | float():
            return _number_text(column, float(value), fraction=fraction)
        case list():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)


def _number_text(column: Column, value: float, *, fraction: bool) -> str:
    if column.kind is Kind.PERCENT:
        return percent(value if fraction else value / 100, 1)
    if column.kind is Kind.DOLLARS:
        return dollars(value).removeprefix("$") if value >= 0 else f"{value:.4g}"
    if column.decimals is not None:
        return f"{value:,.{column.decimals}f}"
    if value.is_integer() and abs(value) < 1e15:
        return f"{value:.0f}" if abs(value) < 10_000 else f"{value:,.0f}"
    return _significant(value, column.digits or 4)


def _significant(value: float, digits: int) -> str:
    """So many digits; a half goes up, as in the grids of pages and in prices."""
    if not math.isfinite(value):
        return f"{value:g}"
    exact = Decimal(f"{value:.12g}")
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    return f"{float(exact.quantize(step, ROUND_HALF_UP)):.{digits}g}"
