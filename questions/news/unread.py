"""Which sources of news were read in a span, and what was seen there without being news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.news.item import NewsKind
from charts.parts.figure import in_words
from questions.view import KnownBy, View
from questions.wording import agreeing, counted, from_to

_READ: Final[Mapping[str, tuple[str, str]]] = {
    NewsKind.LEADER.value: ("leaderboard", "leaderboards"),
    NewsKind.PRICE.value: ("price list", "price lists"),
    NewsKind.LOW.value: ("price list", "price lists"),
    NewsKind.MODEL.value: ("list of models", "lists of models"),
    NewsKind.SHUTDOWN.value: ("list of shut-downs", "lists of shut-downs"),
}
"""What is read for a kind of news, as readers know it: one, and several."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The days on which the sources of each kind were read, and the models that no news tell."""

    known: pl.DataFrame
    silent: pl.DataFrame
    """Rows of news_readings.sql and of models_without_news.sql."""

    def not_looked_at(self, kind: str, since: date, until: date) -> str:
        """Why nothing can be said of a kind after `since`, up to `until`; empty where a reading tells it."""
        days = self.known.filter(pl.col("kind") == kind, pl.col("read_on") <= until)
        within = days.filter(pl.col("read_on") > since)
        one, several = _READ[kind]
        if within["tells"].any():
            return ""
        if within.height:
            first, last = within["read_on"].min(), within["read_on"].max()
            assert isinstance(first, date)
            assert isinstance(last, date)
            when = from_to(first, last) if first == last else f"from {from_to(first, last)}"
            if within["sources"].sum() == 1:
                return f"Unknown: one {one} was read {when}, but not in the month before"
            return f"Unknown: {several} were read {when}, but none of them in the month before"
        newest = days["read_on"].max()
        if not isinstance(newest, date):
            return f"No {one} has been read"
        return f"No {one} has been read since {in_words(newest)}"

    def silent_models(self, since: date, until: date) -> str:
        """How many models were first seen in the span after a gap, so that they are no news; else nothing."""
        rows = self.silent.filter(pl.col("seen_on") > since, pl.col("seen_on") <= until)
        if rows.is_empty():
            return ""
        number = int(rows["models"].sum())
        days: list[date] = rows["seen_on"].to_list()
        when = (
            f"on {in_words(days[0])}" if len(days) == 1 else f"on {len(days)} days up to {in_words(days[-1])}"
        )
        verb, they = agreeing(number, "was", "were"), agreeing(number, "it", "they")
        return (
            f"{counted(number, 'model')} {verb} first seen {when}, in a list that had not been read in the "
            f"month before: when {they} came is not known."
        )


def readings(view: View, by: KnownBy) -> Readings:
    """What was read for news as of the view's date."""
    return Readings(view.ask("news_readings", by), view.ask("models_without_news", by))
