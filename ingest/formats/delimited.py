"""Separated text (CSV and its kin) as tables of texts; lines that do not fit are kept aside, never lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from ingest.errors import ParseError
from ingest.formats.encodings import decode
from ingest.formats.table import Table, Unfit, frame_of_lines, joined_header
from ingest.source import MEGABYTE

Lines = list[list[str]]

TOO_MANY_CELLS: Final = "the line has more cells than there are columns"
TORN: Final = "the line opens a quote that nothing closes"


def delimited_table(body: bytes, name: str, delimiter: str = ",", header_row: int | str = 1) -> Table:
    """The table that the bytes hold; see `table_of_text`."""
    return table_of_text(decode(body), name, delimiter, header_row)


def table_of_text(
    text: str, name: str, delimiter: str = ",", header_row: int | str = 1, header_rows: int = 1
) -> Table:
    """The table that a text holds, with distinct column names and short lines filled up.

    `header_row` is the line of the column names, from 1 (blank lines before the first do not count), or a
    name that only that line holds; `header_rows` are so many lines of names, one above the other. Raises
    ParseError where there is no such line.
    """
    read, torn = _lines(text, delimiter, name)
    lines = from_header(read, header_row, name)
    header = lines[0] if header_rows == 1 else joined_header(lines[:header_rows])
    rows = [line for line in lines[header_rows:] if any(cell.strip() for cell in line)]
    width = len(header)
    fitting = [line for line in rows if not any(cell.strip() for cell in line[width:])]
    unfit = [
        Unfit(delimiter.join(line), TOO_MANY_CELLS)
        for line in rows
        if any(cell.strip() for cell in line[width:])
    ]
    padded = [line[:width] + [""] * (width - len(line)) for line in fitting]
    return Table(name, frame_of_lines(header, padded, name), (*unfit, *torn))


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


def _lines(text: str, delimiter: str, name: str) -> tuple[Lines, list[Unfit]]:
    """All lines as cells, and those with a quote that nothing closes.

    Such a quote takes all that follows for one cell: its line is set aside and reading goes on below it.
    After a second one every line is read by itself, so that many of them cost no more than the text's length.
    """
    csv.field_size_limit(64 * MEGABYTE)
    physical = list(io.StringIO(text, newline=""))
    lines, starts = _read(physical, delimiter, name)
    swallowed = len(lines) > 0 and len(physical) - starts[-1] > 1
    if not swallowed or sum(line.count('"') for line in physical[starts[-1] :]) % 2 == 0:
        return lines, []
    torn = [Unfit(physical[starts[-1]].strip(), TORN)]
    rest = physical[starts[-1] + 1 :]
    again, starts_again = _read(rest, delimiter, name)
    swallowed = len(again) > 0 and len(rest) - starts_again[-1] > 1
    if not swallowed or sum(line.count('"') for line in rest[starts_again[-1] :]) % 2 == 0:
        return lines[:-1] + again, torn
    whole = lines[:-1]
    for line in rest:
        if line.count('"') % 2:
            torn.append(Unfit(line.strip(), TORN))
        else:
            whole += _read([line], delimiter, name)[0]
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
