"""What an answer rests on: the day of its newest evidence, and the newer models that nobody has measured.

Data end where they end: an answer whose newest score or price is old, or behind models that are known, names
the day of that evidence and speaks of the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from charts.parts.figure import in_words
from questions.chat_models import OTHER_KINDS
from questions.view import KnownBy, View
from questions.wording import agreeing, counted

OLD_AFTER: Final = timedelta(days=31)
"""Evidence older than this on the day that is asked for is no evidence of that day."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far an answer's own evidence reaches.

    asked_on   the day that the answer is asked for
    newest_on  the day of the newest evidence that it uses, never later; None where it uses none
    newer      how many models are known by then that are newer than all that were measured
    unscored   how many of these have no score on anything
    since      the day from which these are counted: that of the newest model measured
    """

    asked_on: date
    newest_on: date | None
    newer: int = 0
    unscored: int = 0
    since: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the newest evidence is of more than a month before the day that is asked for."""
        return self.newest_on is not None and self.asked_on - self.newest_on > OLD_AFTER

    @property
    def is_old(self) -> bool:
        """Whether the answer may not speak of the day that it is asked for."""
        return self.is_dated or (self.newest_on is not None and self.newer > 0)

    @property
    def ends_on(self) -> date:
        """The last day of which the answer may speak."""
        return self.newest_on if self.is_old and self.newest_on is not None else self.asked_on

    @property
    def when(self) -> str:
        """The day as it begins a sentence."""
        return f"{'Up to' if self.is_old else 'On'} {in_words(self.ends_on)}"

    @property
    def on_day(self) -> str:
        """The day as it begins a sentence on a figure of that single day."""
        return f"On {in_words(self.ends_on)}"

    @property
    def caveat(self) -> str:
        """How many newer models have no score at all, else none of this kind; empty where there are none."""
        if not self.newer:
            return ""
        count = self.unscored or self.newer
        have = agreeing(count, "has", "have")
        when = "since then" if self.since is None else f"after {in_words(self.since)}"
        which = f"{counted(count, 'language model')} released or first seen {when}"
        return f"{which} {have} no score {'yet' if self.unscored else 'here yet'}."


def of_scores(view: View, rows: pl.DataFrame, on: date, known_by: KnownBy | None = None) -> Evidence:
    """The evidence of an answer that rests on scores.

    `rows`: released_on of each model measured, and where known observed_at of its score. A score that the
    archive first held after the day (a past date read by what is known now) is dated by its model alone.
    """
    released = rows["released_on"].drop_nulls()
    if released.is_empty():
        return Evidence(on, None)
    newest: date = released.max()  # type: ignore[assignment]  # a column of dates
    by = known_by or view.known_then
    newer = view.ask("models_known_after", KnownBy(by.instant, on), after=newest, other_kinds=OTHER_KINDS)
    unscored = newer.filter(~pl.col("has_score")).height
    return Evidence(on, min(on, max([newest, *_seen(rows, on)])), newer.height, unscored, newest)


def of_prices(scores: Evidence, prices: pl.DataFrame) -> Evidence:
    """The evidence of a price of what the scores name: as new as the price was last confirmed.

    `prices`: last_confirmed_on and held_from of the price steps used. Whether newer models are measured is
    still a matter of the scores.
    """
    said = pl.coalesce("last_confirmed_on", "held_from")
    days = prices.filter(pl.col("input_usd_per_mtok").is_not_null()).select(said)["last_confirmed_on"]
    newest = days.max()
    if not isinstance(newest, date):
        return Evidence(scores.asked_on, None)
    return Evidence(
        scores.asked_on, min(newest, scores.asked_on), scores.newer, scores.unscored, scores.since
    )


def earlier(one: Evidence, other: Evidence) -> Evidence:
    """The evidence of an answer that needs both: it reaches as far as the lesser."""
    days = [day for day in (one.newest_on, other.newest_on) if day is not None]
    return Evidence(
        one.asked_on,
        min(days) if days else None,
        max(one.newer, other.newer),
        max(one.unscored, other.unscored),
        min((day for day in (one.since, other.since) if day is not None), default=None),
    )


def _seen(rows: pl.DataFrame, on: date) -> list[date]:
    if "observed_at" not in rows.columns:
        return []
    days = rows.select(day=pl.col("observed_at").dt.date()).filter(pl.col("day") <= on)["day"]
    newest = days.max()
    return [newest] if isinstance(newest, date) else []
