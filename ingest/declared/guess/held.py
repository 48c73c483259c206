"""What lies in a file of several tables: members of an archive, sheets of a workbook, database tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import PurePosixPath
from typing import Any, Final

import fastexcel

from ingest.declared.keys import MEMBER_FORMATS
from ingest.errors import ParseError
from ingest.formats.containers import untarred, unzipped

MOST_TRIED: Final = 6
"""So many sheets, tables or members of their own are tried."""

_READ: Final = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".parquet", ".arrow", ".md")

Keys = Mapping[str, Any]
Inner = Callable[[bytes, str], list[Keys]]
"""The keys under which the bytes of a member may be read."""


def archived(body: bytes, url: str, form: str, inner: Inner) -> Iterator[Keys]:
    """The files of an archive that are of one kind, as one table; then the largest of them alone."""
    unpack = unzipped if form == "zip" else untarred
    try:
        members = unpack(body, url, lambda path: PurePosixPath(path).suffix.lower() in _READ)
    except ParseError:
        return
    sizes: dict[str, int] = {}
    for path, held in members.items():
        suffix = PurePosixPath(path).suffix
        sizes[suffix] = sizes.get(suffix, 0) + len(held)
    for suffix in sorted(sizes, key=lambda suffix: -sizes[suffix]):
        same = sorted(
            (path for path in members if path.endswith(suffix)), key=lambda path: -len(members[path])
        )
        for pattern in [f"*{suffix}", *(same[:MOST_TRIED] if len(same) > 1 else [])]:
            example = same[0] if pattern.startswith("*") else pattern
            for keys in inner(members[example], example):
                if keys["format"] in MEMBER_FORMATS:
                    own = {"format": form, "members": pattern, "member_format": keys["format"]}
                    yield own | {name: value for name, value in keys.items() if name != "format"}


def sheets(body: bytes) -> Iterator[Keys]:
    """Each sheet of a workbook."""
    try:
        names = fastexcel.read_excel(body).sheet_names
    except fastexcel.FastExcelError:
        return
    yield from (({"table": name} if len(names) > 1 else {}) for name in names[:MOST_TRIED])


def sqlite_tables(body: bytes) -> Iterator[Keys]:
    """Each table of an SQLite file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(body)
            found = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) != 'sqlite_'"
            ).fetchmany(MOST_TRIED)
        except (sqlite3.Error, OverflowError):
            return
    yield from (({"table": name} if len(found) > 1 else {}) for (name,) in found)
