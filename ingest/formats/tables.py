"""Payloads of any table-shaped format as Polars frames of texts, ready to be matched by column name."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any, Final

import fastexcel
import jmespath
import polars as pl
import yaml

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.changelog import html_changelog, markdown_changelog
from ingest.formats.feed import feed_entries
from ingest.formats.printed_tables import PrintedTable, html_tables, markdown_tables
from ingest.source import MEGABYTE

MAX_UNPACKED_BYTES: Final = 1000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as texts (nothing said is null), the name of the file or part, and lines that do not fit."""

    name: str
    frame: pl.DataFrame
    broken: tuple[str, ...] = ()


def read_tables(body: bytes, url: str, form: TableForm, rows: str | None = None) -> list[Table]:
    """All tables of a payload: one, or one per member of a ZIP archive.

    `rows` is the JMESPath to use instead of the form's own. Raises ParseError when the bytes are not of the
    form's format, hold no table, or the path leads nowhere.
    """
    if not body.strip():
        raise ParseError(f"{url} answered with an empty body")
    if form.format in _WHOLE_TABLES:
        return [_WHOLE_TABLES[form.format](body, url, form)]
    if form.format == "zip":
        return _zipped(body, url, form)
    if form.format in ("json", "jsonl", "yaml"):
        return [_structured(body, url, form.format, rows or form.rows)]
    raise ParseError(f"the format {form.format!r} is not known")


def decode(body: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def is_web_page(body: bytes) -> bool:
    """Whether bytes begin as HTML does."""
    return re.match(rb"\s*<(!doctype html|html)", body[:200], re.IGNORECASE) is not None


def _refuse_web_page(body: bytes, url: str, wanted: str) -> None:
    if is_web_page(body):
        raise ParseError(f"{url} answered with a web page, not {wanted}; open it to see what it says")


def _delimited(body: bytes, url: str, form: TableForm) -> Table:
    _refuse_web_page(body, url, form.format.upper())
    delimiter = "\t" if form.format == "tsv" else ","
    return _table_of_lines(url, decode(body), delimiter, form.header_row)


def _table_of_lines(name: str, text: str, delimiter: str, header_row: int | str) -> Table:
    csv.field_size_limit(16 * MEGABYTE)
    text = text.replace("\x00", "")
    lines = _from_header(
        list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), header_row, name
    )
    header, body = lines[0], [line for line in lines[1:] if any(cell.strip() for cell in line)]
    width = len(header)
    fitting = [line for line in body if not any(cell.strip() for cell in line[width:])]
    broken = [delimiter.join(line) for line in body if any(cell.strip() for cell in line[width:])]
    padded = [line[:width] + [""] * (width - len(line)) for line in fitting]
    return Table(name, _frame(header, padded), tuple(broken))


def _from_header(lines: list[list[str]], header_row: int | str, name: str) -> list[list[str]]:
    """The lines from the one with the column names on."""
    if isinstance(header_row, int):
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


def _frame(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> pl.DataFrame:
    names = _distinct(header)
    return pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")


def _distinct(header: Sequence[str]) -> list[str]:
    """Column names without padding; a repeated name gets its number: "Price", "Price 2"."""
    seen: dict[str, int] = {}
    names = []
    for position, raw in enumerate(header, start=1):
        name = " ".join(raw.split()) or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def _zipped(body: bytes, url: str, form: TableForm) -> list[Table]:
    _refuse_web_page(body, url, "a ZIP archive")
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        members = [item for item in archive.infolist() if not item.is_dir() and _wanted(item.filename, form)]
        if sum(item.file_size for item in members) > MAX_UNPACKED_BYTES:
            raise ParseError(f"{url} unpacks to more than {MAX_UNPACKED_BYTES // MEGABYTE} MB; refused")
        tables = [
            _table_of_lines(item.filename, decode(archive.read(item)), ",", form.header_row)
            for item in members
        ]
    except zipfile.BadZipFile as error:
        raise ParseError(f"{url} is not a readable ZIP archive: {error}") from error
    if not tables:
        raise ParseError(f"{url} holds no member that matches {form.members!r}")
    return tables


def _wanted(filename: str, form: TableForm) -> bool:
    path = PurePosixPath(filename)
    if path.name.startswith(".") or "__MACOSX" in path.parts:
        return False
    return fnmatch(filename, form.members) or fnmatch(path.name, form.members)


def _structured(body: bytes, url: str, form: str, rows: str | None) -> Table:
    _refuse_web_page(body, url, form.upper())
    found = _loaded(decode(body), url, form)
    if rows is not None:
        top = list(found) if isinstance(found, dict) else f"a {type(found).__name__}"
        found = jmespath.search(rows, found)
        if found is None:
            raise ParseError(f"the path to the rows, {rows!r}, finds nothing in {url}; at the top are {top}")
    return Table(url, _frame_of_objects(_as_rows(found)))


def _loaded(text: str, url: str, form: str) -> Any:
    try:
        if form == "jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        if form == "json":
            return json.loads(text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError) as error:
        raise ParseError(f"{url} is not valid {form.upper()}: {error}") from error


def _as_rows(found: Any) -> list[dict[str, Any]]:
    """A list of objects as it is; an object of objects with its names as `key`; plain values as `value`."""
    if isinstance(found, dict):
        if found and all(isinstance(member, dict) for member in found.values()):
            return [{"key": key, **member} for key, member in found.items()]
        if any(isinstance(member, (dict, list)) for member in found.values()):
            return [found]
        return [{"key": key, "value": member} for key, member in found.items()]
    if not isinstance(found, list):
        return [{"value": found}]
    return [row if isinstance(row, dict) else _row_of_list(row) for row in found]


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
    try:
        frame = pl.read_parquet(io.BytesIO(body))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ParseError(f"{url} is not a readable Parquet file: {error}") from error
    plain = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
    return Table(url, frame.select(pl.col(plain).cast(pl.String)))


def _workbook(body: bytes, url: str, form: TableForm) -> Table:
    _refuse_web_page(body, url, "a workbook")
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
    lines = _from_header(cells, form.header_row, url)
    return Table(url, _frame(lines[0], lines[1:]))


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
    return Table(url, _frame(chosen[0], [[*row[:width], *[""] * (width - len(row))] for row in chosen[1:]]))


def _chosen(tables: Sequence[PrintedTable], wanted: str | int | None) -> PrintedTable | None:
    if isinstance(wanted, str):
        return next((table for table in tables if any(wanted in cell for cell in table[0])), None)
    position = wanted or 1
    return tables[position - 1] if 1 <= position <= len(tables) else None


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
