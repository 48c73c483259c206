"""Panels one above the other on one time axis: several measures side by side without a second axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from charts.parts import theme
from charts.parts.axes import dollars, gridlines
from charts.parts.percent import percent_ticks
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

PANEL_HEIGHT: Final = 150
_GAP_PIXELS: Final = 42


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of a panel; `values` may hold None (a gap). `steps` holds each value until the next.

    `marks` puts a mark of `symbol` at each value; `dots` draws these alone.
    """

    days: Sequence[date]
    values: Sequence[float | None]
    colour: str
    name: str = ""
    fitted: bool = False
    steps: bool = False
    marks: bool = False
    dots: bool = False
    symbol: str = "circle"


@dataclass(frozen=True, slots=True)
class Panel:
    """A measure: what stands above its panel, its lines, and how its axis writes values (d3 format).

    `from_zero` begins a linear axis there, so that a height is a multiple.
    """

    heading: str
    lines: tuple[PanelLine, ...]
    tickformat: str = ",~r"
    log: bool = False
    from_zero: bool = False


@dataclass(frozen=True, slots=True)
class Shade:
    """A span of days that is set off in all panels, and what it is."""

    start: date
    end: date
    text: str


def panels_height(panels: int, each: int = PANEL_HEIGHT) -> int:
    """Height of the plot in pixels that the panels need."""
    return panels * (each + _GAP_PIXELS)


def draw_panels(
    figure: go.Figure,
    panels: Sequence[Panel],
    mode: Mode,
    *,
    each: int = PANEL_HEIGHT,
    shade: Shade | None = None,
) -> None:
    """Draw the panels from top to bottom into a figure whose plot is `panels_height` pixels high."""
    total = panels_height(len(panels), each)
    for place, panel in enumerate(panels):
        top = 1 - (place * (each + _GAP_PIXELS) + _GAP_PIXELS - 10) / total
        axis = "y" if place == 0 else f"y{place + 1}"
        figure.update_layout(
            {f"yaxis{'' if place == 0 else place + 1}": _y_axis(panel, top, each / total, mode)}
        )
        for line in panel.lines:
            _add(figure, line, axis)
        add_panel_heading(figure, panel.heading, top, mode)
    days = [day for panel in panels for line in panel.lines for day in line.days]
    span = max(days) - min(days)
    last = "y" if len(panels) == 1 else f"y{len(panels)}"
    edge = timedelta(days=max(5, span.days // 50))
    figure.update_layout(
        xaxis={"anchor": last, "range": [min(days) - edge, max(days) + edge], "type": "date"}
    )
    if shade is not None:
        _shade(figure, shade, mode, is_late=shade.start - min(days) > span / 2)


def add_panel_heading(
    figure: go.Figure, text: str, top: float, mode: Mode, *, size: int = 11, shift: int = 3
) -> None:
    """The words above a panel that ends at `top` (0..1 of the plot); letters and distance in pixels."""
    figure.add_annotation(
        text=text,
        x=0,
        xref="paper",
        xanchor="left",
        y=top,
        yref="paper",
        yanchor="bottom",
        yshift=shift,
        showarrow=False,
        align="left",
        font={"size": size, "color": theme.ink(mode)},
    )


def _y_axis(panel: Panel, top: float, height: float, mode: Mode) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "domain": [max(top - height, 0), top],
        "tickformat": panel.tickformat,
        "nticks": 5,
        "gridcolor": theme.grid(mode),
        "zeroline": False,
        "tickfont": {"color": theme.faint_ink(mode), "size": 10},
        "fixedrange": True,
    }
    if panel.from_zero:
        axis["rangemode"] = "tozero"
    if panel.tickformat.endswith("%"):
        values = [value for line in panel.lines for value in line.values if value is not None]
        axis |= percent_ticks(min([0.0, *values]), 1.1 * max([0.0, *values]), 5)
    return axis | (_log_ticks(panel) if panel.log else {})


def _log_ticks(panel: Panel) -> dict[str, Any]:
    """A logarithmic axis with a tick at each power of ten, and between them where there would be too few."""
    values = [value for line in panel.lines for value in line.values if value]
    if not values:
        return {"type": "log"}
    ends = min(values), max(values)
    first, last = (math.floor(math.log10(end)) for end in ends)
    steps = (1,) if last - first > 1 else (1, 2, 5)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    if sum(ends[0] <= tick <= ends[1] for tick in ticks) < 2:
        ticks = gridlines(*(math.log10(end) for end in ends))
    return {"type": "log", "tickvals": ticks, "ticktext": [_written(panel, tick) for tick in ticks]}


def _written(panel: Panel, tick: float) -> str:
    """A tick that is written out, in the panel's own unit."""
    return dollars(tick) if panel.tickformat.startswith("$") else f"{tick:,g}"


def _add(figure: go.Figure, line: PanelLine, axis: str) -> None:
    figure.add_scatter(
        x=list(line.days),
        y=list(line.values),
        yaxis=axis,
        mode="markers" if line.dots else "lines+markers" if line.marks else "lines",
        line={
            "color": line.colour,
            "width": 1.8,
            "dash": theme.FITTED if line.fitted else "solid",
            "shape": "hv" if line.steps else "linear",
        },
        marker={
            "size": 5 if line.symbol == "circle" else 8,
            "color": line.colour,
            "symbol": line.symbol,
        },
        connectgaps=False,
        name=line.name,
        hovertemplate=f"{line.name}<br>%{{x|%-d %B %Y}}: %{{y}}<extra></extra>",
    )


def _shade(figure: go.Figure, shade: Shade, mode: Mode, *, is_late: bool) -> None:
    """The shaded span with its words above it; those of a late one end where it does, within the plot."""
    figure.add_shape(
        type="rect",
        x0=shade.start,
        x1=shade.end,
        y0=0,
        y1=1,
        yref="paper",
        fillcolor=theme.see_through(theme.grey(mode), 0.16),
        line={"width": 0},
        layer="below",
    )
    figure.add_annotation(
        x=shade.end if is_late else shade.start,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if is_late else "left",
        text=shade.text,
        showarrow=False,
        font={"size": 10, "color": theme.faint_ink(mode)},
    )
