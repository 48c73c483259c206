"""Rises in price split into what was earned and what was paid for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.price_split import PriceSplit
from charts.parts import theme
from charts.parts.axes import factor_label
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.lanes import LEFT, lane_axis, lane_height
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "earnings-and-multiple"
_TIMES: Final = (1 / 30, 1 / 10, 1 / 3, 1, 3, 10, 30)


@dataclass(frozen=True, slots=True)
class NamedSplit:
    """The split of one rise, and what rose: an index or a company."""

    of: str
    split: PriceSplit

    @property
    def what(self) -> str:
        """What rose, and from which month to which."""
        return f"{self.of}, {self.split.window.start:%Y-%m} to {self.split.window.end:%Y-%m}"


def earnings_and_multiple(splits: Sequence[NamedSplit], footing: Footing) -> Chart:
    """One lane per rise: earnings and multiple as bars from zero, the price as a mark. Needs a told split."""
    rows = split_rows(splits)
    title = _finding(splits)
    subtitle = (
        "Times the start, logarithmic: earnings times the price paid for each unit of them give the price, "
        "so bars add up to the mark. Whisker: the multiple for starts up to six months to either side."
    )
    verdicts = "; ".join(f"{one.what}: {one.split.verdict.value}" for one in splits)
    return Chart(
        NAME,
        title,
        f"{title}. {verdicts}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), rows.drop_nulls("price")),
        rows,
        "A price can rise because more is earned or because more is paid for each dollar earned. 2x is a "
        "doubling, 0.5x a halving. Earnings of the S&P 500 are those of the past twelve months; those of a "
        "company are as reported (GAAP) per share for the fiscal year nearest to the date, one-off items and "
        "all. A share above 100 % means that less was paid for each dollar at the end.",
        footing,
    )


def _draw(captions: Captions, told: pl.DataFrame, mode: Mode) -> go.Figure:
    key = (
        KeyItem("■", "earnings", theme.ordered(1, 2, mode)),
        KeyItem("■", "multiple", theme.ordered(0, 2, mode)),
        KeyItem("◆", "price"),
    )
    room = Room(plot=lane_height(told.height, 64), left=LEFT)
    figure = empty_figure(captions, mode, key=key, room=room)
    _add_parts(figure, told, mode)
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_yaxes(**lane_axis(told["what"].to_list(), theme.ink(mode)))
    ends = pl.concat([told[name] for name in ("price", "earnings", "multiple_low", "multiple_high")])
    low, high = min(float(ends.min()), 0.0), float(ends.max())  # type: ignore[arg-type]  # never empty
    figure.update_xaxes(
        title={"text": "times"},
        tickvals=[math.log(times) for times in _TIMES],
        ticktext=[factor_label(times) for times in _TIMES],
        tickangle=0,
        range=[low - 0.08 * (high - low), high + 0.2 * (high - low)],
    )
    return figure


def _add_parts(figure: go.Figure, told: pl.DataFrame, mode: Mode) -> None:
    """The bars of each lane, and the mark that they add up to."""
    lanes = range(told.height)
    for shift, column, colour in (
        (-0.27, "earnings", theme.ordered(1, 2, mode)),
        (0.0, "multiple", theme.ordered(0, 2, mode)),
    ):
        figure.add_bar(
            x=told[column].to_list(),
            y=[lane + shift for lane in lanes],
            width=0.24,
            orientation="h",
            marker={"color": colour},
            text=[_times(value) for value in told[column]],
            textposition="none" if column == "multiple" else "outside",
            textfont={"size": 11, "color": theme.ink(mode)},
            cliponaxis=False,
            error_x=_whisker(told, mode) if column == "multiple" else None,
            customdata=[_times(value) for value in told[column]],
            hovertemplate=f"{column}: %{{x:+.3f}} (%{{customdata}})<extra></extra>",
        )
    figure.add_scatter(
        x=told["price"].to_list(),
        y=[lane + 0.27 for lane in lanes],
        mode="markers+text",
        text=[f" {_times(value)}" for value in told["price"]],
        textposition="middle right",
        textfont={"size": 11, "color": theme.ink(mode)},
        marker={"symbol": "diamond", "size": 10, "color": theme.ink(mode)},
        hovertemplate="price: %{x:+.3f}<extra></extra>",
    )


def split_rows(splits: Sequence[NamedSplit]) -> pl.DataFrame:
    """The splits as a table, with the range of the multiple's part over neighbouring starts."""
    return pl.DataFrame(
        [
            {
                "what": one.what,
                "start_on": one.split.window.start,
                "end_on": one.split.window.end,
                "price": one.split.price,
                "earnings": one.split.earnings,
                "multiple": one.split.multiple,
                "multiple_low": one.split.sensitivity["multiple"].min(),
                "multiple_high": one.split.sensitivity["multiple"].max(),
                "verdict": one.split.verdict.value,
                "notes": "; ".join(one.split.notes),
            }
            for one in splits
        ],
        infer_schema_length=None,
    )


def _whisker(told: pl.DataFrame, mode: Mode) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": (told["multiple_high"] - told["multiple"]).to_list(),
        "arrayminus": (told["multiple"] - told["multiple_low"]).to_list(),
        "color": theme.ink(mode),
        "thickness": 1.4,
        "width": 4,
    }


def _times(change: float) -> str:
    return factor_label(math.exp(change))


_SMALLEST_RISE: Final = 0.1
"""Logarithm of a rise below which no share of it is told: of next to nothing everything is a multiple."""


def _finding(splits: Sequence[NamedSplit]) -> str:
    words = [
        f"{one.of} from {one.split.window.start.year} {percent(one.split.earnings / one.split.price)}"
        for one in splits
        if one.split.earnings is not None and one.split.price is not None and one.split.price > _SMALLEST_RISE
    ]
    return f"Share of the rise that earnings carry: {', '.join(words)}"
