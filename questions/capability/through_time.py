"""The front of score and cost month by month, as rows that the browser plays."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from analysis.capability.front_through_time import Moment, moments, month_ends, twelve_months_before
from analysis.capability.pareto import CostBasis, with_cost
from charts.capability.frontier_through_time import NAME, Said, frontier_through_time
from charts.capability.score_against_cost import Scale
from questions.answer import Block, Drawn, Later, Paragraph
from questions.capability import through_time_words as words
from questions.filters import ModelFilters, kept, scope_note
from questions.scores import Scores
from questions.view import View

FIRST_FRONT: Final = date(2023, 3, 14)
"""The day of GPT-4, with which the front begins."""

_FEWEST: Final = 2


def through_time(
    view: View,
    scores: Scores,
    on: date,
    scale: Scale,
    filters: ModelFilters,
    chosen: str | None,
) -> Later:
    """The chart that plays up to a day; nothing where the front has fewer than two moments.

    `scale` says what cost is. List prices are those of makers alone where they make a front: hosts' lists are
    read on other days, so a front with both would lose the hosts' models when their lists are late, and seem
    dearer than the year before.
    """

    def blocks() -> tuple[Block, ...]:
        def front(*, makers: bool) -> tuple[Moment, ...]:
            asked = pl.col("is_makers").fill_null(value=False) if makers else pl.lit(value=True)
            return moments_of(
                view, scores, on, scale.basis, lambda models: kept(models.filter(asked), filters)
            )

        of_makers = front(makers=True) if scale.basis.is_listed else ()
        row = of_makers if len(of_makers) >= _FEWEST else front(makers=False)
        if len(row) < _FEWEST:
            return ()
        befores = [twelve_months_before(row, place) for place in range(len(row))]
        said = tuple(
            Said(
                moment,
                None if before is None else before.front,
                words.moment(moment, before, scale.measure, scale.unit),
            )
            for moment, before in zip(row, befores, strict=True)
        )
        used = pl.concat([moment.models for moment in row]).unique("model_id")
        sellers = words.sellers(of_makers=row is of_makers) if scale.basis.is_listed else ""
        footing = view.footing(used, note=". ".join(filter(None, (sellers, scope_note(filters)))))
        title = words.title(row[0], row[-1], scale.measure, scale.unit)
        film = Drawn(frontier_through_time(said, title, scale, footing, chosen))
        cheaper = words.cheaper_before(row[0], row[-1], befores[-1])
        return (film, Paragraph(cheaper)) if cheaper else (film,)

    return Later(blocks, charts=(NAME,), height=640)


def moments_of(
    view: View,
    scores: Scores,
    on: date,
    basis: CostBasis,
    keep: Callable[[pl.DataFrame], pl.DataFrame],
) -> tuple[Moment, ...]:
    """The front at the end of each month up to a day, at the costs in force then."""
    days = month_ends(FIRST_FRONT, on)
    by_day = _prices(view, scores, days)
    fields = []
    for day in days:
        rows = scores.in_time.filter(pl.col("released_on") <= day).join(
            by_day[day], on="model_id", how="left"
        )
        fields.append((day, keep(with_cost(rows, basis))))
    return moments(fields)


def _prices(view: View, scores: Scores, days: tuple[date, ...]) -> dict[date, pl.DataFrame]:
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    models = sorted(scores.in_time["model_id"].to_list())
    listed = view.ask(
        "list_prices_through_time", dataclasses.replace(by, on=days[-1]), days=list(days), models=models
    )
    return {day: listed.filter(pl.col("on_day") == day).drop("on_day") for day in days}
