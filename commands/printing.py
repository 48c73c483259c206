"""How commands print rows: a table that hides nothing, or CSV, JSON and Parquet for other programs."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from typing import Final

import polars as pl
from rich.console import Console
from rich.table import Table

WIDE: Final = 1_000
"""Width in characters where no terminal sets one: a line of a pipe is never folded."""


def _console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else WIDE)


console = _console()
complaints = _console(stderr=True)


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def show(frame: pl.DataFrame, output: Format = Format.TABLE) -> None:
    """Print rows; in CSV and in a table a list stands as its items joined by commas."""
    match output:
        case Format.CSV:
            sys.stdout.write(_flat(frame).write_csv())
        case Format.JSON:
            sys.stdout.write(frame.write_json() + "\n")
        case Format.PARQUET:
            frame.write_parquet(sys.stdout.buffer)
        case Format.TABLE:
            console.print(_table(_flat(frame)))


def _table(frame: pl.DataFrame) -> Table:
    table = Table(header_style="bold")
    for name, dtype in frame.schema.items():
        table.add_column(name, overflow="fold", justify="right" if dtype.is_numeric() else "left")
    for row in frame.iter_rows():
        table.add_row(*("" if value is None else _text(value) for value in row))
    return table


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    structs = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Struct)]
    return frame.with_columns(
        *(pl.col(name).list.eval(pl.element().cast(pl.String)).list.join(", ") for name in lists),
        *(pl.col(name).struct.json_encode() for name in structs),
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return f"{value:g}" if isinstance(value, float) else str(value)
