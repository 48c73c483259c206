"""What happened when: one lane for each kind of news."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.lanes import LEFT, lane_axis, lane_height
from charts.parts.marks import organization_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "news"
NONE_PLANNED: Final = pl.lit(value=False)
_MOST_LETTERS: Final = 90
_LEAST_MARGIN: Final = timedelta(hours=12)
_MARGIN: Final = 0.03
"""Of the span before its first and behind its last day, so that no mark stands on a name or is cut."""
_FOR_THE_LAST_MONTH: Final = 40
"""Pixels on the right, since the name of a month may stand under the very end of the axis."""


def news_timeline(
    news: pl.DataFrame, since: date, until: date, footing: Footing, planned: pl.Expr = NONE_PLANNED
) -> Chart:
    """News by day from `since` to `until`, a lane for each kind in the order of the rows.

    `news`: the rows of news.sql with `label`, the name of the kind; the colour is the maker's. Those
    `planned`, which only a notice long before named, are drawn and counted apart.
    """
    title = _title(news.filter(~planned), news.filter(planned).height, since)
    subtitle = "Each by the day on which it happened, or the later of the two days between which it lies."
    return Chart(
        NAME,
        title,
        f"Time line with a lane for each kind of news. {title}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), news, since, until),
        news.drop("label"),
        "Each mark is one change, in the lane of its kind, in the colour of its maker. The table names each, "
        "with the days between which it happened, when it became known, and who says so.",
        footing,
    )


def _title(told: pl.DataFrame, due: int, since: date) -> str:
    """How many changes of how many kinds, and how many shut-downs old notices had named."""
    planned = f"{due:,} shut-down{'' if due == 1 else 's'} due by earlier notices"
    if told.is_empty():
        return f"{planned} since {in_words(since)}"
    kinds = told["label"].n_unique()
    of = "one kind" if kinds == 1 else f"{kinds} kinds"
    changes = "One change" if told.height == 1 else f"{told.height:,} changes"
    return f"{changes} of {of} since {in_words(since)}{f', and {planned}' if due else ''}"


def _draw(captions: Captions, news: pl.DataFrame, since: date, until: date, mode: Mode) -> go.Figure:
    lanes = news["label"].unique(maintain_order=True).to_list()
    room = Room(plot=lane_height(len(lanes)), left=LEFT, below=BARE_AXIS)
    figure = empty_figure(captions, mode, key=organization_key(news["organization"], mode), room=room)
    figure.add_scatter(
        x=news["happened_on"].to_list(),
        y=[lanes.index(label) for label in news["label"]],
        mode="markers",
        marker={
            "color": [theme.colour_of(maker, mode) for maker in news["organization"]],
            "size": 8,
            "opacity": 0.7,
        },
        hovertext=[
            f"{_short(row['headline'])}<br>{in_words(row['happened_on'])}"
            for row in news.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_yaxes(**lane_axis(lanes, theme.ink(mode)))
    margin = max(_LEAST_MARGIN, _MARGIN * (until - since))
    ends = datetime.combine(since, time()) - margin, datetime.combine(until, time()) + margin
    figure.update_xaxes(range=ends, tickangle=0, nticks=5)
    figure.update_layout(margin_r=_FOR_THE_LAST_MONTH)
    return figure


def _short(text: str) -> str:
    """Words of the data inside a label that Plotly reads as a small HTML."""
    shown = text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"
    return shown.replace("&", "&amp;").replace("<", "&lt;")
