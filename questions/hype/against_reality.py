"""The part of the question on hype that sets attention against capability, and asks for its shape."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analysis.hype.lag import LagResult, hype_lag
from analysis.hype.monthly_best import monthly_best
from analysis.hype.shape import HypeShape, hype_shape
from charts.hype.attention_and_capability import NAME as LAG_CHART
from charts.hype.attention_and_capability import attention_and_capability
from charts.hype.other_attention import Measure
from charts.hype.shape_of_hype import NAME as SHAPE_CHART
from charts.hype.shape_of_hype import shape_of_hype
from questions.answer import Block, Drawn, Heading, Later, Notice, Paragraph, Placed, Table
from questions.hype import words
from questions.kept import kept
from questions.reach import reaching
from questions.scores import PUBLISHED_INDEX, scores_of
from questions.view import View


def against_reality(view: View, known: Mapping[str, Measure], chosen: str) -> tuple[Block, ...]:
    """Attention above, capability below; lag and shape of the chosen series, then of all looked at.

    `known`: the monthly measures by series id, `chosen` the id of one.
    """
    return (
        Heading("Does attention follow capability?"),
        Placed("measure"),
        Later(lambda: _lag(view, known, chosen), charts=(LAG_CHART,)),
        Heading("Is there a peak and a trough?"),
        Later(lambda: _shape(view, known, chosen), charts=(SHAPE_CHART,)),
    )


def _lag(view: View, known: Mapping[str, Measure], chosen: str) -> tuple[Block, ...]:
    scores = scores_of(view, PUBLISHED_INDEX)
    best = monthly_best(scores.dated)
    if best.is_empty():
        return (Notice(words.NO_CAPABILITY),)
    lags = {series_id: _lag_of(view, series_id, one.points, best) for series_id, one in known.items()}
    measure = known[chosen]
    rows = pl.concat([reaching(part, view.as_of) for part in (measure.points, scores.dated)])
    chart = attention_and_capability(
        measure.points,
        measure.title,
        measure.tickformat,
        best,
        lags[chosen],
        view.footing(rows, "months and models"),
    )
    named = {known[series_id].title: lag for series_id, lag in lags.items()}
    return (
        Paragraph(words.of_lags(named, scores.known_by.note)),
        Drawn(chart),
        Paragraph(f"All {len(lags)} series that were looked at:"),
        Table(
            "lags",
            pl.DataFrame([words.lag_row(*row) for row in named.items()]),
            words.LAG_COLUMNS,
            wraps=True,
        ),
    )


def _shape(view: View, known: Mapping[str, Measure], chosen: str) -> tuple[Block, ...]:
    shapes = {series_id: _shape_of(view, series_id, one.points) for series_id, one in known.items()}
    measure = known[chosen]
    footing = view.footing(measure.points, "months")
    chart = shape_of_hype(measure.points, shapes[chosen], measure.title, measure.tickformat, footing)
    rows = [words.shape_row(known[series_id].title, shape, view.as_of) for series_id, shape in shapes.items()]
    return (
        Drawn(chart),
        Paragraph(words.of_many_shapes(len(shapes))),
        Table("shapes", pl.DataFrame(rows), words.SHAPE_COLUMNS, wraps=True),
    )


def _lag_of(view: View, series_id: str, points: pl.DataFrame, best: pl.DataFrame) -> LagResult:
    return kept(view, "lag of attention", series_id, lambda: hype_lag(points, best))


def _shape_of(view: View, series_id: str, points: pl.DataFrame) -> HypeShape:
    return kept(view, "shape of attention", series_id, lambda: hype_shape(points))
