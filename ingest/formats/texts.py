"""Bytes as JSON: error pages, keys stated twice, and nesting that would exhaust the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from ingest.errors import ParseError
from ingest.formats.encodings import decode

MOST_LEVELS: Final = 200
"""Deeper nesting than this is no data."""

MOST_REPEATED_KEYS: Final = 20
"""So many keys that are stated twice are told; with more, the rest is only counted."""

Tell = Callable[[str], None]
"""Takes a sentence about something odd in a payload that can be read all the same."""

Heard = list[tuple[str, str]]
"""Where something odd was read, and the sentence about it."""

_HEARD: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def hearing() -> Iterator[Heard]:
    """Collect what is odd in the JSON that is read in this block, whoever reads it and hands no `tell`."""
    heard: Heard = []
    before = _HEARD.set(heard)
    try:
        yield heard
    finally:
        _HEARD.reset(before)


_HALF_SIGN: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""An escaped surrogate, of which JSON may hold one without the other."""


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

    `tell`, or else who is `hearing`, hears of each key that an object states twice with differing values; the
    last one counts, as it does for most readers.
    """
    refuse_web_page(body, where, "JSON")
    return json_of_text(decode(body), where, tell)


def json_of_text(text: str, where: str, tell: Tell | None = None) -> Any:
    """A text as JSON; see `loaded_json`."""
    try:
        found = loading(json.loads, where, tell)(text)
        return _whole(found) if _HALF_SIGN.search(text) else found
    except ValueError as error:
        raise not_valid(text, where, "JSON", str(error)) from error
    except RecursionError as error:
        raise not_valid(text, where, "JSON", "it is nested without end") from error


def loaded_json_lines(body: bytes, where: str, tell: Tell | None = None) -> list[Any]:
    """One JSON value a line; raises ParseError as `loaded_json` does."""
    refuse_web_page(body, where, "JSONL")
    return json_lines_of_text(decode(body), where, tell)


def json_lines_of_text(text: str, where: str, tell: Tell | None = None) -> list[Any]:
    """One JSON value a line of a text; see `loaded_json`."""
    # not splitlines(), since a text in JSON may hold a line separator of Unicode
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip("\0 \t")]
    return [json_of_text(line, where, tell) for line in lines]


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


def loading(load: Callable[..., Any], where: str, tell: Tell | None = None) -> Callable[[str], Any]:
    """`load`, which takes `object_pairs_hook` as `json.loads` does, telling of keys that are stated twice."""
    listener = listening(where, tell)
    return load if listener is None else lambda text: _telling(load, text, listener)


def listening(where: str, tell: Tell | None = None) -> Tell | None:
    """Who hears what is odd in a payload: who is handed in, else who is `hearing`; None for nobody."""
    heard = _HEARD.get()
    if tell is not None or heard is None:
        return tell
    return lambda said: heard.append((where, said))


class RepeatedKeys:
    """Tells of keys that one object states twice with differing values; of many it tells the number."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._found = 0

    def state(self, key: str, first: str, last: str) -> None:
        """A key with its two values, as texts."""
        self._found += 1
        if self._found <= MOST_REPEATED_KEYS:
            self._tell(
                f"the key {_whole(key[:100])!r} is stated twice: {first}, then {last}; the last one is taken"
            )

    def end(self) -> None:
        """All has been read."""
        if self._found > MOST_REPEATED_KEYS:
            self._tell(
                f"{self._found - MOST_REPEATED_KEYS:,} more keys are stated twice with differing values"
            )


def _telling(load: Callable[..., Any], text: str, tell: Tell) -> Any:
    """The text as JSON; tells of keys that one object states twice with differing values."""
    repeated = RepeatedKeys(tell)

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        said: dict[str, Any] = {}
        for key, value in pairs:
            if key in said and said[key] != value:
                repeated.state(key, _shown(said[key]), _shown(value))
            said[key] = value
        return made

    loaded = load(text, object_pairs_hook=members)
    repeated.end()
    return loaded


def _shown(value: Any) -> str:
    return str(_whole(json.dumps(value, ensure_ascii=False, default=str)[:200]))


def not_valid(text: str, where: str, form: str, why: str) -> ParseError:
    """What is said of a text that is not of its format: why, and how it begins."""
    start = " ".join(text[:80].split())[:60]
    return ParseError(f"{where} is not valid {form} ({why}); it begins with {start!r}")
