"""Does the verdict depend on the choice of the measure and of the window? Each reading beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from questions.answer import Block, Paragraph, Table
from questions.kept import kept
from questions.trends import choice_words
from questions.trends.choice_words import ChoiceReading
from questions.trends.controls import DEFAULT_BOARD
from questions.trends.series import (
    HORIZONS,
    GrowthSeries,
    horizon,
    index,
    published_index,
    rating,
    rating_boards,
)
from questions.trends.trend import trend_of
from questions.view import View

RECENT_CHOICES: Final = (6, 12, 18, 24)
"""Recent windows in months, each against the 24 months before it."""


def readings(view: View) -> tuple[ChoiceReading, ...]:
    """The trend of each measure in each window, computed once: seconds."""
    return kept(view, "readings of the trend", None, lambda: tuple(_readings(view)))


def choice_blocks(view: View) -> tuple[Block, ...]:
    """How many readings say what, and the table of all."""
    found = readings(view)
    if not found:
        return ()
    return (
        Paragraph(choice_words.summary(found)),
        Paragraph(f"{choice_words.HOW_TO_READ} {choice_words.ends_of(found)}"),
        Table("readings", choice_words.readings_table(found), wraps=True),
    )


def left_out_blocks(view: View) -> tuple[Block, ...]:
    """The models that the index of Epoch has and ours has not."""
    said = choice_words.left_out(view.ask("on_published_index_only"), index(view), _scored_on(view))
    return (Paragraph(said),) if said else ()


def too_new(view: View, beside: str, among: pl.Series | None = None) -> str:
    """The newest models that Epoch's index has and ours has not, as a note that fits behind what is said.

    `among`: the model_ids that are spoken of; without it all.
    """
    missing = view.ask("on_published_index_only")
    if among is not None:
        missing = missing.filter(pl.col("model_id").is_in(among.implode()))
    return choice_words.too_new(missing, _scored_on(view), beside) if index(view) else ""


def _scored_on(view: View) -> date | None:
    """The day of the newest reading of the collection of scores that the index is fitted to."""
    seen = view.ask("index_seen")["last_observed_at"].item()
    return seen.date() if seen else None


def _readings(view: View) -> Iterator[ChoiceReading]:
    for measure, series in _measures(view):
        for months in RECENT_CHOICES:
            yield ChoiceReading(measure, months, trend_of(view, series, months))


def _measures(view: View) -> Iterator[tuple[str, GrowthSeries]]:
    boards = rating_boards(view).filter(benchmark_id=DEFAULT_BOARD)
    newest = boards["board_on"].max()
    found = (
        ("Capability index", index(view)),
        ("Epoch's published index", published_index(view)),
        ("Arena text rating", None if newest is None else rating(view, DEFAULT_BOARD, str(newest))),
        *((f"METR's {success} % horizon", horizon(view, success)) for success in HORIZONS),
    )
    return ((name, series) for name, series in found if series is not None)
