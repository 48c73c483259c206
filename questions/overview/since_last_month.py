"""What changed in the month up to the last day that has evidence, in five lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from analysis.news.item import NewsKind
from charts.parts.figure import in_words
from questions.answer import Block, Entries, Entry, Heading, Link
from questions.news.question import first_day, known_news
from questions.news.shut_downs import by_whom
from questions.news.unread import Readings, readings
from questions.news.words import IS_DUE
from questions.view import View
from questions.wording import counted, listed

DAYS: Final = 30
_UNKNOWN: Final = ("Unknown", "No ")
"""How a line begins of whose kind nothing was read in time."""

_NAMED: Final = 3
"""So many models are named in a line."""


def since_last_month(view: View) -> tuple[Block, ...]:
    """Five lines from the news; nothing where no news are known."""
    known, by = known_news(view)
    if known.is_empty():
        return ()
    until = first_day(known, 1)
    happened = known.filter(pl.col("happened_on") <= until)
    since = until - timedelta(days=DAYS)
    read = readings(view, by)
    lines = tuple(_line(one, happened.filter(one.rule), since, until, read) for one in _LINES)
    return (
        Heading(f"In the month to {in_words(until)}"),
        Entries("since-last-month", _reasons_once(_known_first(lines))),
        Link("news", "All that is new, by day"),
    )


def _line(line: _Line, of_kind: pl.DataFrame, since: date, until: date, read: Readings) -> Entry:
    """What there was of one kind, the newest first; where there was nothing, the last before.

    That there was nothing is said only where a source of the kind was read in time to see it.
    """
    recent = of_kind.filter(pl.col("happened_on") > since)
    silent = read.silent_models(since, until) if line.kind is NewsKind.MODEL else ""
    if recent.height:
        return Entry(line.label, f"{line.told(recent)} {silent}".strip())
    unread = read.not_looked_at(line.kind.value, since, until)
    if of_kind.is_empty():
        return Entry(line.label, f"{f'{unread}.' if unread else 'None is known.'} {silent}".strip())
    last = of_kind.row(0, named=True)
    which = "the last that readings show, on" if unread else "the last on"
    said = f"{unread or 'None'}; {which} {in_words(last['happened_on'])}: {last['headline']}"
    return Entry(line.label, f"{said} {silent}".strip())


def _known_first(lines: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What happened before what nobody looked at."""
    return tuple(sorted(lines, key=lambda line: line.text.startswith(_UNKNOWN)))


def _reasons_once(lines: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The lines, a reason that the line before has given too not written out again."""
    reasons = [line.text.partition("; ")[0] for line in lines]
    return tuple(
        replace(line, text=f"Unknown for the same reason{line.text.removeprefix(reason)}")
        if reason == before and reason.startswith("Unknown: ")
        else line
        for line, reason, before in zip(lines, reasons, ["", *reasons], strict=False)
    )


def _headlines(rows: pl.DataFrame) -> str:
    first = rows.row(0, named=True)
    more = f" And {rows.height - 1} more." if rows.height > 1 else ""
    return f"{first['headline']}{more}"


def _largest_cut(rows: pl.DataFrame) -> str:
    largest = rows.sort(pl.col("after") / pl.col("before")).row(0, named=True)
    return largest["headline"] if rows.height == 1 else f"{rows.height}; the largest: {largest['headline']}"


def _models(rows: pl.DataFrame) -> str:
    """How many models, the first few by name: one that several sellers show counts once."""
    names = rows["model"].drop_nulls().unique(maintain_order=True)
    if names.is_empty():
        return f"{counted(rows.height, 'new model')}."
    rest = names.len() - _NAMED
    if rest <= 0:
        return f"{listed(names.to_list())}."
    return f"{names.len():,}, among them {listed(names.head(_NAMED).to_list())}."


def _shut(rows: pl.DataFrame) -> str:
    """Those that are told as of their day, and those that only an old notice names, which is no evidence."""
    due, seen = rows.filter(IS_DUE), rows.filter(~IS_DUE)
    said = [f"{by_whom(seen)}."] if seen.height else []
    if due.height:
        newest: date = due["known_at"].max().date()  # type: ignore[union-attr]  # a column of instants
        said.append(f"Due by notices known by {in_words(newest)}: {by_whom(due)}.")
    return " ".join(said)


def _is(kind: NewsKind) -> pl.Expr:
    return pl.col("kind") == kind.value


_CUT: Final = _is(NewsKind.PRICE) & (pl.col("after") < pl.col("before"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: the kind whose sources it needs, which news it tells, and how."""

    label: str
    kind: NewsKind
    rule: pl.Expr
    told: Callable[[pl.DataFrame], str]


_LINES: Final = (
    _Line("New leader", NewsKind.LEADER, _is(NewsKind.LEADER), _headlines),
    _Line("Price cuts", NewsKind.PRICE, _CUT, _largest_cut),
    _Line("New low of a level", NewsKind.LOW, _is(NewsKind.LOW), _headlines),
    _Line("New models", NewsKind.MODEL, _is(NewsKind.MODEL), _models),
    _Line("Shut-downs", NewsKind.SHUTDOWN, _is(NewsKind.SHUTDOWN), _shut),
)
