"""Candidate growth curves through the best new models of each quarter, and where each of them leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from analysis.amounts import capital
from analysis.numeric.akaike import akaike_weights
from analysis.results import Floats, day_of, year_of
from analysis.trends.measures import Measure, Scale
from analysis.trends.scurve import NAMES, Candidate, CurveComparison, CurveVerdict
from charts.parts import theme
from charts.parts.axes import duration_axis, score_axis, score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "growth-curves"
AHEAD_YEARS: Final = 1.0

_HEIGHT: Final = 380
_POINTS: Final = 160
_DASHES: Final = (theme.FITTED, "dot", "dashdot", "longdash", "longdashdot", "3px 8px")
_REACH: Final = 0.45
"""How far a projection may leave the range of the data, as a share of it, before it is cut off."""


def growth_curves(
    comparison: CurveComparison,
    title: str,
    series: str,
    unit: str,
    footing: Footing,
    drawn: Sequence[str] = (),
) -> Chart:
    """The points that curves are fitted to, some candidates dashed, the year ahead shaded as projection.

    `series` names what is measured, `unit` is that of the values, `drawn` the candidates to draw: the best
    alone where none is named. Needs a comparison with points; below the minimum no curve is drawn, because
    none was fitted.
    """
    points = candidate_points(comparison)
    told = ", ".join(
        f"{candidate.name} {percent(weight)}"
        for candidate, weight in zip(comparison.candidates, weights_of(comparison), strict=True)
    )
    dashed = "the curves chosen" if drawn else "the curve that fits best"
    subtitle = (
        f"{capital(series)}: the three best new models of each quarter. Dashed: {dashed}. "
        "Thin: all other candidates. They are no interval: what comes may lie outside all of them."
    )
    return Chart(
        NAME,
        title,
        f"{title}. {comparison.n} points; the candidates in order of evidence are "
        f"{', '.join(candidate.name for candidate in comparison.candidates)}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), comparison, points, series, unit, drawn),
        points,
        "Each mark is one of the three best models released in a quarter, ranked among that quarter's models "
        "only. A dashed line is one family of curves at its best fit, without a choice the one with the most "
        "evidence; the percentage is its share of the evidence (AICc), not the chance that it is true. The "
        "thin lines are the "
        f"other families: {told}. Where they part, the data do not tell which is right, and what comes may "
        "lie outside all of them. A ceiling is drawn only where the data bound it.",
        footing,
    )


def _draw(
    captions: Captions,
    comparison: CurveComparison,
    points: pl.DataFrame,
    series: str,
    unit: str,
    drawn: Sequence[str],
    mode: Mode,
) -> go.Figure:
    weights = dict(zip(_names(comparison), weights_of(comparison), strict=True))
    shares = {name: f"{percent(weights[name])} of the evidence" for name in _strong(comparison, drawn)}
    key = curves_key(list(shares), mode, shares)
    figure = empty_figure(captions, mode, key=key, room=Room(plot=_HEIGHT, below=BARE_AXIS))
    end = points["released_on"].max()
    assert isinstance(end, date)
    last = day_of(year_of(end) + AHEAD_YEARS)
    add_projection(figure, end, last, mode)
    low, high = value_limits(points["value"].to_numpy(), unit)
    ends = _candidates(figure, comparison, (low, high), drawn, mode)
    _ceiling(figure, comparison, unit, mode)
    figure.add_scatter(
        x=points["released_on"].to_list(),
        y=points["value"].to_list(),
        mode="markers",
        marker={"color": theme.ink(mode), "size": 6},
        hovertext=[
            f"{in_words(day)}<br>{score_text(value, unit)}"
            for day, value in points.select("released_on", "value").iter_rows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    first = points["released_on"].min()
    figure.update_xaxes(range=[first - timedelta(days=20), last])  # type: ignore[operator]  # dates
    set_value_axis(figure, series, unit, points["value"].to_list(), (low, high))
    name_line_ends(figure, ends, low, high, mode, log=unit == "minutes", height=_HEIGHT)
    return figure


def add_projection(figure: go.Figure, start: date, end: date, mode: Mode) -> None:
    """The shade behind what no curve has seen, with its name at the bottom."""
    figure.add_vrect(x0=start, x1=end, fillcolor=theme.projection_fill(mode), line_width=0, layer="below")
    figure.add_annotation(
        x=end,
        y=0,
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        text="projection",
        showarrow=False,
        font={"size": 11, "color": theme.faint_ink(mode)},
    )


def candidate_points(comparison: CurveComparison) -> pl.DataFrame:
    """The points of the fit: released_on, value in the unit of the data, and each candidate's value there."""
    assert comparison.series is not None
    time = comparison.series.time
    fitted = {
        candidate.name: unscaled(comparison.measure, candidate.fit.at(time))
        for candidate in comparison.candidates
    }
    return pl.DataFrame(
        {
            "released_on": [day_of(year) for year in time],
            "value": unscaled(comparison.measure, comparison.series.values),
            **fitted,
        }
    )


def weights_of(comparison: CurveComparison) -> list[float]:
    """Each candidate's share of the evidence by AICc, in order."""
    deltas = np.array([candidate.delta_aicc for candidate in comparison.candidates])
    return [float(weight) for weight in akaike_weights(deltas)]


