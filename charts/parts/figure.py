"""What every chart shares: the frozen `Chart`, its words (title, subtitle, key, footer), labels and marks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import plotly.graph_objects as go
import polars as pl

from charts.parts import theme
from charts.parts.labels import Around, place_labels
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode

NARROW: Final = "narrow"
"""Name of the words that the page's style sheet shows on narrow screens, in place of the wide ones."""

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
class Chart:
    """A figure with all that must go with it.

    name         fixed word for keys and file names
    title        the finding, one sentence
    alt          the takeaway for who cannot see it
    rows         exactly the rows that are drawn, for table and download
    how_to_read  one short paragraph
    """

    name: str
    title: str
    alt: str
    figure: go.Figure
    rows: pl.DataFrame
    how_to_read: str
    footing: Footing


def in_words(day: date) -> str:
    """A date as people write it: 1 July 2026."""
    return f"{day.day} {day:%B %Y}"


def empty_figure(
    title: str,
    subtitle: str,
    footing: Footing,
    mode: Mode,
    *,
    name: str,
    key: Sequence[str] = (),
    room: Room = USUAL_ROOM,
) -> go.Figure:
    """A figure without marks yet: title, subtitle, lines of a key, footer, constant uirevision.

    The words are set twice, for wide and narrow screens; the narrow ones are invisible until the page's
    style sheet shows them in place of the others.
    """
    title, subtitle = no_break_percent(title), no_break_percent(subtitle)
    wide, narrow = (_heading(title, subtitle, key, mode, size) for size in (_WIDE, _SMALL))
    footers = [
        textwrap.wrap(no_break_percent(footing.text()), size.footer_columns) for size in (_WIDE, _SMALL)
    ]
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
            "uirevision": name,
            "meta": {"name": name},
        }
    )
    place = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "xshift": 2 - room.left,
        "showarrow": False,
    }
    above = {"y": 1, "yref": "paper", "yanchor": "top", "yshift": top - 4}
    below = {"y": 0, "yref": "paper", "yanchor": "top", "yshift": -room.below}
    ink = {"color": theme.ink(mode)}
    faint = {"color": theme.faint_ink(mode)}
    # The order matters: the page's style sheet tells the three apart by their place in the list.
    figure.add_annotation(
        text="<br>".join(narrow), name=NARROW, opacity=0, font={"size": 12, **ink}, **place, **above
    )
    figure.add_annotation(
        text="<br>".join(footers[1]), name=NARROW, opacity=0, font={"size": 9, **faint}, **place, **below
    )
    figure.add_annotation(text="<br>".join(footers[0]), font={"size": 11, **faint}, **place, **below)
    return figure


def _heading(title: str, subtitle: str, key: Sequence[str], mode: Mode, size: _Lettering) -> list[str]:
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


def organization_key(organizations: Iterable[str | None], mode: Mode) -> str:
    """One line that says whose colour is whose, for those present."""
    present = set(organizations)
    named = [name for name in theme.ORGANIZATIONS if name in present]
    marks = [f'<span style="color:{theme.colour_of(name, mode)}">●</span> {name}' for name in named]
    if present - set(named):
        marks.append(f'<span style="color:{theme.grey(mode)}">●</span> others')
    return "  ".join(marks)


def shape_key(open_weights: Iterable[bool | None], *, vendor: bool = False) -> str:
    """One line that says what the shapes mean, for those present."""
    present = set(open_weights)
    words = {False: "● closed weights", True: "◆ open weights", None: "■ weights not known"}
    marks = [text for state, text in words.items() if state in present]
    return "  ".join([*marks, *(["○ hollow: reported by the vendor"] if vendor else [])])


def model_key(models: pl.DataFrame, mode: Mode) -> tuple[str, str]:
    """Two lines that say what colours and shapes of `add_models` mean, for the makers and weights present.

    `models`: organization, open_weights, reported_by.
    """
    vendor = "vendor" in models["reported_by"]
    return organization_key(models["organization"], mode), shape_key(models["open_weights"], vendor=vendor)


