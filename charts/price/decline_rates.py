"""How many times cheaper a year: rates of price decline side by side, each with its 90 % interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.price.decline import PriceDecline, PriceVerdict
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, empty_figure
from charts.parts.labelled_rows import RowLayout, add_row_words, hide_row_axis
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

_LAYOUT: Final = RowLayout(height=58, shift=22, below=0.4, above=0.85)
_TALL_LAYOUT: Final = RowLayout(height=72, shift=29, below=0.35, above=0.9)
"""With a third line for the interval, where rate and interval together are too long for a narrow screen."""

_LONGEST_LINE: Final = 52
_LOWEST, _HIGHEST = 0.1, 10_000.0
"""Ends of the axis; an interval that goes on past an end is cut off there and its numbers say so."""

_CHANGE: Final = 1.05
"""Below this factor, either way, two digits would say "1 times", so it is no change."""

_NO_CHANGE: Final = "no change"

_UNDETERMINED: Final = (PriceVerdict.UNDETERMINED, PriceVerdict.FALLING_RATE_UNDETERMINED)


@dataclass(frozen=True, slots=True)
class NamedRate:
    """One rate with the words that say what it is of; hollow where somebody else published it."""

    name: str
    decline: PriceDecline
    published: bool = False


def decline_rates(
    name: str, rates: Sequence[NamedRate], title: str, subtitle: str, footing: Footing
) -> Chart:
    """One row a rate on a logarithmic axis of factors a year; undetermined rates have no mark, only a bar.

    `name` is the chart's fixed word, because a page can hold two of them.
    """
    shown = f"{subtitle} Right of 1: cheaper each year. Each gridline is 10x."
    told = "; ".join(f"{rate.name}: {rate_text(rate.decline)}" for rate in rates)
    return Chart(
        name,
        title,
        f"{title}. {told}.",
        partial(_draw, Captions(name, title, shown, footing), rates),
        rate_rows(rates),
        "Each bar is the 90 % interval of one rate: how many times less the same capability costs after a "
        "year. Where the ends of a bar are more than a factor 30 apart the data tell a direction at most, so "
        "no single rate is marked. Bars that reach the edge of the plot go on beyond it.",
        footing,
    )


def rate_text(decline: PriceDecline) -> str:
    """A rate in words; where it is undetermined the interval without a single number."""
    return " ".join(_rate_and_interval(decline))


def _rate_and_interval(decline: PriceDecline) -> list[str]:
    """The rate or its verdict and, where there is one, the interval in brackets."""
    if decline.estimate is None or decline.estimate.interval is None:
        return [decline.verdict.value]
    low, high = decline.estimate.interval.low, decline.estimate.interval.high
    plain = low >= _CHANGE and decline.estimate.value >= _CHANGE
    ends = (
        f"{factor_text(low)} to {factor_text(high)}"
        if plain
        else f"from {times_text(low)} to {times_text(high)}"
    )
    if decline.verdict in _UNDETERMINED:
        return [decline.verdict.value, f"(90 % interval {ends}{' times cheaper' if plain else ''})"]
    told = times_text(decline.estimate.value)
    rate = told if told == _NO_CHANGE else f"{told} a year"
    if decline.verdict is PriceVerdict.NO_CHANGE_TOLD and rate != _NO_CHANGE:
        rate = f"{decline.verdict.value}: {rate}"
    return [rate, f"(90 % interval {ends})"]


def rate_rows(rates: Sequence[NamedRate]) -> pl.DataFrame:
    """One row a rate: its name, factor a year, interval, verdict, method, prices and models."""
    rows = []
    for rate in rates:
        estimate, window = rate.decline.estimate, rate.decline.window
        interval = estimate.interval if estimate else None
        rows.append(
            {
                "rate_of": rate.name,
                "factor_per_year": estimate.value if estimate else None,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "verdict": rate.decline.verdict.value,
                "prices": rate.decline.n,
                "models": rate.decline.n_models,
                "from_on": window.start if window else None,
                "to_on": window.end if window else None,
                "method": rate.decline.method,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _draw(captions: Captions, rates: Sequence[NamedRate], mode: Mode) -> go.Figure:
    layout = _TALL_LAYOUT if any(len(rate_text(rate.decline)) > _LONGEST_LINE for rate in rates) else _LAYOUT
    key = ("● computed here  ○ computed from prices collected by Epoch AI",)
    figure = empty_figure(captions, mode, key=key, room=layout.room(len(rates)))
    for place, rate in enumerate(reversed(rates)):
        _add_rate(figure, place, rate, layout, mode)
    figure.add_vline(x=1, line={"color": theme.grey(mode), "width": 1})
    ticks = [0.1, 1, 10, 100, 1_000, 10_000]
    figure.update_xaxes(
        type="log",
        range=[math.log10(_LOWEST), math.log10(_HIGHEST) + 0.25],
        tickvals=ticks,
        ticktext=["÷10", "no change", "10x", "100x", "1,000x", "10,000x"],
        title_text="Times cheaper a year",
    )
    hide_row_axis(figure, len(rates), layout)
    return figure


def _add_rate(figure: go.Figure, place: int, rate: NamedRate, layout: RowLayout, mode: Mode) -> None:
    estimate = rate.decline.estimate
    colour = theme.grey(mode) if rate.decline.verdict in _UNDETERMINED else theme.hue(0, mode)
    if estimate is not None and estimate.interval is not None:
        low, high = (
            min(max(end, _LOWEST), _HIGHEST) for end in (estimate.interval.low, estimate.interval.high)
        )
        figure.add_scatter(
            x=[low, high],
            y=[place, place],
            mode="lines",
            line={"color": theme.see_through(colour, 0.6), "width": 5},
            hoverinfo="skip",
        )
        if rate.decline.verdict not in _UNDETERMINED:
            figure.add_scatter(
                x=[estimate.value],
                y=[place],
                mode="markers",
                marker={
                    "color": colour,
                    "size": 11,
                    "symbol": "circle-open" if rate.published else "circle",
                    "line": {"width": 2},
                },
                hovertext=f"{rate.name}: {rate_text(rate.decline)}",
                hovertemplate="%{hovertext}<extra></extra>",
            )
    told = ("<br>" if layout is _TALL_LAYOUT else " ").join(_rate_and_interval(rate.decline))
    add_row_words(figure, place, f"{rate.name}<br><b>{told}</b>", layout, mode)


def times_text(factor: float) -> str:
    """A factor in words: 17 times cheaper, 2.2 times dearer, no change."""
    if 1 / _CHANGE < factor < _CHANGE:
        return _NO_CHANGE
    return (
        f"{factor_text(factor)} times cheaper" if factor >= 1 else f"{factor_text(1 / factor)} times dearer"
    )


def factor_text(value: float) -> str:
    """A factor with the two digits that mean something."""
    if value >= 1e6:
        return "over a million"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
