"""Comma- and tab-separated text as tables of texts; lines that do not fit are kept aside, never lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from ingest.errors import ParseError
from ingest.formats.texts import decode
from ingest.source import MEGABYTE

Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as texts (nothing said is null), the name of the file or part, and lines that do not fit."""

    name: str
    frame: pl.DataFrame
    broken: tuple[str, ...] = ()


def delimited_table(body: bytes, name: str, delimiter: str = ",", header_row: int | str = 1) -> Table:
    """The table that the bytes hold, with distinct column names and short lines filled up.

    `header_row` is the line of the column names, from 1 (blank lines before the first do not count), or a
    name that only that line holds. Raises ParseError where there is no such line.
    """
    read, torn = _lines(decode(body), delimiter, name)
    lines = from_header(read, header_row, name)
    header, rows = lines[0], [line for line in lines[1:] if any(cell.strip() for cell in line)]
    width = len(header)
    fitting = [line for line in rows if not any(cell.strip() for cell in line[width:])]
    spilt = [delimiter.join(line) for line in rows if any(cell.strip() for cell in line[width:])]
    padded = [line[:width] + [""] * (width - len(line)) for line in fitting]
    return Table(name, frame_of_lines(header, padded), (*spilt, *torn))


def from_header(lines: Lines, header_row: int | str, name: str) -> Lines:
    """The lines from the one with the column names on."""
    if header_row == 1:
        found = lines[next((at for at, line in enumerate(lines) if any(map(str.strip, line))), len(lines)) :]
    elif isinstance(header_row, int):
        found = lines[header_row - 1 :]
    else:
        at = next(
            (at for at, line in enumerate(lines) if header_row in [cell.strip() for cell in line]), None
        )
        found = [] if at is None else lines[at:]
    if not found:
        where = (
            f"no line {header_row}" if isinstance(header_row, int) else f"no line that holds {header_row!r}"
        )
        raise ParseError(f"{name} has {where}, where the column names should stand")
    return found


def frame_of_lines(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> pl.DataFrame:
    """A frame of texts under the names of the header, made distinct."""
    return pl.DataFrame(list(rows), schema=dict.fromkeys(_distinct(header), pl.String), orient="row")


def _distinct(header: Sequence[str]) -> list[str]:
    """Column names without padding; a repeated name gets its number: "Price", "Price 2"."""
    names: list[str] = []
    for position, raw in enumerate(header, start=1):
        plain = name = " ".join(raw.split()) or f"column {position}"
        number = 1
        while name in names:
            number += 1
            name = f"{plain} {number}"
        names.append(name)
    return names


def _lines(text: str, delimiter: str, name: str) -> tuple[Lines, list[str]]:
    """All lines as cells, and those with a quote that nothing closes.

    Such a quote takes all that follows for one cell: its line is set aside and reading goes on below it.
    """
    csv.field_size_limit(64 * MEGABYTE)
    physical = list(io.StringIO(text, newline=""))
    whole: Lines = []
    torn: list[str] = []
    at = 0
    while at < len(physical):
        lines, starts = _read(physical[at:], delimiter, name)
        swallowed = len(lines) > 0 and len(physical) - at - starts[-1] > 1
        if not swallowed or sum(line.count('"') for line in physical[at:]) % 2 == 0:
            return whole + lines, torn
        whole += lines[:-1]
        at += starts[-1]
        torn.append(physical[at].strip())
        at += 1
    return whole, torn


def _read(physical: Sequence[str], delimiter: str, name: str) -> tuple[Lines, list[int]]:
    """The lines as cells, and at which physical line each begins."""
    reader = csv.reader(physical, delimiter=delimiter)
    lines: Lines = []
    starts: list[int] = []
    ended = 0
    try:
        for line in reader:
            lines.append(line)
            starts.append(ended)
            ended = reader.line_num
    except csv.Error as error:
        raise ParseError(f"{name} is not a table of separated cells: {error}") from error
    return lines, starts
