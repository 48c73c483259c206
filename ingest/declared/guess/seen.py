"""A table as it is seen: its columns, and which of them names models, makers, sellers and days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import About
from ingest.declared.guess.words import is_named, plain_name, says

_ROW_NUMBER: Final = re.compile(
    r"(?i)key|(?:row[ _]?)?(?:index|idx|number|no\.?|id)|unnamed:? ?\d*|column \d+|#|row|"
)

_NEVER_VALID_ON: Final = ("expir", "deprecat", "shutdown", "sunset", "retire", "cutoff", "knowledge")
"""Words of columns whose dates say when something ends, or how far a model's knowledge reaches."""

FEWEST_MODELS: Final = 0.3
"""The share of cells that must look like models where the column's name does not say so."""


@dataclass(frozen=True, slots=True)
class Day:
    """The field of a date, the order of day and month that it needs, or why there is none."""

    field: Any = None
    column: str = ""
    order: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The columns of an unseen table, and what is known of its source."""

    about: About
    columns: tuple[Column, ...]
    model: Column | None = None
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, about: About, columns: Iterable[Column], missing: Iterable[str] = ()) -> Seen:
        """The table with its column of models found."""
        kept = tuple(column for column in columns if not _is_nested(column) and not _counts_rows(column))
        return cls(about, kept, _model(kept), tuple(missing))

    def wholly(self, role: str, besides: Collection[str] = ()) -> Column | None:
        """The first column whose whole name is a word of the role."""
        return next(
            (column for column in self.columns if column.name not in besides and is_named(column.name, role)),
            None,
        )

    def text(self, role: str, besides: Collection[str] = ()) -> Column | None:
        """The first column of words whose name says the role, a whole name before a part of one."""
        fit = [column for column in self.columns if column.is_text and column.name not in besides]
        return next(
            (column for test in (is_named, says) for column in fit if test(column.name, role)),
            None,
        )

    def above(self, besides: Collection[str] = ()) -> Column | None:
        """The name of what the rows lie in, where several things hold rows and each has a name of its own."""
        return next(
            (
                column
                for name in ("parent.key", "parent.id", "parent.name")
                for column in self.columns
                if column.name == name
                and name not in besides
                and column.is_text
                and len(set(column.texts)) > 1
            ),
            None,
        )

    def numbers(self, role: str, besides: Collection[str] = ()) -> list[Column]:
        """The columns of figures whose name says the role."""
        return [
            column
            for column in self.columns
            if column.is_number and column.name not in besides and says(column.name, role)
        ]

    def address(self) -> str | None:
        """The column of web addresses, where there is one."""
        fit = [
            column
            for column in self.columns
            if column.texts and all(text.startswith(("http://", "https://")) for text in column.texts)
        ]
        return fit[0].name if fit else None

    def day(self, without: Collection[str] = ()) -> Day:
        """The column of dates; none whose name holds one of the words `without`."""
        fit = [
            column
            for column in self.columns
            if column.date is not None
            and (says(column.name, "date") or not column.is_number)
            and not any(word in plain_name(column.name) for word in (*_NEVER_VALID_ON, *without))
        ]
        if not fit:
            return Day()
        column = min(fit, key=lambda item: (not is_named(item.name, "date"), not says(item.name, "date")))
        if len(column.orders) == 2:
            return Day(
                column=column.name,
                said=f"{column.name!r} may begin with the day or the month (such as {column.texts[0]}): say "
                'date_order = "dmy" or "mdy", and valid_on = the column',
            )
        order = column.orders[0] if column.orders else None
        return Day(
            {"column": column.name, "date": column.date} if column.date else column.name, column.name, order
        )


def said_only(seen: Seen, column: str) -> dict[str, Any]:
    """The condition that a cell of the column says something."""
    signs = {"not": list(seen.missing)} if seen.missing else {}
    return {column: {"present": True, **signs}}


def _counts_rows(column: Column) -> bool:
    """Whether a column only numbers the rows, as `key` and `Unnamed: 0` do."""
    first = column.numbers[0] if column.numbers else None
    if first not in (0, 1) or _ROW_NUMBER.fullmatch(column.name.strip()) is None:
        return False
    return all(value == first + at for at, value in enumerate(column.numbers))


def _is_nested(column: Column) -> bool:
    return all(text.startswith(("[", "{")) for text in column.texts)


def _model(columns: Sequence[Column]) -> Column | None:
    """The column of models: so named, or full of names that look like models."""
    fit = [column for column in columns if column.texts and not column.is_number and column.date is None]
    fit = [
        column
        for column in fit
        if is_named(column.name, "model") or says(column.name, "model") or column.models >= FEWEST_MODELS
    ]
    if not fit:
        return _named_thing(columns)

    def weight(column: Column) -> float:
        named = (
            3 * is_named(column.name, "model") + says(column.name, "model") + is_named(column.name, "name")
        )
        is_address = any(text.startswith(("http://", "https://")) for text in column.texts)
        return named + 2 * column.models + column.varied - 5 * is_address

    return max(fit, key=weight)


def _named_thing(columns: Sequence[Column]) -> Column | None:
    """The names of what is measured, where they look like no model that anyone knows."""
    figures = [column.name for column in columns if column.is_number]
    measured = any(says(name, role) for name in figures for role in ("score", "speed", "latency"))
    priced = all(any(says(name, role) for name in figures) for role in ("input", "output"))
    if not measured and not priced:
        return None
    return next((column for column in columns if column.is_text and is_named(column.name, "name")), None)
