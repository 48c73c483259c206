"""Payloads of any table-shaped format as Polars frames of texts, ready to be matched by column name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any, Final

import polars as pl

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.changelog import changelog_table
from ingest.formats.containers import arrow_frame, parquet_frame, uncompressed, untarred, unzipped
from ingest.formats.delimited import table_of_text
from ingest.formats.encodings import charset_in_markup, charset_of, decode, decode_as
from ingest.formats.feed import feed_table
from ingest.formats.html_tables import html_tables
from ingest.formats.javascript import assigned_in_javascript
from ingest.formats.markdown_tables import markdown_tables
from ingest.formats.paths import found_at
from ingest.formats.sqlite_tables import sqlite_table
from ingest.formats.structured import (
    Row,
    frame_of_objects,
    rows_of,
    rows_of_columns,
    rows_with_names,
)
from ingest.formats.table import Table, Unfit
from ingest.formats.texts import Tell, json_lines_of_text, json_of_text, refuse_web_page
from ingest.formats.workbooks import workbook_table
from ingest.formats.yaml_texts import yaml_of_text
from ingest.source import Payload

_BINARY: Final = frozenset({"parquet", "arrow", "sqlite", "xls", "xlsx", "zip", "tar"})


@dataclass(frozen=True, slots=True)
class Served:
    """Bytes as they came: under which name, since when, and what the server called their charset."""

    body: bytes
    url: str
    as_of: date
    charset: str | None = None

    def text(self, form: TableForm) -> str:
        """The bytes as text, in the encoding of the form or in the likeliest."""
        if form.encoding is not None:
            return decode_as(self.body, form.encoding, self.url)
        return decode(self.body, self.charset)


def served(payload: Payload) -> Served:
    """What is served by a payload."""
    said = payload.content_type or payload.headers.get("content-type")
    return Served(payload.body, payload.url, payload.as_of.date(), charset_of(said))


def read_tables(
    said: Served, form: TableForm, rows: str | None = None, parents: tuple[str, ...] | None = None
) -> list[Table]:
    """All tables of a payload: one, or one per member of an archive.

    `rows` and `parents` are the JMESPaths to use instead of the form's own. Raises ParseError when the bytes
    are not of the form's format, hold no table, or a path leads nowhere.
    """
    if not said.body.strip(b" \t\r\n\0"):
        raise ParseError(f"{said.url} answered with an empty body")
    form = replace(form, rows=rows or form.rows, parents=form.parents if parents is None else parents)
    if form.format in ("zip", "tar"):
        return _archived(said, form)
    return [_one_table(said, form)]


def _one_table(said: Served, form: TableForm) -> Table:
    if form.format not in _BINARY:
        said = replace(said, body=uncompressed(said.body, said.url))
    if form.format in _WHOLE_TABLES:
        return _WHOLE_TABLES[form.format](said, form)
    if form.format in _LOADERS:
        return _structured(said, form)
    raise ParseError(f"the format {form.format!r} is not known")


def _archived(said: Served, form: TableForm) -> list[Table]:
    unpack = unzipped if form.format == "zip" else untarred
    members = unpack(said.body, said.url, lambda path: _wanted(path, form))
    if not members:
        raise ParseError(f"{said.url} holds no member that matches {form.members!r}")
    inner = replace(form, format=form.member_format)
    return [_one_table(replace(said, body=held, url=name), inner) for name, held in members.items()]


def _wanted(path: str, form: TableForm) -> bool:
    return fnmatch(path, form.members) or fnmatch(PurePosixPath(path).name, form.members)


def _delimited(said: Served, form: TableForm) -> Table:
    refuse_web_page(said.body, said.url, form.format.upper())
    separator = form.separator or ("\t" if form.format == "tsv" else ",")
    return table_of_text(said.text(form), said.url, separator, form.header_row, form.header_rows)


def _structured(said: Served, form: TableForm) -> Table:
    refuse_web_page(said.body, said.url, form.format.upper())
    told: list[str] = []
    found = _LOADERS[form.format](said, form, told.append)
    rows = _rows(found, form, said.url)
    if form.names is not None:
        rows = rows_with_names(found_at(form.names, found, said.url), rows, said.url)
    unfit = tuple(Unfit(said.url, reason) for reason in told)
    return Table(said.url, frame_of_objects(rows, said.url), unfit)


def _rows(found: Any, form: TableForm, url: str) -> list[Row]:
    if form.layout == "columns":
        at = found if form.rows is None else found_at(form.rows, found, url)
        return rows_of_columns(at, url)
    return rows_of(found, form.rows, form.parents, url)


def _texts_of(frame: pl.DataFrame, url: str) -> Table:
    """Columns as texts; members of a structure under dotted names, as in JSON, and no lists."""
    while inner := [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Struct)]:
        frame = frame.unnest(inner, separator=".")
    plain = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
    return Table(url, frame.select(pl.col(plain).cast(pl.String, strict=False)))


def _web_page(said: Served, form: TableForm) -> Table:
    charset = form.encoding or said.charset or charset_in_markup(said.body)
    tables = html_tables(said.body, said.url, charset)
    at = _chosen([table.header() for table in tables], form, said.url)
    return tables[at].table(said.url, form.header_rows if form.header_rows > 1 else None)


def _markdown(said: Served, form: TableForm) -> Table:
    tables = markdown_tables(said.text(form), said.url)
    return tables[_chosen([table.frame.columns for table in tables], form, said.url)]


def _chosen(headers: Sequence[Sequence[str]], form: TableForm, url: str) -> int:
    """The position, from 0, of the table that the form wants."""
    wanted = form.table
    if isinstance(wanted, str):
        found = next(
            (at for at, header in enumerate(headers) if any(wanted in cell for cell in header)), None
        )
    else:
        found = (wanted or 1) - 1 if 1 <= (wanted or 1) <= len(headers) else None
    if found is None:
        which = "" if wanted is None else f" {wanted!r}"
        raise ParseError(f"{url} has no table{which}; it has {len(headers)} tables")
    return found


def _script(said: Served, form: TableForm, _: Tell) -> Any:
    name = form.table if isinstance(form.table, str) else None
    return assigned_in_javascript(said.text(form), name, said.url)


def _changelog(said: Served, form: TableForm, markup: str) -> Table:
    return changelog_table(said.text(form), said.url, markup, form.date_order, said.as_of)


_LOADERS: Final[Mapping[str, Callable[[Served, TableForm, Tell], Any]]] = {
    "json": lambda said, form, tell: json_of_text(said.text(form), said.url, tell),
    "jsonl": lambda said, form, tell: json_lines_of_text(said.text(form), said.url, tell),
    "yaml": lambda said, form, tell: yaml_of_text(said.text(form), said.url, tell),
    "javascript": _script,
}

_WHOLE_TABLES: Final[Mapping[str, Callable[[Served, TableForm], Table]]] = {
    "csv": _delimited,
    "tsv": _delimited,
    "parquet": lambda said, _: _texts_of(parquet_frame(said.body, said.url), said.url),
    "arrow": lambda said, _: _texts_of(arrow_frame(said.body, said.url), said.url),
    "sqlite": lambda said, form: sqlite_table(said.body, said.url, form.table),
    "xls": lambda said, form: workbook_table(
        said.body, said.url, form.table, form.header_row, form.header_rows
    ),
    "xlsx": lambda said, form: workbook_table(
        said.body, said.url, form.table, form.header_row, form.header_rows
    ),
    "html": _web_page,
    "markdown": _markdown,
    "feed": lambda said, form: feed_table(said.body, said.url, said.charset, said.as_of, form.date_order),
    "changelog": lambda said, form: _changelog(said, form, "markdown"),
    "changelog-html": lambda said, form: _changelog(said, form, "html"),
    "changelog-rst": lambda said, form: _changelog(said, form, "rst"),
    "changelog-asciidoc": lambda said, form: _changelog(said, form, "asciidoc"),
}
