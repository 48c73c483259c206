"""Where in JSON or YAML the rows may be: lists or objects of objects, columns, with parents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

DEEPEST: Final = 4
MOST_WAYS: Final = 12
_BARE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def ways_to_rows(found: Any) -> list[Mapping[str, Any]]:
    """The keys of a form (`rows`, `parent`, `names`, `layout`) under which a value may be a table.

    Ways with parents come before the lists that they lie in; the longest lists come first.
    """
    ways = [(size, keys) for size, keys in _ways(found, ())]
    ways.sort(key=lambda item: -item[0])
    return [keys for _, keys in ways[:MOST_WAYS]]


def _ways(found: Any, path: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = {"rows": _written(path)} if path else {}
    if isinstance(found, list):
        yield from _of_list(found, path, rows)
    elif isinstance(found, dict) and found:
        yield from _of_object(found, path, rows)


def _of_list(
    found: Sequence[Any], path: tuple[str, ...], rows: Mapping[str, Any]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    objects = [item for item in found if isinstance(item, dict)]
    if 2 * len(objects) > len(found):
        yield len(objects), rows
        yield from _nested(objects, _written(path) if path else "@")
    elif found and all(isinstance(item, list) for item in found):
        names = _names_in_first(found)
        if names:
            here = _written(path)
            yield len(found) - 1, {"rows": f"{here}[1:]", "names": f"{here}[0]"}
        elif not path:
            yield len(found), rows


def _of_object(
    found: Mapping[str, Any], path: tuple[str, ...], rows: Mapping[str, Any]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    members = list(found.values())
    objects = [member for member in members if isinstance(member, dict)]
    if len(objects) >= 2 and 2 * len(objects) > len(members):
        if _are_columns(objects):
            yield len(objects[0]), {**rows, "layout": "columns"}
        else:
            yield len(objects), rows
            if all(_is_plain_object(item) or _is_table(item) for item in objects):
                yield sum(map(len, objects)), {"parent": _written(path) if path else "@"}
            yield from _nested(objects, _written(path) if path else "@")
    if len(members) >= 2 and all(_is_plain_list(member) for member in members):
        lengths = {len(member) for member in members}
        if len(lengths) == 1 and lengths != {0}:
            yield lengths.pop(), {**rows, "layout": "columns"}
    if len(members) >= 2 and all(
        isinstance(member, list) and member and _is_table(member) for member in members
    ):
        yield sum(map(len, members)) + 1, {"parent": _written(path) if path else "@"}
    if members and all(isinstance(member, (int, float, str)) for member in members) and len(members) > 2:
        yield len(members), rows
    yield from _lists_with_names(found, path)
    if len(path) < DEEPEST:
        for key, member in found.items():
            if isinstance(member, (list, dict)) and len(found) <= 60:
                yield from _ways(member, (*path, str(key)))


def _are_columns(objects: Sequence[Mapping[str, Any]]) -> bool:
    """Objects whose members bear the same row numbers, as pandas writes a frame."""
    first = list(objects[0])
    return (
        bool(first) and all(list(item) == first for item in objects) and all(key.isdigit() for key in first)
    )


def _is_plain_list(member: Any) -> bool:
    return isinstance(member, list) and not any(isinstance(item, (list, dict)) for item in member)


def _nested(objects: Sequence[Mapping[str, Any]], parent: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Lists of objects, or plain objects of figures, within most objects."""
    for key in dict.fromkeys(key for item in objects for key in item):
        inner = [item[key] for item in objects if item.get(key)]
        if 2 * len(inner) < len(objects):
            continue
        if all(_is_table(rows) for rows in inner):
            yield sum(map(len, inner)) + 1, {"parent": parent, "rows": _written((key,))}


def _is_plain_object(found: Mapping[str, Any]) -> bool:
    return bool(found) and all(isinstance(member, (int, float)) for member in found.values())


def _names_in_first(found: Sequence[Sequence[Any]]) -> bool:
    """Whether the first of several lists holds names: words only, of which no other list is made."""
    first, *rest = found
    words = bool(first) and all(isinstance(cell, str) and cell for cell in first)
    return words and any(isinstance(cell, (int, float)) for row in rest for cell in row)


def _is_table(found: Any) -> bool:
    """Whether it is a list of objects, or an object of objects whose names are data."""
    members = found.values() if isinstance(found, dict) else found
    return isinstance(found, (list, dict)) and all(isinstance(item, dict) for item in members)


def _lists_with_names(
    found: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """A list of lists with the list of their column names beside it."""
    for rows_key, rows in found.items():
        if not (isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)):
            continue
        width = max(map(len, rows))
        for names_key, names in found.items():
            if names_key != rows_key and isinstance(names, list) and len(names) == width:
                yield (
                    len(rows),
                    {"rows": _written((*path, rows_key)), "names": _written((*path, names_key))},
                )


def _written(path: Sequence[str]) -> str:
    """A JMESPath to members by name."""
    return ".".join(part if _BARE.fullmatch(part) else json.dumps(part) for part in path)
