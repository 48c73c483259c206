"""Rows out of JSON and YAML: by path, with what their parents say, or by column."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.paths import found_at
from ingest.formats.table import MOST_COLUMNS, distinct
from ingest.formats.texts import MOST_LEVELS

MOST_CELLS: Final = 50_000_000
"""Rows times columns; objects whose names are data make more, and are read as `key` and `value` instead."""

PARENT: Final = "parent."
"""Stands before the names of columns that come from what a row lies in."""

Row = dict[str, Any]


def rows_of(found: Any, rows: str | None, parents: Sequence[str], where: str) -> list[Row]:
    """The rows at a path, each with the plain fields of the parents that it lies in.

    `parents` are paths from the outermost to the innermost; the fields of the innermost are named
    `parent.NAME`, those of the one around it `parent.parent.NAME`, and the key under which a parent stands in
    an object is its `key`. Raises ParseError where a path finds nothing at all.
    """
    if not parents:
        return as_rows(_at(rows, found, where))
    collected: list[Row] = []
    for above, member in _members(parents, found, where):
        inner = found_at(rows, member, where) if rows else member
        if inner is not None:
            collected += [{**row, **above} for row in as_rows(inner)]
    if not collected and rows is not None:
        raise ParseError(f"the path to the rows, {rows!r}, finds nothing in any parent of {where}")
    return collected


def _members(parents: Sequence[str], found: Any, where: str) -> Iterator[tuple[Row, Any]]:
    """Every innermost parent, with the columns that it and those around it give."""
    outer = _at(parents[0], found, where)
    for said, member in _named_members(outer):
        own = {f"{PARENT}{name}": value for name, value in said.items()}
        if len(parents) == 1:
            yield own, member
            continue
        try:
            for above, inner in _members(parents[1:], member, where):
                yield {**above, **{f"{PARENT}{name}": value for name, value in own.items()}}, inner
        except _Nothing:
            continue


class _Nothing(ParseError):
    """A path finds nothing."""


def _named_members(outer: Any) -> Iterator[tuple[Row, Any]]:
    """The members of a list or object with their plain fields; of an object with its names as `key`."""
    if isinstance(outer, dict):
        for key, member in outer.items():
            yield {**(_flat(member) if isinstance(member, dict) else {}), "key": key}, member
        return
    for position, member in enumerate(outer if isinstance(outer, list) else [outer], start=1):
        yield {"key": position, **(_flat(member) if isinstance(member, dict) else {})}, member


def _at(path: str | None, found: Any, where: str) -> Any:
    if path is None:
        return found
    inner = found_at(path, found, where)
    if inner is None:
        names = list(map(str, found))[:20] if isinstance(found, dict) else [f"a {type(found).__name__}"]
        top = ", ".join(names)
        raise _Nothing(f"the path to the rows, {path!r}, finds nothing in {where}; at the top are {top}")
    return inner


def as_rows(found: Any) -> list[Row]:
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


def _named_row(key: Any, member: Any) -> Row:
    return {"key": key, **member} if isinstance(member, dict) else {"key": key, "value": member}


def _row_of_list(row: Any) -> Row:
    if isinstance(row, list):
        return {str(position): cell for position, cell in enumerate(row, start=1)}
    return {"value": row}


def rows_of_columns(found: Any, where: str) -> list[Row]:
    """Rows of an object that holds one list, or one object by row, for each column.

    A column that lacks a row of the others leaves it blank; lists must be of one length. Raises ParseError.
    """
    if not isinstance(found, dict) or not found:
        raise ParseError(f"{where} holds no object of columns where `layout` says so")
    if all(isinstance(column, list) for column in found.values()):
        lengths = {name: len(column) for name, column in found.items()}
        if len(set(lengths.values())) > 1:
            said = ", ".join(f"{name} {length}" for name, length in list(lengths.items())[:8])
            raise ParseError(f"{where}: the columns are not of one length ({said})")
        return [dict(zip(found, cells, strict=True)) for cells in zip(*found.values(), strict=True)]
    if not all(isinstance(column, dict) for column in found.values()):
        raise ParseError(f"{where}: not every column is a list, or an object with a member for each row")
    indexes = dict.fromkeys(index for column in found.values() for index in column)
    if len(indexes) * len(found) > MOST_CELLS:
        raise ParseError(f"{where} has too many different names of rows")
    return [{"key": index} | {name: column.get(index) for name, column in found.items()} for index in indexes]


def rows_with_names(names: Any, rows: Sequence[Row], where: str) -> list[Row]:
    """Rows that are lists under the names that stand elsewhere; ParseError where they do not fit."""
    if not isinstance(names, list) or not names:
        raise ParseError(f"{where}: `names` finds no list of column names")
    said = [str(name.get("name", name.get("id", "")) if isinstance(name, dict) else name) for name in names]
    header = distinct(said)
    if any(len(row) > len(header) for row in rows):
        raise ParseError(f"{where}: a row has more cells than there are column names ({len(header)})")
    positions = [str(position) for position in range(1, len(header) + 1)]
    return [
        {name: row.get(position) for name, position in zip(header, positions, strict=True)} for row in rows
    ]


def frame_of_objects(rows: Sequence[Mapping[str, Any]], where: str) -> pl.DataFrame:
    """Objects as a frame of texts, members of members under dotted names, lists as JSON."""
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    if len(names) > MOST_COLUMNS or len(names) * len(flat) > MOST_CELLS:
        raise ParseError(
            f"{where} has {len(flat):,} rows with {len(names):,} different names of fields: too many for one "
            "table; name the rows more exactly with `rows`"
        )
    return pl.DataFrame({name: pl.Series([row.get(name) for row in flat], dtype=pl.String) for name in names})


def _flat(row: Mapping[Any, Any], prefix: str = "", depth: int = 0) -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, value in row.items():
        if isinstance(value, dict) and depth < MOST_LEVELS:
            flat |= _flat(value, f"{prefix}{key}.", depth + 1)
        else:
            flat[f"{prefix}{key}"] = _text(value)
    return flat


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)
