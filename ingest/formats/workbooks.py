"""Sheets of Excel workbooks as tables of texts."""

from __future__ import annotations

from collections.abc import Sequence

import fastexcel

from ingest.errors import ParseError
from ingest.formats.delimited import from_header
from ingest.formats.table import Table, frame_of_lines, joined_header
from ingest.formats.texts import refuse_web_page


def workbook_table(
    body: bytes, url: str, sheet: str | int | None, header_row: int | str, header_rows: int = 1
) -> Table:
    """One sheet, by name or position (default: the first); ParseError where there is none of it."""
    refuse_web_page(body, url, "a workbook")
    try:
        book = fastexcel.read_excel(body)
        name = _sheet(book.sheet_names, sheet, url)
        loaded = book.load_sheet(name, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise ParseError(f"{url} is not a readable workbook: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the Excel reader fails on a file that was cut off
            raise
        raise ParseError(f"{url} is a damaged workbook: {error}") from error
    cells = [["" if cell is None else cell for cell in row] for row in loaded.to_polars().iter_rows()]
    lines = from_header(cells, header_row, url)
    header = lines[0] if header_rows == 1 else joined_header(lines[:header_rows])
    return Table(url, frame_of_lines(header, lines[header_rows:], url))


def _sheet(names: Sequence[str], wanted: str | int | None, url: str) -> str:
    if isinstance(wanted, str) and wanted in names:
        return wanted
    position = wanted or 1
    if isinstance(position, int) and 1 <= position <= len(names):
        return names[position - 1]
    raise ParseError(f"{url} has no sheet {wanted!r}; it has {', '.join(names[:20])}")
