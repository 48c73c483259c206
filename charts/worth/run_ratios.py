"""Two models over several boards: how many times the price, the cost and the time; who solved more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.results import Interval
from analysis.worth.measured_run import RunComparison
from charts.parts import theme
from charts.parts.axes import factor_label, factor_span
from charts.parts.figure import Captions, Chart, Footing, KeyItem, empty_figure
from charts.parts.interval_rows import IntervalRow, draw_rows, rows_room
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "two-models-measured"

_TICKS = (0.1, 1, 3, 10, 30, 100)
_KEY = {
    "measured": ("●", "measured"),
    "list price": ("◆", "list price"),
    "implied": ("□", "implied by cost over price, not recorded"),
    "claimed": ("○", "claimed"),
}
_SYMBOLS = {"measured": "circle", "list price": "diamond", "implied": "square-open", "claimed": "circle-open"}
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

    Prices are those of the first board's comparison. Only what was measured or listed is solid: claimed and
    implied ranges are hollow, each with a shape of its own.
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
            "its low end if all tokens are input, at its high end if all are output. Nobody recorded "
            "the tokens."
        ),
        footing=footing,
    )


def ratio_rows(boards: Sequence[BoardRatios]) -> pl.DataFrame:
    """One row per ratio: quantity, kind (list price, measured, implied, claimed), value, or low and high."""
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
            (f"Tokens implied, {one.board}", "implied", None, *_ends(compared.implied_token_ratio)),
            (f"Seconds per task, {one.board}", "measured", compared.seconds_ratio, None, None),
        ]
    known = [row for row in rows if any(figure is not None for figure in row[2:])]
    return pl.DataFrame(known, schema=_SCHEMA, orient="row")


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    hues = {
        "list price": theme.grey(mode),
        "measured": theme.ordered(1, 2, mode),
        "implied": theme.ordered(1, 2, mode),
        "claimed": theme.ordered(0, 2, mode),
    }
    present = set(rows["kind"])
    key = [KeyItem(mark, words, hues[kind]) for kind, (mark, words) in _KEY.items() if kind in present]
    figure = empty_figure(captions, mode, key=key, room=rows_room(rows.height))
    ends = [end for end in (*rows["low"], *rows["high"], *rows["value"], 1.0) if end is not None]
    drawn = [_row(row, hues) for row in rows.iter_rows(named=True)]
    draw_rows(figure, drawn, (min(ends), max(ends)), mode)
    figure.add_vline(x=1, line={"color": theme.ink(mode), "width": 1})
    figure.update_xaxes(
        type="log",
        title_text="times",
        tickvals=list(_TICKS),
        ticktext=[factor_label(tick) for tick in _TICKS],
        tickangle=0,
        range=[math.log10(min(ends)) - 0.08, math.log10(max(ends)) + 0.08],
    )
    return figure


def _row(row: dict[str, Any], hues: Mapping[str, str]) -> IntervalRow:
    ends = (row["low"], row["high"])
    marks = (row["value"],) if row["value"] is not None else ends
    return IntervalRow(
        row["quantity"], f"<b>{_figures(row)}</b>", marks, *ends, hues[row["kind"]], _SYMBOLS[row["kind"]]
    )


def _figures(row: Mapping[str, Any]) -> str:
    if row["value"] is not None:
        return factor_label(row["value"])
    return f"{factor_span(row['low'], row['high'])}x"
