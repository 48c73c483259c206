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
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "horizons-by-suite"
LOWEST: Final = 1.0
"""Minutes below which nothing is drawn: those models could not act at all."""
_MOST_NAMES: Final = 7


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
        "Suites hold different tasks, so a model's two horizons differ: never read across colours. Near the "
        "end of a suite there are few long tasks left, and the intervals grow. "
        "Models below a minute are left out.",
        footing,
    )


def _draw(captions: Captions, suites: tuple[tuple[str, RecordsOnTest], ...], mode: Mode) -> go.Figure:
    key = tuple(
        KeyItem("●", name, theme.ordered(place, len(suites), mode)) for place, (name, _) in enumerate(suites)
    )
    figure = empty_figure(captions, mode, key=key, room=Room(plot=380, below=BARE_AXIS))
    ends: list[float] = []
    for place, (name, found) in enumerate(suites):
        colour = theme.ordered(place, len(suites), mode)
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
            marker={"color": colour, "size": 8, "line": {"width": 1, "color": theme.paper(mode)}},
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
    _name_records(figure, [found for _, found in suites], span, mode)
    return figure


def _name_records(
    figure: go.Figure, suites: Sequence[RecordsOnTest], span: tuple[float, float], mode: Mode
) -> None:
    """The models that held the record: the last of each suite first, then the others, newest first."""
    models = pl.concat(found.models for found in suites).filter(pl.col("value") >= LOWEST)
    first, last = models["released_on"].min(), max(found.until for found in suites)
    assert isinstance(first, date)
    days = (last - first).days or 1
    edge = timedelta(days=max(days // 25, 3))
    figure.update_xaxes(range=[first - edge, last + edge])
    held = pl.concat(
        found.models.filter(pl.col("model_id").is_in(found.steps["model_id"].to_list()))
        .sort("released_on", descending=True)
        .with_row_index("turn")
        for found in suites
    ).filter(pl.col("value") >= LOWEST)
    named = held.sort(pl.col("turn") > 0, pl.col("released_on"), descending=[False, True]).head(_MOST_NAMES)

    def within(rows: pl.DataFrame) -> list[tuple[float, float]]:
        left, width = first - edge, (last - first) + 2 * edge
        return [
            ((day - left) / width, (math.log10(value) - span[0]) / (span[1] - span[0]))
            for day, value in rows.select("released_on", "value").iter_rows()
        ]

    add_labels(
        figure,
        named["released_on"].to_list(),
        [math.log10(value) for value in named["value"]],
        named["title"].to_list(),
        within(named),
        mode,
        Around(Corner.UPPER_LEFT, others=within(models)),
    )


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
