"""The relay: the frontier of each benchmark on one time axis, coloured by the age of its oldest model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from analysis.relay.durations import PERIODS
from analysis.relay.logistics import ToldLogistic
from analysis.results import day_of
from charts.parts import theme
from charts.parts.axes import share_axis
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "relay"
_FIRST_DAY: Final = date(2021, 7, 1)
_POINTS: Final = 40
_MOST_NAMES: Final = 8
_LONGEST_NAME: Final = 16


def relay_curves(
    tests: pl.DataFrame,
    steps: pl.DataFrame,
    told: Mapping[str, ToldLogistic],
    title: str,
    footing: Footing,
) -> Chart:
    """One line of steps for each test, and dashed its logistic where it is told.

    `tests`: the rows of `frontiers` with period; `steps`: those of `frontier_steps` of the same tests.
    """
    subtitle = (
        "Best share so far of the way from guessing to all right, by release day. Dashed: fitted logistic, "
        "where the data tell it. Grey: used up. Single tests flatten because they end."
    )
    rows = steps.join(tests.select("benchmark_id", "benchmark", "period", "used_up"), on="benchmark_id")
    return Chart(
        NAME,
        title,
        f"{title}. {tests.height} tests, {tests['used_up'].sum()} of them used up.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tests, rows, dict(told)),
        rows,
        "Each line is one test, from its first model to its last. A test is used up when its best score lies "
        "within 5 points, or two errors, of the ceiling: from then on it cannot show progress, and newer "
        "tests take over. Tests are also laid at older models, so a line may begin before the test was made. "
        "A logistic is fitted to the three best new models of each quarter, not to records, so it may lie "
        "below them.",
        footing,
    )


def oldest_model(period: str) -> str:
    """By what a test is put in a period: tests are laid at models that are older than they."""
    return f"oldest model {period}" if period[0].isalpha() else f"oldest model of {period}"


def period_key(names: list[str], mode: Mode) -> tuple[KeyItem, ...]:
    """Whose colour is whose period, for those present."""
    order = [name for name, _ in PERIODS]
    return tuple(
        KeyItem(
            "━",
            oldest_model(name),
            theme.hue(order.index(name), mode),
        )
        for name in order
        if name in names
    )


def _draw(
    captions: Captions, tests: pl.DataFrame, rows: pl.DataFrame, told: dict[str, ToldLogistic], mode: Mode
) -> go.Figure:
    order = [name for name, _ in PERIODS]
    open_ones = tests.filter(~pl.col("used_up"))["period"].unique().to_list()
    key = (*period_key(open_ones, mode), KeyItem("━", "used up", theme.grey(mode)))
    figure = empty_figure(captions, mode, key=key, room=Room(plot=430, below=BARE_AXIS))
    ended = tests.sort("used_up", descending=True)
    for test in ended.iter_rows(named=True):
        colour = theme.grey(mode) if test["used_up"] else theme.hue(order.index(test["period"]), mode)
        part = rows.filter(benchmark_id=test["benchmark_id"])
        shares = part["share"].to_list()
        figure.add_scatter(
            x=[*part["released_on"].to_list(), test["ended_on"]],
            y=[*shares, shares[-1]],
            mode="lines",
            line={"shape": "hv"} | _stroke(colour, is_used_up=test["used_up"]),
            name=test["benchmark"],
            hovertemplate=f"{test['benchmark']}<br>%{{x|%-d %B %Y}}: %{{y:.0%}}<extra></extra>",
        )
        if test["benchmark_id"] in told:
            _add_logistic(figure, told[test["benchmark_id"]], colour)
    last = max(tests["ended_on"].to_list())
    first = max(min(tests["began_on"].to_list()), _FIRST_DAY)
    begin, end = first - timedelta(days=20), last + timedelta(days=20)
    figure.update_xaxes(range=[begin, end], type="date")
    figure.update_yaxes(**share_axis("From guessing to all right", 0.0, 1.03))
    _label(figure, tests, rows, (begin, end), mode)
    return figure


def _stroke(colour: str, *, is_used_up: bool) -> dict[str, Any]:
    """What is used up stands back: there are many of them, and the story is who took over."""
    return {
        "color": theme.see_through(colour, 0.45 if is_used_up else 0.9),
        "width": 1.0 if is_used_up else 1.8,
    }


def _add_logistic(figure: go.Figure, found: ToldLogistic, colour: str) -> None:
    at = np.linspace(found.first, found.last, _POINTS)
    share = (found.fit.at(at) - found.chance) / (found.ceiling - found.chance)
    figure.add_scatter(
        x=[day_of(year) for year in at],
        y=share.tolist(),
        mode="lines",
        line={"color": colour, "width": 1.2, "dash": theme.FITTED},
        hoverinfo="skip",
    )


def _label(
    figure: go.Figure, tests: pl.DataFrame, rows: pl.DataFrame, span: tuple[date, date], mode: Mode
) -> None:
    """Names where a test passed 80 %, the most measured first, as far as there is room on a telephone."""
    begin, end = span
    short = pl.col("benchmark").str.len_chars() <= _LONGEST_NAME
    done = tests.filter(short, pl.col("done_on").is_between(begin, end))
    known = done.sort("models", "benchmark_id", descending=[True, False]).head(_MOST_NAMES)
    marks = []
    for test in known.iter_rows(named=True):
        part = rows.filter(benchmark_id=test["benchmark_id"])
        at = test["done_on"]
        share = part.filter(pl.col("released_on") <= at)["share"][-1]
        marks.append((at, share, test["benchmark"]))
    within = [((at - begin) / (end - begin), share / 1.03) for at, share, _ in marks]
    add_labels(
        figure,
        [at for at, _, _ in marks],
        [share for _, share, _ in marks],
        [name for _, _, name in marks],
        within,
        mode,
        Around(Corner.UPPER_LEFT),
    )
