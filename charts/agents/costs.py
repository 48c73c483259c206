"""What a task of an agent costs against the share of tasks that it solves: a panel for each test."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import counted
from charts.parts import theme
from charts.parts.axes import dollar_axis, dollar_range, dollars, in_gridlines
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.percent import percent, percent_ticks
from charts.parts.stacked_panels import add_panel_heading
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "cost-of-agents"
_EACH: Final = 118
_GAP: Final = 32
_TOP: Final = 1.3
"""Where a panel ends, as a share: above all tasks there is room for a name."""

_A_LETTER: Final = 0.02
"""Of the width of a panel on a telephone, where the names of models take 0.018 to 0.021: a name must end
within it or in the margin beside it."""


def cost_of_agents(runs: pl.DataFrame, told: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """A panel a test, one dot a model, all on one scale. `runs`: the rows of agent_costs.sql, test by test.

    `told`: those of them that are named, of each test the best and then, if there is one, what is nearly as
    good for less.
    """
    subtitle = (
        "Share of tasks solved against what a task cost, measured, US dollars. Each panel is a test, all on "
        "one scale. Named: the best on each test, and the cheapest within 5 points of it. "
        f"{in_gridlines(runs['cost'])}"
    )
    return Chart(
        NAME,
        title,
        f"{title}. {_counted(runs)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), runs, told),
        runs,
        "Compare within a panel: a task of one test is not a task of another, so neither its share nor its "
        "cost is. Up is better, left is cheaper. Only runs whose cost somebody measured are here.",
        footing,
    )


def panels_height(tests: int) -> int:
    """Height of the plot in pixels."""
    return tests * (_EACH + _GAP)


def _counted(runs: pl.DataFrame) -> str:
    """How many runs there are, on how many tests."""
    return f"{counted(runs.height, 'run')} on {counted(runs['benchmark_id'].n_unique(), 'test')}"


def _draw(captions: Captions, runs: pl.DataFrame, told: pl.DataFrame, mode: Mode) -> go.Figure:
    tests = dict(runs.select("benchmark_id", "benchmark").iter_rows())
    total = panels_height(len(tests))
    figure = empty_figure(captions, mode, room=Room(plot=total))
    span = dollar_range(runs["cost"].to_list())
    for place, (benchmark_id, title) in enumerate(tests.items()):
        top = 1 - (place * (_EACH + _GAP) + _GAP - 10) / total
        axis = f"{place + 1}" if place else ""
        figure.update_layout({f"yaxis{axis}": _share_axis(top, total, mode)})
        part, named = (rows.filter(benchmark_id=benchmark_id) for rows in (runs, told))
        others = part.join(named, on="model_id", how="anti", maintain_order="left")
        _add_dots(figure, others, title, f"y{axis}", theme.grey(mode))
        _add_dots(figure, named, title, f"y{axis}", theme.accent(mode))
        add_panel_heading(figure, f"<b>{title}</b>, {counted(part.height, 'model')}", top, mode, shift=0)
        _name(figure, named, f"y{axis}", span, mode)
    cost = dollar_axis(runs["cost"].to_list(), log=True, title="measured $ per task")
    last = f"y{len(tests)}" if len(tests) > 1 else "y"
    figure.update_layout(xaxis=cost | {"anchor": last})
    return figure


def _share_axis(top: float, total: int, mode: Mode) -> dict[str, Any]:
    return {
        "domain": [max(top - _EACH / total, 0), top],
        "range": [-0.04, _TOP],
        "gridcolor": theme.grid(mode),
        "zeroline": False,
        "tickfont": {"color": theme.faint_ink(mode), "size": 10},
        "fixedrange": True,
        "title": None,
        **percent_ticks(0.0, 1.0, 3),
    }


def _add_dots(figure: go.Figure, rows: pl.DataFrame, test: str, axis: str, colour: str) -> None:
    figure.add_scatter(
        x=rows["cost"].to_list(),
        y=rows["value"].to_list(),
        yaxis=axis,
        mode="markers",
        marker={"size": 8, "opacity": 0.85, "color": colour},
        customdata=rows["model_id"].to_list(),
        hovertext=[
            f"<b>{row['title']}</b>, {test}<br>{percent(row['value'], 1)} for {dollars(row['cost'])} a task"
            for row in rows.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _name(figure: go.Figure, named: pl.DataFrame, axis: str, span: tuple[float, float], mode: Mode) -> None:
    """Names above their marks, the best to the right of its own: what is cheaper has room on the left."""
    exponents = [math.log10(cost) for cost in named["cost"]]
    places = [(exponent - span[0]) / (span[1] - span[0]) for exponent in exponents]
    sides = _sides(places, named["title"].to_list())
    for row, exponent, side in zip(named.iter_rows(named=True), exponents, sides, strict=True):
        figure.add_annotation(
            x=exponent,
            y=row["value"],
            yref=axis,
            text=row["title"],
            showarrow=False,
            xanchor=side,
            yanchor="middle",
            yshift=11,
            font={"size": 11, "color": theme.ink(mode)},
            bgcolor=theme.see_through(theme.paper(mode), 0.7),
            borderpad=0,
        )


def _sides(places: list[float], names: list[str]) -> list[str]:
    """Which end of each name stands at its mark: the left one where the name fits right of it.

    `places`: how far to the right each mark is, 0..1, the best first. The name of what is cheaper ends at
    its mark where it would else run into that of the best, if there is room on its left.
    """
    lengths = [_A_LETTER * len(name) for name in names]
    sides = [
        "left" if place + length <= 1 else "right" for place, length in zip(places, lengths, strict=True)
    ]
    starts = places[0] - (lengths[0] if sides[0] == "right" else 0)
    for at in range(1, len(places)):
        if places[at] + lengths[at] > starts and places[at] >= lengths[at]:
            sides[at] = "right"
    return sides
