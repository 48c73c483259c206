"""Payload bytes as JSON, YAML, CSV or Parquet, and their members as typed rows, with errors in words.

One rule for all sources: a member that cannot be read costs itself only, a cell that is not needed costs
itself only, and a key or column that no row has any more is an error that names what is there instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.containers import parquet_frame
from ingest.formats.delimited import delimited_table
from ingest.formats.encodings import charset_of, decode
from ingest.formats.table import Table
from ingest.formats.texts import loaded_json, refuse_web_page
from ingest.records import KEYS, REFUSAL_SCHEMA, SCHEMAS, Kind, refused_lines
from ingest.source import Payload

FEWEST_TO_JUDGE: Final = 5
"""With fewer figures, small percentages are as likely as fractions."""

_LONGEST_ROW: Final = 2000
"""So many characters of a refused member are kept."""

_MISSHAPEN: Final = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)
"""How plain code fails on a member that is not of the usual form."""


def read_json(payload: Payload) -> Any:
    """The payload as JSON; raises ParseError that shows how it begins where it is not."""
    return loaded_json(_in_utf8(payload), _where(payload))


def read_json_of(payload: Payload, kind: Kind) -> tuple[Any, pl.DataFrame]:
    """The payload as `read_json` gives it, and the keys that it states twice and differently, as refusals."""
    told: list[str] = []
    found = loaded_json(_in_utf8(payload), _where(payload), told.append)
    return found, refused_lines(kind, [(payload.url, reason) for reason in told])


def read_yaml(payload: Payload) -> Any:
    """The payload as YAML (safe subset); raises ParseError where it is not."""
    from ingest.formats.yaml_texts import loaded_yaml  # noqa: PLC0415 - a refresh that reads none loads none

    return loaded_yaml(_in_utf8(payload), _where(payload))


def read_parquet(payload: Payload) -> pl.DataFrame:
    """The payload as a frame with Parquet's own types; raises ParseError where it is not Parquet."""
    return parquet_frame(payload.body, _where(payload))


def read_csv(payload: Payload) -> Table:
    """The payload as a table of trimmed text, blanks as null; raises ParseError where it is no table."""
    return csv_of_bytes(_in_utf8(payload), _where(payload))


def csv_of_bytes(body: bytes, where: str) -> Table:
    """CSV bytes as a table of trimmed text, blanks as null; names of columns trimmed too.

    Raises ParseError (naming `where`) for a page of HTML or XML, an empty file or one without columns.
    """
    refuse_web_page(body, where, "CSV")
    if body.lstrip()[:1] == b"<":
        raise ParseError(f"{where} is a page of HTML or XML where CSV was expected")
    table = delimited_table(body, where)
    trimmed = pl.all().str.strip_chars()
    frame = table.frame.select(trimmed).select(pl.when(pl.all() != "").then(pl.all()))
    return Table(table.name, frame, table.unfit)


def unfit_lines(kind: Kind, table: Table) -> pl.DataFrame:
    """The lines of a CSV file that do not fit its columns, as refusals."""
    return refused_lines(kind, [(item.line, item.reason) for item in table.unfit])


def need_columns(payload: Payload, columns: Iterable[str], needed: Iterable[str]) -> None:
    """Raise ParseError that names the needed columns that are missing and those that are there."""
    there = list(columns)
    missing = [name for name in needed if name not in there]
    if missing:
        raise ParseError(f"{_where(payload)} has no column {', '.join(missing)}; it has {', '.join(there)}")


def need_keys(payload: Payload, members: Iterable[Any], needed: Iterable[str], fewest: int = 1) -> None:
    """Raise ParseError for a key that not one of at least `fewest` members has, naming the keys there are."""
    listed = list(members)
    if len(listed) < fewest:
        return
    objects = [member for member in listed if isinstance(member, Mapping)]
    there = dict.fromkeys(str(key) for member in objects for key in member)
    missing = [name for name in needed if name not in there]
    if missing:
        has = ", ".join(list(there)[:40]) or "nothing"
        raise ParseError(f"{_where(payload)}: no entry has {', '.join(map(repr, missing))}; they have {has}")


