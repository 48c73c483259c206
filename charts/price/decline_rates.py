"""How many times cheaper a year: rates of price decline side by side, each with its 90 % interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import factor_text
from analysis.price.decline import PriceDecline, PriceVerdict
from charts.parts import theme
from charts.parts.axes import factor_label
from charts.parts.figure import Captions, Chart, Footing, KeyItem, empty_figure
from charts.parts.interval_rows import IntervalRow, draw_rows, rows_room
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

_LOWEST, _HIGHEST = 0.1, 5_000.0
"""Ends of the axis; an interval that goes on past an end is cut off there and its numbers say so."""

_CHANGE: Final = 1.05
"""Below this factor, either way, two digits would say "1 times", so it is no change."""

_NO_CHANGE: Final = "no change"

_UNDETERMINED: Final = (PriceVerdict.UNDETERMINED, PriceVerdict.FALLING_RATE_UNDETERMINED)
_NO_RATE: Final = (*_UNDETERMINED, PriceVerdict.NO_CHANGE_TOLD)


def decline_rates(
    name: str, rates: Mapping[str, PriceDecline], title: str, subtitle: str, footing: Footing
) -> Chart:
    """One row a rate on a logarithmic axis of factors a year; undetermined rates have no mark, only a bar.

    name   the chart's fixed word
    rates  by what each is of
    """
    shown = f"{subtitle} Right of 1: cheaper each year. Each gridline is 10x."
    told = "; ".join(f"{of}: {rate_text(rate)}" for of, rate in rates.items())
    return Chart(
        name,
        title,
        f"{title}. {told}.",
        partial(_draw, Captions(name, title, shown, footing), rates),
        rate_rows(rates),
        "Each bar is the 90 % interval of one rate: how many times less the same capability costs after a "
        "year. Where the ends of a bar are more than a factor of 30 apart the data tell a direction at most, "
        "so no single rate is marked. A bar that ends in an arrow goes on beyond the plot.",
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
    if decline.verdict in _NO_RATE:
        return [decline.verdict.value, f"(90 % interval {ends}{' times cheaper' if plain else ''})"]
    told = times_text(decline.estimate.value)
    rate = told if told == _NO_CHANGE else f"{told} a year"
    return [rate, f"(90 % interval {ends})"]


def rate_rows(rates: Mapping[str, PriceDecline]) -> pl.DataFrame:
    """One row a rate: its name, factor a year, interval, verdict, method, prices and models."""
    rows = []
    for of, rate in rates.items():
        estimate, window = rate.estimate, rate.window
        interval = estimate.interval if estimate else None
        rows.append(
            {
                "rate_of": of,
                "factor_per_year": estimate.value if estimate else None,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "verdict": rate.verdict.value,
                "prices": rate.n,
                "models": rate.n_models,
                "from_on": window.start if window else None,
                "to_on": window.end if window else None,
                "method": rate.method,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _draw(captions: Captions, rates: Mapping[str, PriceDecline], mode: Mode) -> go.Figure:
    key = (KeyItem("○", "computed from prices collected by Epoch AI", theme.accent(mode)),)
    figure = empty_figure(captions, mode, key=key, room=rows_room(len(rates)))
    draw_rows(figure, [_row(of, rate, mode) for of, rate in rates.items()], (_LOWEST, _HIGHEST), mode)
    figure.add_vline(x=1, line={"color": theme.grey(mode), "width": 1})
    figure.update_xaxes(
        type="log",
        range=[math.log10(_LOWEST), math.log10(_HIGHEST)],
        tickvals=[0.1, 1, 10, 100],
        ticktext=[factor_label(times) for times in (0.1, 1, 10, 100)],
        tickangle=0,
        title_text="times cheaper a year",
    )
    return figure


def _row(of: str, rate: PriceDecline, mode: Mode) -> IntervalRow:
    """The rate with its interval in two short lines; no mark and no single number if undetermined."""
    estimate, faint = rate.estimate, rate.verdict in _UNDETERMINED
    interval = estimate.interval if estimate else None
    if estimate is None or interval is None:
        return IntervalRow(of, "too few prices", (), None, None, theme.accent(mode), faint=True)
    ends = f"{_short(interval.low)} to {_short(interval.high)}"
    told = "not determined" if faint else f"<b>{_short(estimate.value)}</b>"
    return IntervalRow(
        of,
        f"{told}<br>{ends}",
        () if faint else (estimate.value,),
        interval.low,
        interval.high,
        theme.accent(mode),
        "circle-open",
        faint,
    )


def _short(factor: float) -> str:
    """A factor for a narrow column: 16x, 0.4x, >10,000x."""
    return f">{factor_label(_HIGHEST)}" if factor > _HIGHEST else factor_label(factor)


def times_text(factor: float) -> str:
    """A factor in words: 17 times cheaper, 2.2 times dearer, no change."""
    if 1 / _CHANGE < factor < _CHANGE:
        return _NO_CHANGE
    return (
        f"{factor_text(factor)} times cheaper" if factor >= 1 else f"{factor_text(1 / factor)} times dearer"
    )
