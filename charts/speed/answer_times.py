"""How long models take for a task: a lane for each board, and for models that think first and others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import three_digits
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.lanes import LEFT, lane_height, name_lanes
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "answer-times"
_TICKS: Final = {1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h", 14400: "4 h"}
_LINES: Final = 3
"""Of a name, so that none is cut: what a board is called stands behind whether its models think."""
_EACH: Final = 46


def answer_times(times: pl.DataFrame, typical: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """Dots are models, bars the medians of `typical` with their intervals.

    `times`: benchmark_id, title, reasoning, seconds; `typical` as of `typical_times`, whose order is that of
    the lanes. Needs a median.
    """
    subtitle = (
        "Seconds for one task, each dot a model's median run; the bar is the median of the models, the line "
        "its 90 % interval. Logarithmic."
    )
    drawn = times.join(
        typical.select("benchmark_id", "reasoning"), on=["benchmark_id", "reasoning"], maintain_order="left"
    )
    return Chart(
        NAME,
        title,
        f"{title}. Medians: "
        + "; ".join(f"{lane_name(row)} {three_digits(row['seconds'])} s" for row in _rows(typical))
        + ".",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn, typical),
        drawn,
        "Compare lanes of one board only: tasks of different boards differ in length. The models that think "
        "first are also newer and better, so the gap is not the price of thinking alone.",
        footing,
    )


def lane_name(row: dict[str, object]) -> str:
    """What a lane is called."""
    return f"{'Thinking' if row['reasoning'] else 'Others'}: {row['benchmark']}"


def _rows(typical: pl.DataFrame) -> list[dict[str, Any]]:
    return list(typical.iter_rows(named=True))


def _draw(captions: Captions, times: pl.DataFrame, typical: pl.DataFrame, mode: Mode) -> go.Figure:
    lanes = [(row["benchmark_id"], row["reasoning"]) for row in _rows(typical)]
    key = (
        KeyItem("●", "models that think before they answer", theme.accent(mode)),
        KeyItem("●", "others", theme.grey(mode)),
    )
    room = Room(plot=lane_height(len(lanes), _EACH), left=LEFT, below=BARE_AXIS)
    figure = empty_figure(captions, mode, key=key, room=room)
    for thinks in (False, True):
        part = times.filter(reasoning=thinks)
        figure.add_scatter(
            x=part["seconds"].to_list(),
            y=[lanes.index(lane) for lane in part.select("benchmark_id", "reasoning").iter_rows()],
            mode="markers",
            marker={"size": 7, "opacity": 0.6, "color": theme.accent(mode) if thinks else theme.grey(mode)},
            customdata=part["model_id"].to_list(),
            hovertext=part["title"].to_list(),
            hovertemplate="%{hovertext}: %{x:,.3~r} s<extra></extra>",
        )
    for place, row in enumerate(typical.iter_rows(named=True)):
        if row["low"] is not None and row["high"] is not None:
            figure.add_scatter(
                x=[row["low"], row["high"]],
                y=[place, place],
                mode="lines",
                line={"color": theme.ink(mode), "width": 2},
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=typical["seconds"].to_list(),
        y=list(range(len(lanes))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": theme.ink(mode)}},
        hovertemplate="median %{x:,.3~r} s<extra></extra>",
    )
    name_lanes(figure, [lane_name(row) for row in _rows(typical)], mode, _LINES)
    low, high = (float(end) for end in (times["seconds"].min(), times["seconds"].max()))  # type: ignore[arg-type]  # floats
    shown = {at: text for at, text in _TICKS.items() if low / 1.5 <= at <= high * 1.5}
    figure.update_xaxes(type="log", tickvals=list(shown), ticktext=list(shown.values()))
    return figure
