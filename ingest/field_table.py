"""Every field of every kind of record as Markdown, made from the schemas, for docs/fields.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from ingest.records import KEYS, SCHEMAS, Kind, allowed_words
from ingest.schema import Column

_HEAD: Final = """# Fields of records

What a table of a form, such as `[score]`, may fill. Made from `ingest/records.py` by `make docs`. A row
without a needed field goes to quarantine; `setting` is empty where a form leaves it out. The fields of the
key say what a row speaks of: two rows with the same key that differ contradict each other.
"""
_TYPES: Final = {pl.String: "text", pl.Float64: "number", pl.Int64: "whole number", pl.Date: "date"}


def field_table() -> str:
    """One section for each kind, one row for each field."""
    return "\n".join([_HEAD, *(line for kind in SCHEMAS for line in _section(kind))])


def _section(kind: Kind) -> Iterator[str]:
    summary = (SCHEMAS[kind].__doc__ or "").strip().splitlines()[0]
    yield f"## {kind.value}\n\n{summary} Key: {', '.join(f'`{name}`' for name in KEYS[kind])}.\n"
    yield "| field | what it holds | needed |\n|---|---|---|"
    for name, column in SCHEMAS[kind].columns().items():
        yield f"| `{name}` | {_holds(kind, name, column)} | {'' if column.nullable else 'yes'} |"
    yield ""


def _holds(kind: Kind, name: str, column: Column) -> str:
    words = allowed_words(kind, name)
    if words:
        return "one of " + ", ".join(f"`{word}`" for word in words)
    kind_of_value = next((said for dtype, said in _TYPES.items() if column.dtype == dtype), "true or false")
    return f"{kind_of_value}{_unit(name)}"


def _unit(name: str) -> str:
    """What the name says of the unit."""
    for ending, unit in (
        ("usd_per_mtok", "USD per million tokens"),
        ("tokens_per_second", "tokens per second"),
        ("_seconds", "seconds"),
        ("usd_per_task", "USD per task"),
        ("seconds_per_task", "seconds per task"),
        ("_usd", "USD"),
    ):
        if name.endswith(ending):
            return f", {unit}"
    return ""
