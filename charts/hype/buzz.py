"""Buzz of releases: attention beyond what the page's readers would have paid anyway, with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import counted
from analysis.hype.buzz import Buzz, BuzzVerdict
from charts.parts import theme
from charts.parts.axes import change_axis
from charts.parts.figure import Captions, Chart, Footing, KeyItem, empty_figure
from charts.parts.interval_rows import IntervalRow, draw_rows, rows_room
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "buzz"
_NONE: Final = -1.0
"""No views at all, as a change."""


def buzz_rows(buzzes: Sequence[Buzz]) -> pl.DataFrame:
    """The results as a table, the newest first; excess and interval are shares, null if untold.

    An interval ends at -1: no fortnight has fewer views than none. In the plot an arrow says so.
    """
    return pl.DataFrame(
        [
            {
                "release": buzz.name,
                "released_on": buzz.released_on,
                "excess_share": buzz.estimate.value if buzz.estimate else None,
                "low": max(buzz.estimate.interval.low, _NONE)
                if buzz.estimate and buzz.estimate.interval
                else None,
                "high": buzz.estimate.interval.high if buzz.estimate and buzz.estimate.interval else None,
                "excess_views": buzz.excess,
                "rank": buzz.rank,
                "other_windows": buzz.n_placebos,
                "share_with_as_much": buzz.share_above,
                "verdict": buzz.verdict.value,
            }
            for buzz in buzzes
        ],
        schema={
            "release": pl.String,
            "released_on": pl.Date,
            "excess_share": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "excess_views": pl.Float64,
            "rank": pl.Int64,
            "other_windows": pl.Int64,
            "share_with_as_much": pl.Float64,
            "verdict": pl.String,
        },
    ).sort("released_on", descending=True, maintain_order=True)


def buzz_chart(buzzes: Sequence[Buzz], page: str, footing: Footing) -> Chart:
    """One lane per release, the newest on top: excess views with interval, or why it cannot be told."""
    rows = buzz_rows(buzzes)
    title = _finding(rows, page)
    subtitle = (
        f"Views of the Wikipedia article {page} in the 14 days from a release over those forecast from the "
        "60 days before, with 90 % intervals. Right, below: share of the page's other fortnights that saw "
        "as much. Releases that cannot be judged are in the table."
    )
    told = rows["excess_share"].count()
    return Chart(
        NAME,
        title,
        f"{title}. {counted(rows.height, 'release')}, {told} of them with an estimate.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows),
        rows,
        "A mark right of zero: more views than the page would have had anyway. Bars are as wide as the "
        "page's own surprises; an arrow at -100 % says that the interval goes down to no views at all. "
        "The forecast keeps weekdays and growth and "
        "ignores single spikes. A release stands out only if fewer than 5 % of all other fortnights of the "
        "same page saw as much; the fortnights overlap, so this is no p-value, and among twenty releases one "
        "would stand out by chance. A release on a page that was already climbing, or without a full record, "
        "gets no number.",
        footing,
    )


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    told = rows.drop_nulls("excess_share")
    figure = empty_figure(captions, mode, key=_key(told, mode), room=rows_room(told.height))
    low, high = _range(told)
    draw_rows(figure, [_row(row, mode) for row in told.iter_rows(named=True)], (_NONE, high), mode)
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_xaxes(**change_axis(low, high, "views beyond the forecast", most=5))
    return figure


def _key(told: pl.DataFrame, mode: Mode) -> tuple[KeyItem, ...]:
    """What the colours mean, for the verdicts that are drawn."""
    out = set((told["verdict"] == BuzzVerdict.STANDS_OUT.value).to_list())
    items = {
        True: KeyItem("●", "stands out", theme.accent(mode)),
        False: KeyItem("●", "no more than is usual", theme.grey(mode)),
    }
    return tuple(item for is_out, item in items.items() if is_out in out)


def _row(row: dict[str, Any], mode: Mode) -> IntervalRow:
    """A release with what it drew; right of it how many of the page's other fortnights saw as much."""
    stands_out = row["verdict"] == BuzzVerdict.STANDS_OUT.value
    return IntervalRow(
        row["release"],
        f"<b>{percent(row['excess_share'], signed=True)}</b><br>"
        f"{percent(row['share_with_as_much'])} of fortnights",
        (row["excess_share"],),
        row["low"] if row["low"] is None or row["low"] > _NONE else -math.inf,
        row["high"],
        theme.accent(mode) if stands_out else theme.grey(mode),
    )


def _range(told: pl.DataFrame) -> tuple[float, float]:
    """Fewer views than none cannot be, so the axis ends at -100 %, and with it the bars."""
    high = max([*told["high"].to_list(), 0.5])
    return -1.15, 1.08 * high


def _finding(rows: pl.DataFrame, page: str) -> str:
    told = rows.drop_nulls("excess_share")
    out = told.filter(verdict=BuzzVerdict.STANDS_OUT.value)
    untold = rows.height - told.height
    if told.is_empty():
        return (
            f"Whether any of {counted(rows.height, 'release')} drew readers to the page {page} cannot be told"
        )
    tail = f"; {untold} more cannot be judged" if untold else ""
    if out.is_empty():
        more = f"drawn more readers to the page {page} than is usual"
        return f"None of {counted(told.height, 'release')} can be told to have {more}{tail}"
    names = ", ".join(out["release"].to_list())
    return f"{names} stood out among {counted(told.height, 'release')} on the page {page}{tail}"
