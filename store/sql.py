"""SQL lives in files: numbered migrations, views that are made anew at each start, named queries."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER = Path(__file__).parent
SCHEMA: Final = "schema"
"""The name of the stage that notes which tables and views a warehouse, or a snapshot, has."""


@cache
def query(name: str) -> str:
    """The text of `queries/NOUN/NAME.sql`. Raises KeyError naming the query when there is none."""
    file = query_files().get(name)
    if file is None:
        raise KeyError(f"there is no query {name!r} in store/queries")
    return file.read_text(encoding="utf-8")


@cache
def query_files() -> dict[str, Path]:
    """The file of every named query; names are unique over all nouns."""
    return {file.stem: file for file in sorted((FOLDER / "queries").rglob("*.sql"))}


@cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """All migrations as (number, name, script), in order."""
    files = sorted((FOLDER / "migrations").glob("[0-9]*.sql"))
    return tuple((int(file.stem[:4]), file.stem[5:], file.read_text(encoding="utf-8")) for file in files)


@cache
def views() -> str:
    """Macros and views over the tables, replaced as a whole so that a new version needs no migration."""
    return (FOLDER / "views.sql").read_text(encoding="utf-8")


def schema_digest() -> str:
    """Changes with every migration and every view."""
    return sha256(repr((migrations(), views())).encode()).hexdigest()
