"""In which year training sets meet the stock of text, under several assumptions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from analysis.datawall.inputs import BASE_YEAR
from analysis.results import Estimate
from charts.parts.figure import Captions, Chart, Footing, empty_figure
from charts.parts.labelled_rows import RowLayout, add_row_estimate, add_row_words, hide_row_axis
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "crossing-years"

_LAYOUT = RowLayout(height=46)
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
    all_told = "; ".join(f"{one.name}: {year_text(one.estimate)}" for one in scenarios)
    return Chart(
        name=NAME,
        title=title,
        alt=f"{title}. {all_told}.",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), scenarios, rows),
        rows=rows,
        how_to_read=(
            "Each row changes one assumption against the first. The bar holds the crossing in eight of ten "
            "draws. Hollow: the figure that the paper of June 2024 gives, which mixes in a projection of "
            "compute that is not public."
        ),
        footing=footing,
    )


def _draw(captions: Captions, scenarios: Sequence[Scenario], rows: pl.DataFrame, mode: Mode) -> go.Figure:
    key = ("● computed here  ○ published by others",)
    figure = empty_figure(captions, mode, key=key, room=_LAYOUT.room(rows.height))
    for place, one in enumerate(reversed(scenarios)):
        told = year_text(one.estimate)
        if one.estimate is not None:
            hollow = not one.computed_here
            add_row_estimate(
                figure, place, one.estimate, f"{one.name}: {told}", mode, hollow=hollow, highest=_LATEST
            )
        add_row_words(figure, place, f"{one.name}: <b>{told}</b>", _LAYOUT, mode)
    ends = [min(end, _LATEST) for end in (*rows["year"], *rows["high"]) if end is not None]
    figure.update_xaxes(
        range=[BASE_YEAR, max([*ends, 2032.0]) + 0.5], title_text="Calendar year", tickformat="d"
    )
    hide_row_axis(figure, rows.height, _LAYOUT)
    return figure


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


def year_text(estimate: Estimate | None, *, with_level: bool = False) -> str:
    """A crossing year with its interval in words, with its level if wished; an end not told is open."""
    if estimate is None:
        return "no year in this century"
    if estimate.interval is None:
        return f"{estimate.value:.1f}"
    low, high = estimate.interval.low, estimate.interval.high
    named = f"{percent(estimate.interval.level)} interval " if with_level else ""
    ends = f"from {low:.1f}, open-ended" if math.isinf(high) else f"{low:.1f} to {high:.1f}"
    return f"{estimate.value:.1f} ({named}{ends})"
