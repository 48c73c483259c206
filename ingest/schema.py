"""Schemas of rows as classes: typed columns with limits, and rules over a row; held against rows by Polars.

    class Point(Schema):
        value = Float64(nullable=False, min=0)
        low = Float64()

        @rule
        def low_is_below(cls) -> pl.Expr:
            return cls.low.col <= cls.value.col

The form is dataframely's, of which this is the small part that records need: importing that takes three
times as long as Polars and DuckDB together, at every command and in every process that parses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import polars as pl

DTYPE: Final = "dtype"
"""The limit that a value is of the column's type at all; a row that breaks it is held to no other."""


class Column:
    """One column: its type, whether it may be null, and its limits by name; a null breaks no limit."""

    def __init__(self, dtype: pl.DataType, nullable: bool, limits: Mapping[str, Any]) -> None:
        self.dtype = dtype
        self.nullable = nullable
        self._limits = {name: value for name, value in limits.items() if value is not None}
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @property
    def col(self) -> pl.Expr:
        """The column in an expression."""
        return pl.col(self._name)

    @property
    def max_length(self) -> int | None:
        """The most bytes that text may have; None for no limit."""
        return self._limits.get("max_length")

    def rules(self) -> dict[str, pl.Expr]:
        """The limits as COLUMN|LIMIT and an expression that is true where it is kept."""
        kept = {} if self.nullable else {"nullability": self.col.is_not_null()}
        kept |= {limit: _LIMITS[limit](self.col, value) for limit, value in self._limits.items()}
        if self.dtype.is_float():
            kept |= {"nan": self.col.is_not_nan(), "inf": ~self.col.is_infinite()}
        return {f"{self._name}|{limit}": expression for limit, expression in kept.items()}


_LIMITS: Final[Mapping[str, Callable[[pl.Expr, Any], pl.Expr]]] = {
    "min": lambda column, least: column >= least,
    "min_exclusive": lambda column, below: column > below,
    "max": lambda column, most: column <= most,
    "min_length": lambda column, least: column.str.len_bytes() >= least,
    "max_length": lambda column, most: column.str.len_bytes() <= most,
    "regex": lambda column, pattern: column.str.contains(pattern),
}


def String(
    *,
    nullable: bool = True,
    min_length: int | None = None,
    max_length: int | None = None,
    regex: str | None = None,
) -> Column:
    """A column of text; lengths in bytes of UTF-8."""
    limits = {"min_length": min_length, "max_length": max_length, "regex": regex}
    return Column(pl.String(), nullable, limits)


def Enum(words: Sequence[str], *, nullable: bool = True) -> Column:
    """A column of a few words."""
    return Column(pl.Enum(words), nullable, {})


def Float64(
    *,
    nullable: bool = True,
    min: float | None = None,
    min_exclusive: float | None = None,
    max: float | None = None,
) -> Column:
    """A column of finite numbers."""
    return Column(pl.Float64(), nullable, {"min": min, "min_exclusive": min_exclusive, "max": max})


def Int64(*, nullable: bool = True, min: int | None = None, min_exclusive: int | None = None) -> Column:
    """A column of whole numbers."""
    return Column(pl.Int64(), nullable, {"min": min, "min_exclusive": min_exclusive})


def Bool(*, nullable: bool = True) -> Column:
    """A column of yes and no."""
    return Column(pl.Boolean(), nullable, {})


def Date(*, nullable: bool = True) -> Column:
    """A column of days."""
    return Column(pl.Date(), nullable, {})


class Rule:
    """A function of a schema that gives an expression, true where a row keeps the rule."""

    def __init__(self, function: Callable[[Any], pl.Expr]) -> None:
        self.function = function


def rule(function: Callable[[Any], pl.Expr]) -> Rule:
    """Makes a method of a schema a rule of its rows."""
    return Rule(function)


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows held against a schema.

    good    rows that keep every rule, cast to the schema's types
    broken  the others as they came, with a column per rule that is true where it is broken
    rules   names of these columns
    """

    good: pl.DataFrame
    broken: pl.DataFrame
    rules: tuple[str, ...]


class Schema:
    """Base of all schemas; columns and rules are inherited, those of the base first."""

    _columns: ClassVar[dict[str, Column]] = {}
    _rules: ClassVar[dict[str, Rule]] = {}

    def __init_subclass__(cls) -> None:
        own = vars(cls)
        cls._columns = cls._columns | {name: item for name, item in own.items() if isinstance(item, Column)}
        cls._rules = cls._rules | {name: item for name, item in own.items() if isinstance(item, Rule)}

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """The columns by name, in order."""
        return cls._columns

    @classmethod
    def check(cls, rows: pl.DataFrame) -> Checked:
        """Hold rows, which have exactly the schema's columns, against types, rules and limits."""
        cast = rows.cast({name: column.dtype for name, column in cls._columns.items()}, strict=False)
        untyped = pl.DataFrame(
            {f"{name}|{DTYPE}": rows[name].is_not_null() & cast[name].is_null() for name in cls._columns}
        )
        typed = ~untyped.select(pl.any_horizontal(pl.all())).to_series()
        others = cast.select(
            (pl.lit(typed) & ~expression.fill_null(value=True)).alias(name)
            for name, expression in cls._expressions().items()
        )
        marks = untyped.hstack(others.get_columns())
        broken = marks.select(pl.any_horizontal(pl.all())).to_series()
        return Checked(cast.filter(~broken), rows.hstack(marks).filter(broken), tuple(marks.columns))

    @classmethod
    def _expressions(cls) -> dict[str, pl.Expr]:
        found = {name: item.function(cls) for name, item in cls._rules.items()}
        for column in cls._columns.values():
            found |= column.rules()
        return found
