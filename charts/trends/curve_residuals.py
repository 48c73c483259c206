"""What the candidate curves leave unexplained, a panel for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import capital
from analysis.trends.residuals import Residuals
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode
from charts.trends.growth_curves import curve_colour

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "curve-residuals"
_EACH: Final = 110


def curve_residuals(found: Sequence[Residuals], unit: str, title: str, footing: Footing) -> Chart:
    """Observed less fitted by release day. `unit` is that of the fit, for words. Needs one candidate."""
    subtitle = (
        f"Observed less fitted, {unit}, of the three best new models of each quarter. Above the line the "
        "curve is too low, below it too high."
    )
    rows = pl.concat(one.rows.with_columns(curve=pl.lit(one.name)) for one in found)
    told = "; ".join(f"{one.name}: {one.above} of the last year's {one.recent} lie above" for one in found)
    return Chart(
        NAME,
        title,
        f"{title}. {told}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(found), unit),
        rows.select("curve", "released_on", "residual"),
        "Dots scattered around the line mean that the curve follows the series. A run of dots on one side, "
        "most of all at the end, means that it does not: it bends too early or too late.",
        footing,
    )


def _draw(captions: Captions, found: tuple[Residuals, ...], unit: str, mode: Mode) -> go.Figure:
    room = Room(plot=panels_height(len(found), _EACH), below=BARE_AXIS)
    figure = empty_figure(captions, mode, room=room)
    draw_panels(figure, [_panel(one, unit, mode) for one in found], mode, each=_EACH)
    return figure


def _panel(one: Residuals, unit: str, mode: Mode) -> Panel:
    days = one.rows["released_on"].to_list()
    zero = PanelLine([min(days), max(days)], [0.0, 0.0], theme.grey(mode), "fitted")
    dots = PanelLine(days, one.rows["residual"].to_list(), curve_colour(one.name, mode), one.name, dots=True)
    return Panel(f"{capital(one.name)}, {unit}", (zero, dots), ",~r")
