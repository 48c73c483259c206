"""How much the comparison of two booms changes when their starts are moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.axes import factor_span
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "anchor-sensitivity"
_HEIGHT: Final = 260


def anchor_sensitivity(moved: pl.DataFrame, market: str, footing: Footing) -> Chart:
    """Levels then and now for starts moved by some months: both starts are moved alike.

    `moved`: months (shift of both starts), days (compared after each start), then, now (multiples of the
    start's level; null where untold).
    """
    ratios = (moved["now"] / moved["then"]).drop_nulls()
    low, high = float(ratios.min()), float(ratios.max())  # type: ignore[arg-type]  # the caller gives told rows
    least, most = moved.select(least=pl.col("months").min(), most=pl.col("months").max()).row(0)
    title = (
        f"With both starts moved by up to {max(-least, most)} months, the AI boom stood at "
        f"{factor_span(low, high)} times the level of the dot-com boom at the same age ({market}, start = 1)"
    )
    subtitle = (
        "Multiple of the start's level, both starts moved by the same number of months, after the same "
        "number of days. At 0 the starts are those chosen above."
    )
    return Chart(
        NAME,
        title,
        f"{title}, for starts moved by {least} to {most} months.",
        partial(_draw, Captions(NAME, title, subtitle, footing), moved),
        moved,
        "If the two lines keep their distance, the comparison does not hang on the chosen day. Where they "
        "cross or close up, it does.",
        footing,
    )


def _draw(captions: Captions, moved: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_HEIGHT))
    ends = []
    for column, colour in (("then", theme.grey(mode)), ("now", theme.accent(mode))):
        known = moved.drop_nulls(column)
        figure.add_scatter(
            x=known["months"].to_list(),
            y=known[column].to_list(),
            mode="lines+markers",
            line={"color": colour, "width": 1.5},
            marker={"size": 7, "color": colour},
            customdata=known["days"].to_list(),
            hovertemplate=f"{column}: %{{y:.2f}} times after %{{customdata:,}} days<extra></extra>",
        )
        ends.append(LineEnd(known["months"][-1], known[column][-1], column, colour))
    top = 1.1 * max(end for column in ("then", "now") for end in moved[column].drop_nulls())
    figure.update_yaxes(title={"text": "times the start"}, range=[0, top], ticksuffix="x")
    figure.update_xaxes(
        title={"text": "months by which both starts are moved (later: right)"}, dtick=2, zeroline=False
    )
    name_line_ends(figure, ends, 0, top, mode, log=False, height=_HEIGHT)
    return figure
