"""Other measures of attention as trends, each in its own panel and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "other-attention"
_EACH: Final = 104


@dataclass(frozen=True, slots=True)
class Measure:
    """A monthly series, what it measures, how its values are written (d3 format), and what spoils it.

    `points`: series_id, valid_on (first of the month), value.
    """

    title: str
    points: pl.DataFrame
    tickformat: str
    caveat: str


def _of_all(risen: int, measures: int) -> str:
    """How many of the measures, as one says it: all of them, or so many of so many."""
    if risen == measures > 1:
        return f"All {measures} other measures of attention"
    return f"{risen} of {measures} other measure{'' if measures == 1 else 's'} of attention"


def other_attention(measures: Sequence[Measure], footing: Footing) -> Chart:
    """One panel per measure that has points. Needs at least one."""
    shown = drawn_measures(measures, footing.as_of)
    ended = "; ".join(measure.title for measure in measures if measure not in shown)
    last = [(measure.title, *_rise(measure.points)) for measure in shown]
    risen = sum(change > 0 for _, _, change in last)
    title = (
        f"{_of_all(risen, len(shown))} stood higher in the last year of their record "
        f"({_ends([end for _, end, _ in last])}) than in the year before"
    )
    subtitle = (
        "Each measure in its own unit and range from zero, by month, one time axis: compare shapes, not "
        "heights. Gaps are months without a record. Each has its own bias: see how to read this."
        f"{f' Ended years ago, not drawn: {ended}.' if ended else ''}"
    )
    return Chart(
        NAME,
        title,
        f"{title}. " + "; ".join(f"{name} ends in {end:%B %Y}" for name, end, _ in last) + ".",
        partial(_draw, Captions(NAME, title, subtitle, footing), shown),
        pl.concat([measure.points.select("series_id", "valid_on", "value") for measure in shown]),
        " ".join(f"**{measure.title}**: {measure.caveat}" for measure in shown)
        + " The title compares the mean of each one's last twelve recorded months with the twelve before: a "
        "description without interval.",
        footing,
    )


def drawn_measures(measures: Sequence[Measure], as_of: date) -> list[Measure]:
    """The measures that are drawn: those whose record goes on, or all where none does."""
    return [measure for measure in measures if _goes_on(measure, as_of)] or list(measures)


def _ends(ends: Sequence[date]) -> str:
    """When the records end: one month, or from the first to the last."""
    first, last = f"{min(ends):%B %Y}", f"{max(ends):%B %Y}"
    return f"to {last}" if first == last else f"which ends between {first} and {last}"


def _draw(captions: Captions, measures: Sequence[Measure], mode: Mode) -> go.Figure:
    room = Room(plot=panels_height(len(measures), _EACH), below=BARE_AXIS)
    figure = empty_figure(captions, mode, room=room)
    panels = []
    for measure in measures:
        shown = measure.points.sort("valid_on").upsample("valid_on", every="1mo")
        days, values = shown["valid_on"].to_list(), shown["value"].to_list()
        panels.append(
            Panel(
                measure.title,
                (PanelLine(days, values, theme.accent(mode), measure.title),),
                measure.tickformat,
                from_zero=True,
            )
        )
    draw_panels(figure, panels, mode, each=_EACH)
    return figure


def _goes_on(measure: Measure, as_of: date) -> bool:
    """Whether the record reaches into the last two years: what ended earlier tells nothing of now."""
    return bool(measure.points["valid_on"].max() >= as_of - timedelta(days=730))  # type: ignore[operator]  # days


def _rise(points: pl.DataFrame) -> tuple[date, float]:
    ordered = points.sort("valid_on")
    recent, before = ordered["value"].tail(12), ordered["value"].head(-12).tail(12)
    change = float(recent.mean() or 0.0) - float(before.mean() or 0.0)  # type: ignore[arg-type]  # numbers or null
    return ordered["valid_on"][-1], change
