"""Same model, same price: the chained index of listings that are in neighbouring versions of a price file."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.price.basket import ChainedIndex
from charts.parts import theme
from charts.parts.axes import share_axis
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.marks import add_steps
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "same-model-price"


def same_model_price(chain: ChainedIndex, title: str, footing: Footing) -> Chart:
    """The chained index as steps from 100 % at the first version. Needs an index that is not empty."""
    first, last = chain.index.row(0, named=True), chain.index.row(-1, named=True)
    subtitle = (
        f"List price from {in_words(first['seen_on'])} to {in_words(last['seen_on'])}, chained from version "
        "to version over the listings that both have (geometric mean), as a share of the first. Steps: a "
        "version holds until the next."
    )
    return Chart(
        NAME,
        title,
        f"{title}. Chained index from {percent(1.0)} on {in_words(first['seen_on'])} to "
        f"{percent(last['index'])} on "
        f"{in_words(last['seen_on'])}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), chain.index),
        chain.index,
        "At each version the prices of all listings that were also in the version before are compared with "
        "what they were then, and the mean change is multiplied on. Listings that are new or that vanished "
        "say nothing. One maker's cut shows under many resellers.",
        footing,
    )


def _draw(captions: Captions, index: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=260, below=BARE_AXIS))
    days, values = index["seen_on"].to_list(), index["index"].to_list()
    add_steps(figure, days, values, mode)
    figure.add_hline(y=1, line={"color": theme.grey(mode), "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=days[-1],
        y=values[-1],
        text=f"{percent(values[-1])} of the first",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=4,
        font={"size": 12, "color": theme.ink(mode)},
    )
    figure.update_xaxes(range=[days[0] - timedelta(days=15), days[-1] + timedelta(days=15)])
    figure.update_yaxes(**share_axis("", 0.0, max(*values, 1.0) * 1.1))
    return figure
