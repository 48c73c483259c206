"""What a task of an agent costs against the share of tasks that it solves."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.axes import dollar_axis, dollar_range, dollars, in_gridlines, share_axis
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "cost-of-agents"
MOST: Final = 5
"""Tests that are drawn: as many as there are shapes."""


def cost_of_agents(runs: pl.DataFrame, told: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """One dot a model on each test. `runs`: the rows of agent_costs.sql of at most `MOST` tests.

    `told`: those of them that the title speaks of; they are named first.
    """
    subtitle = (
        f"Share of tasks solved against what a task cost, measured, US dollars. Each shape is a test. "
        f"{in_gridlines(runs['cost'])}"
    )
    return Chart(
        NAME,
        title,
        f"{title}. {_counted(runs)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), runs, told),
        runs,
        "Compare within a shape: a task of one test is not a task of another. Up is better, "
        "left is cheaper. "
        "Only runs whose cost somebody measured are here.",
        footing,
    )


def _counted(runs: pl.DataFrame) -> str:
    """How many runs there are, on how many tests."""
    many, tests = runs.height, runs["benchmark_id"].n_unique()
    return f"{many} run{'' if many == 1 else 's'} on {tests} test{'' if tests == 1 else 's'}"


def _draw(captions: Captions, runs: pl.DataFrame, told: pl.DataFrame, mode: Mode) -> go.Figure:
    tests = list(dict(runs.select("benchmark_id", "benchmark").iter_rows()).items())
    looks = [theme.apart(place, mode) for place in range(len(tests))]
    key = tuple(KeyItem(look.sign, title, look.colour) for look, (_, title) in zip(looks, tests, strict=True))
    figure = empty_figure(captions, mode, key=key, room=Room(plot=340))
    for look, (benchmark_id, title) in zip(looks, tests, strict=True):
        part = runs.filter(benchmark_id=benchmark_id)
        figure.add_scatter(
            x=part["cost"].to_list(),
            y=part["value"].to_list(),
            mode="markers",
            marker={
                "size": 9,
                "symbol": look.symbol,
                "opacity": 0.85,
                "color": look.colour,
                "line": {"width": 1, "color": theme.paper(mode)},
            },
            customdata=part["model_id"].to_list(),
            hovertext=[
                f"<b>{row['title']}</b>, {title}<br>{percent(row['value'], 1)} for "
                f"{dollars(row['cost'])} a task"
                for row in part.iter_rows(named=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_xaxes(**dollar_axis(runs["cost"].to_list(), log=True, title="measured $ per task"))
    figure.update_yaxes(**share_axis("Share solved", 0.0, 1.0))
    _name_the_best(figure, runs, told, mode)
    return figure


def _name_the_best(figure: go.Figure, runs: pl.DataFrame, told: pl.DataFrame, mode: Mode) -> None:
    """What the title speaks of, then who solves most on each other test, as far as there is room."""
    others = runs.filter(~pl.col("benchmark_id").is_in(told["benchmark_id"].implode()))
    best = pl.concat(
        [
            told,
            others.sort("value", "cost", descending=[True, False]).unique(
                "benchmark_id", keep="first", maintain_order=True
            ),
        ]
    ).with_columns(place=pl.col("cost").log10())

    def within(rows: pl.DataFrame) -> list[tuple[float, float]]:
        left, right = dollar_range(runs["cost"].to_list())
        return [((math.log10(cost) - left) / (right - left), value) for cost, value in rows.iter_rows()]

    add_labels(
        figure,
        best["place"].to_list(),
        best["value"].to_list(),
        best["title"].to_list(),
        within(best.select("cost", "value")),
        mode,
        Around(Corner.UPPER_LEFT, others=within(runs.select("cost", "value"))),
    )
