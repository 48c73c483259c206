"""The rows of a chart as bytes, the same whether they come from a button, a route, a command or a copy."""

from __future__ import annotations

import io
import json
from enum import StrEnum

import polars as pl

from analysis.plain_values import plain
from charts.parts.figure import Chart


class RowFormat(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


MEDIA_TYPES = {
    RowFormat.CSV: "text/csv; charset=utf-8",
    RowFormat.JSON: "application/json",
    RowFormat.PARQUET: "application/vnd.apache.parquet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def citation(chart: Chart, address: str) -> str:
    """How to cite the chart and the data behind it; `address` is the chart's own (see addresses.py)."""
    sources = "; ".join(chart.footing.sources)
    return f'hypecurve, "{chart.title}", {chart.footing.when}. Data: {sources}. {address}'


def rows_as(kind: RowFormat, chart: Chart, address: str) -> bytes:
    """Exactly the rows that the chart draws, with its citation where the format has room for it."""
    match kind:
        case RowFormat.CSV:
            return csv_of(chart.rows).encode()
        case RowFormat.PARQUET:
            return parquet_of(chart.rows, citation(chart, address))
        case RowFormat.JSON:
            said = {
                "name": chart.name,
                "title": chart.title,
                "citation": citation(chart, address),
                "columns": chart.rows.columns,
                "rows": plain(chart.rows),
            }
            return json.dumps(said, ensure_ascii=False, allow_nan=False).encode()


def parquet_of(rows: pl.DataFrame, cited: str) -> bytes:
    """The rows as Parquet; the citation goes along in the file's metadata."""
    file = io.BytesIO()
    rows.write_parquet(file, metadata={"citation": cited})
    return file.getvalue()


def csv_of(rows: pl.DataFrame) -> str:
    """The rows as CSV; lists are joined by semicolons, and no text can act as a formula of a spreadsheet."""
    nested = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    structs = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Struct)]
    flat = rows.with_columns(
        *(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in nested),
        *(pl.col(name).struct.json_encode() for name in structs),
    )
    texts = [name for name, kind in flat.schema.items() if kind == pl.String]
    safe = flat.with_columns(_harmless(name) for name in texts)
    heads = {name: f"'{name}" for name in safe.columns if name.startswith(_FORMULA)}
    return safe.rename(heads).write_csv()


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name)
    acts = pl.any_horizontal(*(text.str.starts_with(mark) for mark in _FORMULA))
    return pl.when(acts).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)


def file_stem(chart: Chart) -> str:
    """The name of a file that is saved, without its ending."""
    return f"hypecurve-{chart.name}-{chart.footing.as_of.isoformat()}"