def unscaled(measure: Measure, values: Floats) -> Floats:
    """Back to the unit of the data: only horizons are fitted on another scale, in doublings."""
    return np.exp2(values) if measure.scale is Scale.LOG2 else values


def set_value_axis(
    figure: go.Figure, series: str, unit: str, values: Sequence[float], limits: tuple[float, float]
) -> None:
    """The y axis in the unit of the values: durations on a logarithmic one."""
    low, high = limits
    if unit == "minutes":
        axis = duration_axis(values, log=True, title=series)
        figure.update_yaxes(**axis | {"range": [np.log10(low), np.log10(high)]})
    else:
        figure.update_yaxes(**score_axis(unit, series, low, high))


def curve_colour(name: str, mode: Mode) -> str:
    """The colour of a family of curves, the same on all charts; dashes tell it from others of its colour."""
    return theme.apart(NAMES.index(name), mode).colour


def curve_dash(name: str) -> str:
    """How the line of a family is dashed: all are fitted, and no two alike."""
    return _DASHES[NAMES.index(name)]


def curves_key(
    names: Sequence[str], mode: Mode, notes: Mapping[str, str] = MappingProxyType({})
) -> tuple[KeyItem, ...]:
    """Which colour is which family, for those drawn, each with its note if it has one.

    A line that leaves the plot has no end to name it at, and at an end there is room for a short name alone.
    """
    return tuple(
        KeyItem("╌", f"{name}, {notes[name]}" if name in notes else name, curve_colour(name, mode))
        for name in names
    )


def short_name(name: str) -> str:
    """A family's name where there is little room."""
    return _SHORT.get(name, name)


def value_limits(values: Floats, unit: str) -> tuple[float, float]:
    """Where the y axis begins and ends, with room for projections."""
    if unit == "minutes":
        reach = np.exp(_REACH * np.log(values.max() / values.min()))
        return float(values.min() / reach**0.15), float(values.max() * reach)
    reach = _REACH * float(np.ptp(values) or 1.0)
    high = float(values.max()) + reach
    return float(values.min()) - 0.15 * reach, min(high, 1.03) if unit == "fraction" else high


def _names(comparison: CurveComparison) -> list[str]:
    return [candidate.name for candidate in comparison.candidates]


def _strong(comparison: CurveComparison, drawn: Sequence[str]) -> list[str]:
    """The candidates that are not thin: those chosen, else the one with the most evidence."""
    names = _names(comparison)
    return [name for name in names if name in drawn] or names[:1]


def _candidates(
    figure: go.Figure,
    comparison: CurveComparison,
    limits: tuple[float, float],
    drawn: Sequence[str],
    mode: Mode,
) -> list[LineEnd]:
    """The candidates to draw dashed, over thin lines of all others; returns the ends of the former."""
    assert comparison.series is not None
    if not comparison.candidates:
        return []
    start, end = float(comparison.series.time.min()), float(comparison.series.time.max())
    time = np.linspace(start, end + AHEAD_YEARS, _POINTS)
    days = [day_of(year) for year in time]
    paths = np.array(
        [
            np.clip(unscaled(comparison.measure, candidate.fit.at(time)), *limits)
            for candidate in comparison.candidates
        ]
    )
    told = list(zip(comparison.candidates, paths, strict=True))
    shown = _strong(comparison, drawn)
    for candidate, path in told:
        if candidate.name not in shown:
            figure.add_scatter(
                x=days,
                y=path.tolist(),
                mode="lines",
                line={"color": theme.grey(mode), "width": 1, "dash": curve_dash(candidate.name)},
                name=candidate.name,
                hovertemplate=f"{candidate.name}<extra></extra>",
            )
    ends = []
    for candidate, path in told:
        if candidate.name not in shown:
            continue
        colour = curve_colour(candidate.name, mode)
        figure.add_scatter(
            x=days,
            y=path.tolist(),
            mode="lines",
            line={"color": colour, "width": 2.4, "dash": curve_dash(candidate.name)},
            hoverinfo="skip",
        )
        ends.append(LineEnd(days[-1], float(path[-1]), short_name(candidate.name), colour))
    return ends


def _ceiling(figure: go.Figure, comparison: CurveComparison, unit: str, mode: Mode) -> None:
    """The ceiling of the best candidate with its interval, only where it is told."""
    best: Candidate | None = comparison.candidates[0] if comparison.candidates else None
    if best is None or best.ceiling is None or best.ceiling.interval is None:
        return
    if comparison.verdict is not CurveVerdict.SATURATING:
        return
    low, value, high = (
        float(unscaled(comparison.measure, np.array([end]))[0])
        for end in (best.ceiling.interval.low, best.ceiling.value, best.ceiling.interval.high)
    )
    figure.add_hrect(y0=low, y1=high, fillcolor=theme.faint(theme.accent(mode), 0.15, mode), line_width=0)
    figure.add_annotation(
        x=0.01,
        xref="paper",
        y=np.log10(value) if unit == "minutes" else value,
        text=f"ceiling {score_text(value, unit)} ({score_text(low, unit)} to {score_text(high, unit)})",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": 11, "color": theme.ink(mode)},
    )


_SHORT: Final = {
    "line with one break": "one break",
    "logistic to the known ceiling": "to ceiling",
}
