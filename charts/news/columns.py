"""The columns of the time line of news: days that have evidence, or weeks, months, quarters of many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

MOST_COLUMNS: Final = 10
"""Of what happened; a telephone has room for so many, and for those of plans beside them."""

UNITS: Final = {"1d": "day", "1w": "week", "1mo": "month", "1q": "quarter"}
"""What a column may be, by the words that Polars has for it."""


def unit_of(told: pl.Series) -> str:
    """The finest unit of which the days of what happened fill few enough columns; else the coarsest."""
    return next((unit for unit in UNITS if told.dt.truncate(unit).n_unique() <= MOST_COLUMNS), "1q")


def in_columns(news: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The news with `starts`, the first day of their column, `is_month`, and `column`, its place from 0.

    `news`: happened_on, planned. What was only planned makes no column of a day or a week: it goes to that of
    its month, unless something happened in the same one.
    """
    own = pl.col("happened_on").dt.truncate(unit)
    of_told = news.filter(~pl.col("planned")).select(own.unique()).to_series()
    beside = (
        pl.col("planned") & ~own.is_in(of_told.implode()) if unit in {"1d", "1w"} else pl.lit(value=False)
    )
    placed = news.with_columns(
        is_month=beside | pl.lit(value=unit == "1mo"),
        starts=pl.when(beside).then(pl.col("happened_on").dt.truncate("1mo")).otherwise(own),
    )
    first = placed.group_by("starts", "is_month").agg(pl.col("happened_on").min().alias("first"))
    places = first.sort("first", "starts", "is_month").with_row_index("column").drop("first")
    return placed.join(places, on=["starts", "is_month"], how="left", maintain_order="left")


def tick_texts(starts: Sequence[date], is_month: Sequence[bool], unit: str) -> list[str]:
    """A day above its month, the month where it changes; of months and quarters the month above its year."""
    texts, before = [], ""
    for day, month in zip(starts, is_month, strict=True):
        by_month = unit in {"1mo", "1q"}
        upper = f"{day:%b}" if by_month else "" if month else f"{day.day}"
        lower = f"{day:%Y}" if by_month else f"{day:%b}"
        texts.append(f"{upper}<br>{lower if lower != before or not upper else ''}")
        before = lower
    return texts
