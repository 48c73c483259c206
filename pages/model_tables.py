"""What the page of one model says of its scores, its sellers and its place, as pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from charts.parts.axes import score_number, score_text
from pages.tables import INSTANT

SCORES: Final[dict[str, Any]] = {
    "benchmark": st.column_config.TextColumn("benchmark", width=220),
    "headline": st.column_config.TextColumn("score", width=120),
    "interval": st.column_config.TextColumn("interval or error", width=190),
    "setting": st.column_config.TextColumn("setting", width=180),
    "reported_by": st.column_config.TextColumn("reported by", width=100),
    "cost_usd_per_task": st.column_config.NumberColumn("cost per task, $", format="%.3g", width=125),
    "measured": st.column_config.NumberColumn("statements"),
    "url": st.column_config.LinkColumn("page cited", display_text="open"),
    "cost_usd": st.column_config.NumberColumn("cost of the run, $", format="%.4g"),
    "observed_at": st.column_config.DatetimeColumn("first seen (UTC)", format=INSTANT),
    "source_id": "source",
}
SELLERS: Final[dict[str, Any]] = {
    "provider": st.column_config.TextColumn("seller", width=150),
    "seller": st.column_config.TextColumn("is", width=75),
    "tier": st.column_config.TextColumn("tier", width=80),
    "input_usd_per_mtok": st.column_config.NumberColumn("input, $/Mtok", format="%.4g", width=115),
    "output_usd_per_mtok": st.column_config.NumberColumn("output, $/Mtok", format="%.4g", width=122),
    "cached_input_usd_per_mtok": st.column_config.NumberColumn("cached, $/Mtok", format="%.4g", width=125),
    "since": st.column_config.DateColumn("stated or seen on", format="YYYY-MM-DD", width=135),
    "source_id": st.column_config.TextColumn("source", width=130),
    "statements": "statements",
    "url": st.column_config.LinkColumn("page cited", display_text="open"),
}
_LISTING: Final = ("source_id", "model_name", "provider", "tier")


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


def headline_scores(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per benchmark of the rows of scores_of_model.sql, by name; `measured` counts its statements.

    An independent measurement before a vendor's own; of ratings, which are fitted anew each time, the newest;
    of all others the best over settings, one with an error first.
    """
    newest = pl.when(pl.col("unit") == "points").then(
        pl.coalesce("valid_on", pl.col("observed_at").dt.date())
    )
    better = pl.when(pl.col("higher_is_better")).then("score").otherwise(-pl.col("score"))
    first = (
        rows.with_columns(newest=newest, better=better, measured=pl.len().over("benchmark_id"))
        .sort(
            pl.col("reported_by") == "vendor",
            pl.col("newest"),
            pl.col("better"),
            pl.col("stderr").is_null() & pl.col("low").is_null(),
            pl.col("source_id"),
            descending=[False, True, True, False, False],
            nulls_last=True,
        )
        .unique("benchmark_id", keep="first", maintain_order=True)
    )
    texts = [(_score(row), _interval(row)) for row in first.iter_rows(named=True)]
    return first.with_columns(
        headline=pl.Series([score for score, _ in texts], dtype=pl.String),
        interval=pl.Series([interval for _, interval in texts], dtype=pl.String),
    ).sort("benchmark", "benchmark_id")


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
            3 * pl.col("input_usd_per_mtok") + pl.col("output_usd_per_mtok"),
            "provider",
            nulls_last=True,
        )
    )


def place_in_index(index: pl.DataFrame, model_id: str) -> str:
    """The model's capability index with its interval, and the ranks that the intervals leave open; or "".

    `index`: the rows of index_for_trend.sql.
    """
    own = index.filter(pl.col("model_id") == model_id)
    if own.is_empty():
        return ""
    row = own.row(0, named=True)
    words = f"Its capability index is {row['value']:.1f} points"
    if row["low"] is None or row["high"] is None:
        return f"{words}."
    above = index.filter(pl.col("low") > row["high"]).height
    below = index.filter(pl.col("high") < row["low"]).height
    best, worst = above + 1, index.height - below
    rank = f"rank {best}" if best == worst else f"rank {best} to {worst}"
    return f"{words} (90 % interval {row['low']:.1f} to {row['high']:.1f}), {rank} of {index.height} models."


def _score(row: Mapping[str, Any]) -> str | None:
    return None if row["score"] is None else score_text(row["score"], row["unit"] or "points")


def _interval(row: Mapping[str, Any]) -> str | None:
    unit = row["unit"] or "points"
    if row["low"] is not None and row["high"] is not None:
        return " to ".join(score_number(row[end], unit) for end in ("low", "high"))
    return None if row["stderr"] is None else f"± {score_text(row['stderr'], unit)} (standard error)"
