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

_NAMED: Final = 9
"""So many are named in the entry of all."""


def together(rows: pl.DataFrame) -> Entry:
    """The rows of news.sql of one day as one entry: makers of most models first, with the names of these.

    At least two rows, all of `IS_FIRST_LISTED`.
    """
    of_maker = pl.len().over("organization")
    named = rows.sort(of_maker, "organization", descending=[True, False], maintain_order=True).head(_NAMED)
    makers = [
        f"{listed(part['model'].to_list())}{f' by {maker}' if maker else ''}"
        for (maker,), part in named.group_by("organization", maintain_order=True)
    ]
    rest = [f"{rows.height - _NAMED:,} more"] if rows.height > _NAMED else []
    evidence = rows["evidence"].unique(maintain_order=True)
    note = (
        f"{evidence[0]}." if evidence.len() == 1 else f"From {counted(rows['source_id'].n_unique(), 'list')}."
    )
    urls = rows["url"].unique()
    return Entry(
        capital(COUNTED[NewsKind.MODEL.value][1]),
        f"{counted(rows.height, 'model')} are listed for the first time: {'; '.join([*makers, *rest])}.",
        note,
        urls[0] if urls.len() == 1 else None,
    )
