"""Prices as what they are, steps: one model's list price, and the cheapest way to a capability."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.price.steps import CheapestSteps
from charts.parts import theme
from charts.parts.axes import EACH_GRIDLINE, dollar_axis, dollars
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels, add_steps
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

STEPS_OF_MODEL: Final = "price-steps"
CHEAPEST_WAY: Final = "price-of-capability"

_BELOW, _ABOVE = 0.3, 0.25
"""Room for labels below the lowest and above the highest price, in powers of ten."""


def price_steps(title_of_model: str, steps: pl.DataFrame, until: date, footing: Footing) -> Chart:
    """Input and output list price of one model as steps from `held_from` to `until`.

    `steps`: held_from, input_usd_per_mtok, output_usd_per_mtok (null: no longer listed), one row per change.
    """
    ordered = steps.sort("held_from")
    title = _finding_of_model(title_of_model, ordered)
    subtitle = (
        "List price of input and output, US dollars per million tokens. Steps: a price holds until the next."
    )
    return Chart(
        STEPS_OF_MODEL,
        title,
        f"{title}. {ordered.height} price changes from {in_words(ordered['held_from'][0])} to "
        f"{in_words(until)}.",
        partial(_draw_steps, Captions(STEPS_OF_MODEL, title, subtitle, footing), ordered, until),
        ordered,
        "A list price holds from the day of a step to the next step; nothing is interpolated. A gap means "
        "that the name was not listed then, which is neither free nor unchanged.",
        footing,
    )


def _draw_steps(captions: Captions, steps: pl.DataFrame, until: date, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=300, below=BARE_AXIS))
    days = [*steps["held_from"].to_list(), until]
    marks: list[tuple[date, float, str]] = []
    for column, word in (("output_usd_per_mtok", "output"), ("input_usd_per_mtok", "input")):
        prices = steps[column].to_list()
        add_steps(figure, days, [*prices, prices[-1]], mode)
        figure.add_scatter(
            x=days[:-1],
            y=prices,
            mode="markers",
            marker={"color": theme.ink(mode), "size": 6},
            hovertemplate=f"{word} %{{y:$,.4~f}} from %{{x|%-d %B %Y}}<extra></extra>",
        )
        held = [(end, price) for end, price in zip(days[1:], prices, strict=True) if price is not None]
        if held:
            marks.append((*held[-1], f"{word} {dollars(held[-1][1])}"))
    figure.update_yaxes(rangemode="tozero", tickprefix="$", title={"text": "USD per million tokens"})
    figure.update_xaxes(range=[days[0] - timedelta(days=15), until + timedelta(days=15)])
    # The first is output, above its line; input goes below, since the two can be the same.
    for (end, price, text), shift in zip(marks, (10, -10), strict=False):
        figure.add_annotation(
            x=end, y=price, text=text, showarrow=False, xanchor="right", yshift=shift, font={"size": 11}
        )
    return figure


def price_of_capability(
    cheapest: CheapestSteps,
    capability: str,
    titles: Mapping[str, str],
    footing: Footing,
    *,
    log: bool = True,
    name: str = CHEAPEST_WAY,
) -> Chart:
    """The cheapest price of a capability as steps, each labelled with the model that set it.

    `capability` completes "The cheapest way to ...", `titles` names models by model_id. Needs a step.
    """
    steps = cheapest.steps.with_columns(
        title=pl.col("model_id").replace_strict(dict(titles), default=pl.col("model_id"))
    )
    assert cheapest.window is not None
    until = cheapest.window.end
    title = _finding_of_capability(cheapest, capability)
    subtitle = (
        f"Cheapest {cheapest.basis.value} among models that reach it, US dollars per million tokens "
        f"(3 input : 1 output).{' ' + EACH_GRIDLINE if log else ''}"
    )
    return Chart(
        name,
        title,
        f"{title}. {steps.height} steps from {in_words(steps['valid_on'][0])} to {in_words(until)}.",
        partial(_draw_cheapest, Captions(name, title, subtitle, footing), steps, until, log),
        steps,
        "At each date the line shows the lowest list price among all models whose score reaches the "
        "threshold. It falls when a cheaper model comes out or a price is cut, and rises when the cheapest "
        "is withdrawn.",
        footing,
    )


def _draw_cheapest(captions: Captions, steps: pl.DataFrame, until: date, log: bool, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(below=BARE_AXIS))
    days, prices = [*steps["valid_on"].to_list(), until], steps["price_usd_per_mtok"].to_list()
    add_steps(figure, days, [*prices, prices[-1]], mode)
    priced = steps.drop_nulls("price_usd_per_mtok")
    figure.add_scatter(
        x=priced["valid_on"].to_list(),
        y=priced["price_usd_per_mtok"].to_list(),
        mode="markers",
        marker={"color": theme.ink(mode), "size": 8},
        customdata=priced["model_id"].to_list(),
        hovertext=[
            f"<b>{row['title']}</b><br>{dollars(row['price_usd_per_mtok'])} "
            f"from {in_words(row['valid_on'])}<br>{row['provider']}"
            for row in priced.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    span = (days[0] - timedelta(days=30), until + timedelta(days=30))
    axis = dollar_axis(priced["price_usd_per_mtok"], log=log, title="USD per million tokens")
    if log:
        heights = priced["price_usd_per_mtok"].log10()
        axis |= {"range": [heights.min() - _BELOW, heights.max() + _ABOVE]}  # type: ignore[operator]  # a price is there
    figure.update_yaxes(**axis)
    figure.update_xaxes(range=list(span))
    _label_steps(figure, priced, span, log, mode)
    return figure


def _label_steps(
    figure: go.Figure, priced: pl.DataFrame, span: tuple[date, date], log: bool, mode: Mode
) -> None:
    heights = [math.log10(price) if log else price for price in priced["price_usd_per_mtok"]]
    low, high = (min(heights) - _BELOW, max(heights) + _ABOVE) if log else (0.0, max(heights) * 1.05)
    rows = list(zip(priced["valid_on"].to_list(), heights, priced["title"].to_list(), strict=True))

    def within(day: date, height: float) -> tuple[float, float]:
        return (day - span[0]) / (span[1] - span[0]), (height - low) / (high - low)

    line = [within(day, height) for day, height in [*((d, h) for d, h, _ in rows), (span[1], heights[-1])]]
    rows = [rows[-1], *rows[:-1]]
    add_labels(
        figure,
        [day for day, _, _ in rows],
        [height for _, height, _ in rows],
        [text for _, _, text in rows],
        [within(day, height) for day, height, _ in rows],
        mode,
        Around(
            Corner.UPPER_RIGHT,
            line,
        ),
    )


def _finding_of_model(title: str, steps: pl.DataFrame) -> str:
    outputs = steps["output_usd_per_mtok"].drop_nulls().to_list()
    if steps["output_usd_per_mtok"].to_list()[-1] is None:
        return f"{title} is no longer listed"
    if len(set(outputs)) == 1:
        return f"The list price of {title} has not changed since {in_words(steps['held_from'][0])}"
    change = outputs[-1] / outputs[0]
    word = "fell" if change < 1 else "rose"
    return f"The output price of {title} {word} from {dollars(outputs[0])} to {dollars(outputs[-1])}"


def _finding_of_capability(cheapest: CheapestSteps, capability: str) -> str:
    priced = cheapest.steps.drop_nulls("price_usd_per_mtok")
    last = priced["price_usd_per_mtok"][-1]
    times = cheapest.times_cheaper
    if times is None:
        return f"The cheapest way to {capability} costs {dollars(last)} per million tokens"
    than = f"{times:,.0f} times less than" if times >= 1.5 else "about as much as"
    return f"The cheapest way to {capability} costs {dollars(last)} per million tokens, {than} at first"
