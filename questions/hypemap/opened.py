"""What a row of the hype map opens to: its words, and all its series stacked on one time axis."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from charts.hypemap.row_panels import Measured, panels_name, row_panels
from questions.answer import Block, Drawn, Folded, Later, Paragraph
from questions.hypemap import words
from questions.hypemap.rows import Row
from questions.reach import reaching
from questions.trends.question import power_of_verdict
from questions.trends.series import GrowthSeries
from questions.view import View

_EACH: Final = 140
_AROUND: Final = 160
"""Heights in pixels of a panel, and of the words around all of them."""


def opened(view: View, row: Row) -> Folded:
    """One technology: in words, drawn, and how surely the verdict on its test would have noticed a stop.

    What is not words is made when the row is opened.
    """
    return Folded(
        row.technology.name, (Paragraph(words.details(row)), *_panels(view, row), *_power(view, row))
    )


def best_so_far(series: GrowthSeries | None) -> pl.DataFrame:
    """The records by release day: valid_on, value."""
    if series is None:
        return pl.DataFrame(schema={"valid_on": pl.Date, "value": pl.Float64})
    by_day = series.models.group_by(valid_on="released_on").agg(pl.col("value").max()).sort("valid_on")
    return by_day.with_columns(pl.col("value").cast(pl.Float64).cum_max())


def _panels(view: View, row: Row) -> tuple[Block, ...]:
    measures = _measures(row)
    if not measures:
        return ()

    def drawn() -> tuple[Block, ...]:
        footing = view.footing(pl.concat(_sources(row, view.as_of), how="diagonal"), "points")
        return (Drawn(row_panels(row.technology.key, measures, words.row_title(row), footing)),)

    height = _EACH * len(measures) + _AROUND
    return (Later(drawn, charts=(panels_name(row.technology.key),), height=height),)


def _power(view: View, row: Row) -> tuple[Block, ...]:
    series, trend = row.capability, row.trend
    if series is None or trend is None:
        return ()
    return (Later(lambda: power_of_verdict(view, series, trend), height=60),)


def _measures(row: Row) -> list[Measured]:
    """The series of a row, in the order of the map's columns."""
    found: list[Measured] = []
    if row.attention is not None:
        points = row.attention.points.select("valid_on", "value").sort("valid_on")
        months = points.upsample("valid_on", every="1mo")
        tickformat = row.attention.measure.tickformat
        found.append(Measured("attention", words.counted_in(row.attention), months, tickformat))
    if row.capability is not None:
        tickformat = ".0%" if row.capability.unit == "fraction" else ",~r"
        log = row.capability.unit == "minutes"
        best = best_so_far(row.capability)
        found.append(Measured("capability", row.technology.test, best, tickformat, steps=True, log=log))
    if row.price is not None:
        steps = row.price.steps.steps.select("valid_on", value="price_usd_per_mtok")
        found.append(Measured("price", words.PRICE_OF_LEVEL, steps, "$,~r", steps=True, log=True))
    for column, known in (("use", row.use), ("money", row.money)):
        found += [
            Measured(
                column, words.named(one.figure), one.points, words.TICKS[one.figure.kind], until=one.until
            )
            for one in known
        ]
    return found


def _sources(row: Row, on: date) -> list[pl.DataFrame]:
    """The sources of all that a row's panels are drawn of, and how far they reach by a day."""
    parts = [row.attention.points] if row.attention else []
    parts += [row.capability.models] if row.capability else []
    parts += [row.price.used] if row.price else []
    parts += [one.points for one in (*row.use, *row.money)]
    return [reaching(part, on) for part in parts]
