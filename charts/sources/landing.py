"""Where the rows of a source that is being made land among what is known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "landing"
MANY_TIMES: Final = 50
"""Figures that span more than this are drawn on a logarithmic axis, but for shares of a whole."""

_HEIGHT: Final = 320


def landing(points: pl.DataFrame, what: str, footing: Footing) -> Chart:
    """New points in colour over known ones in grey, of one benchmark, series or price. Needs a new dated one.

    `points`: what, name, on (date, null where unknown), value, is_new.
    """
    rows = points.filter(pl.col("what") == what).drop_nulls("on").sort("on", "name")
    new = rows.filter(pl.col("is_new"))
    undated = points.filter((pl.col("what") == what) & pl.col("is_new") & pl.col("on").is_null()).height
    counted = f"{new.height:,} new {'point' if new.height == 1 else 'points'}"
    title = f"{counted} of {what} among {rows.height - new.height:,} known"
    subtitle = (
        "Scores and prices stand at the day of the model's release, figures of a series at their own day."
    )
    if undated:
        subtitle += f" {undated:,} rows without a known day are not drawn."
    return Chart(
        NAME,
        title,
        f"{title}. From {new['on'][0]} to {new['on'][-1]}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows),
        rows,
        "What this source would add, in colour, over what is known already, in grey. A point far from all "
        "others is a likely error of unit, of name or of date.",
        footing,
    )


def _key(mode: Mode) -> tuple[KeyItem, KeyItem]:
    return KeyItem("●", "this source", theme.accent(mode)), KeyItem("○", "known", theme.grey(mode))


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, key=_key(mode), room=Room(plot=_HEIGHT))
    for is_new in (False, True):
        part = rows.filter(pl.col("is_new") == is_new)
        colour = theme.accent(mode) if is_new else theme.grey(mode)
        figure.add_scatter(
            x=part["on"].to_list(),
            y=part["value"].to_list(),
            mode="markers",
            marker={
                "color": colour,
                "size": 9 if is_new else 6,
                "symbol": "circle" if is_new else "circle-open",
            },
            hovertext=part["name"].to_list(),
            hovertemplate="%{hovertext}<br>%{x|%-d %B %Y}: %{y:,.4~r}<extra></extra>",
        )
    least, most = float(rows["value"].min() or 0), float(rows["value"].max() or 0)  # type: ignore[arg-type]
    wide = most > 1 and least > 0 and most > MANY_TIMES * least
    figure.update_yaxes(type="log" if wide else "linear", title={"text": rows["what"][0]})
    return figure
