"""The shape of one series of attention: adoption alone, or with a peak and a trough on the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.hype.shape import HypeShape, ShapeVerdict
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.percent import percent
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "shape-of-hype"
_HEIGHT: Final = 300


def shape_of_hype(
    attention: pl.DataFrame, shape: HypeShape, measure: str, tickformat: str, footing: Footing
) -> Chart:
    """The months as they were, and the two fitted curves (dashed), where there are enough months to fit.

    `attention`: valid_on (first of the month), value.
    """
    title = finding(shape, measure)
    fitted = shape.fitted
    curves = fitted.height > 0
    subtitle = (
        f"{measure}, by month (solid). Dashed: logistic adoption alone, and the same plus one bell-shaped "
        "peak."
        if curves
        else f"{measure}, by month. No curve below 24 months."
    )
    captions = Captions(NAME, title, subtitle, footing)
    rows = attention.select("valid_on", "value")
    return Chart(
        NAME,
        title,
        f"{title}. {shape.n} months.",
        partial(_draw, captions, attention, fitted, measure, tickformat),
        rows.join(fitted, on="valid_on", how="left").sort("valid_on") if curves else rows,
        "A peak is said only if the curve with it leads the one without by at least 6 in AICc, with errors "
        "that follow their predecessor, and falls after it; a trough only if its depth has a 90 % interval "
        "above 2 % of the "
        "peak. The comparison covers these two curves only, and seasons (holidays of schools) count as "
        "shape. No series is placed on somebody else's drawn curve.",
        footing,
    )


def _draw(
    captions: Captions,
    attention: pl.DataFrame,
    fitted: pl.DataFrame,
    measure: str,
    tickformat: str,
    mode: Mode,
) -> go.Figure:
    key = (
        KeyItem("╌╌", "adoption alone", theme.grey(mode)),
        KeyItem("╌╌", "with a peak", theme.accent(mode)),
    )
    room = Room(plot=panels_height(1, _HEIGHT), below=BARE_AXIS)
    figure = empty_figure(captions, mode, key=key if fitted.height else (), room=room)
    shown = attention.sort("valid_on").upsample("valid_on", every="1mo")
    days, values = shown["valid_on"].to_list(), shown["value"].to_list()
    lines = [PanelLine(days, values, theme.ink(mode), "observed", marks=True)]
    if fitted.height:
        days = fitted["valid_on"].to_list()
        lines += [
            PanelLine(days, fitted["adoption"].to_list(), theme.grey(mode), "adoption alone", fitted=True),
            PanelLine(days, fitted["with_peak"].to_list(), theme.accent(mode), "with a peak", fitted=True),
        ]
    draw_panels(figure, [Panel(measure, tuple(lines), tickformat, from_zero=True)], mode, each=_HEIGHT)
    return figure


def finding(shape: HypeShape, measure: str) -> str:
    """The verdict on the shape in one sentence, with the trough's depth and its interval."""
    if shape.verdict is ShapeVerdict.CANNOT_BE_TOLD:
        return f"{measure}: the shape cannot be told from {shape.n} months, 24 are needed"
    if shape.estimate is None or shape.estimate.interval is None:
        return f"{measure}: {shape.verdict.value}"
    depth = shape.estimate
    if shape.verdict is ShapeVerdict.PEAK:
        return f"{measure}: {shape.verdict.value}"
    interval = shape.estimate.interval
    return (
        f"{measure}: {shape.verdict.value}, the trough as deep as {percent(depth.value)} of the peak "
        f"(90 % interval {percent(interval.low)} to {percent(interval.high)})"
    )
