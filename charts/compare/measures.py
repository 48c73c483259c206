"""A few models on several measures: small multiples, each on an axis of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from charts.parts import theme
from charts.parts.axes import dollars, score_number
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "compared-measures"
_LANE: Final = 22
_GAP: Final = 46
_LEFT: Final = 128
_RIGHT: Final = 84
"""Room for the values, which stand in one column and cover no mark, in pixels."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as a panel: its heading, and the unit in which its values are written."""

    key: str
    heading: str
    unit: str


def compared_measures(
    rows: pl.DataFrame, measures: Sequence[Measure], lanes: Sequence[str], title: str, footing: Footing
) -> Chart:
    """One panel for each measure, a lane for each model, with intervals where they are known.

    `rows`: measure (the key), model_id, title, organization, value, low, high, unit; `lanes` are the titles
    in order. A model without a value on a measure keeps its lane, empty.
    """
    shown = [measure for measure in measures if measure.key in rows["measure"]]
    subtitle = "Each measure on its own axis, from zero where zero means something. Lines are intervals."
    told = ", ".join(measure.heading for measure in shown)
    return Chart(
        NAME,
        title,
        f"{title}. Small multiples of {told}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows, shown, lanes),
        rows,
        "Each panel is one measure with an axis of its own: compare within a panel, never between two. A "
        "lane without a mark means that nobody published the value. Intervals are 90 %; "
        "of speed they span the slowest and fastest host.",
        footing,
    )


def _draw(
    captions: Captions, rows: pl.DataFrame, measures: Sequence[Measure], lanes: Sequence[str], mode: Mode
) -> go.Figure:
    each = _LANE * len(lanes) + 14
    total = (each + _GAP) * len(measures)
    figure = empty_figure(captions, mode, room=Room(plot=total, left=_LEFT, below=8))
    figure.update_layout(margin={"r": _RIGHT})
    for place, measure in enumerate(measures):
        top = 1 - (place * (each + _GAP) + _GAP - 24) / total
        bottom = top - each / total
        _add_panel(figure, rows.filter(measure=measure.key), lanes, place, mode)
        suffix = "" if place == 0 else str(place + 1)
        figure.update_layout(
            {
                f"yaxis{suffix}": _lane_axis(lanes, (bottom, top), mode),
                f"xaxis{suffix}": {
                    "anchor": f"y{suffix}",
                    "range": _span(rows.filter(measure=measure.key)),
                    "fixedrange": True,
                    "showticklabels": False,
                    "showgrid": False,
                    "ticks": "",
                },
            }
        )
        _add_heading(figure, measure.heading, top, mode)
    return figure


def _add_heading(figure: go.Figure, text: str, top: float, mode: Mode) -> None:
    """From the edge of the figure on, so that long words find room on a narrow screen."""
    figure.add_annotation(
        text=text,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=6 - _LEFT,
        y=top,
        yref="paper",
        yanchor="bottom",
        yshift=3,
        align="left",
        showarrow=False,
        font={"size": 12, "color": theme.ink(mode)},
    )


def _add_panel(figure: go.Figure, rows: pl.DataFrame, lanes: Sequence[str], place: int, mode: Mode) -> None:
    axes = {"xaxis": f"x{place + 1}" if place else "x", "yaxis": f"y{place + 1}" if place else "y"}
    for row in rows.iter_rows(named=True):
        lane, colour = lanes.index(row["title"]), theme.colour_of(row["organization"], mode)
        if row["low"] is not None and row["high"] is not None:
            figure.add_scatter(
                x=[row["low"], row["high"]],
                y=[lane, lane],
                mode="lines",
                line={"color": colour, "width": 2},
                hoverinfo="skip",
                **axes,
            )
        figure.add_scatter(
            x=[row["value"]],
            y=[lane],
            mode="markers",
            marker={"color": colour, "size": 9},
            customdata=[row["model_id"]],
            hovertemplate=f"{row['title']}: {value_text(row)}<extra></extra>",
            **axes,
        )
    for row in rows.iter_rows(named=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=lanes.index(row["title"]),
            yref=axes["yaxis"],
            text=value_text(row),
            showarrow=False,
            xanchor="left",
            align="left",
            xshift=8,
            font={"size": 11, "color": theme.ink(mode)},
        )
    _say_missing(figure, lanes, rows["title"], axes["yaxis"], mode)


def _say_missing(
    figure: go.Figure, lanes: Sequence[str], known: Iterable[str], axis: str, mode: Mode
) -> None:
    """A model without this measure: said in its lane, so that nobody takes the gap for a zero."""
    for lane in sorted(set(lanes) - set(known)):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=lanes.index(lane),
            yref=axis,
            text="not known",
            showarrow=False,
            xanchor="left",
            align="left",
            xshift=8,
            font={"size": 11, "color": theme.faint_ink(mode)},
        )


def value_text(row: dict[str, Any]) -> str:
    """A value with its unit: dollars, scores, tokens."""
    if row["unit"] == "usd":
        return dollars(row["value"])
    if row["unit"] == "tokens":
        return f"{row['value']:,.0f}"
    return score_number(row["value"], row["unit"])


def _span(rows: pl.DataFrame) -> list[float]:
    """From zero, or around points, which have none, to a little beyond the highest value."""
    values = [value for name in ("value", "low", "high") for value in rows[name].drop_nulls()]
    low, high = min(values), max(values)
    if "points" in rows["unit"]:
        room = max((high - low) * 0.35, 1.0)
        return [low - room, high + room]
    return [0.0, high * 1.05]


def _lane_axis(lanes: Sequence[str], domain: tuple[float, float], mode: Mode) -> dict[str, Any]:
    return {
        "domain": [max(domain[0], 0.0), domain[1]],
        "tickvals": list(range(len(lanes))),
        "ticktext": [name if len(name) <= 19 else f"{name[:18]}…" for name in lanes],
        "tickfont": {"size": 11, "color": theme.ink(mode)},
        "range": [len(lanes) - 0.4, -0.6],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
