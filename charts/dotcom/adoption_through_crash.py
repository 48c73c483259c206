"""Use went on while prices fell: prices of the dot-com years above, measures of use below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.market_falls import AdoptionThrough
from analysis.results import Window
from charts.parts import theme
from charts.parts.axes import span_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.percent import percent
from charts.parts.stacked_panels import Panel, PanelLine, Shade, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "adoption-through-crash"
_EACH: Final = 110


@dataclass(frozen=True, slots=True)
class Use:
    """A measure of use: its points (series_id, valid_on, value), how values are written, and what it did."""

    title: str
    points: pl.DataFrame
    tickformat: str
    through: AdoptionThrough


def adoption_through_crash(
    market: str, prices: pl.DataFrame, uses: Sequence[Use], crash: Window, footing: Footing
) -> Chart:
    """The market above, one panel per measure of use below, the crash shaded. Needs a measure of use.

    `prices`: series_id, valid_on, value.
    """
    grew = [use for use in uses if (use.through.change_per_year or 0.0) > 0]
    rates = [use.through.change_per_year or 0.0 for use in grew]
    title = (
        f"While prices fell, use grew by {span_text(percent(min(rates)), percent(max(rates)))} a year in "
        f"{_of_all(len(grew), len(uses))}"
        if grew
        else "What use did while prices fell cannot be told"
    )
    subtitle = (
        f"Shaded: {in_words(crash.start)} to {in_words(crash.end)}, from the peak of the NASDAQ to its "
        "trough. Each panel has its own unit and begins at zero; rates are those through the shaded months."
    )
    columns = ("series_id", "valid_on", "value")
    return Chart(
        NAME,
        title,
        f"{title}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), market, prices, uses, crash),
        pl.concat([frame.select(columns) for frame in (prices, *(use.points for use in uses))]),
        "Compare the shaded part of the top panel with the same months below. Prices of shares and use of a "
        "technology are two things: one fell by most of its value while the other grew. That says nothing of "
        "who earned from the use.",
        footing,
    )


def _draw(
    captions: Captions, market: str, prices: pl.DataFrame, uses: Sequence[Use], crash: Window, mode: Mode
) -> go.Figure:
    room = Room(plot=panels_height(1 + len(uses), _EACH), below=BARE_AXIS)
    figure = empty_figure(captions, mode, room=room)
    days, values = prices["valid_on"].to_list(), prices["value"].to_list()
    panels = [Panel(market, (PanelLine(days, values, theme.ink(mode), market),), ",~s", from_zero=True)]
    for use in uses:
        days, values = use.points["valid_on"].to_list(), use.points["value"].to_list()
        line = PanelLine(days, values, theme.accent(mode), use.title, marks=True)
        panels.append(Panel(_heading(use), (line,), use.tickformat, from_zero=True))
    draw_panels(figure, panels, mode, each=_EACH, shade=Shade(crash.start, crash.end, "the crash"))
    return figure


def _of_all(grew: int, measures: int) -> str:
    """In how many measures of use."""
    if measures == 1:
        return "the only measure"
    if grew == measures:
        return "both measures" if measures == 2 else f"all {measures} measures"
    return f"{grew} of {measures} measures"


def _heading(use: Use) -> str:
    rate = use.through.change_per_year
    return use.title if rate is None else f"{use.title}: {percent(rate, signed=True)} a year"
