"""What agents solve on each test: a panel for each family of tests, on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.agents.records import RecordsOnTest
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.percent import percent, percent_ticks
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "tests-of-agents"
_EACH: Final = 110


@dataclass(frozen=True, slots=True)
class Family:
    """Tests that stand in one panel, each with the name that tells it from the others there."""

    name: str
    tests: tuple[tuple[str, RecordsOnTest], ...]


def tests_of_agents(families: Sequence[Family], title: str, footing: Footing) -> Chart:
    """The best so far on each test as steps. Needs a family with a test."""
    subtitle = (
        "Share of tasks solved by the best model so far, by its release day. Each panel is a "
        "family of tests, "
        "each line a test of its own."
    )
    rows = pl.concat(found.models for family in families for _, found in family.tests)
    told = "; ".join(
        f"{family.name}{f' {name}' if name else ''} {percent(found.best['value'])}"
        for family in families
        for name, found in family.tests
    )
    return Chart(
        NAME,
        title,
        f"{title}. The best: {told}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(families)),
        rows,
        "Compare within a line. The share is the best that anybody reached with the model, whatever program "
        "led it, so part of a step may be a better program, not a better model.",
        footing,
    )


def _draw(captions: Captions, families: tuple[Family, ...], mode: Mode) -> go.Figure:
    figure = empty_figure(
        captions, mode, room=Room(plot=panels_height(len(families), _EACH), below=BARE_AXIS)
    )
    panels = [
        Panel(
            _heading(family, mode),
            tuple(_line(name, found, theme.apart(at, mode)) for at, (name, found) in enumerate(family.tests)),
            ".0%",
        )
        for family in families
    ]
    draw_panels(figure, panels, mode, each=_EACH)
    # shares of one kind: a climb looks as steep as it is, so all have one scale
    figure.update_yaxes(range=[0.0, 1.04], **percent_ticks(0.0, 1.0, 3))
    return figure


def _heading(family: Family, mode: Mode) -> str:
    if len(family.tests) == 1:
        return family.name
    names = " ".join(
        f'<span style="color:{look.colour}">{look.sign}</span> {name}'
        for look, (name, _) in ((theme.apart(at, mode), test) for at, test in enumerate(family.tests))
    )
    return f"{family.name}: {names}"


def _line(name: str, found: RecordsOnTest, look: theme.Apart) -> PanelLine:
    days, values = found.steps["from_on"].to_list(), found.steps["value"].to_list()
    return PanelLine(
        [*days, found.until],
        [*values, values[-1]],
        look.colour,
        name or found.title,
        steps=True,
        marks=True,
        symbol=look.symbol,
    )
