"""How commands speak: sentences, progress, a table that hides nothing, or rows for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from terminal import harmless, one_line

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

WIDE: Final = 1_000
"""Width in characters where no terminal sets one: a line of a pipe is never folded."""

Tell = Callable[[str, str], None]
"""Takes a step: source id (or stage) and what happened, in words."""


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class Log(StrEnum):
    """How a process that stays speaks."""

    TEXT = "text"
    JSON = "json"


LogFormat = Annotated[
    Log | None, typer.Option("--log-format", help="How to write the log.", show_default=False)
]


def set_log_format(chosen: Log | None) -> None:
    """Use a format in this process and in those that it starts."""
    if chosen is not None:
        os.environ["HYPECURVE_LOG_FORMAT"] = chosen.value


def console(*, stderr: bool = False) -> Console:
    """Standard output, or standard error, as Rich writes to it."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else WIDE)


def say(text: str, colour: str | None = None) -> None:
    """Print a line; on a terminal in a colour."""
    typer.secho(harmless(text), fg=colour)


def complain(text: str) -> None:
    """Print what is wrong to standard error; on a terminal in red."""
    typer.secho(harmless(text), fg="red", err=True)


@contextmanager
def steps(what: str, *, quiet: bool = False) -> Iterator[Tell]:
    """A bar that moves with every step told of while the block runs; none in a pipe or when `quiet`."""
    screen = None if quiet or not sys.stdout.isatty() else console()
    if screen is None:
        yield lambda _source, _text: None
        return
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Elapsed(),
    )
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda source, text: progress.update(
            task, advance=1, description=escape(one_line(f"{what}: {source} {text}"[:90]))
        )


def show(frame: pl.DataFrame, output: Format = Format.TABLE) -> None:
    """Print rows; in CSV and in a table a list stands as its items joined by commas.

    A table is drawn and folded to the width of a terminal; in a pipe each row is one line, whole.
    """
    match output:
        case Format.CSV:
            from faces.rows import csv_of

            sys.stdout.write(csv_of(_flat(frame)))
        case Format.JSON:
            sys.stdout.write(frame.write_json() + "\n")
        case Format.PARQUET:
            frame.write_parquet(sys.stdout.buffer)
        case Format.TABLE:
            _draw(frame) if sys.stdout.isatty() else _align(frame)


def _draw(frame: pl.DataFrame) -> None:
    from rich.table import Table

    table = Table(header_style="bold")
    for name, dtype in frame.schema.items():
        table.add_column(harmless(name), overflow="fold", justify="right" if dtype.is_numeric() else "left")
    for row in _cells(frame):
        table.add_row(*row)
    console().print(table, markup=False)


def _align(frame: pl.DataFrame) -> None:
    rows = [[one_line(name) for name in frame.columns]]
    rows += ([one_line(" ".join(cell.split("\n"))) for cell in row] for row in _cells(frame))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    signs = [">" if dtype.is_numeric() else "<" for dtype in frame.dtypes]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        cells = (f"{cell:{sign}{width}}" for cell, sign, width in zip(row, signs, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _cells(frame: pl.DataFrame) -> Iterator[list[str]]:
    for row in _flat(frame).iter_rows():
        yield ["" if value is None else harmless(_text(value)) for value in row]


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

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
