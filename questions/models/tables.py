"""The tables of one model: a headline score per benchmark, and its place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from analysis.numeric.noise import critical_value
from charts.parts.axes import score_number, score_text
from questions.answer import Column, Kind
from questions.trends.series import error_of_interval

SCORES: Final = {
    "benchmark": Column("benchmark", width=220),
    "headline": Column("score", width=120),
    "interval": Column("90 % interval", width=190),
    "setting": Column("setting", width=180),
    "reported_by": Column("reported by", width=100),
    "cost_usd_per_task": Column("cost per task, $", Kind.NUMBER, digits=3, width=125),
    "measured": Column("statements", Kind.NUMBER),
    "url": Column("page cited", Kind.LINK),
    "cost_usd": Column("cost of the run, $", Kind.NUMBER, digits=4),
    "observed_at": Column("first seen (UTC)", Kind.INSTANT),
    "source_id": Column("source"),
}
_NOT_KNOWN: Final = "unknown"
"""What a source writes where it knows no setting: readers see a dash, as where nothing is written."""

_TOLD_BY: Final = {
    "launch-word": "title says it is launched",
    "name-is-here": "title says it is there",
    "title-is-name": "title is its name",
    "name-then-colon": "title begins with its name",
}
"""The rules that tie a statement to a model (ingest/identity/announcements.py), as a reader says them."""

_REACH: Final = critical_value(0.9)
"""How many standard errors the interval of an index, or of a difference of two, reaches to each side."""


@dataclass(frozen=True, slots=True)
class Place:
    """A model's capability index in points, with its 90 % interval where there is one.

    `best` to `worst` are the ranks that the errors leave open, `of` so many models.
    """

    value: float
    low: float | None
    high: float | None
    best: int
    worst: int
    of: int

    @property
    def error(self) -> float:
        """The standard error that the interval states; 0 where none is known."""
        if self.low is None or self.high is None:
            return 0.0
        return (self.high - self.low) / (2 * _REACH)

    def may_equal(self, other: Place) -> bool:
        """Whether both lie within the 90 % error of their difference; without errors only equals do."""
        return abs(self.value - other.value) <= _REACH * math.hypot(self.error, other.error)


def setting_once(setting: str | None) -> str | None:
    """A setting without what it says twice: "16K thinking 16k" is "16K thinking"; None where nobody knows it.

    The warehouse joins what the row says to what the model's name says. Trailing words that stand before
    already, in whatever letters, say nothing more.
    """
    if setting is None:
        return None
    words = setting.split()
    while len(words) > 1 and set(_parts(words[-1])) <= {part for word in words[:-1] for part in _parts(word)}:
        words.pop()
    once = " ".join(words).rstrip(",")
    return None if once.casefold() == _NOT_KNOWN else once


def _parts(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", word.casefold())


def with_texts(scores: pl.DataFrame) -> pl.DataFrame:
    """The rows of headline_scores_of_model.sql with `headline` and `interval` as a reader sees them."""
    texts = [(_score(row), _interval(row)) for row in scores.iter_rows(named=True)]
    return scores.with_columns(
        headline=pl.Series([score for score, _ in texts], dtype=pl.String),
        interval=pl.Series([interval for _, interval in texts], dtype=pl.String),
    )


def with_source_titles(rows: pl.DataFrame, titles: Mapping[str, str]) -> pl.DataFrame:
    """The rows with sources by their titles instead of their ids: `source_id`, and lists of witnesses."""
    lists = [name for name in ("for_sources", "against_sources") if name in rows.columns]
    ids = [name for name in ("source_id",) if name in rows.columns]
    return rows.with_columns(
        *(pl.col(name).replace(titles) for name in ids),
        *(pl.col(name).list.eval(pl.element().replace(titles)) for name in lists),
    )


def with_rules_told(releases: pl.DataFrame) -> pl.DataFrame:
    """The rows of releases_of_model.sql with `kind` and `rule` in words; what has none keeps its name."""
    return releases.with_columns(
        pl.col("kind").replace({"changelog": "change log"}), pl.col("rule").replace(_TOLD_BY)
    )


def place_in_index(index: pl.DataFrame, model_id: str) -> Place | None:
    """The place of a model among the rows of index_for_trend.sql; None where it is not among them.

    Above and below stands who is so beyond the 90 % error of the difference, as on every page that says who
    cannot be told apart; one whose error is not known stands apart from other values only.
    """
    own = index.filter(pl.col("model_id") == model_id)
    if own.is_empty():
        return None
    value, low, high = own.select("value", "low", "high").row(0)
    error = pl.col("error").fill_null(0.0)
    own_error = error.filter(pl.col("model_id") == model_id).first()
    reach = _REACH * (error**2 + own_error**2).sqrt()
    gap = pl.col("value") - value
    above, below = (
        index.with_columns(error=error_of_interval())
        .select((gap > reach).sum().alias("above"), (gap < -reach).sum().alias("below"))
        .row(0)
    )
    return Place(value, low, high, above + 1, index.height - below, index.height)


def _score(row: Mapping[str, Any]) -> str | None:
    return None if row["score"] is None else score_text(row["score"], row["unit"] or "points")


def _interval(row: Mapping[str, Any]) -> str | None:
    if row["low"] is None or row["high"] is None:
        return None
    return " to ".join(score_number(row[end], row["unit"] or "points") for end in ("low", "high"))
