"""Score against cost: every priced model, and the Pareto front as steps; cheaper is on the left."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import counted
from analysis.capability.pareto import CostBasis, ParetoFront
from charts.parts import theme
from charts.parts.axes import dollar_axis, dollars, in_gridlines, score_axis, score_text
from charts.parts.compact import CLICKS
from charts.parts.figure import Captions, Chart, Footing, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels, add_models, add_steps, add_whiskers, model_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "score-against-cost"

_SHOWN: Final = 0.9
"""The share of models that a linear axis of costs holds."""

_NEAR_A_LINE: Final = 0.35
"""So near to a power of ten, in powers of ten, an axis of costs goes on to it."""

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
    front: ParetoFront, models: pl.DataFrame, scale: Scale, footing: Footing, selected: str | None = None
) -> Chart:
    """All priced models at the front's date, the front as steps, the front and the selected model labelled.

    `models`: the columns of `front.points` and title, low, high, reported_by; those without a cost are not
    drawn (`front.left_out` lists them).
    """
    drawn = models.filter((pl.col("released_on") <= front.on) & (pl.col("cost") > 0)).sort("cost")
    title = _finding(front, drawn, scale)
    shown = f"{scale.measure} against {scale.basis.value}"
    line = (
        f"Line: models that no other beats on both.{' ' + in_gridlines(drawn['cost']) if scale.log else ''}"
    )
    beyond = "" if scale.log else _beyond(drawn)
    captions = Captions(NAME, title, f"{shown}, {in_words(front.on)}. {line}{beyond}", footing)
    near = nearly_as_good(front, scale.unit)
    named = [selected, front.points["model_id"][-1], near["model_id"] if near else None]
    costs = front.points["cost"]
    return Chart(
        name=NAME,
        title=title,
        alt=f"{shown} for {counted(drawn.height, 'model')} on {in_words(front.on)}. {title}. The front has "
        f"{counted(front.points.height, 'model')}, {_range(dollars(costs[0]), dollars(costs[-1]))}.",
        draw=partial(_draw, captions, front.points, drawn, scale, tuple(filter(None, named)), selected),
        rows=drawn,
        how_to_read=(
            "Up is better, left is cheaper. The line joins the models that no other model beats on both "
            "score and cost; between two of them nothing better can be bought. A list price is not a cost: "
            "reasoning models write many more tokens for the same answer, so prefer a measured cost where "
            "there is one."
        ),
        footing=footing,
    )


def _range(least: str, most: str) -> str:
    """What the cheapest and the dearest cost; one price where they cost the same."""
    return f"at {least}" if least == most else f"from {least} to {most}"


def nearly_as_good(front: ParetoFront, unit: str) -> dict[str, Any] | None:
    """The cheapest model of the front that comes near the best; None where only the best itself does."""
    best = front.points["value"][-1]
    margin = _NEARLY.get(unit)
    near = front.points.filter(pl.col("value") >= best - margin) if margin else front.points.tail(1)
    return near.row(0, named=True) if near.height > 1 else None


def _finding(front: ParetoFront, models: pl.DataFrame, scale: Scale) -> str:
    """Who scores highest of the priced models, or how many tie there; and who comes near for less."""
    names = dict(models.select("model_id", "title").iter_rows())
    best = front.points.row(-1, named=True)
    score = score_text(best["value"], scale.unit)
    at = f"{dollars(best['cost'])}{PER[scale.basis]}"
    tied = level_with(models, best["model_id"])
    lead = f"{names[best['model_id']]} scores highest of the priced models, {score}, at {at}"
    if tied:
        lead = (
            f"{tied + 1} priced models tie at the top within their intervals: {names[best['model_id']]} "
            f"scores {score} at {at}"
        )
    other = nearly_as_good(front, scale.unit)
    if other is None:
        return lead
    gap = "5 points" if scale.unit == "points" else "5 percentage points"
    return f"{lead}; {names[other['model_id']]} comes within {gap} for {dollars(other['cost'])}"


PER: Final = {
    CostBasis.BLENDED_LIST_PRICE: " per million tokens",
    CostBasis.OUTPUT_LIST_PRICE: " per million output tokens",
    CostBasis.MEASURED_PER_TASK: " per task",
    CostBasis.MEASURED_RUN: " for the run",
}
"""Of what a cost is, as it goes on after the amount."""


def level_with(models: pl.DataFrame, best: str) -> int:
    """How many others' intervals reach that of the best; none where its own is not known.

    `models`: model_id, low, high.
    """
    own = models.filter(model_id=best)["low"]
    if own.is_empty() or own[0] is None:
        return 0
    return models.filter(pl.col("model_id") != best, pl.col("high") >= own[0]).height


def _draw(
    captions: Captions,
    points: pl.DataFrame,
    drawn: pl.DataFrame,
    scale: Scale,
    named: tuple[str, ...],
    selected: str | None,
    mode: Mode,
) -> go.Figure:
    """`named`: models of the title, whose names go before those of the rest of the front."""
    figure = empty_figure(captions, mode, key=model_key(drawn, mode))
    figure.layout.meta = figure.layout.meta | {CLICKS: True}
    costs = drawn["cost"].to_list()
    add_whiskers(figure, drawn, "cost", "low", "high", mode)
    steps = [*points.select("cost", "value").iter_rows(), (max(costs), points["value"][-1])]
    add_steps(figure, [cost for cost, _ in steps], [value for _, value in steps], mode)
    add_models(figure, drawn, "cost", "value", _hover(drawn, scale.unit), mode)
    span = _span_of_costs([math.log10(cost) for cost in costs] if scale.log else costs, scale.log)
    shown = [*costs, 10 ** span[1]] if scale.log else costs
    axis = dollar_axis(shown, log=scale.log, title=axis_title(scale.basis))
    figure.update_xaxes(**axis | {"range": list(span)})
    limits = value_range(drawn)
    figure.update_yaxes(**score_axis(scale.unit, scale.measure, *limits))
    if selected is not None:
        _ring(figure, drawn.filter(model_id=selected), mode)
    on_axis = drawn if scale.log else drawn.filter(pl.col("cost") <= span[1])
    others = reversed(points["model_id"].to_list())
    _label(
        figure, on_axis, list(dict.fromkeys([*named, *others])), steps, _Plot(span, limits, scale.log), mode
    )
    return figure


def _span_of_costs(places: list[float], log: bool) -> tuple[float, float]:
    """The range of the cost axis, in powers of ten where it is logarithmic: room for labels on the left.

    It ends past the next power of ten where the dearest comes near it, so that a labelled line stands beyond.
    A linear one ends where nine of ten models are on it: the dearest would push all others to its edge.
    """
    if not log:
        return 0.0, 1.05 * _last_shown(places)
    following = math.ceil(max(places))
    near = following - max(places) < _NEAR_A_LINE
    return min(places) - 0.4, following + 0.05 if near else max(places) + 0.15


def _last_shown(costs: list[float]) -> float:
    """The cost at which a linear axis ends: that of the model that nine of ten do not exceed."""
    return sorted(costs)[max(math.ceil(_SHOWN * len(costs)) - 1, 0)]


def _beyond(drawn: pl.DataFrame) -> str:
    """Which models a linear axis leaves beyond its right end; empty where it holds all."""
    dearer = drawn.filter(pl.col("cost") > 1.05 * _last_shown(drawn["cost"].to_list()))
    if dearer.is_empty():
        return ""
    named = f"{dearer['title'][-1]} at {dollars(dearer['cost'][-1])}"
    more = f" and {dearer.height - 1} more" if dearer.height > 1 else ""
    return f" Beyond the right end: {named}{more}."


def axis_title(basis: CostBasis) -> str:
    return {
        CostBasis.BLENDED_LIST_PRICE: "$ per million tokens, 3 input : 1 output",
        CostBasis.OUTPUT_LIST_PRICE: "$ per million output tokens",
        CostBasis.MEASURED_PER_TASK: "measured $ per task",
        CostBasis.MEASURED_RUN: "measured $ for the whole run",
    }[basis]


@dataclass(frozen=True, slots=True)
class _Plot:
    """The ranges of both axes; of a logarithmic cost axis in powers of ten."""

    costs: tuple[float, float]
    values: tuple[float, float]
    log: bool

    def at(self, cost: float) -> float:
        """A cost as Plotly asks for it in annotations."""
        return math.log10(cost) if self.log else cost

    def within(self, cost: float, value: float) -> tuple[float, float]:
        """Where a mark is in the plot, 0..1 both ways."""
        (left, right), (bottom, top) = self.costs, self.values
        return (self.at(cost) - left) / (right - left), (value - bottom) / (top - bottom)


def _ring(figure: go.Figure, chosen: pl.DataFrame, mode: Mode) -> None:
    """A ring around the chosen model, where it is drawn."""
    if chosen.is_empty():
        return
    figure.add_scatter(
        x=chosen["cost"].to_list(),
        y=chosen["value"].to_list(),
        mode="markers",
        marker={"symbol": "circle-open", "size": 17, "color": theme.ink(mode), "line": {"width": 2}},
        hoverinfo="skip",
    )


def _label(
    figure: go.Figure,
    drawn: pl.DataFrame,
    named: list[str],
    front: list[tuple[float, float]],
    plot: _Plot,
    mode: Mode,
) -> None:
    """The names of some models, the first first."""
    names = pl.DataFrame({"model_id": named}, schema={"model_id": pl.String})
    rows = names.join(drawn, on="model_id", maintain_order="left")
    add_labels(
        figure,
        [plot.at(cost) for cost in rows["cost"]],
        rows["value"].to_list(),
        rows["title"].to_list(),
        [plot.within(*mark) for mark in rows.select("cost", "value").iter_rows()],
        mode,
        Around(
            Corner.UPPER_LEFT,
            [plot.within(*point) for point in front],
            [plot.within(*mark) for mark in drawn.select("cost", "value").iter_rows()],
        ),
    )


def _hover(models: pl.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
        f"{score_text(row['value'], unit)} for {dollars(row['cost'])}<br>"
        f"released {in_words(row['released_on'])}"
        for row in models.iter_rows(named=True)
    ]


def value_range(models: pl.DataFrame) -> tuple[float, float]:
    values = pl.concat([models[name].cast(pl.Float64) for name in ("value", "low", "high")]).drop_nulls()
    low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]  # never empty
    pad = 0.07 * ((high - low) or math.fabs(high) or 1.0)
    return low - pad, high + pad
