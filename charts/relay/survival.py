"""How long tests take from 20 to 80 %: the share that is not finished after so many months."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from analysis.amounts import capital
from analysis.relay.durations import Durations, PeriodDurations
from charts.parts import theme
from charts.parts.axes import share_axis
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.percent import percent
from charts.parts.theme import Mode
from charts.relay.curves import period_colour, period_key, tests_of

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "used-up-after"
FEWEST: Final = 5
"""Tests still followed below which nothing is drawn: the last one finished would take the line to zero."""


class ShareLeft(NamedTuple):
    """A share of tests that are not finished, and the ends of its 90 % band."""

    share: float
    low: float
    high: float


def used_up_after(found: Durations, title: str, footing: Footing) -> Chart:
    """A falling line of steps for each period with its band. Needs a period."""
    subtitle = (
        "Share of tests that the best model had not yet brought to 80 %, by months since one passed 20 %, "
        f"from publication at the earliest, and 90 % bands, while at least {FEWEST} are followed; "
        "ticks: tests not finished when last measured, which count up to then."
    )
    told = "; ".join(f"{tests_of(one.name)}: {one.finished} of {one.n} finished" for one in found.periods)
    columns = (
        "benchmark_id",
        "benchmark",
        "period",
        "published_on",
        "began_on",
        "rose_on",
        "done_on",
        "ended_on",
    )
    return Chart(
        NAME,
        title,
        f"{title}. {capital(told)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), found),
        found.rows.select(*columns, "months", "finished"),
        "A lower line is faster. A test that nobody has finished counts up to the last model "
        "that sat it, then "
        f"leaves the count: it is neither finished nor slow. A line ends where fewer than {FEWEST} tests are "
        "still followed: beyond, a single one would move it by more than a fifth. Bands that overlap mean "
        "that the periods are not told apart.",
        footing,
    )


def _draw(captions: Captions, found: Durations, mode: Mode) -> go.Figure:
    names = [one.name for one in found.periods]
    figure = empty_figure(captions, mode, key=period_key(names, mode), room=Room(plot=320))
    followed = {
        one.name: followed_until(found.rows.filter(period=one.name)["months"]) for one in found.periods
    }
    for one in found.periods:
        _add_period(figure, one, found, followed[one.name], mode)
    longest = max(followed.values()) or 1.0
    figure.update_xaxes(title_text="Months since 20 %", range=[-0.5, longest * 1.03], dtick=6)
    figure.update_yaxes(**share_axis("Not yet at 80 %", 0.0, 1.02))
    return figure


def followed_until(months: pl.Series) -> float:
    """The month until which at least `FEWEST` tests are followed; 0 where there never were so many."""
    return float(months.sort()[-FEWEST]) if months.len() >= FEWEST else 0.0


def unfinished_at(one: PeriodDurations, month: float) -> ShareLeft:
    """The share of a period's tests that are not finished after so many months, with its band."""
    at = int(np.searchsorted(one.months, month, side="right")) - 1
    if at < 0:
        return ShareLeft(1.0, 1.0, 1.0)
    return ShareLeft(float(one.unfinished[at]), float(one.low[at]), float(one.high[at]))


def _add_period(figure: go.Figure, one: PeriodDurations, found: Durations, until: float, mode: Mode) -> None:
    colour = period_colour(one.name, mode)
    steps = one.months <= until
    months = [0.0, *one.months[steps].tolist()]
    for share, band in ((one.high, False), (one.low, True)):
        figure.add_scatter(
            x=months,
            y=[1.0, *share[steps].tolist()],
            mode="lines",
            line={"width": 0, "shape": "hv", "color": colour},
            fill="tonexty" if band else None,
            fillcolor=theme.faint(colour, 0.13, mode),
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=months,
        y=[1.0, *one.unfinished[steps].tolist()],
        mode="lines",
        line={"color": colour, "width": 2, "shape": "hv"},
        name=one.name,
        hovertemplate=f"{tests_of(one.name)}<br>%{{x:.0f}} months: %{{y:.0%}} not finished<extra></extra>",
    )
    left = found.rows.filter(pl.col("months") <= until, period=one.name, finished=False)
    figure.add_scatter(
        x=left["months"].to_list(),
        y=[unfinished_at(one, month).share for month in left["months"]],
        mode="markers",
        marker={"symbol": "line-ns", "size": 9, "line": {"width": 1.5, "color": colour}},
        hovertext=[
            f"{name}: {percent(best)} after {month:.0f} months"
            for name, best, month in left.select("benchmark", "best", "months").iter_rows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
