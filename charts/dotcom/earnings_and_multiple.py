"""Rises in price split into what was earned and what was paid for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import factor_text
from analysis.dotcom.price_split import PriceSplit
from charts.parts import theme
from charts.parts.axes import factor_label
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.lanes import LEFT, lane_height, name_lanes
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "earnings-and-multiple"
_TIMES: Final = (1 / 30, 1 / 10, 1 / 3, 1, 3, 10, 30)
_RIGHT: Final = 52
"""Room for a factor beside the plot, in pixels."""


@dataclass(frozen=True, slots=True)
class NamedSplit:
    """The split of one rise, and what rose: an index or a company."""

    of: str
    split: PriceSplit

    @property
    def what(self) -> str:
        """What rose, and from which month to which."""
        return f"{self.of}, {self.split.window.start:%b %Y} to {self.split.window.end:%b %Y}"


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
        "all. A multiple below 1x means that less was paid for each dollar at the end.",
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
    _add_column(figure, told, mode)
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    name_lanes(figure, told["what"].to_list(), mode)
    ends = pl.concat([told[name] for name in ("price", "earnings", "multiple_low", "multiple_high")])
    low, high = min(float(ends.min()), 0.0), float(ends.max())  # type: ignore[arg-type]  # never empty
    figure.update_xaxes(
        title={"text": "times"},
        tickvals=[math.log(times) for times in _TIMES],
        ticktext=[factor_label(times) for times in _TIMES],
        tickangle=0,
        range=[low - 0.08 * (high - low), high + 0.08 * (high - low)],
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
            error_x=_whisker(told, mode) if column == "multiple" else None,
            customdata=[_times(value) for value in told[column]],
            hovertemplate=f"{column}: %{{x:+.3f}} (%{{customdata}})<extra></extra>",
        )
    figure.add_scatter(
        x=told["price"].to_list(),
        y=[lane + 0.27 for lane in lanes],
        mode="markers",
        marker={"symbol": "diamond", "size": 10, "color": theme.ink(mode)},
        hovertemplate="price: %{x:+.3f}<extra></extra>",
    )


def _add_column(figure: go.Figure, told: pl.DataFrame, mode: Mode) -> None:
    """The factors in one column right of the plot, each in the line of its bar: whiskers cover none."""
    for shift, column in ((-0.27, "earnings"), (0.0, "multiple"), (0.27, "price")):
        for lane, value in enumerate(told[column]):
            figure.add_annotation(
                x=1,
                xref="paper",
                xanchor="left",
                xshift=6,
                y=lane + shift,
                yanchor="middle",
                text=_times(value),
                showarrow=False,
                font={"size": 11, "color": theme.ink(mode)},
            )
    figure.update_layout(margin_r=_RIGHT)


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


_MOST_TOLD: Final = 2


def _finding(splits: Sequence[NamedSplit]) -> str:
    """What carried the largest rises."""
    told = [one for one in splits if one.split.price is not None]
    largest = sorted(told, key=lambda one: one.split.price or 0.0, reverse=True)[:_MOST_TOLD]
    return "; ".join(_what_carried(one) for one in largest)


def _what_carried(one: NamedSplit) -> str:
    """Both changes by the end of the rise, whose start stands at its lane; one verb of both is said once."""
    earnings, multiple = one.split.earnings or 0.0, one.split.multiple or 0.0
    (verb, grown), (other, paid) = _change(earnings), _change(multiple)
    link = "and its multiple" if verb == other else f"while its multiple had {other}"
    return (
        f"{one.of}'s earnings had {verb} {grown} {link} {paid}{_moved(one)} by {one.split.window.end:%B %Y}"
    )


def _moved(one: NamedSplit) -> str:
    """The multiple from the neighbouring starts, which the whisker shows; empty where it is the same."""
    ends = [factor_text(math.exp(end)) for end in _multiples(one)]
    return f" ({ends[0]} to {ends[1]} from starts nearby)" if len(set(ends)) > 1 else ""


def _multiples(one: NamedSplit) -> tuple[float, float]:
    """Least and most change of the multiple over neighbouring starts, as logarithms."""
    moved = one.split.sensitivity["multiple"].to_list() or [one.split.multiple or 0.0]
    return min(moved), max(moved)


def _change(logarithm: float) -> tuple[str, str]:
    """A change as the chart's labels have it, verb first: grown 4.5-fold, fallen to 0.33 times the start."""
    times = factor_text(math.exp(logarithm))
    return ("grown", f"{times}-fold") if logarithm > 0 else ("fallen", f"to {times} times the start")
