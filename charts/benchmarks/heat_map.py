"""Models by benchmarks: how far each got from guessing to the ceiling, and what nobody measured."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.benchmarks.grid import Grid
from charts.parts import theme
from charts.parts.figure import TOOLBAR, Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.percent import percent
from charts.parts.tags import own_tags
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "models-by-benchmarks"
_ROW: Final = 21
_NAMES_ABOVE: Final = 150
_NAMES_LEFT: Final = 128
_EDGE: Final = 10
_LONGEST_MODEL: Final = 21
_LONGEST_TEST: Final = 26
_FAINTEST: Final = {Mode.LIGHT: 0.10, Mode.DARK: 0.20}
"""How full a cell of nothing is: on dark paper a faint one would look like none."""

_FULLEST: Final = {Mode.LIGHT: 0.66, Mode.DARK: 0.58}
"""How full a cell of all right is: its number is still read in ink."""

_SMALL, _SMALLEST = 9.0, 7.5
"""Pixels of a number of one or two digits, and of 100."""

_STEPS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


def models_by_benchmarks(grid: Grid, title: str, chosen: frozenset[str], footing: Footing) -> Chart:
    """One cell for each model and benchmark, the fuller its colour the further; `chosen` models are marked.

    `grid.cells` with value, chance, ceiling, stderr, reported_by, organization, released_on.
    """
    subtitle = (
        "Percent of the way from guessing (0) to all right (100). Rows: models by capability index, the "
        "best first. Columns: benchmarks by the median of these models, the easiest on the left. A dash: not "
        "measured."
    )
    missing = grid.cells.height - grid.measured
    return Chart(
        NAME,
        title,
        f"{title}. {grid.models.height} models by {grid.benchmarks.height} benchmarks; not measured: "
        f"{missing} of {grid.cells.height} cells.",
        partial(_draw, Captions(NAME, title, subtitle, footing), grid, chosen),
        _rows(grid),
        "Compare along a column: all its cells are of one test. Along a row tests differ in difficulty, so a "
        "full cell next to a faint one says more of the tests than of the model. A cell with a dash is a gap "
        "in the data and says nothing of the model. Scores of one column may come from different settings; "
        "the table says who reported each.",
        footing,
    )


def _rows(grid: Grid) -> pl.DataFrame:
    measured = pl.when("measured").then(pl.lit("measured")).otherwise(pl.lit("not measured"))
    return grid.cells.select(
        "title",
        "benchmark",
        measured.alias("state"),
        pl.col("share").alias("share_of_the_way"),
        "value",
        "stderr",
        "chance",
        "ceiling",
        "reported_by",
        "setting",
        "model_id",
        "benchmark_id",
        "source_id",
        "url",
    )


def _draw(captions: Captions, grid: Grid, chosen: frozenset[str], mode: Mode) -> go.Figure:
    colour = theme.accent(mode)
    key = (
        *(KeyItem("■", percent(step), theme.see_through(colour, _shade(step, mode))) for step in _STEPS),
        KeyItem("–", "not measured", theme.faint_ink(mode)),
    )
    room = Room(plot=_NAMES_ABOVE + _ROW * grid.models.height, left=_NAMES_LEFT, below=_EDGE)
    figure = empty_figure(captions, mode, key=key, room=room)
    figure.update_layout(margin_t=TOOLBAR + _NAMES_ABOVE)
    models, tests = grid.models["model_id"].to_list(), grid.benchmarks["benchmark_id"].to_list()
    known = {(row["model_id"], row["benchmark_id"]): row for row in grid.cells.iter_rows(named=True)}
    table = [[known[model, test] for test in tests] for model in models]
    figure.add_heatmap(
        z=[[row["share"] for row in line] for line in table],
        zmin=0,
        zmax=1,
        colorscale=[
            [0.0, theme.see_through(colour, _shade(0.0, mode))],
            [1.0, theme.see_through(colour, _shade(1.0, mode))],
        ],
        showscale=False,
        xgap=1,
        ygap=1,
        text=[[_hover(row) for row in line] for line in table],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
    )
    _add_numbers(figure, table, mode)
    _add_gaps(figure, table, mode)
    figure.update_xaxes(
        **_axis(grid.benchmarks["benchmark"].to_list(), -90, _LONGEST_TEST),
        range=[-0.5, len(tests) - 0.5],
        side="top",
    )
    names = [f"▸ {title}" if model in chosen else title for model, title in grid.models.iter_rows()]
    figure.update_yaxes(**_axis(names, 0, _LONGEST_MODEL), range=[len(models) - 0.5, -0.5])
    figure.update_layout(dragmode=False)
    return figure


def _add_numbers(figure: go.Figure, table: list[list[dict[str, Any]]], mode: Mode) -> None:
    """The percent of each measured cell in it, small enough for a telephone's columns.

    Three digits are a little wider than a column there: they are smaller, and no edge of the plot cuts them.
    """
    told = [
        (column, line, row["share"])
        for line, rows in enumerate(table)
        for column, row in enumerate(rows)
        if row["measured"]
    ]
    numbers = [f"{100 * share:.0f}" for _, _, share in told]
    figure.add_scatter(
        x=[column for column, _, _ in told],
        y=[line for _, line, _ in told],
        mode="text",
        text=numbers,
        textfont={
            "size": [_SMALL if len(text) < 3 else _SMALLEST for text in numbers],
            "color": theme.ink(mode),
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _add_gaps(figure: go.Figure, table: list[list[dict[str, Any]]], mode: Mode) -> None:
    """A dash where nothing was measured: an empty cell could be taken for a low score."""
    gaps = [
        (column, line, row)
        for line, rows in enumerate(table)
        for column, row in enumerate(rows)
        if not row["measured"]
    ]
    figure.add_scatter(
        x=[column for column, _, _ in gaps],
        y=[line for _, line, _ in gaps],
        mode="markers",
        marker={
            "symbol": "line-ew",
            "size": 5,
            "line": {"width": 1.2, "color": theme.faint_ink(mode)},
            "color": theme.faint_ink(mode),
        },
        text=[_hover(row) for _, _, row in gaps],
        hovertemplate="%{text}<extra></extra>",
    )


def _axis(names: list[str], angle: int, longest: int) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [own_tags(_short(name, longest)) for name in names],
        "tickangle": angle,
        "tickfont": {"size": 10},
        "ticks": "",
        "showgrid": False,
        "showline": False,
        "fixedrange": True,
    }


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def _shade(share: float, mode: Mode) -> float:
    return _FAINTEST[mode] + (_FULLEST[mode] - _FAINTEST[mode]) * share


def _hover(row: dict[str, Any]) -> str:
    told = f"<b>{own_tags(row['title'])}</b><br>{own_tags(row['benchmark'])}: "
    if not row["measured"]:
        return f"{told}not measured"
    error = f" ± {100 * row['stderr']:.1f} (standard error)" if row["stderr"] else ""
    maker = "<br>reported by its maker" if row["reported_by"] == "vendor" else ""
    way = f"{percent(row['share'])} of the way from guessing"
    return f"{told}score {percent(row['value'])}{error}<br>{way}{maker}"
