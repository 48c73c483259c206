"""Dot-com parallels: in what the two booms are alike, in what not, and what followed markets like them."""

from __future__ import annotations

from typing import Final

import polars as pl

from charts.dotcom import (
    adoption_through_crash,
    anchor_sensitivity,
    booms,
    earnings_and_multiple,
    episodes,
    falls,
)
from questions.answer import Answer, Block, Folded, Method, Notice, Table, nothing_known
from questions.dotcom import words
from questions.dotcom.controls import DotcomControls
from questions.dotcom.history import base_rate_of, of_base_rate, of_splits
from questions.dotcom.laid_over import laid_over, of_booms
from questions.dotcom.markets import has, points_of_booms
from questions.dotcom.money import of_money
from questions.dotcom.use import of_survivors, of_use
from questions.question import Question
from questions.series import read_later
from questions.view import View

METHOD: Final = Method("dotcom")


def answer(view: View, controls: DotcomControls) -> Answer:
    """How far both booms had risen, what followed markets like them, then earnings, use, survivors, money."""
    points = points_of_booms(view)
    if points.is_empty():
        return nothing_known(words.NOTHING, (METHOD,))
    months = view.ask("sp500_months", view.known_now)
    found, base = laid_over(points, months, controls), base_rate_of(months, controls)
    alike, market = (found.alike, found.market.title) if found else (None, None)
    no_daily = (Notice(words.NO_DAILY),) if found and not has(points, "nasdaq-composite") else ()
    return Answer(
        first_line=words.first_line(alike, market, view.as_of, by_month=found is not None and found.by_month),
        caveat=read_later(points["known_then"]) or words.of_what_followed(base),
        rests_on=words.rests_on(alike, market),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *no_daily,
            *(of_booms(view, points, months, found, controls) if found else ()),
            *of_base_rate(view, months, base),
            *of_splits(view, months, points, controls),
            *of_use(view, points),
            *of_survivors(view, points),
            *of_money(view, points),
            _series_ends(points),
            METHOD,
        ),
    )


def _series_ends(points: pl.DataFrame) -> Block:
    """Where each series begins and ends."""
    spans = points.group_by("series_id", "title", "unit", "source_id").agg(
        first=pl.col("valid_on").min(), last=pl.col("valid_on").max(), points=pl.len()
    )
    ends = spans.sort("series_id", "source_id")
    return Folded("Where each series begins and ends", (Table("series-ends", ends),))


QUESTION: Final = Question(
    name="dotcom",
    title="Dot-com",
    asks="How are the two booms alike, how do they differ, and what followed markets like them?",
    answer=answer,
    controls=DotcomControls,
    charts=(
        booms.NAME,
        anchor_sensitivity.NAME,
        episodes.NAME,
        earnings_and_multiple.NAME,
        adoption_through_crash.NAME,
        falls.NAME,
    ),
)
