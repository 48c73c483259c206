"""Two models over several boards: how many times the price, the cost and the time; who solved more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.results import Interval
from analysis.worth.measured_run import RunComparison
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, empty_figure
from charts.parts.labelled_rows import RowLayout, add_row_words, hide_row_axis
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "two-models-measured"

_TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100)
_LAYOUT = RowLayout(height=44, shift=16)
_SCHEMA = pl.Schema(
    {"quantity": pl.String, "kind": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
)


@dataclass(frozen=True, slots=True)
class BoardRatios:
    """One board's comparison of two models, with the board's title as people know it."""

    board: str
    compared: RunComparison


def run_ratios(boards: Sequence[BoardRatios], first: str, second: str, title: str, footing: Footing) -> Chart:
    """Ratios of the first model over the second on a logarithmic axis, one row each.

    Prices are those of the first board's comparison; claimed ranges are hollow, measured values solid.
    """
    rows = ratio_rows(boards)
    subtitle = f"{first} over {second}, times, logarithmic. A bar is a range, implied or claimed."
    told = "; ".join(f"{row['quantity']}: {_figures(row)}" for row in rows.iter_rows(named=True))
    return Chart(
        name=NAME,
        title=title,
        alt=f"{first} over {second}. {told}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), rows),
        rows=rows,
        how_to_read=(
            "Each row is one ratio of the first model over the second; the line at 1x means no difference. "
            "The cost of a run is what the board's owner paid. Cost over price gives the ratio of tokens: at "
            "its low end if all tokens are input, at its high end if all are output."
        ),
        footing=footing,
    )


def ratio_rows(boards: Sequence[BoardRatios]) -> pl.DataFrame:
    """One row per ratio: quantity, kind (list price, measured, claimed), value, or low and high."""
    prices = boards[0].compared
    rows: list[tuple[str, str, float | None, float | None, float | None]] = [
        ("Price of input", "list price", prices.input_price_ratio, None, None),
        ("Price of output", "list price", prices.output_price_ratio, None, None),
        ("Price blended, 3 input to 1 output", "list price", prices.blended_price_ratio, None, None),
        ("Cost of an answer, as claimed", "claimed", None, *_ends(prices.claimed_cost_ratio)),
    ]
    for one in boards:
        compared = one.compared
        rows += [
            (f"Cost of the run, {one.board}", "measured", compared.cost_ratio, None, None),
            (f"Tokens implied, {one.board}", "measured", None, *_ends(compared.implied_token_ratio)),
            (f"Seconds per task, {one.board}", "measured", compared.seconds_ratio, None, None),
        ]
    known = [row for row in rows if any(figure is not None for figure in row[2:])]
    return pl.DataFrame(known, schema=_SCHEMA, orient="row")


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    key = ("● measured  ◆ list price  ○ claimed",)
    figure = empty_figure(captions, mode, key=key, room=_LAYOUT.room(rows.height))
    for place, row in enumerate(rows.reverse().iter_rows(named=True)):
        _add_ratio(figure, place, row, mode)
    ends = [end for end in (*rows["low"], *rows["high"], *rows["value"], 1.0) if end is not None]
    figure.add_vline(x=1, line={"color": theme.ink(mode), "width": 1})
    figure.update_xaxes(
        type="log",
        title_text="times",
        tickvals=list(_TICKS),
        ticktext=[f"{tick:g}x" for tick in _TICKS],
        range=[math.log10(min(ends)) - 0.06, math.log10(max(ends)) + 0.12],
    )
    hide_row_axis(figure, rows.height, _LAYOUT)
    return figure


def _add_ratio(figure: go.Figure, place: int, row: dict[str, object], mode: Mode) -> None:
    hue = {"list price": theme.grey(mode), "measured": theme.hue(0, mode), "claimed": theme.hue(1, mode)}
    symbol = {"list price": "diamond", "measured": "circle", "claimed": "circle-open"}
    kind = str(row["kind"])
    drawn = [row["value"]] if row["value"] is not None else [row["low"], row["high"]]
    figure.add_scatter(
        x=drawn,
        y=[place] * len(drawn),
        mode="lines+markers",
        line={"color": hue[kind], "width": 4},
        marker={"symbol": symbol[kind], "size": 10, "color": hue[kind]},
        hovertext=f"{row['quantity']}: {_figures(row)}",
        hovertemplate="%{hovertext}<extra></extra>",
    )
    add_row_words(figure, place, f"{row['quantity']}: <b>{_figures(row)}</b>", _LAYOUT, mode)


def _figures(row: dict[str, object]) -> str:
    if row["value"] is not None:
        return f"{row['value']:.3g}x"
    return f"{row['low']:.2g} to {row['high']:.2g}x"
