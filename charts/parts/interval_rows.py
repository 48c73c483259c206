"""Charts of one row an estimate: its name on the left, its interval in the plot, its words on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from charts.parts import theme
from charts.parts.figure import Room
from charts.parts.lanes import LEFT, name_lanes
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

EACH: Final = 40
"""Height of a row in pixels: two lines of text, or three small ones of a name."""

_MOST_LINES: Final = 3

_RIGHT: Final = 108


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One estimate: `marks` are drawn as they are, the bar goes from low to high where both are given.

    told   the value in words, and its interval in a second line
    faint  drawn in grey, as what gives no single number
    """

    name: str
    told: str
    marks: tuple[float, ...]
    low: float | None
    high: float | None
    colour: str
    symbol: str = "circle"
    faint: bool = False


def rows_room(rows: int) -> Room:
    """Room for so many rows."""
    return Room(plot=max(rows * EACH, 90), left=LEFT)


def draw_rows(figure: go.Figure, rows: Sequence[IntervalRow], ends: tuple[float, float], mode: Mode) -> None:
    """Draw the rows, the first on top; a bar that goes on past the `ends` of the axis is cut off there.

    An arrow stands where it is cut: an end without one is the end of the interval.
    """
    for lane, row in enumerate(rows):
        _add_row(figure, lane, row, ends, mode)
    name_lanes(figure, [row.name for row in rows], mode, _MOST_LINES)
    figure.update_layout(margin_r=_RIGHT)


def _add_row(figure: go.Figure, lane: int, row: IntervalRow, ends: tuple[float, float], mode: Mode) -> None:
    colour = theme.grey(mode) if row.faint else row.colour
    if row.low is not None and row.high is not None:
        figure.add_scatter(
            x=[max(row.low, ends[0]), min(row.high, ends[1])],
            y=[lane, lane],
            mode="lines",
            line={"color": theme.faint(colour, 0.55, mode), "width": 5},
            hoverinfo="skip",
        )
        _add_arrows(figure, lane, row, ends, colour)
    if row.marks:
        figure.add_scatter(
            x=list(row.marks),
            y=[lane] * len(row.marks),
            mode="markers",
            marker={"color": colour, "size": 10, "symbol": row.symbol, "line": {"width": 2, "color": colour}},
            hovertext=f"{row.name}: {row.told.replace('<br>', ' ')}",
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=lane,
        yanchor="middle",
        align="left",
        text=row.told,
        showarrow=False,
        font={"size": 11, "color": theme.faint_ink(mode) if row.faint else theme.ink(mode)},
    )


def _add_arrows(
    figure: go.Figure, lane: int, row: IntervalRow, ends: tuple[float, float], colour: str
) -> None:
    assert row.low is not None
    assert row.high is not None
    cut = [
        (end, symbol)
        for end, symbol, is_past in (
            (ends[0], "triangle-left", row.low < ends[0]),
            (ends[1], "triangle-right", row.high > ends[1]),
        )
        if is_past
    ]
    if cut:
        figure.add_scatter(
            x=[end for end, _ in cut],
            y=[lane] * len(cut),
            mode="markers",
            marker={"color": colour, "size": 10, "symbol": [symbol for _, symbol in cut]},
            hovertext="the interval goes on beyond this end",
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
