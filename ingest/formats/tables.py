"""Payloads of any table-shaped format as Polars frames of texts, ready to be matched by column name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any, Final

import fastexcel
import jmespath
import polars as pl

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.changelog import html_changelog, markdown_changelog
from ingest.formats.containers import parquet_frame, unzipped
from ingest.formats.delimited import Table, delimited_table, frame_of_lines, from_header
from ingest.formats.feed import feed_entries
from ingest.formats.printed_tables import PrintedTable, html_tables, markdown_tables
from ingest.formats.texts import decode, loaded_json, loaded_json_lines, loaded_yaml, refuse_web_page


def read_tables(body: bytes, url: str, form: TableForm, rows: str | None = None) -> list[Table]:
    """All tables of a payload: one, or one per member of a ZIP archive.

    `rows` is the JMESPath to use instead of the form's own. Raises ParseError when the bytes are not of the
    form's format, hold no table, or the path leads nowhere.
    """
    if not body.strip(b" \t\r\n\0"):
        raise ParseError(f"{url} answered with an empty body")
    if form.format in _WHOLE_TABLES:
        return [_WHOLE_TABLES[form.format](body, url, form)]
    if form.format == "zip":
        return _zipped(body, url, form)
    if form.format in _LOADERS:
        return [_structured(body, url, form.format, rows or form.rows)]
    raise ParseError(f"the format {form.format!r} is not known")


def _delimited(body: bytes, url: str, form: TableForm) -> Table:
    refuse_web_page(body, url, form.format.upper())
    delimiter = "\t" if form.format == "tsv" else ","
    return delimited_table(body, url, delimiter, form.header_row)


def _zipped(body: bytes, url: str, form: TableForm) -> list[Table]:
    members = unzipped(body, url, lambda path: _wanted(path, form))
    if not members:
        raise ParseError(f"{url} holds no member that matches {form.members!r}")
    return [delimited_table(held, name, ",", form.header_row) for name, held in members.items()]


def _wanted(path: str, form: TableForm) -> bool:
    return fnmatch(path, form.members) or fnmatch(PurePosixPath(path).name, form.members)


def _structured(body: bytes, url: str, form: str, rows: str | None) -> Table:
    found = _LOADERS[form](body, url)
    if rows is not None:
        top = list(found) if isinstance(found, dict) else f"a {type(found).__name__}"
        found = jmespath.search(rows, found)
        if found is None:
            raise ParseError(f"the path to the rows, {rows!r}, finds nothing in {url}; at the top are {top}")
    return Table(url, _frame_of_objects(_as_rows(found)))


def _as_rows(found: Any) -> list[dict[str, Any]]:
    """A list of objects as it is; an object of objects with its names as `key`; plain values as `value`.

    An object is one of objects where most of its members are: a stray one costs itself only.
    """
    if isinstance(found, dict):
        objects = sum(isinstance(member, dict) for member in found.values())
        if objects and 2 * objects > len(found):
            return [_named_row(key, member) for key, member in found.items()]
        if any(isinstance(member, (dict, list)) for member in found.values()):
            return [found]
        return [{"key": key, "value": member} for key, member in found.items()]
    if not isinstance(found, list):
        return [{"value": found}]
    return [row if isinstance(row, dict) else _row_of_list(row) for row in found]


def _named_row(key: Any, member: Any) -> dict[str, Any]:
    return {"key": key, **member} if isinstance(member, dict) else {"key": key, "value": member}


def _row_of_list(row: Any) -> dict[str, Any]:
    if isinstance(row, list):
        return {str(position): cell for position, cell in enumerate(row, start=1)}
    return {"value": row}


def _frame_of_objects(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    return pl.DataFrame({name: pl.Series([row.get(name) for row in flat], dtype=pl.String) for name in names})


def _flat(row: Mapping[Any, Any], prefix: str = "") -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = _text(value)
    return flat


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def _parquet(body: bytes, url: str) -> Table:
    frame = parquet_frame(body, url)
    plain = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
    return Table(url, frame.select(pl.col(plain).cast(pl.String, strict=False)))


def _workbook(body: bytes, url: str, form: TableForm) -> Table:
    refuse_web_page(body, url, "a workbook")
    try:
        book = fastexcel.read_excel(body)
        sheet = _sheet(book.sheet_names, form.table, url)
        loaded = book.load_sheet(sheet, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise ParseError(f"{url} is not a readable workbook: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the Excel reader fails on a file that was cut off
            raise
        raise ParseError(f"{url} is a damaged workbook: {error}") from error
    cells = [["" if cell is None else cell for cell in row] for row in loaded.to_polars().iter_rows()]
    lines = from_header(cells, form.header_row, url)
    return Table(url, frame_of_lines(lines[0], lines[1:]))


def _sheet(names: Sequence[str], wanted: str | int | None, url: str) -> str:
    if isinstance(wanted, str):
        if wanted not in names:
            raise ParseError(f"{url} has no sheet {wanted!r}; it has {', '.join(names)}")
        return wanted
    return names[(wanted or 1) - 1]


def _printed(body: bytes, url: str, form: TableForm) -> Table:
    tables = html_tables(body, url) if form.format == "html" else markdown_tables(decode(body))
    chosen = _chosen(tables, form.table)
    if chosen is None:
        which = "" if form.table is None else f" {form.table!r}"
        raise ParseError(f"{url} has no table{which}; it has {len(tables)} tables")
    width = len(chosen[0])
    rows = [[*row[:width], *[""] * (width - len(row))] for row in chosen[1:]]
    return Table(url, frame_of_lines(chosen[0], rows))


def _chosen(tables: Sequence[PrintedTable], wanted: str | int | None) -> PrintedTable | None:
    if isinstance(wanted, str):
        return next((table for table in tables if any(wanted in cell for cell in table[0])), None)
    position = wanted or 1
    return tables[position - 1] if 1 <= position <= len(tables) else None


_LOADERS: Final[Mapping[str, Callable[[bytes, str], Any]]] = {
    "json": loaded_json,
    "jsonl": loaded_json_lines,
    "yaml": loaded_yaml,
}

_WHOLE_TABLES: Final[Mapping[str, Callable[[bytes, str, TableForm], Table]]] = {
    "csv": _delimited,
    "tsv": _delimited,
    "parquet": lambda body, url, _: _parquet(body, url),
    "xls": _workbook,
    "xlsx": _workbook,
    "html": _printed,
    "markdown": _printed,
    "feed": lambda body, url, _: Table(url, feed_entries(body, url)),
    "changelog": lambda body, url, _: Table(url, markdown_changelog(decode(body), url)),
    "changelog-html": lambda body, url, _: Table(url, html_changelog(body, url)),
}
