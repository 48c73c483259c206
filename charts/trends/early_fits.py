"""What curves fitted on an earlier day had predicted for the following year, beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from analysis.amounts import capital
from analysis.results import day_of, year_of
from analysis.trends.early_fit import EarlyCandidate, EarlyFit
from charts.parts import theme
from charts.parts.axes import score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.theme import Mode
from charts.trends.growth_curves import (
    add_projection,
    curve_colour,
    curve_dash,
    curves_key,
    set_value_axis,
    short_name,
    unscaled,
    value_limits,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "early-fits"
_HEIGHT: Final = 360
_POINTS: Final = 120


def early_fits(
    found: EarlyFit, title: str, series: str, unit: str, footing: Footing, drawn: Sequence[str]
) -> Chart:
    """Points before and after the day, and the candidates `drawn` as they were fitted then."""
    subtitle = (
        f"{capital(series)}: curves fitted to what had been released by {in_words(found.on)}, "
        f"and carried on to {in_words(found.until)} (shaded). Hollow: what came, which no curve had seen."
    )
    rows = pl.concat(
        [
            found.before.with_columns(part=pl.lit("fitted")),
            found.after.with_columns(part=pl.lit("came after")),
        ]
    )
    return Chart(
        NAME,
        title,
        f"{title}. {found.before.height} points were fitted, {found.after.height} came in the year after.",
        partial(_draw, Captions(NAME, title, subtitle, footing), found, series, unit, tuple(drawn)),
        rows.select("part", "released_on", "value"),
        "Look at the shaded year only: left of it every curve was drawn through the points. A curve that "
        "came close once may have been lucky; the table of all such days says how each fared on the whole.",
        footing,
    )


def _draw(
    captions: Captions, found: EarlyFit, series: str, unit: str, drawn: tuple[str, ...], mode: Mode
) -> go.Figure:
    names = [one.name for one in found.candidates if one.name in drawn]
    key = (KeyItem("●", "fitted"), KeyItem("○", "came after"), *curves_key(names, mode))
    figure = empty_figure(captions, mode, key=key, room=Room(plot=_HEIGHT, below=BARE_AXIS))
    add_projection(figure, found.on, found.until, mode)
    values = [*found.before["value"].to_list(), *found.after["value"].to_list()]
    low, high = value_limits(np.asarray(values, dtype=np.float64), unit)
    shown = [one for one in found.candidates if one.name in drawn]
    ends = [_line(figure, found, one, (low, high), mode) for one in shown]
    for rows, symbol in ((found.before, "circle"), (found.after, "circle-open")):
        figure.add_scatter(
            x=rows["released_on"].to_list(),
            y=rows["value"].to_list(),
            mode="markers",
            marker={"color": theme.ink(mode), "size": 6, "symbol": symbol},
            hovertext=[
                f"{in_words(day)}<br>{score_text(value, unit)}"
                for day, value in rows.select("released_on", "value").iter_rows()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    first = found.before["released_on"][0]
    figure.update_xaxes(range=[first - timedelta(days=20), found.until])
    set_value_axis(figure, series, unit, values, (low, high))
    name_line_ends(figure, ends, low, high, mode, log=unit == "minutes", height=_HEIGHT)
    return figure


def _line(
    figure: go.Figure, found: EarlyFit, candidate: EarlyCandidate, limits: tuple[float, float], mode: Mode
) -> LineEnd:
    at = np.linspace(year_of(found.before["released_on"][0]), year_of(found.until), _POINTS)
    with np.errstate(over="ignore"):
        path = np.clip(unscaled(found.measure, candidate.fit.at(at)), *limits)
    colour = curve_colour(candidate.name, mode)
    figure.add_scatter(
        x=[day_of(year) for year in at],
        y=path.tolist(),
        mode="lines",
        line={"color": colour, "width": 2, "dash": curve_dash(candidate.name)},
        hoverinfo="skip",
    )
    return LineEnd(found.until, float(path[-1]), short_name(candidate.name), colour)
