"""Rises in price split into what was earned and what was paid for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import polars as pl

from analysis.dotcom.price_split import PriceSplit
from charts.parts import theme
from charts.parts.figure import Chart, Footing, Room, empty_figure
from charts.parts.lanes import LEFT, lane_axis, lane_height
from charts.parts.percent import percent
from charts.parts.theme import Mode

NAME: Final = "earnings-and-multiple"


def earnings_and_multiple(splits: Mapping[str, PriceSplit], footing: Footing, mode: Mode) -> Chart:
    """One lane per rise: earnings and multiple as bars from zero, the price as a mark. Needs a told split."""
    rows = split_rows(splits)
    told = rows.drop_nulls("price").with_row_index("lane")
    title = _finding(told)
    figure = empty_figure(
        title,
        "Change in natural logarithm: price = earnings + price paid per unit of earnings. Bars add up to the "
        "mark. Whisker: the multiple's part for starts up to six months to either side.",
        footing,
        mode,
        name=NAME,
        key=(
            f'<span style="color:{theme.hue(2, mode)}">■</span> earnings  '
            f'<span style="color:{theme.hue(1, mode)}">■</span> multiple  ◆ price',
        ),
        room=Room(plot=lane_height(told.height, 64), left=LEFT),
    )
    for shift, column, colour in (
        (-0.27, "earnings", theme.hue(2, mode)),
        (0.0, "multiple", theme.hue(1, mode)),
    ):
        figure.add_bar(
            x=told[column].to_list(),
            y=[lane + shift for lane in told["lane"]],
            width=0.24,
            orientation="h",
            marker={"color": colour},
            text=[_times(value) for value in told[column]],
            textposition="none" if column == "multiple" else "auto",
            textfont={"size": 10},
            error_x=_whisker(told) if column == "multiple" else None,
            customdata=[_times(value) for value in told[column]],
            hovertemplate=f"{column}: %{{x:+.3f}} (%{{customdata}})<extra></extra>",
        )
    figure.add_scatter(
        x=told["price"].to_list(),
        y=[lane + 0.27 for lane in told["lane"]],
        mode="markers+text",
        text=[f" {_times(value)}" for value in told["price"]],
        textposition="middle right",
        textfont={"size": 11, "color": theme.ink(mode)},
        marker={"symbol": "diamond", "size": 10, "color": theme.ink(mode)},
        hovertemplate="price: %{x:+.3f}<extra></extra>",
    )
    figure.add_vline(x=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_yaxes(**lane_axis(told["what"].to_list(), theme.ink(mode)))
    ends = pl.concat([told[name] for name in ("price", "earnings", "multiple_low", "multiple_high")])
    low, high = min(float(ends.min()), 0.0), float(ends.max())  # type: ignore[arg-type]  # never empty
    figure.update_xaxes(
        title={"text": "change in natural logarithm"},
        range=[low - 0.08 * (high - low), high + 0.2 * (high - low)],
    )
    return Chart(
        NAME,
        title,
        f"{title}. "
        + "; ".join(f"{row['what']}: {row['verdict']}" for row in rows.iter_rows(named=True))
        + ".",
        figure,
        rows,
        "A price can rise because more is earned or because more is paid for each dollar earned. A change of "
        "0.69 is a doubling. Earnings of the S&P 500 are those of the past twelve months; those of a company "
        "are as reported (GAAP) per share for the fiscal year nearest to the date, one-off items and all. A "
        "share above 100 % means that less was paid for each dollar at the end.",
        footing,
    )


def split_rows(splits: Mapping[str, PriceSplit]) -> pl.DataFrame:
    """The splits as a table, with the range of the multiple's part over neighbouring starts."""
    return pl.DataFrame(
        [
            {
                "what": what,
                "start_on": split.window.start,
                "end_on": split.window.end,
                "price": split.price,
                "earnings": split.earnings,
                "multiple": split.multiple,
                "multiple_low": split.sensitivity["multiple"].min(),
                "multiple_high": split.sensitivity["multiple"].max(),
                "verdict": split.verdict.value,
                "notes": "; ".join(split.notes),
            }
            for what, split in splits.items()
        ],
        infer_schema_length=None,
    )


def _whisker(told: pl.DataFrame) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": (told["multiple_high"] - told["multiple"]).to_list(),
        "arrayminus": (told["multiple"] - told["multiple_low"]).to_list(),
        "thickness": 1.4,
        "width": 4,
    }


def _times(change: float) -> str:
    return f"x{math.exp(change):.2g}"


def _finding(told: pl.DataFrame) -> str:
    words = [
        f"{row['what'].split(',')[0]} from {row['start_on'].year} {percent(row['earnings'] / row['price'])}"
        for row in told.iter_rows(named=True)
        if row["price"] > 0
    ]
    return f"Share of the rise that earnings carry: {', '.join(words)}"
