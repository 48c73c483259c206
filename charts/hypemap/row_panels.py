"""One technology of the hype map: what is known of it, a panel each, on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

_EACH: Final = 96
_FEW: Final = 24
"""Up to so many points each has its dot."""


def panels_name(technology: str) -> str:
    """The name of the chart of one technology, by its key."""
    return f"hype-map-{technology}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure through time (valid_on, value), in words, as its axis writes it (d3 format).

    column  which column of the map it is of
    steps   each value holds until the next: records, prices
    log     on a logarithmic axis
    until   the month or quarter of the last point, where that is not the month of its day
    """

    column: str
    name: str
    points: pl.DataFrame
    tickformat: str = ",~s"
    steps: bool = False
    log: bool = False
    until: str = ""

    @property
    def reach(self) -> str:
        """Up to when it is known."""
        return self.until or f"{self.points['valid_on'][-1]:%B %Y}"


def row_panels(technology: str, measures: Sequence[Measured], title: str, footing: Footing) -> Chart:
    """A panel for each measure, all on the same days. Needs at least one."""
    name = panels_name(technology)
    subtitle = "Each panel in its own unit, all on one time axis; months without a full count are gaps."
    rows = pl.concat(
        one.points.select(
            column=pl.lit(one.column),
            measure=pl.lit(one.name),
            valid_on="valid_on",
            value=pl.col("value").cast(pl.Float64),
        )
        for one in measures
    )
    told = "; ".join(f"{one.name} to {one.reach}" for one in measures)
    return Chart(
        name,
        title,
        f"{title}. {told}.",
        partial(_draw, Captions(name, title, subtitle, footing), tuple(measures)),
        rows,
        "Compare directions and days, never heights. What rose first did not for that reason cause the rest. "
        "A column of the map that is not here has no public series through time.",
        footing,
    )


def _draw(captions: Captions, measures: tuple[Measured, ...], mode: Mode) -> go.Figure:
    room = Room(plot=panels_height(len(measures), _EACH), below=BARE_AXIS)
    figure = empty_figure(captions, mode, room=room)
    draw_panels(figure, [_panel(one, mode) for one in measures], mode, each=_EACH)
    return figure


def _panel(one: Measured, mode: Mode) -> Panel:
    days, values = one.points["valid_on"].to_list(), one.points["value"].to_list()
    line = PanelLine(days, values, theme.accent(mode), one.name, steps=one.steps, marks=len(days) <= _FEW)
    scale = ", logarithmic" if one.log else ""
    return Panel(f"{one.column.capitalize()}: {one.name}{scale}", (line,), one.tickformat, one.log)
