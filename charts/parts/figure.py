"""What every chart shares: the frozen `Chart`, its captions, and a figure with them that is yet empty."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NARROW_HEADING: Final = "narrow-heading"
NARROW_FOOTER: Final = "narrow-footer"
WIDE_FOOTER: Final = "wide-footer"
CAPTION_NAMES: Final = (NARROW_HEADING, NARROW_FOOTER, WIDE_FOOTER)
"""Names of the first annotations of every figure, in order: a style sheet can tell them by their place only.

It shows the narrow ones on narrow screens, in place of the title and the wide footer.
"""

BARE_AXIS: Final = 38
"""Room below the plot for the ticks of an x axis without a title, in pixels."""


@dataclass(frozen=True, slots=True)
class Room:
    """Heights of the plot and of the x axis `below` it, and width of the y axis on its `left`, in pixels."""

    plot: int = 380
    left: int = 62
    below: int = 60


USUAL_ROOM: Final = Room()


@dataclass(frozen=True, slots=True)
class _Lettering:
    """Characters a line of titles, subtitles and footers, and pixels a line of titles and footers."""

    title_columns: int
    small_columns: int
    footer_columns: int
    title_line: int
    footer_line: int


_WIDE: Final = _Lettering(78, 112, 130, 24, 15)
_SMALL: Final = _Lettering(42, 58, 66, 16, 12)
"""What a page 390 pixels wide can hold, with letters of 12, 9.6 and 9 pixels."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What stands below a chart: whose data (with licence), as known when, how many rows."""

    sources: tuple[str, ...]
    as_of: date
    n: int
    counted: str = "models"
    note: str = ""

    def text(self) -> str:
        """The footer in words."""
        parts = [
            f"Sources: {'; '.join(self.sources) or 'none'}",
            f"As of {in_words(self.as_of)}",
            f"n = {self.n:,} {self.counted.removesuffix('s') if self.n == 1 else self.counted}",
        ]
        return ". ".join([". ".join(parts), *filter(None, [self.note])]) + "."


@dataclass(frozen=True, slots=True)
class Captions:
    """The words around a plot: title and subtitle above it, footing below; `name` is the chart's own."""

    name: str
    title: str
    subtitle: str
    footing: Footing


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding with its rows, and how to draw them.

    name         fixed word for keys and file names
    title        the finding, one sentence
    alt          the takeaway for who cannot see it
    draw         makes the figure: the same marks in both modes, each in its colours
    rows         exactly the rows that are drawn, for table and download
    how_to_read  one short paragraph
    """

    name: str
    title: str
    alt: str
    draw: Callable[[Mode], go.Figure]
    rows: pl.DataFrame
    how_to_read: str
    footing: Footing


def in_words(day: date) -> str:
    """A date as people write it: 1 July 2026."""
    return f"{day.day} {day:%B %Y}"


def empty_figure(
    captions: Captions, mode: Mode, *, key: Sequence[str] = (), room: Room = USUAL_ROOM
) -> go.Figure:
    """A figure without marks yet: title, subtitle, lines of a key, footer, constant uirevision.

    The words are set twice, for wide and narrow screens; the narrow ones are invisible until the page's
    style sheet shows them in place of the others.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - rows and words need none of it

    wide, narrow = (_heading(captions, key, mode, size) for size in (_WIDE, _SMALL))
    footer = no_break_percent(captions.footing.text())
    footers = [textwrap.wrap(footer, size.footer_columns) for size in (_WIDE, _SMALL)]
    # Plotly spaces all lines of a text by its largest letters.
    top = 22 + max(len(wide) * _WIDE.title_line, len(narrow) * _SMALL.title_line)
    heights = [len(lines) * size.footer_line for lines, size in zip(footers, (_WIDE, _SMALL), strict=True)]
    bottom = room.below + max(heights) + 10
    figure = go.Figure(
        layout={
            "template": theme.template(mode),
            "title": {
                "text": "<br>".join(wide),
                "font": {"size": theme.TITLE_SIZE, "color": theme.ink(mode)},
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                "pad": {"t": 18, "l": 2},
            },
            "margin": {"t": top, "b": bottom, "l": room.left, "r": 16, "autoexpand": False},
            "height": top + room.plot + bottom,
            "uirevision": captions.name,
            "meta": {"name": captions.name},
        }
    )
    _add_captions(figure, narrow, footers, top, room, mode)
    return figure


def _add_captions(
    figure: go.Figure, narrow: list[str], footers: list[list[str]], top: int, room: Room, mode: Mode
) -> None:
    """What Plotly's own title cannot hold: the footer, wide and narrow, and the narrow heading."""
    place = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "xshift": 2 - room.left,
        "yref": "paper",
        "yanchor": "top",
        "showarrow": False,
    }
    above = place | {"y": 1, "yshift": top - 4}
    below = place | {"y": 0, "yshift": -room.below}
    ink, faint = theme.ink(mode), theme.faint_ink(mode)
    wide_footer, narrow_footer = ("<br>".join(lines) for lines in footers)
    # In the order of CAPTION_NAMES.
    figure.add_annotation(
        name=NARROW_HEADING, text="<br>".join(narrow), opacity=0, font={"size": 12, "color": ink}, **above
    )
    figure.add_annotation(
        name=NARROW_FOOTER, text=narrow_footer, opacity=0, font={"size": 9, "color": faint}, **below
    )
    figure.add_annotation(name=WIDE_FOOTER, text=wide_footer, font={"size": 11, "color": faint}, **below)


def _heading(captions: Captions, key: Sequence[str], mode: Mode, size: _Lettering) -> list[str]:
    title, subtitle = no_break_percent(captions.title), no_break_percent(captions.subtitle)
    scale = 0.72 if size is _WIDE else 0.8
    small = f"font-size:{scale}em"
    return [
        *(f"<b>{line}</b>" for line in textwrap.wrap(title, size.title_columns)),
        *(
            f'<span style="{small};color:{theme.faint_ink(mode)}">{line}</span>'
            for line in textwrap.wrap(subtitle, size.small_columns)
        ),
        *(f'<span style="{small}">{line}</span>' for line in key if line),
    ]
