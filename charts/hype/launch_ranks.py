"""Launches ranked by the points they gained on Hacker News."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.hype.attention import LaunchRanks
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.lanes import LEFT, lane_height, name_lanes
from charts.parts.marks import organization_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "launch-ranks"


def launch_ranks(ranks: LaunchRanks, launches: pl.DataFrame, footing: Footing) -> Chart:
    """A bar per launch, the largest on top, in its maker's colour. Needs a ranked launch.

    `launches`: name, released_on, organization, url (where its stories were counted).
    """
    details = launches.select("name", "released_on", "organization", "url")
    rows = ranks.launches.join(details, on=["name", "released_on"], how="left", maintain_order="left")
    top, names = rows.row(0, named=True), ranks.largest["name"].to_list()
    together = " and ".join(", ".join(names).rsplit(", ", 1))
    stir = "the largest stir" if len(names) == 1 else "the largest stirs"
    title = f"{together} caused {stir} on Hacker News among {ranks.n} launches"
    subtitle = (
        "Points of stories that name the model among each day's 30 top stories: 14 days from the launch less "
        "the 14 days before."
    )
    return Chart(
        NAME,
        title,
        f"{title}: {top['excess_points']:,.0f} points for the first. The last, {rows['name'][-1]}, gained "
        f"{rows['excess_points'][-1]:,.0f}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows, ranks.n),
        rows,
        "Points are votes of one community of programmers, counted in the stories that reached a day's top "
        "30. A count of points has no interval; neighbours in rank that differ little are not told apart by "
        "it, so the title names all within a tenth of the first. A name shared with other news (Gemini, "
        "Claude) counts what the word finds.",
        footing,
    )


def _draw(captions: Captions, rows: pl.DataFrame, n: int, mode: Mode) -> go.Figure:
    makers = rows["organization"].to_list()
    room = Room(plot=lane_height(rows.height, 24), left=LEFT)
    figure = empty_figure(captions, mode, key=organization_key(makers, mode), room=room)
    figure.add_bar(
        x=rows["excess_points"].to_list(),
        y=list(range(rows.height)),
        orientation="h",
        width=0.62,
        marker={"color": [theme.colour_of(maker, mode) for maker in makers]},
        text=[f"{points:,.0f}" for points in rows["excess_points"]],
        textposition="outside",
        textfont={"size": 10, "color": theme.ink(mode)},
        cliponaxis=False,
        hovertext=[
            f"<b>{row['name']}</b><br>{in_words(row['released_on'])}<br>rank {row['rank']} of {n}"
            for row in rows.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<br>%{x:,.0f} points<extra></extra>",
    )
    names = [f"{row['rank']} {row['name']}" for row in rows.iter_rows(named=True)]
    name_lanes(figure, names, mode)
    figure.update_xaxes(
        title={"text": "points gained"}, tickformat=",~r", range=[0, rows["excess_points"][0] * 1.2]
    )
    return figure
