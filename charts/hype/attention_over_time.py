"""Attention to several pages over time, on a common base."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.hype.attention import IndexedAttention
from analysis.results import Window
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.line_ends import RIGHT, LineEnd, name_line_ends
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "attention-over-time"
_HEIGHT: Final = 380
_DASHES: Final = ("solid", "dot", "dashdot")


@dataclass(frozen=True, slots=True)
class PageLabel:
    """How a page is called in the chart, and whose colour it has."""

    title: str
    organization: str | None


def attention_over_time(
    indexed: IndexedAttention,
    weeks: pl.DataFrame,
    labels: Mapping[str, PageLabel],
    footing: Footing,
    *,
    log: bool = True,
) -> Chart:
    """Weekly means of the index, one line per page, broken where weeks are missing. Needs a page with a base.

    `weeks`: series_id, valid_on (Monday), index.
    """
    peak = weeks.sort("index").row(-1, named=True)
    title = (
        f"{labels[peak['series_id']].title} peaked at {peak['index'] / 100:,.1f} times its base in the week "
        f"of {in_words(peak['valid_on'])}"
    )
    start, end = indexed.base.start, indexed.base.end
    subtitle = (
        f"Views of English Wikipedia articles a day, weekly mean; {in_words(start)} to {in_words(end)} = 100 "
        f"for each page.{' Logarithmic: each gridline is 10x.' if log else ''}"
    )
    captions = Captions(NAME, title, subtitle, footing)
    left_out = f" Left out, because their record does not cover the base: {', '.join(indexed.left_out)}."
    return Chart(
        NAME,
        title,
        f"{title}. {indexed.n} pages on the base {in_words(start)} to {in_words(end)} (shaded).",
        partial(_draw, captions, indexed.base, weeks, labels, log),
        weeks,
        "100 is each page's own mean in the shaded days, so lines compare growth, not size. Where only "
        "weekly or monthly sums are recorded the line has their mean and no daily spikes. A gap is missing "
        f"data.{left_out if indexed.left_out else ''}",
        footing,
    )


def _draw(
    captions: Captions,
    base: Window,
    weeks: pl.DataFrame,
    labels: Mapping[str, PageLabel],
    log: bool,
    mode: Mode,
) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_HEIGHT, below=BARE_AXIS))
    figure.update_layout(margin_r=RIGHT)
    ends = _add_lines(figure, weeks, labels, mode)
    low, high = _limits(weeks, log)
    scale = (
        {"type": "log", "dtick": 1, "range": [math.log10(low), math.log10(high)]}
        if log
        else {"range": [low, high]}
    )
    figure.update_yaxes(title={"text": "index, base = 100"}, tickformat=",~r", **scale)
    days = weeks["valid_on"]
    figure.update_xaxes(range=[days.min(), days.max() + timedelta(days=7)])  # type: ignore[operator]  # days, never empty
    shade = theme.see_through(theme.grey(mode), 0.25)
    figure.add_vrect(x0=base.start, x1=base.end, fillcolor=shade, line_width=0)
    name_line_ends(figure, ends, low, high, mode, log=log, height=_HEIGHT)
    return figure


def _add_lines(
    figure: go.Figure, weeks: pl.DataFrame, labels: Mapping[str, PageLabel], mode: Mode
) -> list[LineEnd]:
    """One line per page, those of one maker told apart by their dashes; returns where they end."""
    ends: list[LineEnd] = []
    seen: dict[str | None, int] = {}
    for (page,), line in weeks.group_by("series_id", maintain_order=True):
        label = labels[str(page)]
        dash = _DASHES[seen.setdefault(label.organization, 0) % len(_DASHES)]
        seen[label.organization] += 1
        colour = theme.colour_of(label.organization, mode)
        dense = line.sort("valid_on").upsample("valid_on", every="1w", group_by=None)
        figure.add_scatter(
            x=dense["valid_on"].to_list(),
            y=dense["index"].to_list(),
            mode="lines",
            line={"color": colour, "width": 1.8, "dash": dash},
            connectgaps=False,
            name=label.title,
            hovertemplate=f"{label.title}<br>week of %{{x|%-d %B %Y}}: %{{y:,.0f}}<extra></extra>",
        )
        ends.append(LineEnd(line["valid_on"][-1], line["index"][-1], label.title, colour))
    return ends


def _limits(weeks: pl.DataFrame, log: bool) -> tuple[float, float]:
    values = weeks.filter(pl.col("index") > 0)["index"]
    low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]  # never empty: pages have a base
    return (low / 1.3, high * 1.3) if log else (0.0, high * 1.06)
