"""Models that lists show for the first time on one day, told in one entry: who made which."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.news.item import NewsKind
from analysis.news.models import FIRST_LISTED
from questions.answer import Entry
from questions.news.kinds import COUNTED
from questions.wording import capital, counted, listed

IS_FIRST_LISTED: Final = (
    (pl.col("kind") == NewsKind.MODEL.value)
    & pl.col("model").is_not_null()
    & pl.col("headline").str.ends_with(FIRST_LISTED)
)

FEWEST_TOGETHER: Final = 3
"""Fewer stand one by one."""

_MAKERS: Final = 6
_OF_A_MAKER: Final = 3
"""So many makers, and models of each, are named in the entry of all."""


def together(rows: pl.DataFrame) -> Entry:
    """The rows of news.sql of one day as one entry, by maker and in their order: the best known first.

    At least two rows, all of `IS_FIRST_LISTED`.
    """
    makers = rows.partition_by("organization", maintain_order=True)
    told = [_of_maker(part) for part in makers[:_MAKERS]]
    rest = sum(part.height for part in makers[_MAKERS:])
    more = [f"{rest:,} more by others"] if rest else []
    evidence = rows["evidence"].unique(maintain_order=True)
    note = (
        f"{evidence[0]}." if evidence.len() == 1 else f"From {counted(rows['source_id'].n_unique(), 'list')}."
    )
    urls = rows["url"].unique()
    return Entry(
        capital(COUNTED[NewsKind.MODEL.value][1]),
        f"{counted(rows.height, 'model')} are listed for the first time: {'; '.join([*told, *more])}.",
        note,
        urls[0] if urls.len() == 1 else None,
    )


def _of_maker(rows: pl.DataFrame) -> str:
    rest = rows.height - _OF_A_MAKER
    names = [*rows["model"].head(_OF_A_MAKER), *([f"{rest:,} more"] if rest > 0 else [])]
    maker = rows["organization"][0]
    return f"{listed(names)}{f' by {maker}' if maker else ''}"
