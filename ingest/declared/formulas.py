"""Formulas over the columns of a row: a small closed language, read here and never run as code.

    {Score} - {Margin}          columns stand in braces, figures as they are
    ({Right} + {Half} / 2) / {All}
    max({Low}, {High})          min, max, sum, mean and first skip blank cells; abs and round take one

A blank cell makes the whole blank, and so does a division by zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

LONGEST: Final = 500
DEEPEST: Final = 20

_TOKEN: Final = re.compile(
    r"\s*(?:(\d+\.?\d*(?:e[+-]?\d{1,3})?|\.\d+)|\{([^{}]+)\}|([a-z]+)(?=\s*\()|([-+*/(),]))", re.I
)


class FormulaError(ValueError):
    """A text is no formula; the message says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that can be reckoned; `columns` are the names that it asks for."""

    text: str
    columns: tuple[str, ...]
    _reckon: Callable[[Mapping[str, pl.Expr]], pl.Expr]

    def expression(self, figures: Mapping[str, pl.Expr]) -> pl.Expr:
        """The figures of all rows; `figures` has an expression of numbers for each of `columns`."""
        value = self._reckon(figures)
        return pl.when(value.is_finite()).then(value.round_sig_figs(12))


_Reckon = Callable[[Mapping[str, pl.Expr]], pl.Expr]


def read_formula(text: str) -> Formula:
    """The formula that a text is; raises FormulaError where it is none."""
    if len(text) > LONGEST:
        raise FormulaError(f"it is longer than {LONGEST} characters")
    reader = _Reader(list(_tokens(text)))
    reckon = reader.sum(0)
    reader.end()
    return Formula(text, tuple(dict.fromkeys(reader.columns)), reckon)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if found is None:
            raise FormulaError(
                f"{stripped[at : at + 12].strip()!r} is not understood; columns stand in braces, as in "
                "'{Score} - {Margin}'"
            )
        kind = ("number", "column", "name", "sign")[(found.lastindex or 1) - 1]
        yield _Token(kind, found[found.lastindex or 1])
        at = found.end()


class _Reader:
    """Reads sums of products of terms, from left to right."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self.columns: list[str] = []

    def sum(self, depth: int) -> _Reckon:
        if depth > DEEPEST:
            raise FormulaError("its brackets are nested too deeply")
        left = self._product(depth)
        while (sign := self._sign("+", "-")) is not None:
            left = _joined(left, self._product(depth), sign)
        return left

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise FormulaError(f"{self._tokens[self._at].text!r} is one too many")

    def _product(self, depth: int) -> _Reckon:
        left = self._term(depth)
        while (sign := self._sign("*", "/")) is not None:
            left = _joined(left, self._term(depth), sign)
        return left

    def _term(self, depth: int) -> _Reckon:
        token = self._next()
        match token.kind, token.text:
            case "number", text:
                figure = float(text)
                return lambda _: pl.lit(figure)
            case "column", name:
                column = name.strip()
                self.columns.append(column)
                return lambda figures: figures[column]
            case "name", name:
                return self._function(name.lower(), depth)
            case "sign", "-":
                if depth > DEEPEST:
                    raise FormulaError("its signs are nested too deeply")
                inner = self._term(depth + 1)
                return lambda figures: -inner(figures)
            case "sign", "(":
                found = self.sum(depth + 1)
                self._closed()
                return found
        raise FormulaError(f"{token.text!r} stands where a column or a figure should")

    def _function(self, name: str, depth: int) -> _Reckon:
        if name not in _OF_MANY and name not in _OF_ONE:
            raise FormulaError(f"there is no {name!r}; there are: {', '.join([*_OF_MANY, *_OF_ONE])}")
        self._sign("(")
        inner = [self.sum(depth + 1)]
        while self._sign(",") is not None:
            inner.append(self.sum(depth + 1))
        self._closed()
        if name in _OF_ONE:
            if len(inner) != 1:
                raise FormulaError(f"{name!r} takes one figure")
            return lambda figures: _OF_ONE[name](inner[0](figures))
        return lambda figures: _OF_MANY[name]([part(figures) for part in inner])

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise FormulaError("it ends where a column or a figure should follow")
        self._at += 1
        return self._tokens[self._at - 1]

    def _sign(self, *wanted: str) -> str | None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token.kind != "sign" or token.text not in wanted:
            return None
        self._at += 1
        return token.text

    def _closed(self) -> None:
        if self._sign(")") is None:
            raise FormulaError("a bracket is not closed")


def _joined(left: _Reckon, right: _Reckon, sign: str) -> _Reckon:
    match sign:
        case "+":
            return lambda figures: left(figures) + right(figures)
        case "-":
            return lambda figures: left(figures) - right(figures)
        case "*":
            return lambda figures: left(figures) * right(figures)
        case _:
            return lambda figures: left(figures) / right(figures)


def _total(parts: list[pl.Expr]) -> pl.Expr:
    said = pl.any_horizontal(*(part.is_not_null() for part in parts))
    return pl.when(said).then(pl.sum_horizontal(*parts))


_OF_MANY: Final[Mapping[str, Callable[[list[pl.Expr]], pl.Expr]]] = {
    "min": pl.min_horizontal,
    "max": pl.max_horizontal,
    "sum": _total,
    "mean": pl.mean_horizontal,
    "first": pl.coalesce,
}
_OF_ONE: Final[Mapping[str, Callable[[pl.Expr], pl.Expr]]] = {
    "abs": lambda figure: figure.abs(),
    "round": lambda figure: figure.round(),
}
