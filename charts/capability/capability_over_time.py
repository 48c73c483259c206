"""Capability by release date: all models, and the best so far as records with their ties."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.amounts import capital
from analysis.capability.frontier import BestSoFar
from analysis.capability.told_apart import not_told_apart
from charts.parts.axes import score_axis, score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import RELEASED, add_labels, add_models, add_steps, add_whiskers, model_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "capability-over-time"
_NAMED = 3
"""So many of those that share the first place are named in the title."""


def capability_over_time(
    best: BestSoFar, models: pl.DataFrame, measure: str, unit: str, footing: Footing
) -> Chart:
    """Each model at its release date, the records as steps, whiskers where an interval is known.

    `models`: model_id, title, organization, released_on, value, low, high, open_weights, reported_by and
    setting. `measure` names the benchmark or index, `unit` is its unit in the warehouse.
    """
    drawn = models.filter(pl.col("released_on") <= best.on).sort("released_on")
    leaders = best.leaders.join(drawn.select("model_id", "title"), on="model_id", how="left")
    title = _finding(leaders, best.on, unit)
    named = capital(measure)
    subtitle = f"{named} by release date. Line: the best so far. Whiskers: 90 % interval."
    values = best.steps["value"]
    return Chart(
        name=NAME,
        title=title,
        alt=f"{named}, {best.n_models} models by release date up to {in_words(best.on)}. {title}. "
        f"The best so far rose in {best.steps.height} steps from {score_text(values[0], unit)} "
        f"to {score_text(values[-1], unit)}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), best, drawn, named, unit),
        rows=drawn,
        how_to_read=(
            "Each mark is a model at the day it was released, not the day it was tested. The line joins the "
            "records and stays level between them; it describes the past and is never the basis of a trend, "
            "because records are selected to rise. Where whiskers overlap, the order is not told."
        ),
        footing=footing,
    )


def _finding(leaders: pl.DataFrame, on: date, unit: str) -> str:
    names = leaders["title"].to_list()
    value = score_text(leaders["value"][0], unit)
    if len(names) == 1:
        return f"{names[0]} is the best so far on {in_words(on)}, at {value}"
    return f"{names[0]} leads at {value}, but {not_told_apart(names[1:], _NAMED)}"


def _draw(
    captions: Captions, best: BestSoFar, drawn: pl.DataFrame, named: str, unit: str, mode: Mode
) -> go.Figure:
    figure = empty_figure(captions, mode, key=model_key(drawn, mode), room=Room(below=BARE_AXIS))
    add_whiskers(figure, drawn, "released_on", "low", "high", mode)
    days, values = best.steps["from_on"].to_list(), best.steps["value"].to_list()
    line = [*zip(days, values, strict=True), (best.on, values[-1])]
    add_steps(figure, [day for day, _ in line], [value for _, value in line], mode)
    add_models(figure, drawn, "released_on", "value", _hover(drawn, unit), mode, below=RELEASED)
    first, last = drawn["released_on"][0], best.on
    span = (first - timedelta(days=20), last + timedelta(days=max(40, (last - first).days // 12)))
    limits = _range(drawn)
    figure.update_xaxes(range=list(span))
    figure.update_yaxes(**score_axis(unit, named, *limits))
    _label_records(figure, best, drawn, line, span, limits, mode)
    return figure


def _label_records(
    figure: go.Figure,
    best: BestSoFar,
    drawn: pl.DataFrame,
    line: list[tuple[date, float]],
    span: tuple[date, date],
    limits: tuple[float, float],
    mode: Mode,
) -> None:
    """Names of the record holders: the newest first, then by how much they gained."""

    def within(day: date, value: float) -> tuple[float, float]:
        return (day - span[0]) / (span[1] - span[0]), (value - limits[0]) / (limits[1] - limits[0])

    records = best.steps.join(drawn.select("model_id", "title"), on="model_id", how="left")
    records = pl.concat([records.tail(1), records.head(-1).sort("gain", descending=True, nulls_last=True)])
    add_labels(
        figure,
        records["from_on"].to_list(),
        records["value"].to_list(),
        records["title"].to_list(),
        [within(*mark) for mark in records.select("from_on", "value").iter_rows()],
        mode,
        Around(
            Corner.UPPER_LEFT,
            [within(*point) for point in line],
            [within(*mark) for mark in drawn.select("released_on", "value").iter_rows()],
            may_cover=False,
        ),
    )


def _hover(models: pl.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
        f"{score_text(row['value'], unit)}"
        + (f" ({score_text(row['low'], unit)} to {score_text(row['high'], unit)})" if row["low"] else "")
        + (f"<br>{row['setting']}" if row["setting"] else "")
        for row in models.iter_rows(named=True)
    ]


def _range(models: pl.DataFrame) -> tuple[float, float]:
    values = pl.concat([models[name].cast(pl.Float64) for name in ("value", "low", "high")]).drop_nulls()
    low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]  # never empty: values are set
    pad = 0.06 * ((high - low) or 1.0)
    return low - pad, high + pad
