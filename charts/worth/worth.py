"""What the dearer of two models adds to a task, by what a solved task is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.worth.value import WorthIt, WorthVerdict
from charts.parts import theme
from charts.parts.axes import DOLLAR_TICKS, money
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "worth-by-task-value"


def worth_by_task_value(
    curve: pl.DataFrame,
    worth: WorthIt,
    own_value_usd: float,
    titles: Mapping[str, str],
    footing: Footing,
) -> Chart:
    """Extra net value of the dearer model with its 90 % band, and where it breaks even.

    `curve` as of `net_value_curve`; `titles` by model_id.
    """
    dearer, cheaper = titles[worth.dearer], titles[worth.cheaper]
    title = finding(worth, own_value_usd, titles)
    subtitle = (
        f"Net value of a task with {dearer} less that with {cheaper}, US dollars, by the value of a "
        "solved task. Band: 90 % interval. Above $0 the dearer model pays. Computed, not observed, "
        "hence dashed."
    )
    captions = Captions(NAME, title, subtitle, footing)
    return Chart(
        name=NAME,
        title=title,
        alt=f"{title}. {dearer} pays {_from(worth)}, against {cheaper}.",
        draw=partial(_draw, captions, curve, own_value_usd, worth.pays_from_usd.value),
        rows=curve,
        how_to_read=(
            "Follow the dashed line to the value that a solved task has for you. Where the whole band "
            "lies above zero, the dearer model pays; where it lies below, the cheaper one does; where it "
            "holds zero, it cannot be told. The steepness of the line is the difference in tasks solved, "
            "its start the extra cost of a task with tries, waiting and failures."
        ),
        footing=footing,
    )


def finding(worth: WorthIt, value_usd: float, titles: Mapping[str, str]) -> str:
    """The verdict at one value of a solved task, told in the past: the runs are of their day."""
    dearer, cheaper = titles[worth.dearer], titles[worth.cheaper]
    at = f"At {money(value_usd)} per solved task"
    match worth.verdict:
        case WorthVerdict.DEARER_PAYS:
            return f"{at} {dearer} was probably worth its extra cost"
        case WorthVerdict.CHEAPER_PAYS:
            return f"{at} {cheaper} was probably the better buy"
        case WorthVerdict.CANNOT_BE_TOLD:
            return f"{at} it cannot be told whether {dearer} was worth its extra cost"


def _from(worth: WorthIt) -> str:
    value = worth.pays_from_usd.value
    return (
        "at no value of a task in the middle estimate"
        if math.isinf(value)
        else f"from a value of {money(value)} on"
    )


def _draw(
    captions: Captions, curve: pl.DataFrame, own_value_usd: float, pays_from_usd: float, mode: Mode
) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=330))
    _band(figure, curve, mode)
    figure.add_hline(y=0, line={"color": theme.ink(mode), "width": 1})
    _upright(figure, own_value_usd, f"your task: {money(own_value_usd)}", mode, at=1.0)
    if pays_from_usd <= curve["value_usd"][-1]:
        _upright(figure, pays_from_usd, f"pays from {money(pays_from_usd)}", mode, at=0.9)
    figure.update_xaxes(
        title_text="Value of a solved task, US dollars",
        **DOLLAR_TICKS,
        range=[0, curve["value_usd"][-1]],
    )
    figure.update_yaxes(title_text="Extra net value per task, US dollars", **DOLLAR_TICKS)
    return figure


def _band(figure: go.Figure, curve: pl.DataFrame, mode: Mode) -> None:
    hue, values = theme.accent(mode), curve["value_usd"].to_list()
    figure.add_scatter(
        x=[*values, *reversed(values)],
        y=[*curve["high"].to_list(), *reversed(curve["low"].to_list())],
        fill="toself",
        fillcolor=theme.faint(hue, 0.2, mode),
        line={"width": 0},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=values,
        y=curve["extra_net_usd"].to_list(),
        mode="lines",
        line={"color": hue, "width": 2, "dash": theme.FITTED},
        hovertext=[
            f"a solved task is worth {money(row['value_usd'])}<br>"
            f"extra net value {money(row['extra_net_usd'])} ("
            f"{money(row['low'])} to {money(row['high'])})<br>{row['verdict']}"
            for row in curve.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _upright(figure: go.Figure, x: float, text: str, mode: Mode, at: float) -> None:
    figure.add_vline(x=x, line={"color": theme.grey(mode), "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=x,
        y=at,
        yref="paper",
        yanchor="top",
        xanchor="left",
        xshift=4,
        text=text,
        showarrow=False,
        font={"size": 11, "color": theme.ink(mode)},
        bgcolor=theme.see_through(theme.paper(mode), 0.7),
    )
