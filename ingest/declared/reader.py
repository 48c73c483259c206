"""Takes typed values out of a TOML form, and notes in words and by line what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

import polars as pl

from ingest.declared.formulas import FormulaError, read_formula
from ingest.declared.keys import SOURCE_KEYS
from ingest.declared.toml_lines import KeyPath, line_of
from ingest.formats.paths import PathError, checked_path
from ingest.formats.patterns import PatternError, compiled

MOST_NAMES: Final = 40
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong in a form, and in which line (from 1)."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Words that help after a wrong name: the nearest known ones, or all of them."""
    choices = list(known)
    folded = {choice.casefold(): choice for choice in reversed(choices)}
    found = [folded[close] for close in get_close_matches(name.casefold()[:200], folded, n=3, cutoff=0.6)]
    if found:
        return "did you mean " + " or ".join(repr(choice) for choice in found) + "?"
    if not choices:
        return "there are none"
    more = f" and {len(choices) - MOST_NAMES} more" if len(choices) > MOST_NAMES else ""
    return "there are: " + ", ".join(_short(choice) for choice in choices[:MOST_NAMES]) + more


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


@dataclass(slots=True)
class FormReader:
    """One table of the form; `problems` is shared with the readers of its inner tables.

    `lines` finds the line of every key, which only a form with a fault needs.
    """

    table: Mapping[str, Any]
    lines: Callable[[], Mapping[KeyPath, int]]
    path: KeyPath = ()
    problems: list[FormProblem] = field(default_factory=list)

    def wrong(self, message: str, *keys: str | int) -> None:
        self.problems.append(FormProblem(line_of(self.lines(), (*self.path, *keys)), message))

    def inner(self, table: Mapping[str, Any], *keys: str | int) -> FormReader:
        return FormReader(table, self.lines, (*self.path, *keys), self.problems)

    def only(self, known: Iterable[str], what: str) -> None:
        names = list(known)
        for key in self.table:
            if key not in names:
                self.wrong(f"{what} has no {key!r}; {nearest(key, names)}", key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            self.wrong(f"{key!r} is missing: {SOURCE_KEYS.get(key, 'state it')}")
        elif not isinstance(value, str):
            self.wrong(f"{key!r} must be a text in quotes", key)
        elif not value.strip() and default is None:
            self.wrong(f"{key!r} is empty", key)
        return value if isinstance(value, str) else ""

    def maybe_text(self, key: str) -> str | None:
        return self.text(key) if key in self.table else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, ())
        items = [value] if isinstance(value, (str, int, float)) else value
        if not isinstance(items, (list, tuple)) or any(isinstance(item, (dict, list)) for item in items):
            self.wrong(f"{key!r} must be a text or a list of texts", key)
            return ()
        return tuple(as_text(item) for item in items)

    def flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.wrong(f"{key!r} must be true or false", key)
            return default
        return value

    def number(self, key: str, default: float) -> float:
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.wrong(f"{key!r} must be a number", key)
            return default
        return float(value)

    def position_or_text(self, key: str) -> int | str | None:
        value = self.table.get(key)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, (int, str)) or value in (0, "")
        ):
            self.wrong(f"{key!r} must be a position from 1 or a text", key)
            return None
        return value

    def maybe_number(self, key: str) -> float | None:
        return self.number(key, 0.0) if key in self.table else None

    def words(self, key: str) -> dict[str, str]:
        value = self.table.get(key, {})
        if not isinstance(value, dict) or any(isinstance(item, (dict, list)) for item in value.values()):
            self.wrong(f"{key!r} must be a table of texts", key)
            return {}
        return {name: as_text(item) for name, item in value.items()}

    def compiled(self, key: str, compile_it: Callable[[str], object], what: str) -> str | None:
        value = self.maybe_text(key)
        if value:
            try:
                compile_it(value)
            except (PatternError, PathError, FormulaError) as error:
                self.wrong(f"{key!r} is not a valid {what}: {error}", key)
        return value

    def path_to_rows(self, key: str) -> str | None:
        return self.compiled(key, checked_path, "JMESPath")

    def paths(self, key: str) -> tuple[str, ...]:
        """JMESPaths: one, or a list."""
        found = self.texts(key)
        for path in found:
            try:
                checked_path(path)
            except PathError as error:
                self.wrong(f"{key!r} is not a valid JMESPath: {error}", key)
        return found

    def count(self, key: str, default: int, most: int) -> int:
        """A whole number from 1."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            self.wrong(f"{key!r} must be a whole number from 1 to {most}", key)
            return default
        return value

    def pattern(self, key: str) -> str | None:
        """A regular expression that needs no backtracking."""
        return self.compiled(key, checked_pattern, "regular expression")

    def formula(self, key: str) -> str | None:
        """A formula over columns."""
        return self.compiled(key, read_formula, "formula")

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str | None:
        """One of some words."""
        known = list(choices)
        value = self.table.get(key, default)
        if value is not None and value not in known:
            self.wrong(f"{key!r} cannot be {value!r}; {nearest(str(value), known)}", key)
            return default
        return value if isinstance(value, str) else default


@lru_cache(maxsize=1024)
def checked_pattern(pattern: str) -> None:
    """Raise PatternError where a regular expression is not valid, in RE2 or in Polars' engine of its kind."""
    compiled(pattern)
    try:
        pl.Series([""]).str.contains(pattern, strict=True)
    except pl.exceptions.ComputeError as error:
        raise PatternError(" ".join(str(error).split())) from error


def as_text(value: object) -> str:
    """A TOML value as cells spell it: true and false, ISO dates, plain numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
