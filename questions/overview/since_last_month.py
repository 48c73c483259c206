"""What changed in the month up to the last day that has evidence, in five lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from analysis.news.item import NewsKind
from charts.parts.figure import in_words
from questions.answer import Block, Entries, Entry, Heading, Link
from questions.news.question import first_day, known_news
from questions.view import View
from questions.wording import counted

DAYS: Final = 30
_NAMED: Final = 3
"""So many models are named in a line."""


def since_last_month(view: View) -> tuple[Block, ...]:
    """Five lines from the news; nothing where no news are known."""
    known, _ = known_news(view)
    if known.is_empty():
        return ()
    until = first_day(known, 1)
    happened = known.filter(pl.col("happened_on") <= until)
    since = until - timedelta(days=DAYS)
    lines = tuple(_line(label, happened.filter(rule), since, told) for label, rule, told in _LINES)
    return (
        Heading(f"In the month to {in_words(until)}"),
        Entries("since-last-month", lines),
        Link("news", "All that is new, by day"),
    )


def _line(label: str, of_kind: pl.DataFrame, since: date, told: Callable[[pl.DataFrame], str]) -> Entry:
    """What there was of one kind, the newest first; where there was nothing, the last before."""
    recent = of_kind.filter(pl.col("happened_on") > since)
    if recent.height:
        return Entry(label, told(recent))
    if of_kind.is_empty():
        return Entry(label, "None is known.")
    last = of_kind.row(0, named=True)
    return Entry(label, f"None; the last on {in_words(last['happened_on'])}: {last['headline']}")


def _headlines(rows: pl.DataFrame) -> str:
    first = rows.row(0, named=True)
    more = f" And {rows.height - 1} more." if rows.height > 1 else ""
    return f"{first['headline']}{more}"


def _largest_cut(rows: pl.DataFrame) -> str:
    largest = rows.sort(pl.col("after") / pl.col("before")).row(0, named=True)
    return largest["headline"] if rows.height == 1 else f"{rows.height}; the largest: {largest['headline']}"


def _models(rows: pl.DataFrame) -> str:
    return _named(rows, "new model")


def _shut(rows: pl.DataFrame) -> str:
    return _named(rows, "model")


def _named(rows: pl.DataFrame, thing: str) -> str:
    """How many models, the first few by name: one that several sellers show counts once."""
    names = rows["model"].drop_nulls().unique(maintain_order=True)
    if names.is_empty():
        return f"{counted(rows.height, thing)}."
    rest = names.len() - _NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{counted(names.len(), thing)}: {', '.join(names.head(_NAMED))}{more}."


def _is(kind: NewsKind) -> pl.Expr:
    return pl.col("kind") == kind.value


_CUT: Final = _is(NewsKind.PRICE) & (pl.col("after") < pl.col("before"))
_LINES: Final[tuple[tuple[str, Any, Callable[[pl.DataFrame], str]], ...]] = (
    ("New leader", _is(NewsKind.LEADER), _headlines),
    ("Price cuts", _CUT, _largest_cut),
    ("New low of a level", _is(NewsKind.LOW), _headlines),
    ("New models", _is(NewsKind.MODEL), _models),
    ("Shut-downs", _is(NewsKind.SHUTDOWN), _shut),
)
