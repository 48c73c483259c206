"""The part of the question on hype that sets pages of families and makers on a common base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.hype.attention import indexed_attention
from analysis.hype.attention_days import views_a_day, weekly_means
from analysis.results import Window
from charts.hype.attention_over_time import attention_over_time, short_records
from questions.answer import Block, Drawn, Notice
from questions.controls import Chosen, Option
from questions.hype import words
from questions.hype.attention_series import label_of
from questions.view import View

_BASES: Final = {
    "spring-2026": (
        "18 May to 14 June 2026 (most pages)",
        Window(date(2026, 5, 18), date(2026, 6, 14)),
    ),
    "january-2025": (
        "1 to 19 January 2025 (before DeepSeek-R1)",
        Window(date(2025, 1, 1), date(2025, 1, 19)),
    ),
    "spring-2023": (
        "February to April 2023 (the first months)",
        Window(date(2023, 2, 1), date(2023, 4, 30)),
    ),
}

BASES: Final = tuple(Option(name, said) for name, (said, _) in _BASES.items())
"""The days that can be set to 100, the newest first."""


def bases_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """Those that were over by the as-of date: nothing can be set to days that had not come."""
    return [option for option in BASES if _BASES[option.value][1].end <= view.as_of]


def over_time(view: View, views: pl.DataFrame, base: str, *, log: bool) -> tuple[Block, ...]:
    """The chart of all pages with a record on the base. `views`: see `subjects`."""
    indexed = indexed_attention(views_a_day(views), _BASES[base][1])
    weeks = weekly_means(indexed.levels, "index")
    if weeks.is_empty():
        return (Notice(words.no_record(indexed)),)
    labels = {page: label_of(page) for page in views["page"].unique()}
    drawn = weeks.filter(~pl.col("series_id").is_in(short_records(weeks)))["series_id"]
    shown = views.filter(pl.col("page").is_in(drawn.unique().implode()))
    return (Drawn(attention_over_time(indexed, weeks, labels, view.footing(shown, "counts"), log=log)),)
