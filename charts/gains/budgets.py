"""What fixed budgets buy: the best score on sale for each, as steps, under the best at any price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.gains.budget import BudgetSteps
from charts.parts import theme
from charts.parts.axes import dollars, score_axis, score_number
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "best-for-a-budget"
_PLOT: Final = 380
_BAND: Final = 0.16
"""Opacity of an interval: two of them over each other still show both lines."""


def budgets_chart(
    found: Sequence[BudgetSteps], best: pl.DataFrame, scale: str, unit: str, title: str, footing: Footing
) -> Chart:
    """One line of steps for each budget, and in grey the best at any price.

    `best`: released_on, value of the models that were the best in turn. Needs a budget that buys something.
    """
    subtitle = (
        f"Best {scale} among the models on sale for at most so much per million tokens (3 input : 1 output); "
        f"in grey the best at any price.{_of_bands(found)}"
    )
    rows = pl.concat(
        one.steps.select(pl.lit(one.budget_usd_per_mtok).alias("budget_usd_per_mtok"), pl.all())
        for one in found
    )
    ends = "; ".join(f"{dollars(one.budget_usd_per_mtok)} buys {_end_text(one, unit)}" for one in found)
    return Chart(
        NAME,
        title,
        f"{title}. At the end: {ends}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(found), best, scale, unit),
        rows,
        "A line rises when a better model comes within the budget, be it new or cheaper than before, and "
        "falls when the one that was the best for the money is withdrawn or dearer. The distance to the grey "
        "line is what the budget leaves out.",
        footing,
    )


def _of_bands(found: Sequence[BudgetSteps]) -> str:
    """What the shade is; empty where no error is known, so that there is none."""
    known = any(one.steps.drop_nulls(["low", "high"]).height for one in found)
    return " Shaded: the 90\u00a0% interval of that model's score." if known else ""


def _end_text(one: BudgetSteps, unit: str) -> str:
    bought = one.on(one.until)
    return "nothing scored" if bought is None else score_number(float(str(bought["value"])), unit)


def _draw(
    captions: Captions,
    found: tuple[BudgetSteps, ...],
    best: pl.DataFrame,
    scale: str,
    unit: str,
    mode: Mode,
) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_PLOT, below=BARE_AXIS))
    until = max(one.until for one in found)
    shown = [one for one in found if one.steps.height]
    begin: date = min(one.steps["valid_on"][0] for one in shown)
    values = [
        value
        for one in shown
        for name in ("value", "low", "high")
        for value in one.steps[name].drop_nulls().to_list()
    ]
    top = [*best["value"].to_list(), best["value"][-1]]
    _add(figure, [*best["released_on"].to_list(), until], top, theme.grey(mode), "best at any price")
    ends = [LineEnd(until, top[-1], "at any price", theme.grey(mode))]
    for place, one in enumerate(shown):
        _add_band(figure, one, until, theme.ordered(place, len(shown), mode))
    for place, one in enumerate(shown):
        days, scores = one.steps["valid_on"].to_list(), one.steps["value"].to_list()
        name = f"for {dollars(one.budget_usd_per_mtok)}"
        colour = theme.ordered(place, len(shown), mode)
        _add(figure, [*days, until], [*scores, scores[-1]], colour, name)
        if scores[-1] is not None:
            ends.append(LineEnd(until, scores[-1], name, colour))
    low, high = min(values), max([*values, top[-1]])
    room = 0.06 * (high - low or 1)
    figure.update_yaxes(**score_axis(unit, scale, low - room, high + room))
    figure.update_xaxes(range=[begin - timedelta(days=30), until + timedelta(days=10)])
    name_line_ends(figure, ends, low - room, high + room, mode, log=False, height=_PLOT)
    return figure


def _add_band(figure: go.Figure, one: BudgetSteps, until: date, colour: str) -> None:
    """The interval of each score, as long as it is the best for the money: one patch for each step."""
    days: list[date | None] = []
    ends: list[float | None] = []
    rows = one.steps.with_columns(ends_on=pl.col("valid_on").shift(-1).fill_null(until))
    for begin, end, low, high in rows.select("valid_on", "ends_on", "low", "high").iter_rows():
        if low is not None and high is not None:
            days += [begin, end, end, begin, begin, None]
            ends += [low, low, high, high, low, None]
    figure.add_scatter(
        x=days,
        y=ends,
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=theme.see_through(colour, _BAND),
        hoverinfo="skip",
    )


def _add(
    figure: go.Figure, days: Sequence[date], values: Sequence[float | None], colour: str, name: str
) -> None:
    figure.add_scatter(
        x=list(days),
        y=list(values),
        mode="lines",
        line={"color": colour, "width": 2, "shape": "hv"},
        connectgaps=False,
        name=name,
        hovertemplate=f"{name}<br>%{{x|%-d %B %Y}}: %{{y:.3~r}}<extra></extra>",
    )
