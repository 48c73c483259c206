"""Charts of one row a thing: its words stand above its mark, and there is no y axis to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.results import Estimate
from charts.parts import theme
from charts.parts.figure import Room
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class RowLayout:
    """How rows are spaced: `height` of each and the `shift` of its words above its mark, both in pixels.

    `below` and `above` are the room beyond the lowest and the highest mark, in rows; `spare` pixels are added
    to the plot.
    """

    height: int
    shift: int = 17
    below: float = 0.5
    above: float = 0.8
    spare: int = 20

    def room(self, rows: int) -> Room:
        """Room for so many rows; on the left there are no ticks that need any."""
        return Room(plot=self.height * rows + self.spare, left=16)


def add_row_words(figure: go.Figure, place: int, text: str, layout: RowLayout, mode: Mode) -> None:
    """The words of the row at `place` (0 is the lowest), from the left edge, above its mark."""
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        align="left",
        y=place,
        yshift=layout.shift,
        text=text,
        showarrow=False,
        font={"size": 12, "color": theme.ink(mode)},
        bgcolor=theme.see_through(theme.paper(mode), 0.7),
    )


def add_row_estimate(
    figure: go.Figure,
    place: int,
    estimate: Estimate,
    hover: str,
    mode: Mode,
    *,
    hollow: bool = False,
    highest: float = float("inf"),
) -> None:
    """A mark with its interval as a bar; the bar ends at `highest`, where the axis does."""
    hue = theme.accent(mode)
    figure.add_scatter(
        x=[estimate.value],
        y=[place],
        mode="markers",
        marker={"size": 10, "color": hue, "symbol": "circle-open" if hollow else "circle"},
        error_x=_whiskers(estimate, highest, theme.faint(hue, 0.6, mode)),
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def hide_row_axis(figure: go.Figure, rows: int, layout: RowLayout) -> None:
    """No y axis: rows are told by their words; the range holds all of them."""
    figure.update_yaxes(visible=False, range=[-layout.below, rows - 1 + layout.above])


def _whiskers(estimate: Estimate, highest: float, colour: str) -> dict[str, Any]:
    if estimate.interval is None:
        return {"visible": False}
    return {
        "array": [min(estimate.interval.high, highest) - estimate.value],
        "arrayminus": [estimate.value - estimate.interval.low],
        "color": colour,
        "thickness": 3,
        "width": 0,
    }
