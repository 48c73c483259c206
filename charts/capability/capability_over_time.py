"""Capability by release date: all models, and the best so far as records with their ties."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.amounts import capital
from analysis.capability.frontier import BestSoFar
from analysis.capability.told_apart import not_told_apart
from charts.parts import theme
from charts.parts.axes import score_axis, score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner, place_led
from charts.parts.marks import RELEASED, add_labels, add_models, add_steps, add_whiskers, model_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "capability-over-time"
_NAMED = 3
"""So many of those that share the first place are named in the title."""

_REST = 5
"""How wide the marks of models are that never stood on the front, in pixels."""


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
    subtitle = (
        f"{named} by release date. Line: the best so far. In colour: those that were best, and those "
        "that cannot be told apart from the leader, with 90 % intervals; small and grey: the rest."
    )
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
    hued = pl.col("model_id").is_in([*best.steps["model_id"], *best.leaders["model_id"]])
    front, rest = drawn.filter(hued), drawn.filter(~hued)
    figure = empty_figure(captions, mode, key=model_key(front, mode), room=Room(below=BARE_AXIS))
    # Without a maker a mark is grey; whose it is stands in its hover text.
    add_models(
        figure,
        rest.with_columns(organization=pl.lit(None, pl.String)),
        "released_on",
        "value",
        _hover(rest, unit),
        mode,
        size=_REST,
        below=RELEASED,
    )
    add_whiskers(figure, front, "released_on", "low", "high", mode)
    days, values = best.steps["from_on"].to_list(), best.steps["value"].to_list()
    line = [*zip(days, values, strict=True), (best.on, values[-1])]
    add_steps(figure, [day for day, _ in line], [value for _, value in line], mode)
    add_models(figure, front, "released_on", "value", _hover(front, unit), mode, below=RELEASED)
    first, last = drawn["released_on"][0], best.on
    span = (first - timedelta(days=20), last + timedelta(days=max(40, (last - first).days // 12)))
    limits = _range(rest, front)
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
    """Names of those that the title names, then of the record holders by how much they gained."""

    def within(day: date, value: float) -> tuple[float, float]:
        return (day - span[0]) / (span[1] - span[0]), (value - limits[0]) / (limits[1] - limits[0])

    place = pl.struct("released_on", "value", "title").alias("place")
    titled = best.leaders.head(1 + _NAMED).select("model_id")
    gained = best.steps.sort("gain", descending=True, nulls_last=True).select("model_id")
    order = pl.concat([titled, gained]).unique("model_id", keep="first", maintain_order=True)
    records = order.join(drawn.select("model_id", place), on="model_id", how="left", maintain_order="left")
    records = records.unnest("place")
    marks = [within(*mark) for mark in records.select("released_on", "value").iter_rows()]
    around = Around(
        Corner.UPPER_LEFT,
        [within(*point) for point in line],
        [within(*mark) for mark in drawn.select("released_on", "value").iter_rows()],
        may_cover=False,
    )
    names = records["title"].to_list()
    places = add_labels(
        figure, records["released_on"].to_list(), records["value"].to_list(), names, marks, mode, around
    )
    if titled.height > 1 and places[1] is None:
        stand = [(mark, name, at) for mark, name, at in zip(marks, names, places, strict=True) if at]
        _point_at(figure, records.row(1, named=True), place_led(marks[1], names[1], around, stand), mode)


def _point_at(figure: go.Figure, row: dict[str, Any], led: tuple[int, int] | None, mode: Mode) -> None:
    """The name of the first that the title says is level with the leader, where it found no room beside it.

    A line leads from it to its mark: from above the climb, or from far below it where no room is left there.
    """
    left, up = led or (0, -150)
    figure.add_annotation(
        x=row["released_on"],
        y=row["value"],
        text=row["title"],
        showarrow=True,
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=theme.faint_ink(mode),
        ax=-left,
        ay=-up,
        standoff=5,
        font={"size": 11, "color": theme.ink(mode)},
        **({"xanchor": "right", "align": "right", "yanchor": "middle"} if led else {}),
    )


def _hover(models: pl.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
        f"{score_text(row['value'], unit)}"
        + (f" ({score_text(row['low'], unit)} to {score_text(row['high'], unit)})" if row["low"] else "")
        + (f"<br>{row['setting']}" if row["setting"] else "")
        for row in models.iter_rows(named=True)
    ]


def _range(rest: pl.DataFrame, front: pl.DataFrame) -> tuple[float, float]:
    """Room for all values, and for the intervals of those of which they are drawn."""
    whole = [rest["value"], *(front[name] for name in ("value", "low", "high"))]
    values = pl.concat([each.cast(pl.Float64) for each in whole]).drop_nulls()
    low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]  # never empty: values are set
    pad = 0.06 * ((high - low) or 1.0)
    return low - pad, high + pad
