"""All models by release date, and the fitted frontier with its slope before and after the knot."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from analysis.amounts import capital
from analysis.capability.frontier import BestSoFar
from analysis.results import Interval, year_of, years
from analysis.trends.trend import FrontierTrend
from charts.parts import theme
from charts.parts.axes import duration_axis, score_axis, score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import RELEASED, add_labels, add_models, add_whiskers, model_key
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "frontier-slopes"

_STEPS: Final = 60


def frontier_slopes_chart(
    trend: FrontierTrend,
    models: pl.DataFrame,
    best: BestSoFar,
    title: str,
    series: str,
    unit: str,
    footing: Footing,
) -> Chart:
    """Each model at its release date, and dashed the fitted 0.9 quantile with the range of its two slopes.

    `models`: model_id, title, organization, released_on, value, low, high, open_weights, reported_by.
    `title` is the finding, `series` names what is measured, `unit` is that of the values.
    """
    drawn = models.filter(pl.col("released_on").is_between(trend.window.start, trend.window.end))
    captions = Captions(NAME, title, _subtitle(trend, series), footing)
    return Chart(
        NAME,
        title,
        f"{title}. {drawn.height} models released from {in_words(trend.window.start)} to "
        f"{in_words(trend.window.end)}; the recent window begins on {in_words(trend.knot_on)}.",
        partial(_draw, captions, trend, drawn, best, series, unit),
        drawn,
        "Each mark is a model at the day it was released. The dashed line is the fitted frontier: nine of "
        "ten models lie below it. It is fitted to all models, never to the records alone, and may bend only "
        "where the shaded recent window begins. The wedges show the 90 % intervals of the two slopes, drawn "
        "from the fitted level at that day.",
        footing,
    )


def _draw(
    captions: Captions,
    trend: FrontierTrend,
    drawn: pl.DataFrame,
    best: BestSoFar,
    series: str,
    unit: str,
    mode: Mode,
) -> go.Figure:
    figure = empty_figure(captions, mode, key=model_key(drawn, mode), room=Room(below=BARE_AXIS))
    figure.add_vrect(
        x0=trend.knot_on,
        x1=trend.window.end,
        fillcolor=theme.faint(theme.accent(mode), 0.06, mode),
        line_width=0,
        layer="below",
    )
    if unit != "fraction":
        add_whiskers(figure, drawn, "released_on", "low", "high", mode)
    add_models(figure, drawn, "released_on", "value", _hover(drawn, unit), mode, size=7, below=RELEASED)
    if trend.slopes is not None:
        _fan(figure, trend, mode)
        _line(figure, trend, mode)
    low, high = _limits(drawn, unit)
    span = (trend.window.start - timedelta(days=15), trend.window.end + timedelta(days=45))
    figure.update_xaxes(range=list(span))
    _value_axis(figure, series, unit, low, high)
    _label_records(figure, best, drawn, span, (low, high), unit, mode)
    return figure


def _subtitle(trend: FrontierTrend, series: str) -> str:
    months = round(trend.recent_years * 12)
    words = f"{capital(series)} by release date. Shaded: the last {months} months."
    if trend.slopes is None:
        return words
    return (
        f"{words} Dashed: the fitted frontier, below which nine of ten models lie; wedges: 90 % intervals of "
        "its slopes."
    )


def _line(figure: go.Figure, trend: FrontierTrend, mode: Mode) -> None:
    days = _days(trend.window.start, trend.window.end)
    figure.add_scatter(
        x=days.to_list(),
        y=_gaps(trend.frontier_on(days)),
        mode="lines",
        line={"color": theme.ink(mode), "width": 2.5, "dash": theme.FITTED},
        hoverinfo="skip",
    )


def _fan(figure: go.Figure, trend: FrontierTrend, mode: Mode) -> None:
    assert trend.slopes is not None
    sides = [(trend.slopes.recent.interval, trend.knot_on, trend.window.end)]
    if trend.earlier_told and trend.slopes.earlier is not None:
        sides.append((trend.slopes.earlier.interval, trend.window.start, trend.knot_on))
    for interval, start, end in sides:
        if interval is not None:
            _wedge(figure, trend, interval, start, end, mode)


def _wedge(
    figure: go.Figure, trend: FrontierTrend, slope: Interval, start: date, end: date, mode: Mode
) -> None:
    assert trend.slopes is not None
    days = _days(start, end)
    since_knot = years(days) - year_of(trend.knot_on)
    ends = [
        trend.measure.unscaled(trend.slopes.level_at_knot + side * since_knot)
        for side in (slope.low, slope.high)
    ]
    figure.add_scatter(
        x=[*days.to_list(), *reversed(days.to_list())],
        y=[*ends[0].tolist(), *reversed(ends[1].tolist())],
        fill="toself",
        fillcolor=theme.faint(theme.accent(mode), 0.22, mode),
        line={"width": 0},
        hoverinfo="skip",
    )


def _days(start: date, end: date) -> pl.Series:
    every = max((end - start).days // _STEPS, 1)
    days = pl.date_range(start, end, f"{every}d", eager=True)
    return pl.concat([days, pl.Series([end])]) if days[-1] != end else days


def _gaps(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _limits(drawn: pl.DataFrame, unit: str) -> tuple[float, float]:
    """Range of the y axis in its unit, whole whiskers in it; of a logarithmic one in powers of ten."""
    names = ["value"] if unit == "fraction" else ["value", "low", "high"]
    values = pl.concat([drawn[name].cast(pl.Float64) for name in names]).drop_nulls().to_numpy()
    if unit == "minutes":
        values = np.log10(values[values > 0])
    pad = 0.04 * (float(np.ptp(values)) or 1.0)
    return float(values.min()) - pad, float(values.max()) + 1.6 * pad


def _value_axis(figure: go.Figure, series: str, unit: str, low: float, high: float) -> None:
    if unit == "minutes":
        figure.update_yaxes(
            **duration_axis([10**low, 10**high], log=True, title=series) | {"range": [low, high]}
        )
    else:
        figure.update_yaxes(**score_axis(unit, series, low, high))


def _label_records(
    figure: go.Figure,
    best: BestSoFar,
    drawn: pl.DataFrame,
    span: tuple[date, date],
    limits: tuple[float, float],
    unit: str,
    mode: Mode,
) -> None:
    """Names of the record holders: the newest first, then by how much they gained."""
    records = best.steps.join(drawn.select("model_id", "title"), on="model_id").sort("from_on")
    records = pl.concat([records.tail(1), records.head(-1).sort("gain", descending=True, nulls_last=True)])
    heights = [float(np.log10(value)) if unit == "minutes" else value for value in records["value"]]
    add_labels(
        figure,
        records["from_on"].to_list(),
        heights,
        records["title"].to_list(),
        [
            ((day - span[0]) / (span[1] - span[0]), (height - limits[0]) / (limits[1] - limits[0]))
            for day, height in zip(records["from_on"], heights, strict=True)
        ],
        mode,
        Around(
            Corner.UPPER_LEFT,
            others=[
                (
                    (day - span[0]) / (span[1] - span[0]),
                    ((float(np.log10(value)) if unit == "minutes" else value) - limits[0])
                    / (limits[1] - limits[0]),
                )
                for day, value in drawn.select("released_on", "value").drop_nulls().iter_rows()
            ],
            may_cover=False,
        ),
    )


def _hover(models: pl.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{row['organization'] or 'maker not known'}<br>"
        f"{score_text(row['value'], unit)}"
        for row in models.iter_rows(named=True)
    ]
