"""What every chart shares: the frozen `Chart`, its words (title, subtitle, key, footer), labels and marks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import plotly.graph_objects as go
import polars as pl

from charts import theme
from charts.labels import Corner, place_labels
from charts.theme import Mode

TITLE_COLUMNS: Final = 54
SUBTITLE_COLUMNS: Final = 70
FOOTER_COLUMNS: Final = 84
"""Characters a line: what a page 390 pixels wide can still hold (its style sheet shrinks the letters)."""

_TITLE_LINE, _SUBTITLE_LINE, _FOOTER_LINE = 24, 17, 15
_PLOT_HEIGHT: Final = 380
_AXIS_HEIGHT: Final = 46


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
            f"as of {in_words(self.as_of)}",
            f"n = {self.n:,} {self.counted}",
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
    plot_height: int = _PLOT_HEIGHT,
) -> go.Figure:
    """A figure without marks yet: title, subtitle, lines of a key, footer, constant uirevision."""
    heading, heading_height = _heading(title, subtitle, key, mode)
    footer = textwrap.wrap(footing.text(), FOOTER_COLUMNS)
    bottom = _AXIS_HEIGHT + len(footer) * _FOOTER_LINE + 14
    figure = go.Figure(
        layout={
            "template": theme.template(mode),
            "title": {
                "text": heading,
                "font": {"size": theme.TITLE_SIZE, "color": theme.ink(mode)},
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                "pad": {"t": 18, "l": 2},
            },
            "margin": {"t": heading_height + 22, "b": bottom, "l": 8, "r": 16},
            "height": heading_height + 22 + plot_height + bottom,
            "uirevision": name,
            "meta": {"name": name},
        }
    )
    figure.add_annotation(
        text="<br>".join(footer),
        x=0,
        xref="paper",
        xanchor="left",
        align="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-_AXIS_HEIGHT,
        showarrow=False,
        font={"size": 11, "color": theme.faint_ink(mode)},
    )
    return figure


def _heading(title: str, subtitle: str, key: Sequence[str], mode: Mode) -> tuple[str, int]:
    head = textwrap.wrap(title, TITLE_COLUMNS)
    under = textwrap.wrap(subtitle, SUBTITLE_COLUMNS)
    lines = [f"<b>{line}</b>" for line in head]
    # Sizes relative to the title, so that the page's style sheet shrinks all of it for narrow screens.
    small = f"font-size:0.72em;color:{theme.faint_ink(mode)}"
    lines += [f'<span style="{small}">{line}</span>' for line in under]
    lines += [f'<span style="font-size:0.72em">{line}</span>' for line in key]
    return "<br>".join(lines), len(lines) * _TITLE_LINE


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
    """A line of steps, solid because it is observed; gaps where y is null."""
    figure.add_scatter(
        x=list(x),
        y=list(y),
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
                "line": {"width": 1.2},
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
    corner: Corner,
) -> None:
    """Direct labels beside their marks, in ink, the first first; what would cover another is left out.

    `corner` is the side of the marks on which the plot is empty.
    `within` says where each mark is in the plot, 0..1 from left to right and from bottom to top. On a
    logarithmic axis x or y is what Plotly asks of annotations there: the exponent.
    """
    for x, y, text, place in zip(xs, ys, texts, place_labels(within, texts, corner), strict=True):
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


def no_data(name: str, title: str, footing: Footing, mode: Mode) -> Chart:
    """A chart that says in words that there is nothing to draw yet."""
    figure = empty_figure(title, "", footing, mode, name=name, plot_height=80)
    figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    return Chart(name, title, title, figure, pl.DataFrame(), "There is nothing to read yet.", footing)
