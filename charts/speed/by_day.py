"""All measured speeds by day, as dots: the days are too few and the lists too different for a line."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.theme import Mode
from charts.speed.by_host import NAMED, host_key, host_marks, log_ticks

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "speed-by-day"
_SHOWN: Final = (1.0, 10_000.0)
"""Tokens per second between which speeds are drawn: a list kept by hand has 0.1 where it knows none."""


def speed_by_day(speeds: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """One dot for each model and host on each day. `speeds`: the rows of speeds_by_day.sql."""
    drawn = speeds.filter(pl.col("output_tokens_per_second").is_between(*_SHOWN))
    beyond = speeds.height - drawn.height
    outside = (
        f" Not drawn: {beyond} below 1 or above 10,000, most likely placeholders or errors." if beyond else ""
    )
    subtitle = (
        "Output tokens per second, each dot one model at one host. No line is drawn: the lists of different "
        f"days hold different models. Logarithmic.{outside}"
    )
    days = speeds["measured_on"]
    return Chart(
        NAME,
        title,
        f"{title}. {speeds.height:,} measurements on {days.n_unique()} days, from {in_words(days[0])} to "
        f"{in_words(days[-1])}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn if drawn.height else speeds),
        speeds,
        "Dots of one day stand above each other. A higher cloud on a later day may only mean that smaller "
        "models were measured: compare the same model and host in the table.",
        footing,
    )


def _draw(captions: Captions, speeds: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, key=host_key(mode), room=Room(plot=320, below=BARE_AXIS))
    named = pl.col("host").is_in([name.lower() for name in NAMED])
    for part, size, opacity in ((speeds.filter(~named), 5, 0.35), (speeds.filter(named), 9, 0.95)):
        figure.add_scatter(
            x=part["measured_on"].to_list(),
            y=part["output_tokens_per_second"].to_list(),
            mode="markers",
            marker={
                "size": size,
                "opacity": opacity,
                **host_marks(part["host"], mode),
            },
            customdata=part["model_id"].to_list(),
            hovertext=[f"{title} at {host}" for title, host in part.select("title", "host").iter_rows()],
            hovertemplate="%{hovertext}<br>%{x|%-d %B %Y}: %{y:,.3~r} tokens/s<extra></extra>",
        )
    values = speeds["output_tokens_per_second"].to_list()
    figure.update_yaxes(title_text="Tokens per second", **log_ticks(min(values), max(values)))
    first, last = speeds["measured_on"][0], speeds["measured_on"][-1]
    edge = timedelta(days=max(5, (last - first).days // 40))
    figure.update_xaxes(range=[first - edge, last + edge])
    return figure
