"""Attention to several pages over time, on a common base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import from_to
from analysis.hype.attention import IndexedAttention
from analysis.results import Window
from charts.parts import theme
from charts.parts.axes import EQUAL_STEPS
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.stacked_panels import Panel, PanelLine, Shade, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "attention-over-time"
_EACH: Final = 86
_A_LINE: Final = 46
"""Letters above a panel that have room on a telephone; words that reach beyond its edge are not shown."""
_BASE: Final = 100.0
"""The index of a page's mean over the base, one line to compare with in every panel."""

_SHORTEST: Final = 0.1
"""Of the weeks of the longest record: a panel of fewer would be all but empty."""

_A_MONTH: Final = 3
"""So many weeks of one value have it from a sum of their month."""


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
    """Weekly means of the index, a panel per page, broken where weeks are missing. Needs a page with a base.

    Pages with hardly any weeks are named instead. `weeks`: series_id, valid_on (Monday), index.
    """
    short = short_records(weeks)
    weeks = weeks.filter(~pl.col("series_id").is_in(short))
    peak = weeks.sort("index").row(-1, named=True)
    start, end = indexed.base.start, indexed.base.end
    later = ", which came later" if start > peak["valid_on"] else ""
    title = (
        f"In the week of {in_words(peak['valid_on'])} {labels[peak['series_id']].title} peaked at "
        f"{_times(peak['index'])} its mean of {from_to(start, end)}{later}"
    )
    missing = _not_drawn([labels[page].title for page in short])
    subtitle = (
        f"Views of English Wikipedia articles a day, weekly mean; {from_to(start, end)} = 100 for each page, "
        "the dotted line. Each panel has a range of its own: compare with that line, not heights."
        f"{f' {EQUAL_STEPS}' if log else ''}{missing}"
    )
    captions = Captions(NAME, title, subtitle, footing)
    left_out = f" Left out, because their record does not cover the base: {', '.join(indexed.left_out)}."
    return Chart(
        NAME,
        title,
        f"{title}. {indexed.n - len(short)} pages on the base {from_to(start, end)} (shaded).",
        partial(_draw, captions, indexed.base, weeks, labels, log),
        weeks,
        "100 is each page's own mean in the shaded days, so panels compare growth, not size. Where only "
        "weekly or monthly sums are recorded the line has their mean and no daily spikes, that of a month as "
        f"one point in its middle. A gap is missing data.{left_out if indexed.left_out else ''}",
        footing,
    )


def short_records(weeks: pl.DataFrame) -> list[str]:
    """The pages with less than a tenth of the weeks that the longest record has, in order."""
    counts = weeks.group_by("series_id", maintain_order=True).len()
    few = pl.col("len") < _SHORTEST * pl.col("len").max()
    return counts.filter(few)["series_id"].to_list()


def _not_drawn(titles: Sequence[str]) -> str:
    named = " and ".join(", ".join(titles).rsplit(", ", 1))
    return f" Not drawn, with less than a tenth of the weeks recorded: {named}." if titles else ""


def _draw(
    captions: Captions,
    base: Window,
    weeks: pl.DataFrame,
    labels: Mapping[str, PageLabel],
    log: bool,
    mode: Mode,
) -> go.Figure:
    pages = weeks["series_id"].unique(maintain_order=True).to_list()
    figure = empty_figure(captions, mode, room=Room(plot=panels_height(len(pages), _EACH), below=BARE_AXIS))
    panels = [_panel(weeks.filter(series_id=page), labels[page], log, mode) for page in pages]
    draw_panels(figure, panels, mode, each=_EACH, shade=Shade(base.start, base.end, "base = 100"))
    for place in range(len(panels)):
        figure.add_shape(
            type="line",
            x0=0,
            x1=1,
            xref="paper",
            y0=_BASE,
            y1=_BASE,
            yref=f"y{place + 1}" if place else "y",
            line={"color": theme.grey(mode), "width": 1, "dash": "dot"},
            layer="between",
        )
    return figure


def _panel(line: pl.DataFrame, label: PageLabel, log: bool, mode: Mode) -> Panel:
    """One page in its maker's colour, broken where weeks are missing; its highest week is said above it."""
    peak = line.sort("index").row(-1, named=True)
    dense = _one_point_a_month(line.sort("valid_on").upsample("valid_on", every="1w", group_by=None))
    own = PanelLine(
        dense["valid_on"].to_list(),
        [value if value is None or value > 0 or not log else None for value in dense["index"]],
        theme.colour_of(label.organization, mode),
        label.title,
    )
    said = f"peak {_times(peak['index'])} its base, {peak['valid_on']:%b %Y}"
    breaks = "<br>" if len(label.title) + len(said) > _A_LINE else " "
    heading = f"<b>{label.title}</b>:{breaks}{said}"
    return Panel(heading, (own,), log=log)


def _times(index: float) -> str:
    """An index on a base of 100 as a factor of two digits, as title and panels say it."""
    return f"about {float(f'{index / 100:.2g}'):,g} times"


def _one_point_a_month(dense: pl.DataFrame) -> pl.DataFrame:
    """Weeks that share the mean of their month as one point: drawn out they would look like weeks of rest.

    Where the record begins and ends the line begins and ends, too.
    """
    index = pl.col("index")
    run = index.rle_id()
    place, weeks = pl.int_range(pl.len()).over(run), pl.len().over(run)
    is_middle = place == (weeks - 1) // 2
    is_end = index.shift(1).is_null() | index.shift(-1).is_null()
    return dense.filter(index.is_null() | (weeks < _A_MONTH) | is_middle | is_end)
