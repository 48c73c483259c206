"""Score against cost: every priced model, and the Pareto front as steps; cheaper is on the left."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go
import polars as pl

from analysis.capability.pareto import CostBasis, ParetoFront
from charts.parts import theme
from charts.parts.axes import EACH_GRIDLINE, dollar_axis, dollars, score_axis, score_text
from charts.parts.figure import (
    Chart,
    Footing,
    add_labels,
    add_models,
    add_steps,
    add_whiskers,
    empty_figure,
    in_words,
    model_key,
)
from charts.parts.labels import Around, Corner
from charts.parts.theme import Mode

NAME: Final = "score-against-cost"

_NEARLY: Final = {"fraction": 0.05, "points": 5.0}
"""How far below the best a model may be to count as nearly as good, in the unit of the score."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the axes show: the benchmark's name and unit, the basis of cost, logarithmic or linear cost."""

    measure: str
    unit: str
    basis: CostBasis
    log: bool = True


def score_against_cost(
    front: ParetoFront,
    models: pl.DataFrame,
    scale: Scale,
    footing: Footing,
    mode: Mode,
    selected: str | None = None,
) -> Chart:
    """All priced models at the front's date, the front as steps, the front and the selected model labelled.

    `models`: the columns of `front.points` and title, low, high, reported_by; those without a cost are not
    drawn (`front.left_out` lists them).
    """
    drawn = models.filter((pl.col("released_on") <= front.on) & (pl.col("cost") > 0)).sort("cost")
    title = _finding(front, drawn, scale)
    figure = empty_figure(
        title,
        f"{scale.measure} against {scale.basis.value}, {in_words(front.on)}. "
        f"Line: models that no other beats on both.{' ' + EACH_GRIDLINE if scale.log else ''}",
        footing,
        mode,
        name=NAME,
        key=model_key(drawn, mode),
    )
    costs = drawn["cost"].to_list()
    points = front.points
    add_whiskers(figure, drawn, "cost", "low", "high", mode)
    steps = [*points.select("cost", "value").iter_rows(), (max(costs), points["value"][-1])]
    add_steps(figure, [cost for cost, _ in steps], [value for _, value in steps], mode)
    add_models(figure, drawn, "cost", "value", _hover(drawn, scale.unit), mode)
    axis = dollar_axis(costs, log=scale.log, title=_axis_title(scale.basis))
    span = span_of_costs([math.log10(cost) for cost in costs] if scale.log else costs, scale.log)
    figure.update_xaxes(**axis | {"range": list(span)})
    low, high = _value_range(drawn)
    figure.update_yaxes(**score_axis(scale.unit, scale.measure, low, high))
    _label(figure, drawn, points["model_id"].to_list(), steps, selected, scale.log, (low, high), mode)
    best = points.row(-1, named=True)
    return Chart(
        name=NAME,
        title=title,
        alt=f"{scale.measure} against {scale.basis.value} for {drawn.height} models on {in_words(front.on)}. "
        f"{title}. The front has {points.height} models, from {dollars(points['cost'][0])} to "
        f"{dollars(best['cost'])}.",
        figure=figure,
        rows=drawn,
        how_to_read=(
            "Up is better, left is cheaper. The line joins the models that no other model beats on both "
            "score and cost; between two of them nothing better can be bought. A list price is not a cost: "
            "reasoning models write many more tokens for the same answer, so prefer a measured cost where "
            "there is one."
        ),
        footing=footing,
    )


def _finding(front: ParetoFront, drawn: pl.DataFrame, scale: Scale) -> str:
    names = dict(drawn.select("model_id", "title").iter_rows())
    best = front.points.row(-1, named=True)
    value = score_text(best["value"], scale.unit)
    lead = f"{names[best['model_id']]} scores highest of the priced models, {value}"
    margin = _NEARLY.get(scale.unit)
    near = front.points.filter(pl.col("value") >= best["value"] - margin) if margin else front.points.tail(1)
    if near.height < 2:
        return f"{lead}, at {dollars(best['cost'])}"
    other = near.row(0, named=True)
    gap = "5 points" if scale.unit == "points" else "5 percentage points"
    return (
        f"{lead}, at {dollars(best['cost'])}; {names[other['model_id']]} comes within {gap} "
        f"for {dollars(other['cost'])}"
    )


def span_of_costs(places: list[float], log: bool) -> tuple[float, float]:
    """The range of the cost axis, in powers of ten where it is logarithmic: room for labels on the left."""
    return (min(places) - 0.4, max(places) + 0.15) if log else (0.0, 1.05 * max(places))


def _axis_title(basis: CostBasis) -> str:
    return {
        CostBasis.BLENDED_LIST_PRICE: "USD per million tokens, 3 input : 1 output",
        CostBasis.OUTPUT_LIST_PRICE: "USD per million output tokens",
        CostBasis.MEASURED_PER_TASK: "measured USD per task",
        CostBasis.MEASURED_RUN: "measured USD for the whole run",
    }[basis]


def _label(
    figure: go.Figure,
    drawn: pl.DataFrame,
    on_front: list[str],
    front: list[tuple[float, float]],
    selected: str | None,
    log: bool,
    span: tuple[float, float],
    mode: Mode,
) -> None:
    wanted = [selected] if selected else []
    wanted += [model_id for model_id in reversed(on_front) if model_id != selected]
    rows = pl.DataFrame({"model_id": wanted}, schema={"model_id": pl.String}).join(drawn, on="model_id")
    rows = rows.with_columns(at=pl.col("cost").log10() if log else pl.col("cost"))
    every = drawn["cost"].log10() if log else drawn["cost"]
    first, last = span_of_costs(every.to_list(), log)

    def within(at: float, value: float) -> tuple[float, float]:
        return (at - first) / (last - first), (value - span[0]) / (span[1] - span[0])

    if selected in rows["model_id"]:
        chosen = rows.filter(model_id=selected).row(0, named=True)
        figure.add_scatter(
            x=[chosen["cost"]],
            y=[chosen["value"]],
            mode="markers",
            marker={"symbol": "circle-open", "size": 17, "color": theme.ink(mode), "line": {"width": 2}},
            hoverinfo="skip",
        )
    add_labels(
        figure,
        rows["at"].to_list(),
        rows["value"].to_list(),
        rows["title"].to_list(),
        [within(at, value) for at, value in rows.select("at", "value").iter_rows()],
        mode,
        Around(
            Corner.UPPER_LEFT,
            [within(math.log10(cost) if log else cost, value) for cost, value in front],
            [within(at, value) for at, value in zip(every, drawn["value"], strict=True)],
        ),
    )


def _hover(models: pl.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
        f"{score_text(row['value'], unit)} for {dollars(row['cost'])}<br>"
        f"released {in_words(row['released_on'])}"
        for row in models.iter_rows(named=True)
    ]


def _value_range(models: pl.DataFrame) -> tuple[float, float]:
    values = pl.concat([models[name].cast(pl.Float64) for name in ("value", "low", "high")]).drop_nulls()
    low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]  # never empty
    pad = 0.07 * ((high - low) or math.fabs(high) or 1.0)
    return low - pad, high + pad