def add_whiskers(figure: go.Figure, rows: pl.DataFrame, x: str, low: str, high: str, mode: Mode) -> None:
    """Vertical intervals for the rows that have one, behind the marks."""
    known = rows.filter(pl.col(low).is_not_null() & pl.col(high).is_not_null())
    for (organization,), part in known.group_by("organization", maintain_order=True):
        xs = [value for day in part[x] for value in (day, day, None)]
        ys = [end for a, b in part.select(low, high).iter_rows() for end in (a, b, None)]
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"color": theme.see_through(theme.colour_of(organization, mode), 0.45), "width": 1.5},
            hoverinfo="skip",
        )


def add_steps(
    figure: go.Figure, x: Sequence[object], y: Sequence[float | None], mode: Mode, *, shape: str = "hv"
) -> None:
    """A line of steps, solid because it is observed; a null ends the step before it and leaves a gap."""
    places: list[object] = []
    heights: list[float | None] = []
    before: float | None = None
    for place, height in zip(x, y, strict=True):
        if height is None and before is not None:
            places.append(place)
            heights.append(before)
        places.append(place)
        heights.append(height)
        before = height
    figure.add_scatter(
        x=places,
        y=heights,
        mode="lines",
        line={"color": theme.ink(mode), "width": 1.5, "shape": shape},
        connectgaps=False,
        hoverinfo="skip",
    )


def add_models(
    figure: go.Figure, rows: pl.DataFrame, x: str, y: str, hover: Sequence[str], mode: Mode, *, size: int = 8
) -> None:
    """One mark per row, by organisation and weights, hollow when the vendor reports; customdata: model_id.

    `rows`: x, y, model_id, title, organization, open_weights, reported_by. `hover`: one text per row.
    """
    marked = rows.with_columns(hover=pl.Series(hover, dtype=pl.String))
    hued = pl.col("organization").is_in(list(theme.ORGANIZATIONS)).fill_null(value=False)
    for part in (marked.filter(~hued), marked.filter(hued)):
        figure.add_scatter(
            x=part[x].to_list(),
            y=part[y].to_list(),
            mode="markers",
            marker={
                "color": [theme.colour_of(name, mode) for name in part["organization"]],
                "symbol": [
                    theme.symbol_of(weights, reporter == "vendor")
                    for weights, reporter in part.select("open_weights", "reported_by").iter_rows()
                ],
                "size": size,
                "line": {"width": 1, "color": theme.paper(mode)},
            },
            customdata=part["model_id"].to_list(),
            hovertext=part["hover"].to_list(),
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1.0}},
            unselected={"marker": {"opacity": 1.0}},
        )


def add_labels(
    figure: go.Figure,
    xs: Sequence[object],
    ys: Sequence[float],
    texts: Sequence[str],
    within: Sequence[tuple[float, float]],
    mode: Mode,
    around: Around,
) -> None:
    """Direct labels beside their marks, in ink, the first first; what would cover another is left out.

    `within` says where each mark is in the plot, 0..1 from left to right and from bottom to top, and `around`
    what is beside them, in the same measure. On a logarithmic axis x or y is what Plotly asks of annotations
    there: the exponent.
    """
    places = place_labels(within, texts, around)
    for x, y, text, place in zip(xs, ys, texts, places, strict=True):
        if place is not None:
            figure.add_annotation(
                x=x,
                y=y,
                text=text,
                showarrow=False,
                xanchor=place.anchor,
                yanchor="middle",
                xshift={"left": 8, "right": -8, "center": 0}[place.anchor],
                yshift=place.shift,
                font={"size": 11, "color": theme.ink(mode)},
                bgcolor=theme.see_through(theme.paper(mode), 0.7),
                borderpad=0,
            )
