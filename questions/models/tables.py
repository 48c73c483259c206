"""The tables of one model: a headline score per benchmark, the newest price per seller, its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from analysis.price.blend import blended_price
from charts.parts.axes import score_number, score_text
from questions.answer import Column, Kind

SCORES: Final = {
    "benchmark": Column("benchmark", width=220),
    "headline": Column("score", width=120),
    "interval": Column("interval or error", width=190),
    "setting": Column("setting", width=180),
    "reported_by": Column("reported by", width=100),
    "cost_usd_per_task": Column("cost per task, $", Kind.NUMBER, digits=3, width=125),
    "measured": Column("statements", Kind.NUMBER),
    "url": Column("page cited", Kind.LINK),
    "cost_usd": Column("cost of the run, $", Kind.NUMBER, digits=4),
    "observed_at": Column("first seen (UTC)", Kind.INSTANT),
    "source_id": Column("source"),
}
SELLERS: Final = {
    "provider": Column("seller", width=150),
    "seller": Column("is", width=75),
    "tier": Column("tier", width=80),
    "input_usd_per_mtok": Column("input, $/Mtok", Kind.NUMBER, digits=4, width=115),
    "output_usd_per_mtok": Column("output, $/Mtok", Kind.NUMBER, digits=4, width=122),
    "cached_input_usd_per_mtok": Column("cached, $/Mtok", Kind.NUMBER, digits=4, width=125),
    "since": Column("stated or seen on", Kind.DAY, width=135),
    "source_id": Column("source", width=130),
    "statements": Column("statements", Kind.NUMBER),
    "url": Column("page cited", Kind.LINK),
}
_LISTING: Final = ("source_id", "model_name", "provider", "tier")


@dataclass(frozen=True, slots=True)
class Place:
    """A model's capability index in points, with its 90 % interval where there is one.

    `best` to `worst` are the ranks that the intervals leave open, `of` so many models.
    """

    value: float
    low: float | None
    high: float | None
    best: int
    worst: int
    of: int


def setting_once(setting: str | None) -> str | None:
    """A setting without what it says twice: "16K thinking 16k" is "16K thinking".

    The warehouse joins what the row says to what the model's name says. Trailing words that stand before
    already, in whatever letters, say nothing more.
    """
    if setting is None:
        return None
    words = setting.split()
    while len(words) > 1 and set(_parts(words[-1])) <= {part for word in words[:-1] for part in _parts(word)}:
        words.pop()
    return " ".join(words).rstrip(",")


def _parts(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", word.casefold())


def with_texts(scores: pl.DataFrame) -> pl.DataFrame:
    """The rows of headline_scores_of_model.sql with `headline` and `interval` as a reader sees them."""
    texts = [(_score(row), _interval(row)) for row in scores.iter_rows(named=True)]
    return scores.with_columns(
        headline=pl.Series([score for score, _ in texts], dtype=pl.String),
        interval=pl.Series([interval for _, interval in texts], dtype=pl.String),
    )


def newest_of_sellers(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per seller and tier of the rows of prices_of_model.sql: the newest statement.

    A price is as new as the day from which it is stated to hold, else the day on which it was first seen;
    where a listing has dated prices, an undated one is what it was before them. Makers come first, then the
    cheapest.
    """
    dated = pl.col("valid_on").is_not_null()
    since = pl.coalesce("valid_on", pl.col("observed_at").dt.date())
    seller = ["provider", "seller", "tier"]
    return (
        rows.with_columns(since=since, statements=pl.len().over(seller))
        .filter(dated | ~dated.any().over(_LISTING))
        .sort("since", "observed_at", "source_id", "model_name", descending=[True, True, False, False])
        .unique(seller, keep="first", maintain_order=True)
        .sort(
            pl.col("seller") != "maker",
            pl.col("tier") != "standard",
            blended_price(),
            "provider",
            nulls_last=True,
        )
    )


def place_in_index(index: pl.DataFrame, model_id: str) -> Place | None:
    """The place of a model among the rows of index_for_trend.sql; None where it is not among them."""
    own = index.filter(pl.col("model_id") == model_id)
    if own.is_empty():
        return None
    value, low, high = own.select("value", "low", "high").row(0)
    above = index.filter(pl.col("low") > high).height
    below = index.filter(pl.col("high") < low).height
    return Place(value, low, high, above + 1, index.height - below, index.height)


def _score(row: Mapping[str, Any]) -> str | None:
    return None if row["score"] is None else score_text(row["score"], row["unit"] or "points")


def _interval(row: Mapping[str, Any]) -> str | None:
    unit = row["unit"] or "points"
    if row["low"] is not None and row["high"] is not None:
        return " to ".join(score_number(row[end], unit) for end in ("low", "high"))
    return None if row["stderr"] is None else f"± {score_text(row['stderr'], unit)} (standard error)"
