"""The columns of the time line of news: days that have evidence, or weeks, months, quarters of many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

MOST_COLUMNS: Final = 10
"""A telephone has room for so many."""

UNITS: Final = {"1d": "day", "1w": "week", "1mo": "month", "1q": "quarter"}
"""What a column may be, by the words that Polars has for it."""


def unit_of(told: pl.Series) -> str:
    """The finest unit of which the days of what happened fill few enough columns; else the coarsest."""
    return next((unit for unit in UNITS if told.dt.truncate(unit).n_unique() <= MOST_COLUMNS), "1q")


def in_columns(news: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The news with `starts`, the first day of their column, and `column`, its place from 0 in order of time.

    `news`: happened_on.
    """
    starts = pl.col("happened_on").dt.truncate(unit)
    return news.with_columns(starts=starts, column=starts.rank("dense").cast(pl.Int64) - 1)


def tick_texts(starts: Sequence[date], unit: str) -> list[str]:
    """A day above its month, or a month above its year, which is said where it changes."""
    by_month = unit in {"1mo", "1q"}
    texts, before = [], ""
    for day in starts:
        upper, lower, of = (
            (f"{day:%b}", f"{day:%Y}", f"{day:%Y}")
            if by_month
            else (f"{day.day}", f"{day:%b}", f"{day:%Y-%m}")
        )
        texts.append(f"{upper}<br>{lower if of != before else ''}")
        before = of
    return texts