def need_percent(payload: Payload, figures: Iterable[Any], what: str) -> None:
    """Raise ParseError where figures that should be percent look like fractions: none of many exceeds 1."""
    known = [figure for figure in figures if isinstance(figure, (int, float)) and figure > 0]
    if len(known) >= FEWEST_TO_JUDGE and max(known) <= 1:
        raise ParseError(
            f"{_where(payload)}: {what} should be percent, but none of {len(known)} figures exceeds 1: "
            "the source seems to state fractions now; correct the unit in the source's file"
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Typed rows of one kind, and the members or cells that could not be read."""

    frame: pl.DataFrame
    refused: pl.DataFrame


def read_rows(
    payload: Payload,
    kind: Kind,
    members: Sequence[Any],
    read: Callable[[Any], Iterable[Mapping[str, Any]]],
    schema: pl.Schema,
    name: Callable[[Any], object] = lambda _: None,
) -> Rows:
    """The rows that `read` makes of each member, with the types of `schema`.

    A member on which `read` fails is refused, under the model that `name` finds in it; so is a row with a
    cell of the wrong type where the record needs it. Other such cells are null, and noted. Raises ParseError
    where `read` fails on all members.
    """
    rows: list[Mapping[str, Any]] = []
    failed: list[dict[str, str | None]] = []
    for member in members:
        try:
            rows += list(read(member))
        except _MISSHAPEN as error:
            failed.append(_refusal(kind, _named(member, name), _in_words(error)))
    if failed and len(failed) == len(members):
        what = f"not one of {len(failed)} entries could be read" if len(failed) > 1 else "cannot be read"
        raise ParseError(f"{_where(payload)}: {what}: {failed[0]['reason']}; it reads {failed[0]['row']}")
    typed = _typed(kind, rows, schema)
    return Rows(typed.frame, pl.concat([pl.DataFrame(failed, schema=REFUSAL_SCHEMA), typed.refused]))


def number(column: str) -> pl.Expr:
    """A text column as a finite Float64; what is not a finite number becomes null."""
    value = pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def day(column: str) -> pl.Expr:
    """A text column that starts with YYYY-MM-DD as Date; anything else becomes null."""
    return pl.col(column).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def day_precision(valid_on: pl.Expr) -> pl.Expr:
    """'day' where a date is known, else null."""
    return pl.when(valid_on.is_not_null()).then(pl.lit("day"))


def _in_utf8(payload: Payload) -> bytes:
    """The body in UTF-8 where its server names a charset and it is not in UTF-8 anyway."""
    charset = charset_of(payload.content_type or payload.headers.get("content-type"))
    if charset in (None, "utf-8"):
        return payload.body
    return decode(payload.body, charset).encode("utf-8", errors="replace")


def _where(payload: Payload) -> str:
    return f"{payload.source_id}: {payload.url}"


def _typed(kind: Kind, rows: Sequence[Mapping[str, Any]], schema: pl.Schema) -> Rows:
    columns: dict[str, list[Any]] = {name: [] for name in schema}
    refused: list[dict[str, str | None]] = []
    for row in rows:
        cells = {name: _cell(row.get(name), dtype) for name, dtype in schema.items()}
        wrong = [name for name, cell in cells.items() if cell is None and row.get(name) is not None]
        refused += [
            _refusal(kind, row, f"{name}: {row[name]!r} is not {_WANTED[schema[name]]}") for name in wrong
        ]
        if not any(_needed(kind, name) for name in wrong):
            for name, cell in cells.items():
                columns[name].append(cell)
    return Rows(pl.DataFrame(columns, schema=schema), pl.DataFrame(refused, schema=REFUSAL_SCHEMA))


def _needed(kind: Kind, name: str) -> bool:
    """Whether a row without this field would be another row: it is of the key, or may not be null."""
    field = SCHEMAS[kind].columns().get(name)
    return field is None or not field.nullable or name in KEYS[kind]


def _cell(value: Any, dtype: pl.DataType) -> Any:
    """The value as the type asks, None where it is not of it."""
    if isinstance(value, (Mapping, list)) or value is None:
        return None
    if dtype == pl.String:
        return None if isinstance(value, bool) else str(value)
    if dtype == pl.Boolean:
        return value if isinstance(value, bool) else None
    if dtype == pl.Date:
        day = value.date() if isinstance(value, datetime) else value
        return day if isinstance(day, date) else None
    return _number(value, whole=dtype == pl.Int64)


def _number(value: Any, *, whole: bool) -> float | int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    if not isfinite(found):
        return None
    if not whole:
        return found
    return int(found) if found.is_integer() and abs(found) < 2**63 else None


_WANTED: Final[Mapping[pl.DataType | type[pl.DataType], str]] = {
    pl.String: "a text",
    pl.Boolean: "true or false",
    pl.Date: "a date",
    pl.Float64: "a number",
    pl.Int64: "a whole number",
}


def _named(member: Any, name: Callable[[Any], object]) -> Mapping[str, Any]:
    said = {"said": member}
    try:
        found = name(member)
    except _MISSHAPEN:
        return said
    return {"model_name": str(found), **said} if found else said


def _refusal(kind: Kind, row: Mapping[str, Any], reason: str) -> dict[str, str | None]:
    text = json.dumps(row, ensure_ascii=False, default=str)
    if len(text) > _LONGEST_ROW:
        short = {key: str(value)[:200] for key, value in row.items()}
        text = json.dumps(short, ensure_ascii=False, default=str)[: 4 * _LONGEST_ROW]
    return {"kind": kind.value, "row": text, "reason": reason}


def _in_words(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it has no {error}"
    return f"it is not of the usual form ({error})"
