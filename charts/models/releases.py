"""Releases as a time line, one lane per maker."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.marks import shape_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "releases"
OTHERS: Final = "others"


def release_timeline(models: pl.DataFrame, since: date, until: date, footing: Footing) -> Chart:
    """Models by release day from `since` to `until`, a lane for each maker with a hue, one for all others.

    `models`: model_id, title, organization, released_on, open_weights, is_sighted (nobody but a price list
    has shown it, by that day: hollow). The newest of each lane is labelled.
    """
    lane = pl.when(pl.col("organization").is_in(list(theme.ORGANIZATIONS))).then(pl.col("organization"))
    drawn = (
        models.filter(pl.col("released_on").is_between(since, until))
        .with_columns(lane=lane.otherwise(pl.lit(OTHERS)))
        .sort("released_on", "model_id")
    )
    title = _title(drawn, since)
    subtitle = "Models by release day and maker. Days known only by month stand on its first day."
    return Chart(
        NAME,
        title,
        f"Time line of {drawn.height} models. {title}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn, since, until),
        drawn.drop("lane"),
        "Each mark is one model on the day it was released, in the lane of its maker. The newest of each "
        "lane is named; the table below names all. A hollow mark is a model that only a price list has "
        "shown: it was there by that day, and may have been before.",
        footing,
    )


def _title(drawn: pl.DataFrame, since: date) -> str:
    """The newest release that somebody dates, and how many models price lists alone have shown since."""
    stated, sighted = (drawn.filter(pl.col("is_sighted") == flag) for flag in (False, True))
    if stated.is_empty():
        return f"{sighted.height} models that only price lists have shown since {in_words(since)}"
    newest = stated.row(-1, named=True)
    title = f"{newest['title']} is the newest of {stated.height} models released since {in_words(since)}"
    later = sighted.filter(pl.col("released_on") > newest["released_on"])
    if later.is_empty():
        return title
    return f"{title}; price lists alone have shown {later.height} more after it"


def _draw(captions: Captions, drawn: pl.DataFrame, since: date, until: date, mode: Mode) -> go.Figure:
    hollow = "  ○ hollow: only a price list has shown it" if drawn["is_sighted"].any() else ""
    key = (f"{shape_key(drawn['open_weights'])}{hollow}",)
    figure = empty_figure(captions, mode, key=key, room=Room(plot=280, left=84, below=BARE_AXIS))
    lanes = [*theme.ORGANIZATIONS, OTHERS]
    figure.add_scatter(
        x=drawn["released_on"].to_list(),
        y=drawn["lane"].to_list(),
        mode="markers",
        marker={
            "color": [theme.colour_of(name, mode) for name in drawn["organization"]],
            "symbol": [
                theme.symbol_of(weights, hollow=sighted)
                for weights, sighted in drawn.select("open_weights", "is_sighted").iter_rows()
            ],
            "size": 9,
            "opacity": 0.8,
        },
        customdata=drawn["model_id"].to_list(),
        hovertext=[
            f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
            f"{'there by ' if row['is_sighted'] else ''}{in_words(row['released_on'])}"
            for row in drawn.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for row in drawn.unique("lane", keep="last", maintain_order=True).iter_rows(named=True):
        figure.add_annotation(
            x=row["released_on"],
            y=row["lane"],
            text=row["title"],
            showarrow=False,
            xanchor="right",
            xshift=4,
            yshift=14,
            font={"size": 11, "color": theme.ink(mode)},
        )
    figure.update_yaxes(categoryorder="array", categoryarray=lanes[::-1], showgrid=False, range=[-0.6, 5.8])
    figure.update_xaxes(range=[since - timedelta(days=5), until + timedelta(days=5)])
    return figure
