"""A draft as a TOML text that a person likes to read, with comments on what could not be known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ingest.declared.guess.drafts import Draft, RecordDraft
from ingest.records import Kind

SCHEMA_FILE: Final = "form.schema.json"
"""The JSON Schema of forms, which stands beside them for editors."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def written(draft: Draft) -> str:
    """The form as TOML; its first line names the schema by which editors complete and check it."""
    return "\n".join([f"#:schema ./{SCHEMA_FILE}", *_head(draft), *_records(draft)]) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    about = draft.about
    for line in draft.said:
        yield f"# {_one_line(line)}"
    site = f"https://{about.host}/" if about.host else "https://example.org/"
    yield f"title = {_value(about.title)}"
    yield f"homepage = {_value(site)} # the page of its makers"
    yield 'licence = "not looked up" # under which terms may its figures be used?'
    yield f"credit = {_value(about.host or about.name)} # whom to credit"
    yield "shippable = false # true once the licence allows to hand the figures on"
    yield f"path = {_value(about.path)}" if about.path else f"url = {_value(about.url)}"
    for key, value in draft.keys.items():
        yield f"{key} = {_value(value)}"
    yield f"cadence = {_value(draft.cadence)}"


def _records(draft: Draft) -> Iterator[str]:
    kinds = [record.kind for record in draft.records]
    for record in draft.records:
        yield ""
        yield f"[[{record.kind.value}]]" if kinds.count(record.kind) > 1 else f"[{record.kind.value}]"
        yield from _record(record)


def _record(record: RecordDraft) -> Iterator[str]:
    parts: dict[str, Any] = dict(record.fields)
    if record.where:
        parts["where"] = record.where
    if record.constants:
        parts["constants"] = record.constants
    for name, value in parts.items():
        comment = record.comments.get(name)
        yield f"{name} = {_value(value)}" + (f" # {_one_line(comment)}" if comment else "")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(item)}" for name, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, (int, float)):
        return repr(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def kind_in_words(kind: Kind) -> str:
    """What a kind of record says, for a question to a person."""
    return {
        Kind.SCORE: "scores of models",
        Kind.PRICE: "prices of models",
        Kind.SPEED: "speeds of models",
        Kind.RELEASE: "dated posts or changes",
        Kind.MODEL_FACT: "facts about models",
        Kind.SERIES_POINT: "a series of figures over time",
        Kind.EVENT: "dated events",
        Kind.USAGE: "use of models by day",
    }.get(kind, kind.value.replace("_", " "))
