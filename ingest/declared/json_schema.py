"""The JSON Schema of forms, by which editors complete and check them; made from keys and kinds.

References: JSON Schema draft 7, which Taplo and other editors of TOML read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from ingest.declared.check_records import KINDS
from ingest.declared.keys import (
    CONDITION_KEYS,
    FIELD_KEYS,
    FORMATS,
    MEMBER_FORMATS,
    RECORD_KEYS,
    SELF_NAMED_COLUMNS,
    SOURCE_KEYS,
    UNITS,
)
from ingest.declared.money import CODES
from ingest.formats.written_dates import ORDERS
from ingest.records import SCHEMAS, Kind, allowed_words

Part = dict[str, Any]

_TEXT: Final[Part] = {"type": "string"}
_FLAG: Final[Part] = {"type": "boolean"}
_NUMBER: Final[Part] = {"type": "number"}
_PLAIN: Final[Part] = {"type": ["string", "number", "boolean"]}
_TEXTS: Final[Part] = {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]}
_WORDS: Final[Part] = {"type": "object", "additionalProperties": _PLAIN}
_PLACE: Final[Part] = {
    "anyOf": [{"type": "integer", "not": {"const": 0}}, {"type": "string", "minLength": 1}]
}
_DECIMAL: Final[Part] = {"enum": [".", ","]}
_CURRENCY: Final[Part] = {"enum": list(CODES)}
_TURNED: Final[Part] = {
    "type": "object",
    "properties": {"keep": _TEXTS, "name": _TEXT, "value": _TEXT},
    "additionalProperties": False,
}
_PAGING: Final[Part] = {
    "type": "object",
    "properties": {
        "next": _TEXT, "link": _TEXT, "parameter": _TEXT, "more": _TEXT,
        "first": _NUMBER, "step": _NUMBER, "last": _NUMBER,
    },
    "additionalProperties": False,
}  # fmt: skip

_FALLBACK: Final[Part] = {
    "anyOf": [
        _TEXT,
        {
            "type": "object",
            "properties": {"url": _TEXT, "format": {"enum": list(FORMATS)}, "rows": _TEXT, "key": _TEXT},
            "required": ["url"],
            "additionalProperties": False,
        },
    ]
}

_OF_A_SOURCE: Final[Mapping[str, Part]] = {
    "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "url": _TEXTS,
    "fallbacks": {"anyOf": [_FALLBACK, {"type": "array", "items": _FALLBACK}]},
    "format": {"enum": list(FORMATS)},
    "parent": _TEXTS,
    "layout": {"enum": ["rows", "columns"]},
    "complete": _FLAG,
    "grouped": _FLAG,
    "shippable": _FLAG,
    "core": _FLAG,
    "enabled": _FLAG,
    "headers": _WORDS,
    "paging": _PAGING,
    "max_megabytes": _NUMBER,
    "copies": _TEXTS,
    "replay": _TEXTS,
    "table": _PLACE,
    "header_row": _PLACE,
    "header_rows": {"type": "integer", "minimum": 1, "maximum": 10},
    "decimal": _DECIMAL,
    "currency": _CURRENCY,
    "date_order": {"enum": list(ORDERS)},
    "member_format": {"enum": list(MEMBER_FORMATS)},
    "missing": _TEXTS,
    "unpivot": _TURNED,
    "pivot": _TURNED,
}
_OF_A_FIELD: Final[Mapping[str, Part]] = {
    "column": _TEXTS,
    "constant": _PLAIN,
    "unit": {"enum": list(UNITS)},
    "scale": _NUMBER,
    "decimal": _DECIMAL,
    "currency": _CURRENCY,
    "usd": _NUMBER,
    "date": _TEXTS,
    "words": _WORDS,
    "missing": _TEXTS,
    "slug": _FLAG,
    "optional": _FLAG,
}
_OF_A_CONDITION: Final[Mapping[str, Part]] = {
    "is": _TEXTS,
    "not": _TEXTS,
    "min": _NUMBER,
    "max": _NUMBER,
    "present": _FLAG,
}
_FIELD: Final[Part] = {"$ref": "#/definitions/field"}
_WHERE: Final[Part] = {"$ref": "#/definitions/where"}
_DERIVE: Final[Part] = {"$ref": "#/definitions/derive"}
_NEEDED: Final = ("title", "homepage", "licence", "credit", "format", "cadence")


def form_schema() -> Part:
    """The schema of a whole form, as JSON Schema draft 7."""
    own = _described(SOURCE_KEYS, _OF_A_SOURCE) | {"derive": _DERIVE, "where": _WHERE}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A source of hypecurve",
        "type": "object",
        "definitions": {"field": _table(), "where": _where(), "derive": _derived()}
        | {name: _record(kind) for name, kind in KINDS.items()},
        "properties": own | {name: _one_or_many(name) for name in KINDS},
        "required": list(_NEEDED),
        "oneOf": [{"required": ["url"]}, {"required": ["path"]}],
        "anyOf": [{"required": [name]} for name in KINDS],
        "additionalProperties": False,
    }


def form_schema_text() -> str:
    """The schema as it is written to a file."""
    return json.dumps(form_schema(), ensure_ascii=False, indent=1) + "\n"


def _described(keys: Mapping[str, str], types: Mapping[str, Part]) -> Part:
    return {key: {"description": meaning, **types.get(key, _TEXT)} for key, meaning in keys.items()}


def _record(kind: Kind) -> Part:
    shape = _described(RECORD_KEYS, _OF_A_SOURCE) | {"derive": _DERIVE, "where": _WHERE}
    fields = {name: _field(kind, name) for name in SCHEMAS[kind].columns()}
    constants = {name: _constant(kind, name) for name in fields}
    shape["constants"] = {
        "description": RECORD_KEYS["constants"],
        "type": "object",
        "properties": constants,
        "additionalProperties": False,
    }
    about = (SCHEMAS[kind].__doc__ or "").strip().splitlines()[0]
    return {
        "description": about,
        "type": "object",
        "properties": shape | fields,
        "additionalProperties": False,
    }


def _field(kind: Kind, name: str) -> Part:
    column = SCHEMAS[kind].columns()[name]
    said = _in_words(column.dtype)
    needed = "" if column.nullable else "; needed in every row"
    known = (
        f"; columns of this name are taken by themselves in {_self_named(name)}" if _self_named(name) else ""
    )
    return {
        "description": f"{said}{needed}{known}",
        "anyOf": [_TEXT, {"type": "array", "items": _TEXT}, _FIELD],
    }


def _self_named(name: str) -> str:
    return ", ".join(form for form, names in SELF_NAMED_COLUMNS.items() if name in names)


def _in_words(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return "one of " + ", ".join(dtype.categories)
    if dtype.is_numeric():
        return "a number"
    return {pl.Date: "a date", pl.Boolean: "yes or no"}.get(type(dtype), "a text")


def _constant(kind: Kind, name: str) -> Part:
    words = allowed_words(kind, name)
    return {"enum": list(words)} if words else _PLAIN


def _table() -> Part:
    return {
        "type": "object",
        "properties": _described(FIELD_KEYS, _OF_A_FIELD),
        "additionalProperties": False,
    }


def _derived() -> Part:
    return {
        "description": SOURCE_KEYS["derive"],
        "type": "object",
        "additionalProperties": {"anyOf": [_TEXT, _FIELD]},
    }


def _where() -> Part:
    condition = {
        "type": "object",
        "properties": _described(CONDITION_KEYS, _OF_A_CONDITION),
        "additionalProperties": False,
    }
    return {
        "description": SOURCE_KEYS["where"],
        "type": "object",
        "additionalProperties": {"anyOf": [_TEXTS, condition]},
    }


def _one_or_many(name: str) -> Part:
    table = {"$ref": f"#/definitions/{name}"}
    return {"anyOf": [table, {"type": "array", "items": table}]}
