"""METR's time horizons by suite: each suite is a series of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.agents.records import RecordsOnTest
from charts.parts import theme
from charts.parts.axes import duration_axis, score_text
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "horizons-by-suite"
LOWEST: Final = 1.0
"""Minutes below which nothing is drawn: those models could not act at all."""
_DAY_OF_WORK: Final = 480.0
"""Minutes."""
_ABOVE: Final = {"xanchor": "right", "xshift": -34, "yshift": 24}
_BELOW: Final = {"xanchor": "center", "xshift": 12, "yshift": -112}
"""Where a name stands from its mark, in pixels: below, past its interval and the weaker models."""


def horizons_by_suite(suites: Sequence[tuple[str, RecordsOnTest]], title: str, footing: Footing) -> Chart:
    """The models of each suite (name and records) with their intervals, and the best so far as steps.

    Each suite needs a model from `LOWEST` on.
    """
    subtitle = (
        "Length of the tasks, by the time that people need, that a model completes half the time (METR), by "
        "release day. Lines: 95 % intervals of METR; steps: the best so far. Logarithmic."
    )
    rows = pl.concat(found.models for _, found in suites).filter(pl.col("value") >= LOWEST)
    told = "; ".join(
        f"{name}: {score_text(found.best['value'], 'minutes')} by {found.best['title']}"
        for name, found in suites
    )
    return Chart(
        NAME,
        title,
        f"{title}. The longest: {told}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(suites)),
        rows,
        "A horizon of an hour means that the model completes half of the tasks that take people an hour. "
        "Suites hold different tasks, so a model's two horizons differ: never read across shapes. Near the "
        "end of a suite there are few long tasks left, and the intervals grow. "
        "Models below a minute are left out.",
        footing,
    )


def _draw(captions: Captions, suites: tuple[tuple[str, RecordsOnTest], ...], mode: Mode) -> go.Figure:
    looks = [theme.apart(place, mode) for place in range(len(suites))]
    key = tuple(KeyItem(look.sign, name, look.colour) for look, (name, _) in zip(looks, suites, strict=True))
    figure = empty_figure(captions, mode, key=key, room=Room(plot=380, below=BARE_AXIS))
    ends: list[float] = []
    for look, (name, found) in zip(looks, suites, strict=True):
        colour = look.colour
        models = found.models.filter(pl.col("value") >= LOWEST)
        _add_intervals(figure, models, theme.faint(colour, 0.4, mode))
        steps = found.steps.filter(pl.col("value") >= LOWEST)
        figure.add_scatter(
            x=[*steps["from_on"].to_list(), found.until],
            y=[*steps["value"].to_list(), steps["value"][-1]],
            mode="lines",
            line={"color": colour, "width": 2, "shape": "hv"},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=models["released_on"].to_list(),
            y=models["value"].to_list(),
            mode="markers",
            marker={
                "color": colour,
                "size": 8,
                "symbol": look.symbol,
                "line": {"width": 1, "color": theme.paper(mode)},
            },
            customdata=models["model_id"].to_list(),
            hovertext=[
                f"<b>{row['title']}</b>, {name}<br>{score_text(row['value'], 'minutes')}<br>"
                f"released {in_words(row['released_on'])}"
                for row in models.iter_rows(named=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        ends += [
            value
            for column in ("value", "low", "high")
            for value in models[column].drop_nulls().to_list()
            if value >= LOWEST
        ]
    axis = duration_axis(ends, log=True, title="Time horizon")
    span = math.log10(LOWEST), math.log10(max(ends)) + 0.1
    figure.update_yaxes(**axis | {"range": list(span)})
    figure.update_xaxes(range=_days(suites))
    _name_records(figure, [found for _, found in suites], mode)
    return figure


def _days(suites: tuple[tuple[str, RecordsOnTest], ...]) -> list[date]:
    """From the first model that is drawn to the last, with an edge."""
    drawn = pl.concat(found.models for _, found in suites).filter(pl.col("value") >= LOWEST)
    first, last = drawn["released_on"].min(), max(found.until for _, found in suites)
    assert isinstance(first, date)
    edge = timedelta(days=max(((last - first).days or 1) // 25, 3))
    return [first - edge, last + edge]


def _name_records(figure: go.Figure, suites: Sequence[RecordsOnTest], mode: Mode) -> None:
    """The longest of each suite and the first beyond a day's work, away from the crowd of marks.

    A line ties each name to its mark in the browser. What the newest suite measures lies highest, so its
    names stand above on the left, those of older ones below.
    """
    newest = suites[-1]
    for found in suites:
        for row in _told(found).iter_rows(named=True):
            figure.add_annotation(
                x=row["released_on"],
                y=math.log10(row["value"]),
                text=row["title"],
                showarrow=False,
                yanchor="middle",
                font={"size": 11, "color": theme.ink(mode)},
                bgcolor=theme.see_through(theme.paper(mode), 0.7),
                borderpad=0,
                **(_ABOVE if found is newest else _BELOW),
            )


def _told(found: RecordsOnTest) -> pl.DataFrame:
    """The models of a suite that are named, the longest first."""
    held = found.models.filter(
        pl.col("model_id").is_in(found.steps["model_id"].to_list()), pl.col("value") >= LOWEST
    ).sort("value", descending=True)
    beyond = held.filter(pl.col("value") >= _DAY_OF_WORK).tail(1)
    return pl.concat([held.head(1), beyond]).unique("model_id", keep="first", maintain_order=True)


def _add_intervals(figure: go.Figure, models: pl.DataFrame, colour: str) -> None:
    known = models.drop_nulls(["low", "high"])
    figure.add_scatter(
        x=[value for day in known["released_on"] for value in (day, day, None)],
        y=[
            end
            for low, high in known.select("low", "high").iter_rows()
            for end in (max(low, LOWEST), high, None)
        ],
        mode="lines",
        line={"color": colour, "width": 1.5},
        hoverinfo="skip",
    )
