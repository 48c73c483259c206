"""Bytes as text, JSON or YAML: encodings that lie, error pages, and nesting that would exhaust the reader."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import yaml

from ingest.errors import ParseError

MOST_LEVELS: Final = 200
"""Deeper nesting than this is no data: YAML's reader in C would take the whole process down with it."""

_YAML_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_ALIASES: Final = 1000


def decode(body: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16, else Windows-1252; bytes of zero are left out.

    A text that is UTF-8 but for a few broken bytes stays UTF-8, with a replacement mark for each of them.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    if body[:1] != b"\0" and body[1:40:2].count(0) > 10:
        return body.decode("utf-16-le", errors="replace")
    text = body.decode("utf-8-sig", errors="replace").replace("\0", "")
    broken = text.count("\ufffd")
    if broken and broken >= sum(character > "\x7f" and character != "\ufffd" for character in text):
        return body.decode("cp1252", errors="replace")
    return text


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


def loaded_json(body: bytes, where: str) -> Any:
    """The bytes as JSON; raises ParseError that shows how they begin where they are something else."""
    refuse_web_page(body, where, "JSON")
    try:
        return json.loads(decode(body))
    except ValueError as error:
        raise _not(body, where, "JSON", str(error)) from error
    except RecursionError as error:
        raise _not(body, where, "JSON", "it is nested without end") from error


def loaded_json_lines(body: bytes, where: str) -> list[Any]:
    """One JSON value a line; raises ParseError as `loaded_json` does."""
    refuse_web_page(body, where, "JSONL")
    lines = [line for line in decode(body).splitlines() if line.strip("\0 \t")]
    return [loaded_json(line.encode(), where) for line in lines]


def loaded_yaml(body: bytes, where: str) -> Any:
    """The bytes as YAML (its safe subset); raises ParseError where they are something else."""
    refuse_web_page(body, where, "YAML")
    text = decode(body)
    try:
        _refuse_endless(text)
        return yaml.load(text, Loader=_YAML_LOADER)
    except (ValueError, yaml.YAMLError) as error:
        raise _not(body, where, "YAML", " ".join(str(error).split())) from error


def _refuse_endless(text: str) -> None:
    """Raise ValueError for nesting or repetition by reference that no table of figures has."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_YAML_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MOST_LEVELS or aliases > _MOST_ALIASES:
            raise ValueError("it is nested without end")


def _not(body: bytes, where: str, form: str, why: str) -> ParseError:
    start = " ".join(decode(body[:80]).split())[:60]
    return ParseError(f"{where} is not valid {form} ({why}); it begins with {start!r}")
