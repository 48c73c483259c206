"""The relay: the frontier of each benchmark on one time axis, coloured by when it was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import polars as pl

from analysis.relay.durations import PERIODS
from analysis.relay.frontiers import BEGINS_BELOW, DONE_FROM
from analysis.relay.logistics import ToldLogistic
from analysis.results import day_of
from charts.parts import theme
from charts.parts.axes import share_axis
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "relay"
_FIRST_DAY: Final = date(2021, 7, 1)
_POINTS: Final = 40
_MOST_NAMES: Final = 5
_MOST_OPEN: Final = 1
_BEHIND: Final = 0.22
"""How strong the lines are in front of which the named ones stand."""

_LONGEST_NAME: Final = 16


class _Mark(NamedTuple):
    """Where the name of a test stands."""

    day: date
    share: float
    name: str


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
        "Best share so far of the way from guessing to all right, by release day. Strong: the most measured "
        "tests; dashed: the S-curve fitted to them, where the data tell it. Grey: used up. Dotted: "
        f"{percent(BEGINS_BELOW)} and {percent(DONE_FROM)}, between which the time is taken. Single tests "
        "flatten because they end."
    )
    rows = steps.join(
        tests.select("benchmark_id", "benchmark", "period", "used_up"),
        on="benchmark_id",
        maintain_order="left",
    )
    return Chart(
        NAME,
        title,
        f"{title}. One line of steps for each test, from its first model to its last.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tests, rows, dict(told)),
        rows,
        "Each line is one test, from its first model to its last. A test is used up when its best score lies "
        "within 5 points, or two errors, of the ceiling: from then on it cannot show progress, and newer "
        "tests take over. Tests are also laid at older models, so a line may begin before the test was "
        "made; its colour says when the test was published, or where that is not known of when its oldest "
        "model is. "
        "The S-curve is a logistic, fitted to the three best new models of each quarter, not to records, so "
        "it may lie below them.",
        footing,
    )


def tests_of(period: str) -> str:
    """How the tests of a period are called."""
    return f"tests {period}" if period.startswith("since") else f"tests from {period}"


def period_key(names: list[str], mode: Mode) -> tuple[KeyItem, ...]:
    """Whose colour is whose period, for those present."""
    order = [name for name, _ in PERIODS]
    return tuple(KeyItem("━", tests_of(name), period_colour(name, mode)) for name in order if name in names)


def period_colour(name: str, mode: Mode) -> str:
    """The colour of a period: the later, the stronger."""
    order = [period for period, _ in PERIODS]
    return theme.ordered(order.index(name), len(order), mode)


def _draw(
    captions: Captions, tests: pl.DataFrame, rows: pl.DataFrame, told: dict[str, ToldLogistic], mode: Mode
) -> go.Figure:
    open_ones = tests.filter(~pl.col("used_up"))["period"].unique().to_list()
    key = (*period_key(open_ones, mode), KeyItem("━", "used up", theme.grey(mode)))
    figure = empty_figure(captions, mode, key=key, room=Room(plot=430, below=BARE_AXIS))
    last = max(tests["ended_on"].to_list())
    first = max(min(tests["began_on"].to_list()), _FIRST_DAY)
    begin, end = first - timedelta(days=20), last + timedelta(days=20)
    named = _named(tests, rows, (begin, end))
    stands_out = pl.col("benchmark_id").is_in(list(named))
    for test in tests.sort(stands_out, "used_up", descending=[False, True]).iter_rows(named=True):
        _add_test(figure, test, rows, told.get(test["benchmark_id"]), test["benchmark_id"] in named, mode)
    for share in (BEGINS_BELOW, DONE_FROM):
        figure.add_hline(y=share, line={"color": theme.faint_ink(mode), "width": 1.2, "dash": "dot"})
    figure.update_xaxes(range=[begin, end], type="date")
    figure.update_yaxes(**share_axis("From guessing to all right", 0.0, 1.03))
    _label(figure, named, (begin, end), mode)
    return figure


def _add_test(
    figure: go.Figure,
    test: Mapping[str, Any],
    rows: pl.DataFrame,
    logistic: ToldLogistic | None,
    stands_out: bool,
    mode: Mode,
) -> None:
    """A test's steps and its logistic: strong where it is named, else one of many."""
    colour = theme.grey(mode) if test["used_up"] else period_colour(test["period"], mode)
    part = rows.filter(benchmark_id=test["benchmark_id"])
    shares = part["share"].to_list()
    seen = theme.faint(colour, 0.95 if stands_out else _BEHIND, mode)
    figure.add_scatter(
        x=[*part["released_on"].to_list(), test["ended_on"]],
        y=[*shares, shares[-1]],
        mode="lines",
        line={"color": seen, "width": 2.2 if stands_out else 1.0, "shape": "hv"},
        name=test["benchmark"],
        hovertemplate=f"{test['benchmark']}<br>%{{x|%-d %B %Y}}: %{{y:.0%}}<extra></extra>",
    )
    if logistic is not None and stands_out:
        _add_logistic(figure, logistic, seen)


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


def _named(tests: pl.DataFrame, rows: pl.DataFrame, span: tuple[date, date]) -> dict[str, _Mark]:
    """The tests that stand out, by id: the most measured that passed 80 %, then open ones of each period."""
    short = tests.filter(pl.col("benchmark").str.len_chars() <= _LONGEST_NAME)
    short = short.sort("models", "benchmark_id", descending=[True, False])
    done = short.filter(pl.col("done_on").is_between(*span)).head(_MOST_NAMES)
    left = short.filter(pl.col("done_on").is_null(), ~pl.col("used_up"))
    left = left.filter(pl.int_range(pl.len()).over("period") < _MOST_OPEN)
    marks = {}
    for test in pl.concat([done, left]).iter_rows(named=True):
        at = test["done_on"] or test["ended_on"]
        part = rows.filter(pl.col("released_on") <= at, benchmark_id=test["benchmark_id"])
        marks[test["benchmark_id"]] = _Mark(at, part["share"][-1], test["benchmark"])
    return marks


def _label(figure: go.Figure, named: Mapping[str, _Mark], span: tuple[date, date], mode: Mode) -> None:
    """Names where a test passed 80 %, or at its end, as far as there is room on a telephone."""
    begin, end = span
    marks = list(named.values())
    add_labels(
        figure,
        [mark.day for mark in marks],
        [mark.share for mark in marks],
        [mark.name for mark in marks],
        [((mark.day - begin) / (end - begin), mark.share / 1.03) for mark in marks],
        mode,
        Around(Corner.UPPER_LEFT),
    )
