"""Training sets against the stock of public human text: observed, projected, and when they meet."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from analysis.amounts import large_amount, year_in_words
from analysis.datawall.crossing import LAST_YEAR, WallForecast
from analysis.datawall.inputs import BASE_YEAR
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "data-wall"

_FIRST_YEAR: Final = 2010.0
_LAST_DRAWN: Final = 2040.0
_LABELLED: Final = 4
_POWERS: Final = {
    6: "1 million",
    7: "10 million",
    8: "100 million",
    9: "1 billion",
    10: "10 billion",
    11: "100 billion",
    12: "1 trillion",
    13: "10 trillion",
    14: "100 trillion",
    15: "1,000 trillion",
    16: "10,000 trillion",
}
_RANGE: Final = (6.0, 16.3)
_NEWER: Final = "triangle-up"
"""No shape that elsewhere says whether weights are open."""


def data_wall(forecast: WallForecast, sets: pl.DataFrame, title: str, footing: Footing) -> Chart:
    """Sizes of training sets by date, the projected largest set and the stock as bands, the years of meeting.

    `sets`: collection ('paper' for those the growth rests on, 'newer'), title, published_on, tokens.
    """
    fitted_until = f", {in_words(forecast.window.end)}" if forecast.window else ""
    subtitle = (
        "Tokens of text, logarithmic. Marks: observed training sets. Dashed: projected, with 80 % bands. "
        f"Shaded: after the last set that the growth is fitted to{fitted_until}; newer sets are observed, "
        "too."
    )
    return Chart(
        name=NAME,
        title=title,
        alt=f"{title}. {sets.height} training sets from {_day(sets, 'min')} to {_day(sets, 'max')}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), forecast, sets),
        rows=sets,
        how_to_read=(
            "Each mark is one training set at the date of its model; each gridline of the left axis is ten "
            "times the one below. The dashed line from 2024 on starts at the stated "
            "size of the largest set and grows as the sets of the past did; no newer set moves it. Where it "
            "meets the stock of text, the largest set would need all of it. The projection is of text alone: "
            "private, synthetic and other data are not in it."
        ),
        footing=footing,
    )


def _draw(captions: Captions, forecast: WallForecast, sets: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, key=_key(mode), room=Room(left=92))
    last = _last_year(forecast)
    figure.add_vrect(
        x0=_year_of(forecast.window.end + timedelta(days=1)) if forecast.window else BASE_YEAR,
        x1=last,
        fillcolor=theme.projection_fill(mode),
        line_width=0,
        layer="below",
    )
    _as_of(figure, captions.footing.as_of, last, mode)
    paths = forecast.paths.filter(pl.col("year") <= last)
    _band(figure, paths, "stock", theme.ink(mode), mode)
    if paths["demand"].null_count() == 0:
        _band(figure, paths, "demand", theme.accent(mode), mode)
    _marks(figure, sets.filter(collection="paper"), theme.grey(mode), "circle", mode)
    _marks(figure, sets.filter(collection="newer"), theme.accent(mode), _NEWER, mode)
    _name_stock(figure, paths, mode)
    _meeting(figure, forecast, last, mode)
    figure.update_xaxes(range=[_FIRST_YEAR, last], title_text="Calendar year", tickformat="d")
    figure.update_yaxes(
        type="log",
        range=list(_RANGE),
        tickvals=[10**power for power in _POWERS],
        ticktext=list(_POWERS.values()),
        title_text="",
    )
    _labels(figure, sets, last, mode)
    return figure


def _key(mode: Mode) -> tuple[KeyItem, ...]:
    return (
        KeyItem("●", "training sets of the paper, to which the growth is fitted", theme.grey(mode)),
        KeyItem("▲", "newer sets, not in the fit", theme.accent(mode)),
        KeyItem("╍", "largest training set, projected", theme.accent(mode)),
    )


def _year_of(day: date) -> float:
    """A day as a calendar year with its fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _last_year(forecast: WallForecast) -> float:
    interval = forecast.estimate.interval if forecast.estimate else None
    latest = interval.high if interval and interval.high < LAST_YEAR else 2034.0
    return min(_LAST_DRAWN, max(2034.0, math.ceil(latest) + 1))


