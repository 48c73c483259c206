"""Bytes as JSON or YAML: error pages, keys stated twice, and nesting that would exhaust the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

import yaml

from ingest.errors import ParseError
from ingest.formats.encodings import decode

MOST_LEVELS: Final = 200
"""Deeper nesting than this is no data: YAML's reader in C would take the whole process down with it."""

MOST_NODES: Final = 5_000_000
"""More values than this, references written out, are no data."""

MOST_REPEATED_KEYS: Final = 20
"""So many keys that are stated twice are told; with more, the rest is only counted."""

Tell = Callable[[str], None]
"""Takes a sentence about something odd in a payload that can be read all the same."""

_HALF_SIGN: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""An escaped surrogate, of which JSON may hold one without the other."""

_MOST_ALIASES: Final = 1000
_YAML_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_web_page(body: bytes) -> bool:
    """Whether bytes begin as HTML does (an error page, say, where data was expected)."""
    start = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<?xml"):
        start = start.partition(b"?>")[2].lstrip()
    while start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    return re.match(rb"<(!doctype html|html|head|body)\b", start) is not None


def refuse_web_page(body: bytes, where: str, wanted: str) -> None:
    """Raise ParseError where the bytes are a web page or nothing at all."""
    if not body.strip(b" \t\r\n\0"):
        raise ParseError(f"{where} answered with an empty body, not {wanted}")
    if is_web_page(body):
        raise ParseError(f"{where} answered with a web page, not {wanted}; open it to see what it says")


def loaded_json(body: bytes, where: str, tell: Tell | None = None) -> Any:
    """The bytes as JSON; raises ParseError that shows how they begin where they are something else.

    `tell` hears of each key that an object states twice with differing values; the last one counts, as it
    does for most readers.
    """
    refuse_web_page(body, where, "JSON")
    return json_of_text(decode(body), where, tell)


def json_of_text(text: str, where: str, tell: Tell | None = None) -> Any:
    """A text as JSON; see `loaded_json`."""
    try:
        found = json.loads(text) if tell is None else _telling(text, tell)
        return _whole(found) if _HALF_SIGN.search(text) else found
    except ValueError as error:
        raise _not(text, where, "JSON", str(error)) from error
    except RecursionError as error:
        raise _not(text, where, "JSON", "it is nested without end") from error


def loaded_json_lines(body: bytes, where: str, tell: Tell | None = None) -> list[Any]:
    """One JSON value a line; raises ParseError as `loaded_json` does."""
    refuse_web_page(body, where, "JSONL")
    return json_lines_of_text(decode(body), where, tell)


def json_lines_of_text(text: str, where: str, tell: Tell | None = None) -> list[Any]:
    """One JSON value a line of a text; see `loaded_json`."""
    # not splitlines(), since a text in JSON may hold a line separator of Unicode
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip("\0 \t")]
    return [json_of_text(line, where, tell) for line in lines]


def loaded_yaml(body: bytes, where: str) -> Any:
    """The bytes as YAML (its safe subset); raises ParseError where they are something else."""
    refuse_web_page(body, where, "YAML")
    return yaml_of_text(decode(body), where)


def yaml_of_text(text: str, where: str) -> Any:
    """A text as YAML; see `loaded_yaml`."""
    try:
        _refuse_endless(text)
        return yaml.load(text, Loader=_YAML_LOADER)
    except (ValueError, TypeError, yaml.YAMLError) as error:  # TypeError: a list as a key
        raise _not(text, where, "YAML", " ".join(str(error).split())) from error
    except RecursionError as error:
        raise _not(text, where, "YAML", "it is nested without end") from error


def _whole(value: Any) -> Any:
    """The value with a question mark for each half of a sign that stands alone: such are no text."""
    match value:
        case str():
            return value.encode("utf-8", errors="replace").decode()
        case list():
            return [_whole(member) for member in value]
        case dict():
            return {_whole(key): _whole(member) for key, member in value.items()}
    return value


def _telling(text: str, tell: Tell) -> Any:
    """The text as JSON; tells of keys that one object states twice with differing values."""
    found = 0

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        said: dict[str, Any] = {}
        for key, value in pairs:
            if key in said and said[key] != value:
                found += 1
                if found <= MOST_REPEATED_KEYS:
                    tell(_twice(key, said[key], value))
            said[key] = value
        return made

    loaded = json.loads(text, object_pairs_hook=members)
    if found > MOST_REPEATED_KEYS:
        tell(f"{found - MOST_REPEATED_KEYS:,} more keys are stated twice with differing values")
    return loaded


def _twice(key: str, first: Any, last: Any) -> str:
    shown = [_whole(json.dumps(value, ensure_ascii=False, default=str)[:200]) for value in (first, last)]
    return (
        f"the key {_whole(key[:100])!r} is stated twice: {shown[0]}, then {shown[1]}; the last one is taken"
    )


def _refuse_endless(text: str) -> None:
    """Raise ValueError for nesting, or repetition by reference, that no table of figures has.

    Every reference counts as much as what it stands for, so that a few lines that double each other are
    refused before they are built.
    """
    open_nodes: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    total = aliases = 0
    for event in yaml.parse(text, Loader=_YAML_LOADER):
        size = 1
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor is not None:
                sizes[anchor] = total - before + 1
        elif isinstance(event, yaml.AliasEvent):
            # one that stands inside what it refers to never ends
            size = sizes.get(event.anchor or "", MOST_NODES)
            aliases += 1
        elif isinstance(event, yaml.ScalarEvent):
            size = 1 + len(event.value) // 100
            if event.anchor is not None:
                sizes[event.anchor] = size
        total += size
        if len(open_nodes) > MOST_LEVELS or total > MOST_NODES or aliases > _MOST_ALIASES:
            raise ValueError("it is nested without end")


def _not(text: str, where: str, form: str, why: str) -> ParseError:
    start = " ".join(text[:80].split())[:60]
    return ParseError(f"{where} is not valid {form} ({why}); it begins with {start!r}")
