"""In which line of a TOML text each key stands, so that messages can point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

KeyPath = tuple[str | int, ...]

_KEY: Final = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED: Final = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_ASSIGNMENT: Final = rf"^\s*({_DOTTED})\s*=(.*)$"
_HEADER: Final = rf"^\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$"
_INLINE_KEY: Final = rf"[{{,]\s*({_DOTTED})\s*="


def lines_of_keys(text: str) -> Mapping[KeyPath, int]:
    """Line (from 1) of every table and key; members of an array of tables have their position in the path.

    Keys of inline tables that are written in one line have the line of that line.
    """
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line, continued in _logical_lines(text):
        header = None if continued else re.match(_HEADER, line)
        if header:
            table = _table_path(header, counts)
            found.setdefault(table, number)
            continue
        assignment = None if continued else re.match(_ASSIGNMENT, line)
        if assignment:
            path = (*table, *_parts(assignment.group(1)))
            found.setdefault(path, number)
            for inner in re.finditer(_INLINE_KEY, assignment.group(2)):
                found.setdefault((*path, *_parts(inner.group(1))), number)
    return found


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of a key, or of the nearest table around it; 1 where nothing is known."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _table_path(header: re.Match[str], counts: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = _parts(header.group(2))
    if header.group(1) == "[":
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _logical_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number, text, and whether the line goes on inside a string or array that an earlier line opened."""
    quote: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        yield number, line, quote is not None or depth > 0
        if quote is None and depth == 0 and re.match(_HEADER, line):
            continue
        quote, depth = _scan(line, quote, depth)


def _scan(line: str, quote: str | None, depth: int) -> tuple[str | None, int]:
    at = 0
    while at < len(line):
        triple = line[at : at + 3]
        if quote is not None:
            if quote[0] == '"' and line[at] == "\\":
                at += 2
            elif line.startswith(quote, at):
                at, quote = at + len(quote), None
            else:
                at += 1
        elif triple in ('"""', "'''"):
            at, quote = at + 3, triple
        elif line[at] in "\"'":
            at, quote = at + 1, line[at]
        elif line[at] == "#":
            break
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(line[at], 0)
            at += 1
    return (quote if quote is not None and len(quote) == 3 else None), depth
