"""List prices of a few models through time, as the steps that they are."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import counted
from charts.parts import theme
from charts.parts.axes import dollar_axis, dollars, in_gridlines
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.theme import Mode
from charts.price.price_of_model import last_confirmed

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "compared-prices"
_PLOT: Final = 300
_DASHES: Final = ("solid", "dot", "dash", "dashdot", "longdash")


def compared_prices(steps: pl.DataFrame, until: date, title: str, footing: Footing) -> Chart:
    """Each model's blended list price from step to step until it was last confirmed, at most until a day.

    `steps`: model_id, title, organization, held_from, price_usd_per_mtok (null: no longer offered, or not
    confirmed for 60 days) and where known last_confirmed_on, oldest first within a model. At least one price
    is there.
    """
    subtitle = (
        "List price, US dollars per million tokens, three input to one output. Steps: a price holds until "
        f"the next. {in_gridlines(steps['price_usd_per_mtok'].drop_nulls())}"
    )
    models = steps["model_id"].n_unique()
    until = max(_end(part, until) for part in steps.partition_by("model_id"))
    return Chart(
        NAME,
        title,
        f"{title}. Steps of {counted(models, 'model')} up to {in_words(until)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), steps, until),
        steps,
        "One line for each model, in the colour of its maker; two of one maker differ by their dashes. A "
        "line ends where the price was last confirmed or withdrawn, or nobody has confirmed it for 60 days.",
        footing,
    )


def _end(steps: pl.DataFrame, until: date) -> date:
    """Where the line of one model's steps ends."""
    return min(last_confirmed(steps, "price_usd_per_mtok") or until, until)


def _draw(captions: Captions, steps: pl.DataFrame, until: date, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_PLOT, below=BARE_AXIS))
    used: dict[str, int] = {}
    ends = []
    for (_, name, maker), part in steps.group_by("model_id", "title", "organization", maintain_order=True):
        colour = theme.colour_of(maker, mode)
        prices = part["price_usd_per_mtok"].to_list()
        days, to = part["held_from"].to_list(), _end(part, until)
        dash = _DASHES[used.get(colour, 0) % len(_DASHES)]
        used[colour] = used.get(colour, 0) + 1
        figure.add_scatter(
            x=[*days, to],
            y=[*prices, prices[-1]],
            mode="lines+markers",
            line={"color": colour, "width": 2, "shape": "hv", "dash": dash},
            marker={"color": colour, "size": [5] * len(days) + [0]},  # no price changed at the end
            connectgaps=False,
            hovertemplate=f"{name}<br>%{{y:$,.4~f}} from %{{x|%-d %B %Y}}<extra></extra>",
        )
        held = [place for place, price in enumerate(prices) if price is not None]
        if held:
            last = held[-1]
            end = days[last + 1] if last + 1 < len(days) else to
            ends.append(LineEnd(end, prices[last], f"{name} {dollars(prices[last])}", colour))
    values = steps["price_usd_per_mtok"].drop_nulls().to_list()
    low, high = min(values) / 1.6, max(values) * 1.6
    axis = dollar_axis(values, log=True, title="$ per million tokens")
    figure.update_yaxes(**axis | {"range": [math.log10(low), math.log10(high)]})
    first = min(steps["held_from"].to_list())
    figure.update_xaxes(range=[first - timedelta(days=15), until + timedelta(days=15)])
    name_line_ends(figure, ends, low, high, mode, log=True, height=_PLOT)
    return figure
