"""Buzz of releases: attention beyond what the page's readers would have paid anyway, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.hype.buzz import Buzz, BuzzVerdict
from charts.parts import theme
from charts.parts.axes import change_axis
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.lanes import LEFT, lane_axis, lane_height
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "buzz"

_SHORT: Final = {
    BuzzVerdict.NO_FULL_WINDOW: "cannot be told: days missing",
    BuzzVerdict.TITLE_MOVED: "cannot be told: page was moved",
    BuzzVerdict.ALREADY_CLIMBING: "cannot be told: climbing before",
    BuzzVerdict.TOO_FEW_PLACEBOS: "cannot be told: too few windows",
}


def buzz_rows(buzzes: Sequence[Buzz]) -> pl.DataFrame:
    """The results as a table, the newest first; excess and interval are shares, null if untold."""
    return pl.DataFrame(
        [
            {
                "release": buzz.name,
                "released_on": buzz.released_on,
                "excess_share": buzz.estimate.value if buzz.estimate else None,
                "low": buzz.estimate.interval.low if buzz.estimate and buzz.estimate.interval else None,
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
        "60 days before. Whisker: 90 % interval. Right: share of the page's other fortnights that saw as "
        "much."
    )
    told = rows["excess_share"].count()
    return Chart(
        NAME,
        title,
        f"{title}. {rows.height} releases, {told} of them with an estimate.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows),
        rows,
        "A mark right of zero: more views than the page would have had anyway. Whiskers are as wide as the "
        "page's own surprises, so they can reach below -100 %. The forecast keeps weekdays and growth and "
        "ignores single spikes. A release stands out only if fewer than 5 % of all other fortnights of the "
        "same page saw as much; the fortnights overlap, so this is no p-value, and among twenty releases one "
        "would stand out by chance. A release on a page that was already climbing, or without a full record, "
        "gets no number.",
        footing,
    )


def _draw(captions: Captions, rows: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=lane_height(rows.height, 27), left=LEFT))
    _add_words(figure, rows, mode)
    told = rows.with_row_index("lane").drop_nulls("excess_share")
    _add_marks(figure, told, mode)
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_yaxes(**lane_axis(rows["release"].to_list(), theme.ink(mode)))
    figure.update_xaxes(**change_axis(*_range(told), "views beyond the forecast", most=6))
    return figure


def _add_words(figure: go.Figure, rows: pl.DataFrame, mode: Mode) -> None:
    """Right of each lane how usual its excess is, or in the lane why it cannot be told."""
    for lane, row in enumerate(rows.iter_rows(named=True)):
        if row["excess_share"] is None:
            text, colour = _SHORT[BuzzVerdict(row["verdict"])], theme.faint_ink(mode)
        else:
            text, colour = percent(row["share_with_as_much"]), theme.ink(mode)
        figure.add_annotation(
            x=0 if row["excess_share"] is None else 1,
            xref="paper",
            xanchor="left" if row["excess_share"] is None else "right",
            y=lane,
            text=text,
            showarrow=False,
            font={"size": 10, "color": colour},
        )


def _add_marks(figure: go.Figure, told: pl.DataFrame, mode: Mode) -> None:
    """The excess of each release that can be told, with its interval."""
    figure.add_scatter(
        x=told["excess_share"].to_list(),
        y=told["lane"].to_list(),
        mode="markers",
        marker={
            "size": 9,
            "color": [
                theme.hue(1, mode) if verdict == BuzzVerdict.STANDS_OUT.value else theme.grey(mode)
                for verdict in told["verdict"]
            ],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (told["high"] - told["excess_share"]).to_list(),
            "arrayminus": (told["excess_share"] - told["low"]).to_list(),
            "color": theme.grey(mode),
            "thickness": 1.4,
            "width": 0,
        },
        hovertext=[
            f"<b>{row['release']}</b><br>{percent(row['excess_share'], signed=True)} "
            f"({percent(row['low'], signed=True)} to {percent(row['high'], signed=True)})"
            f"<br>rank {row['rank']} of {row['other_windows'] + 1} fortnights<br>{row['verdict']}"
            for row in told.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _range(told: pl.DataFrame) -> tuple[float, float]:
    if told.is_empty():
        return -1.0, 1.0
    ends = [*told["low"].to_list(), *told["high"].to_list(), 0.0]
    low, high = min(ends), max(ends)
    return low - 0.05 * (high - low), high + 0.25 * (high - low)


def _finding(rows: pl.DataFrame, page: str) -> str:
    told = rows.drop_nulls("excess_share")
    out = told.filter(verdict=BuzzVerdict.STANDS_OUT.value)
    untold = rows.height - told.height
    if told.is_empty():
        return f"Whether any of {rows.height} releases drew readers to the page {page} cannot be told"
    tail = f"; {untold} more cannot be told" if untold else ""
    if out.is_empty():
        return f"None of {told.height} releases drew more readers to the page {page} than is usual{tail}"
    names = ", ".join(out["release"].to_list())
    return f"{names} stood out among {told.height} releases on the page {page}{tail}"
