"""Two booms laid over each other at their starts, as an index on one axis of years."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.likeness import AlignedSeries
from charts.parts import theme
from charts.parts.axes import gridlines
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "booms"
_HEIGHT: Final = 400
_DAYS_PER_YEAR: Final = 365.25
_TICKS: Final = (10, 20, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10000, 20000)
_A_DAY, _A_TENTH = 3, 1
"""Decimals: of years, which tell each day apart, and of an index of which hover texts say whole points."""


@dataclass(frozen=True, slots=True)
class _Boom:
    """One line: which boom it is of, the series that stands for it, and its levels."""

    era: str
    series: str
    levels: pl.DataFrame

    @property
    def name(self) -> str:
        """What the line is called."""
        return f"{self.series}, {self.era}"


def booms(
    then: AlignedSeries,
    now: AlignedSeries,
    names: tuple[str, str],
    footing: Footing,
    *,
    log: bool = True,
    by_month: bool = False,
) -> Chart:
    """Both indices, 100 at their starts. Needs levels.

    `names`: the series of each line, then and now. `by_month`: their values are of whole months.
    """
    title = _finding(then.levels, now.levels, names, by_month=by_month)
    kind = "in constant money" if then.is_real else "nominal"
    subtitle = (
        f"100 = {then.anchor.name} ({in_words(then.anchor.starts_on)}) and {now.anchor.name} "
        f"({in_words(now.anchor.starts_on)}); {kind}, without dividends. What came after the first boom's "
        f"same day is no forecast.{' Logarithmic: equal steps are equal factors.' if log else ''}"
    )
    both = (_Boom("then", names[0], then.levels), _Boom("now", names[1], now.levels))
    return Chart(
        NAME,
        title,
        f"{title}. {names[0]} from {in_words(then.anchor.starts_on)} and {names[1]} from "
        f"{in_words(now.anchor.starts_on)} to {when(now.levels['valid_on'][-1], by_month=by_month)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), both, log),
        pl.concat(
            [boom.levels.with_columns(boom=pl.lit(boom.era), series=pl.lit(boom.series)) for boom in both]
        ),
        "Both lines are set to 100 on the day that their boom is taken to have started. Two lines that run "
        "alike for a while say nothing of what follows: there are two booms here, and any start may be "
        "chosen, which changes the picture.",
        footing,
    )


def _draw(captions: Captions, both: tuple[_Boom, _Boom], log: bool, mode: Mode) -> go.Figure:
    # In the key, since the shorter line ends amid the other one: there is no room for a name beside it.
    colours = theme.grey(mode), theme.accent(mode)
    key = [KeyItem("━", boom.name, colour) for boom, colour in zip(both, colours, strict=True)]
    figure = empty_figure(captions, mode, key=key, room=Room(plot=_HEIGHT))
    for boom, colour, width in zip(both, colours, (1.6, 2.2), strict=True):
        years = (boom.levels["days"] / _DAYS_PER_YEAR).round(_A_DAY).to_list()
        figure.add_scatter(
            x=years,
            y=boom.levels["index"].round(_A_TENTH).to_list(),
            mode="lines",
            line={"color": colour, "width": width},
            customdata=boom.levels["valid_on"].to_list(),
            hovertemplate=f"{boom.name}<br>%{{customdata|%-d %B %Y}}: %{{y:,.0f}}<extra></extra>",
        )
    values = pl.concat([boom.levels["index"] for boom in both])
    low, high = float(values.min()) / 1.15, float(values.max()) * 1.15  # type: ignore[arg-type]  # never empty
    low = low if log else 0.0
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    axis = (
        {
            "type": "log",
            "range": [math.log10(low), math.log10(high)],
            "tickvals": ticks if len(ticks) > 1 else gridlines(math.log10(low), math.log10(high)),
        }
        if log
        else {"range": [low, high]}
    )
    figure.update_yaxes(title={"text": "start = 100"}, tickformat=",~r", **axis)
    days = pl.concat([boom.levels["days"] for boom in both])
    first, last = float(days.min()), float(days.max())  # type: ignore[arg-type]  # never empty
    figure.update_xaxes(
        title={"text": "years since the start"},
        dtick=1,
        range=[first / _DAYS_PER_YEAR - 0.05, last / _DAYS_PER_YEAR + 0.05],
    )
    figure.add_hline(y=100, line={"color": theme.faint_ink(mode), "width": 1, "dash": "dot"})
    return figure


def _finding(then: pl.DataFrame, now: pl.DataFrame, names: tuple[str, str], *, by_month: bool) -> str:
    end = now.row(-1, named=True)
    same_day = then.filter(pl.col("days") <= end["days"])
    end_on = f"{'In' if by_month else 'On'} {when(end['valid_on'], by_month=by_month)}"
    level = f"{end['index'] / 100:.2f} times its start"
    if same_day.is_empty():
        return f"{end_on}, after {end['days']:,} days, {names[1]} stood at {level}"
    return (
        f"{end_on}, after {end['days']:,} days, {names[1]} stood at {level}; in the dot-com boom {names[0]} "
        f"stood at {same_day['index'][-1] / 100:.2f} times after the same time"
    )


def when(day: date, *, by_month: bool) -> str:
    """A day in words; its month where values are of whole months."""
    return f"{day:%B %Y}" if by_month else in_words(day)
