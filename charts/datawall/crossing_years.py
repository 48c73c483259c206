"""In which year training sets meet the stock of text, under several assumptions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.amounts import year_in_words
from analysis.datawall.inputs import BASE_YEAR
from analysis.results import Estimate
from charts.parts import theme
from charts.parts.figure import Captions, Chart, Footing, KeyItem, empty_figure
from charts.parts.interval_rows import IntervalRow, draw_rows, rows_room
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "crossing-years"

_LATEST = 2042.0
_SCHEMA = pl.Schema({"assumption": pl.String, "year": pl.Float64, "low": pl.Float64, "high": pl.Float64})


@dataclass(frozen=True, slots=True)
class Scenario:
    """One set of assumptions in words, its crossing year (None: there is none), and whether it is ours."""

    name: str
    estimate: Estimate | None
    computed_here: bool = True


def crossing_years(scenarios: Sequence[Scenario], title: str, footing: Footing) -> Chart:
    """Median year with its 80 % interval, a row each; hollow for figures published by others."""
    rows = scenario_rows(scenarios)
    subtitle = (
        "Median year in which the largest training set equals the stock of public human text, 80 % interval. "
        "All of it is projection."
    )
    all_told = "; ".join(
        f"{one.name}: {year_text(one.estimate, to_the_year=not one.computed_here)}" for one in scenarios
    )
    return Chart(
        name=NAME,
        title=title,
        alt=f"{title}. {all_told}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), scenarios, rows),
        rows=rows,
        how_to_read=(
            "Each row changes one assumption against the first. The bar holds the crossing in eight of ten "
            "draws; one that ends in an arrow goes on. Hollow: the figure that the paper of June 2024 gives, "
            "which mixes in a projection of compute that is not public."
        ),
        footing=footing,
    )


def _draw(captions: Captions, scenarios: Sequence[Scenario], rows: pl.DataFrame, mode: Mode) -> go.Figure:
    hue = theme.accent(mode)
    key = (KeyItem("●", "computed here", hue), KeyItem("○", "published by others", hue))
    figure = empty_figure(captions, mode, key=key, room=rows_room(rows.height))
    ends = [min(end, _LATEST) for end in (*rows["year"], *rows["high"]) if end is not None]
    last = max([*ends, 2032.0]) + 0.5
    draw_rows(figure, [_row(one, hue) for one in scenarios], (float(BASE_YEAR), last), mode)
    figure.update_xaxes(range=[BASE_YEAR, last], tickformat="d", nticks=5, tickangle=0)
    return figure


def _row(one: Scenario, hue: str) -> IntervalRow:
    estimate = one.estimate
    if estimate is None:
        return IntervalRow(one.name, "no year in<br>this century", (), None, None, hue, faint=True)
    symbol = "circle" if one.computed_here else "circle-open"
    told = f"<b>{_year(estimate.value, to_the_year=not one.computed_here)}</b>"
    if estimate.interval is None:
        return IntervalRow(one.name, told, (estimate.value,), None, None, hue, symbol)
    low, high = estimate.interval.low, estimate.interval.high
    until = "open-ended" if math.isinf(high) else f"to {math.floor(high)}"
    told += f"<br>{math.floor(low)} {until}"
    return IntervalRow(one.name, told, (estimate.value,), low, high, hue, symbol)


def scenario_rows(scenarios: Sequence[Scenario]) -> pl.DataFrame:
    """One row per scenario: assumption, year, low, high; null where no year can be given."""
    rows = []
    for one in scenarios:
        interval = one.estimate.interval if one.estimate else None
        rows.append(
            (
                one.name,
                one.estimate.value if one.estimate else None,
                interval.low if interval else None,
                interval.high if interval else None,
            )
        )
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def year_text(estimate: Estimate | None, *, with_level: bool = False, to_the_year: bool = False) -> str:
    """A crossing year with its interval in words, with its level if wished; an end not told is open.

    `to_the_year`: no part of the year is known.
    """
    if estimate is None:
        return "no year in this century"
    year = _year(estimate.value, to_the_year=to_the_year)
    if estimate.interval is None:
        return year
    low, high = math.floor(estimate.interval.low), estimate.interval.high
    named = f"{percent(estimate.interval.level)} interval " if with_level else ""
    ends = f"from {low}, open-ended" if math.isinf(high) else f"{low} to {math.floor(high)}"
    return f"{year} ({named}{ends})"


def _year(value: float, *, to_the_year: bool) -> str:
    return f"{value:.0f}" if to_the_year else year_in_words(value)
