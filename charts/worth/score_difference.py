"""The difference in tasks solved between two models on several boards, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.results import Estimate, Interval
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, empty_figure
from charts.parts.labelled_rows import RowLayout, add_row_estimate, add_row_words, hide_row_axis
from charts.parts.theme import Mode
from charts.worth.run_ratios import BoardRatios

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "two-models-solved"

_LAYOUT = RowLayout(height=52, shift=18, above=0.9)
_SCHEMA = pl.Schema(
    {
        "board": pl.String,
        "difference": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "verdict": pl.String,
    }
)


def score_difference(
    boards: Sequence[BoardRatios], first: str, second: str, title: str, footing: Footing
) -> Chart:
    """Share of tasks solved by the first model less that of the second, percentage points, 90 % interval."""
    rows = difference_rows(boards)
    subtitle = f"Tasks solved by {first} less those by {second}, percentage points, 90 % interval."
    told = "; ".join(f"{row['board']}: {points(row)}, {row['verdict']}" for row in rows.iter_rows(named=True))
    return Chart(
        name=NAME,
        title=title,
        alt=f"{first} less {second}. {told}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), rows),
        rows=rows,
        how_to_read=(
            "Right of zero the first model solved more tasks. An interval that holds zero does not tell "
            "the two apart. Both sat the same tasks, which makes the interval somewhat too wide; the pairs "
            "are not published."
        ),
        footing=footing,
    )


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=_LAYOUT.room(rows.height))
    for place, row in enumerate(rows.reverse().iter_rows(named=True)):
        estimate = Estimate(row["difference"], Interval(row["low"], row["high"]))
        add_row_estimate(figure, place, estimate, f"{row['board']}: {points(row)}", mode)
        add_row_words(figure, place, f"{row['board']}: <b>{points(row)}</b>", _LAYOUT, mode)
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_xaxes(title_text="percentage points", zeroline=False)
    hide_row_axis(figure, rows.height, _LAYOUT)
    return figure


def difference_rows(boards: Sequence[BoardRatios]) -> pl.DataFrame:
    """One row per board: board, difference, low, high (percentage points), verdict."""
    rows = []
    for one in boards:
        estimate = one.compared.score_difference
        low, high = (estimate.interval.low, estimate.interval.high) if estimate.interval else (None, None)
        ends = [None if end is None else 100 * end for end in (low, high)]
        rows.append((one.board, 100 * estimate.value, *ends, one.compared.score_verdict.value))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def points(row: dict[str, float]) -> str:
    """A difference with its interval, in words."""
    return f"{row['difference']:+.1f} points ({row['low']:+.1f} to {row['high']:+.1f})"
