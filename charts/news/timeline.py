"""What happened when: one lane for each kind of news, one column for each day that has evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.news.columns import UNITS, in_columns, tick_texts, unit_of
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.lanes import lane_axis, lane_height
from charts.parts.marks import organization_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "news"
_MOST_LETTERS: Final = 60
_MOST_HEADLINES: Final = 6
"""Of a mark, so many are told when it is pointed at; the page tells all."""

_ONE, _FEW, _MANY = 10, 14, 20
"""How wide marks are, in pixels: of one change, and of two and of the most."""

_LETTER, _EDGE, _BELOW = 6.4, 18, 46
"""Pixels of a letter of a lane's name, of the room beside it, and of two lines below the plot."""


def news_timeline(news: pl.DataFrame, since: date, footing: Footing) -> Chart:
    """News since a day, a lane for each kind in the order of the rows, a column for each day that has some.

    `news`: the rows of news.sql with `label`, the name of the kind; the colour is the maker's.
    """
    title = _title(news, since)
    unit = unit_of(news["happened_on"])
    subtitle = _subtitle(unit)
    return Chart(
        NAME,
        title,
        f"Time line with a lane for each kind of news. {title}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), news, unit),
        news.drop("label"),
        "A mark stands for what changed in its lane and column; the figure in it says how many changes, and "
        "one without a figure is one. It has its maker's colour where all are of one maker. Columns stand "
        "equally far apart, whether a day or a month lies between them. The table names each change, with "
        "the days between which it happened, when it became known, and who says so.",
        footing,
    )


def _subtitle(unit: str) -> str:
    """What a column is."""
    column = UNITS[unit]
    first = "" if unit == "1d" else ", by its first day" if unit == "1w" else ", by its first month"
    first = "" if unit == "1mo" else first
    return (
        f"A column for each {column} that has evidence{first}; a change that lies between two days stands at "
        "the later."
    )


def _title(told: pl.DataFrame, since: date) -> str:
    """How many changes of how many kinds on how many days: a span may hold long gaps."""
    kinds = told["label"].n_unique()
    of = "one kind" if kinds == 1 else f"{kinds} kinds"
    changes = "One change" if told.height == 1 else f"{told.height:,} changes"
    days = told["happened_on"].n_unique()
    on = f" on {days} days" if days > 1 else ""
    return f"{changes} of {of}{on} since {in_words(since)}"


def _draw(captions: Captions, news: pl.DataFrame, unit: str, mode: Mode) -> go.Figure:
    placed = in_columns(news, unit)
    lanes = placed["label"].unique(maintain_order=True).to_list()
    cells = _cells(placed)
    room = Room(
        plot=lane_height(len(lanes)), left=round(_EDGE + _LETTER * max(map(len, lanes))), below=_BELOW
    )
    figure = empty_figure(captions, mode, key=_key(cells, mode), room=room)
    most = max(cells["many"])
    colours = [theme.colour_of(maker, mode) for maker in cells["maker"]]
    figure.add_scatter(
        x=cells["column"].to_list(),
        y=[lanes.index(label) for label in cells["label"]],
        mode="markers+text",
        marker={
            "color": colours,
            "opacity": 1,
            "size": [_size(many, most) for many in cells["many"]],
            "line": {"width": 0},
        },
        text=[f"{many}" if many > 1 else "" for many in cells["many"]],
        textposition="middle center",
        textfont={
            "size": 10,
            "color": [theme.on_colour(colour, mode) for colour in colours],
        },
        cliponaxis=False,
        hovertext=[
            _hover(headlines, days) for headlines, days in cells.select("headlines", "days").iter_rows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_yaxes(**lane_axis(lanes, theme.ink(mode)))
    columns = placed.select("column", "starts").unique().sort("column")
    figure.update_xaxes(
        range=[-0.6, columns.height - 0.4],
        tickvals=columns["column"].to_list(),
        ticktext=tick_texts(columns["starts"].to_list(), unit),
        tickangle=0,
    )
    return figure


def _cells(placed: pl.DataFrame) -> pl.DataFrame:
    """A row for each mark: label, column, many, headlines, days, and maker where all are of one."""
    makers = pl.col("organization")
    return placed.group_by("label", "column", maintain_order=True).agg(
        many=pl.len(),
        headlines=pl.col("headline"),
        days=pl.col("happened_on"),
        maker=pl.when(makers.n_unique() == 1).then(makers.first()),
    )


def _key(cells: pl.DataFrame, mode: Mode) -> tuple[KeyItem, ...]:
    hued = [maker for maker in cells["maker"] if maker in theme.ORGANIZATIONS]
    grey = KeyItem("●", "several makers, or others", theme.grey(mode))
    return (*organization_key(hued, mode), *((grey,) if len(hued) < cells.height else ()))


def _size(many: int, most: int) -> float:
    """The more changes the wider; the figure of a mark needs room."""
    return _ONE if many == 1 else _FEW + (_MANY - _FEW) * (many / most) ** 0.5


def _hover(headlines: Sequence[str], days: Sequence[date]) -> str:
    """The first headlines of a mark with their days, and how many more there are."""
    lines = [
        f"{_short(headline)} ({in_words(day)})"
        for headline, day in zip(headlines[:_MOST_HEADLINES], days, strict=False)
    ]
    more = len(headlines) - _MOST_HEADLINES
    return "<br>".join([*lines, f"and {more:,} more"] if more > 0 else lines)


def _short(text: str) -> str:
    """Words of the data inside a label that Plotly reads as a small HTML."""
    shown = text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"
    return shown.replace("&", "&amp;").replace("<", "&lt;")
