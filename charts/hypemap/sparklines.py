"""The hype map drawn: for each technology its attention by month, and beside it its capability."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.percent import percent_ticks
from charts.parts.stacked_panels import add_panel_heading
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "hype-map"
_EACH: Final = 74
_GAP: Final = 60
_COLUMNS: Final = (30, 25)
"""Letters of a line above a panel, left and right: as many as there is room for on a telephone."""
_LEFT: Final = (0.0, 0.42)
_RIGHT: Final = (0.58, 1.0)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """One technology: attention (valid_on, value) and the best so far on its own test (valid_on, value).

    `tickformat` writes attention (d3 format), `counted` says what it counts; `test` and `unit` are those of
    capability, empty where it has none.
    """

    name: str
    attention: pl.DataFrame
    tickformat: str
    capability: pl.DataFrame
    test: str = ""
    unit: str = ""
    counted: str = ""


def hype_map(rows: Sequence[Sparkline], title: str, footing: Footing) -> Chart:
    """A line of panels for each technology. Needs at least one."""
    subtitle = (
        "Left: attention by month, each in its own unit; months without a full count are gaps. Right: the "
        "best so far on its own test, by release day. No two scales are alike."
    )
    table = pl.concat(
        [
            part.select(
                technology=pl.lit(row.name),
                column=pl.lit(column),
                valid_on="valid_on",
                value=pl.col("value").cast(pl.Float64),
            )
            for row in rows
            for column, part in (("attention", row.attention), (row.test or "capability", row.capability))
        ]
    )
    ends = "; ".join(f"{row.name}: attention to {row.attention['valid_on'][-1]:%B %Y}" for row in rows)
    return Chart(
        NAME,
        title,
        f"{title}. {ends}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(rows)),
        table,
        "Compare directions, never heights: a line of attention says how often one site was asked or wrote, "
        "a line of capability what the best model did on one test. Records only rise; whether the frontier "
        "rises is the verdict in the table.",
        footing,
    )


def _draw(captions: Captions, rows: tuple[Sparkline, ...], mode: Mode) -> go.Figure:
    total = len(rows) * (_EACH + _GAP)
    figure = empty_figure(captions, mode, room=Room(plot=total, below=BARE_AXIS))
    figure.update_layout(margin={"l": 46})
    for place, row in enumerate(rows):
        top = 1 - (place * (_EACH + _GAP) + _GAP - 10) / total
        left, right = 2 * place + 1, 2 * place + 2
        _axis(figure, left, top, total, mode, {"rangemode": "tozero"} | _ticks(row.tickformat, row.attention))
        shown = row.attention.sort("valid_on").upsample("valid_on", every="1mo")
        _line(figure, shown, "x", left, theme.grey(mode), f"{row.name}: attention", "linear")
        add_panel_heading(figure, _heading(row.name, row.counted, _COLUMNS[0]), top, mode)
        if row.capability.is_empty():
            continue
        own: dict[str, Any] = {"type": "log", "dtick": 1} if row.unit == "minutes" else {}
        tickformat = ".0%" if row.unit == "fraction" else ",~r"
        own |= {"anchor": "x2"} | _ticks(tickformat, row.capability)
        _axis(figure, right, top, total, mode, own)
        _line(figure, row.capability, "x2", right, theme.accent(mode), f"{row.name}: {row.test}", "hv")
        figure.add_annotation(
            text=_heading("", f"{row.test}, logarithmic" if row.unit == "minutes" else row.test, _COLUMNS[1]),
            align="left",
            x=_RIGHT[0],
            xref="paper",
            xanchor="left",
            y=top,
            yref="paper",
            yanchor="bottom",
            yshift=3,
            showarrow=False,
            font={"size": 11, "color": theme.ink(mode)},
        )
    span = _span(rows)
    bottom = f"y{2 * len(rows) - 1}" if len(rows) > 1 else "y"
    common = {"range": span, "type": "date", "nticks": 4, "tickformat": "%Y"}
    figure.update_layout(xaxis=common | {"domain": _LEFT, "anchor": bottom})
    if any(row.capability.height for row in rows):
        # Free, at the foot of the last panel on the left: the last row may have no capability.
        foot = figure.layout[f"yaxis{bottom[1:]}"].domain[0]
        figure.update_layout(xaxis2=common | {"domain": _RIGHT, "anchor": "free", "position": foot})
    return figure


def _heading(name: str, measure: str, columns: int) -> str:
    """A name, and below it what is measured, in lines that are short enough for half a telephone."""
    return "<br>".join(
        [*([f"<b>{name}</b>"] if name else []), *textwrap.wrap(measure, columns, break_on_hyphens=False)]
    )


def _ticks(tickformat: str, rows: pl.DataFrame) -> dict[str, Any]:
    """At most three; percent is written out, because Plotly's has no space before the sign."""
    if not tickformat.endswith("%"):
        return {"tickformat": tickformat, "nticks": 3}
    return percent_ticks(0.0, max(rows["value"].drop_nulls(), default=1.0), 3)


def _axis(figure: go.Figure, number: int, top: float, total: int, mode: Mode, own: dict[str, Any]) -> None:
    axis = {
        "domain": [max(top - _EACH / total, 0), top],
        "gridcolor": theme.grid(mode),
        "zeroline": False,
        "tickfont": {"color": theme.faint_ink(mode), "size": 10},
        "fixedrange": True,
        "title": None,
    }
    figure.update_layout({f"yaxis{'' if number == 1 else number}": axis | own})


def _line(
    figure: go.Figure, rows: pl.DataFrame, x: str, number: int, colour: str, name: str, shape: str
) -> None:
    figure.add_scatter(
        x=rows["valid_on"].to_list(),
        y=rows["value"].to_list(),
        xaxis=x,
        yaxis=f"y{'' if number == 1 else number}",
        mode="lines",
        line={"color": colour, "width": 1.8, "shape": shape},
        connectgaps=False,
        name=name,
        hovertemplate=f"{name}<br>%{{x|%B %Y}}: %{{y:.3~s}}<extra></extra>",
    )


def _span(rows: tuple[Sparkline, ...]) -> list[date]:
    """From 2022, or from the first attention if that is later, so that all rows share their years."""
    ends = [
        frame["valid_on"][-1] for row in rows for frame in (row.attention, row.capability) if frame.height
    ]
    first = min(row.attention["valid_on"][0] for row in rows)
    return [max(first, date(2022, 1, 1)), max(ends) + timedelta(days=45)]