def _band(figure: go.Figure, paths: pl.DataFrame, name: str, colour: str, mode: Mode) -> None:
    years = paths["year"].to_list()
    figure.add_scatter(
        x=[*years, *reversed(years)],
        y=[*paths[f"{name}_high"].to_list(), *reversed(paths[f"{name}_low"].to_list())],
        fill="toself",
        fillcolor=theme.faint(colour, 0.2, mode),
        line={"width": 0},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=years,
        y=paths[name].to_list(),
        mode="lines",
        line={"color": colour, "width": 2, "dash": theme.FITTED},
        hovertext=[
            f"{year}: {tokens_in_words(value)}" for year, value in paths.select("year", name).iter_rows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _marks(figure: go.Figure, sets: pl.DataFrame, colour: str, symbol: str, mode: Mode) -> None:
    figure.add_scatter(
        x=[_year_of(day) for day in sets["published_on"]],
        y=sets["tokens"].to_list(),
        mode="markers",
        marker={
            "color": colour,
            "symbol": symbol,
            "size": 8,
            "line": {"width": 1, "color": theme.paper(mode)},
        },
        hovertext=[
            f"<b>{title}</b><br>{in_words(day)}<br>{tokens_in_words(tokens)}"
            for title, day, tokens in sets.select("title", "published_on", "tokens").iter_rows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _meeting(figure: go.Figure, forecast: WallForecast, last: float, mode: Mode) -> None:
    if forecast.estimate is None or forecast.estimate.interval is None or forecast.estimate.value > last:
        return
    median, interval = forecast.estimate.value, forecast.estimate.interval
    figure.add_vrect(
        x0=interval.low,
        x1=min(interval.high, last),
        fillcolor=theme.faint(theme.grey(mode), 0.16, mode),
        line_width=0,
        layer="below",
    )
    figure.add_vline(x=median, line={"color": theme.grey(mode), "width": 1.5, "dash": theme.FITTED})
    height = _at(forecast.paths, "stock", median)
    figure.add_scatter(
        x=[median],
        y=[height],
        mode="markers",
        marker={"color": theme.ink(mode), "symbol": "x-thin-open", "size": 10, "line": {"width": 2}},
        hovertemplate=f"crossing, {year_in_words(median)}<extra></extra>",
    )
    _note(figure, median, math.log10(height), f"crossing,<br>{year_in_words(median)}", mode, shift=(8, -8))


def _at(paths: pl.DataFrame, name: str, year: float) -> float:
    """The height of a path at a year, straight on the logarithmic axis from one row to the next."""
    return float(10 ** np.interp(year, paths["year"].to_numpy(), paths[name].log10().to_numpy()))


def _name_stock(figure: go.Figure, paths: pl.DataFrame, mode: Mode) -> None:
    """The line of the stock by its name, left of where it begins: there is nothing else as high."""
    year, stock = paths.row(0, named=True)["year"], paths["stock"][0]
    _note(figure, year, math.log10(stock), "stock of public<br>human text", mode, shift=(-6, 0), right=False)


def _as_of(figure: go.Figure, day: date, last: float, mode: Mode) -> None:
    """The day that the page speaks of: what is marked right of it nobody can have seen."""
    year = _year_of(day)
    if not _FIRST_YEAR < year < last:
        return
    figure.add_vline(x=year, line={"color": theme.grey(mode), "width": 1})
    _note(figure, year, _RANGE[0], f"{day:%b %Y}", mode, shift=(4, 10))


def _note(
    figure: go.Figure,
    year: float,
    height: float,
    text: str,
    mode: Mode,
    *,
    shift: tuple[int, int],
    right: bool = True,
) -> None:
    """Words beside a place, right or left of it; `height` in powers of ten, `shift` in pixels."""
    figure.add_annotation(
        x=year,
        y=height,
        xanchor="left" if right else "right",
        yanchor="top" if shift[1] < 0 else "middle",
        xshift=shift[0],
        yshift=shift[1],
        align="left" if right else "right",
        text=text,
        showarrow=False,
        font={"size": 11, "color": theme.ink(mode)},
        bgcolor=theme.see_through(theme.paper(mode), 0.7),
        borderpad=0,
    )


def _labels(figure: go.Figure, sets: pl.DataFrame, last: float, mode: Mode) -> None:
    """Direct labels: the largest sets of both collections, and GPT-3's, which people know."""
    largest = sets.sort("tokens", descending=True).head(_LABELLED)
    known = sets.filter(pl.col("title").str.starts_with("GPT-3 "))
    named = pl.concat([largest, known]).unique("title", maintain_order=True)
    years = [_year_of(day) for day in named["published_on"]]
    heights = [math.log10(tokens) for tokens in named["tokens"]]
    within = [
        ((year - _FIRST_YEAR) / (last - _FIRST_YEAR), (height - _RANGE[0]) / (_RANGE[1] - _RANGE[0]))
        for year, height in zip(years, heights, strict=True)
    ]
    add_labels(figure, years, heights, named["title"].to_list(), within, mode, Around(Corner.UPPER_LEFT))


def tokens_in_words(tokens: float) -> str:
    """A number of tokens as people say it: 320 trillion tokens."""
    return f"{large_amount(tokens, 2)} tokens"


def _day(sets: pl.DataFrame, end: str) -> str:
    days = sets["published_on"].to_list()
    return in_words(min(days) if end == "min" else max(days)) if days else "no day"
