"""The verdict on each claim, in December 2024 and now, in one picture."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.claims.statement import ClaimVerdict
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, empty_figure
from charts.parts.labelled_rows import RowLayout, add_row_words, hide_row_axis
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "claim-verdicts"

_COLUMNS: Final = (
    ClaimVerdict.CANNOT_BE_TOLD,
    ClaimVerdict.DID_NOT_HOLD,
    ClaimVerdict.PARTLY,
    ClaimVerdict.HELD,
)
_LETTERS: Final = 9
"""Of a verdict on one line below its column: "did not", "cannot be"."""

_LAYOUT: Final = RowLayout(height=42, below=0.6, spare=30)


def claim_verdicts(claims: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """One row per claim: a ring at the verdict of December 2024, a dot at that of now, a line where it moved.

    `claims`: place, statement, then_verdict, now_verdict.
    """
    subtitle = "What the data say of each claim. The columns are verdicts, not amounts."
    told = "; ".join(
        f"{row['statement']} {row['then_verdict']}, now {row['now_verdict']}"
        for row in claims.iter_rows(named=True)
    )
    return Chart(
        name=NAME,
        title=title,
        alt=f"{title}. {told}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), claims),
        rows=claims,
        how_to_read=(
            "A dot within a ring: what was true in December 2024 is true by the data of now. A line: the "
            "verdict moved. A claim on a state of affairs is judged by the ring, one on a course of things "
            "by the dot."
        ),
        footing=footing,
    )


def _draw(captions: Captions, claims: pl.DataFrame, mode: Mode) -> go.Figure:
    key = ("○ by the data of December 2024  ● by the data of now",)
    figure = empty_figure(captions, mode, key=key, room=_LAYOUT.room(claims.height))
    for place, row in enumerate(claims.reverse().iter_rows(named=True)):
        _add_claim(figure, place, row, mode)
    words = ["<br>".join(textwrap.wrap(verdict.value, _LETTERS)) for verdict in _COLUMNS]
    figure.update_xaxes(
        tickvals=list(range(len(_COLUMNS))), ticktext=words, range=[-0.5, len(_COLUMNS) - 0.5], side="bottom"
    )
    hide_row_axis(figure, claims.height, _LAYOUT)
    return figure


def _add_claim(figure: go.Figure, place: int, row: dict[str, Any], mode: Mode) -> None:
    then, now = (_COLUMNS.index(ClaimVerdict(row[name])) for name in ("then_verdict", "now_verdict"))
    figure.add_scatter(
        x=[then, now],
        y=[place, place],
        mode="lines+markers",
        line={"color": theme.grey(mode), "width": 1.5},
        marker={
            "symbol": ["circle-open", "circle"],
            "size": [15, 8],
            "color": [theme.ink(mode), theme.hue(0, mode)],
            "line": {"width": 1.5},
            "opacity": 1,
        },
        hovertext=f"{row['statement']}<br>then: {row['then_verdict']}, now: {row['now_verdict']}",
        hovertemplate="%{hovertext}<extra></extra>",
    )
    add_row_words(figure, place, f"{row['place']}. {row['statement']}", _LAYOUT, mode)
