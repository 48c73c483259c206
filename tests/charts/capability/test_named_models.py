"""Models that the title names have their names on the chart, before others of the front."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.pareto import CostBasis, pareto_front
from charts.capability.score_against_cost import Scale, score_against_cost
from charts.parts.figure import Chart, Footing
from charts.parts.theme import Mode

FOOTING = Footing(("A list",), date(2026, 1, 1), 1, "scores")
SCALE = Scale("GPQA", "fraction", CostBasis.BLENDED_LIST_PRICE)


def front_of(count: int, selected: str | None = None) -> Chart:
    """A front of so many models, each a little better and dearer than the one before."""
    rows = [
        {
            "model_id": f"m{place}",
            "title": f"Rather long name {place}",
            "organization": None,
            "released_on": date(2025, 1, 1),
            "open_weights": None,
            "reported_by": "independent",
            "value": 0.9 - 0.004 * (count - place),
            "cost": 10.0 + 0.05 * place,
            "low": None,
            "stderr": None,
            "high": None,
        }
        for place in range(count)
    ]
    models = pl.DataFrame(rows, schema_overrides=dict.fromkeys(("low", "high", "stderr"), pl.Float64))
    return score_against_cost(pareto_front(models, date(2025, 6, 1)), models, SCALE, FOOTING, selected)


def labels(chart: Chart) -> list[str]:
    """The names in the order in which they were placed."""
    return [one.text for one in chart.draw(Mode.LIGHT).layout.annotations]


@pytest.mark.parametrize("count", [2, 12, 30])
def test_the_models_of_the_title_are_named_first(count: int) -> None:
    """The best, then the cheapest that comes within five points of it."""
    chart = front_of(count)
    near = max(count - 13, 0)
    assert labels(chart)[:1] == [f"Rather long name {count - 1}"]
    assert f"Rather long name {near}" in labels(chart)[:2]
    assert f"Rather long name {near} comes within 5 percentage points" in chart.title


def test_a_chosen_model_goes_before_them() -> None:
    """It is what the reader asked for."""
    assert labels(front_of(12, "m5"))[0] == "Rather long name 5"


@pytest.mark.parametrize(
    ("lows", "title"),
    [
        (
            (0.85, 0.6),
            "2 priced models tie at the top within their intervals: B scores 90.0\u00a0% at $67.50 per "
            "million tokens; A comes within 5 percentage points for $2",
        ),
        (
            (0.89, 0.6),
            "B scores highest of the priced models, 90.0\u00a0%, at $67.50 per million tokens; A comes "
            "within 5 percentage points for $2",
        ),
    ],
    ids=["within its interval", "below it"],
)
def test_a_lead_within_the_intervals_is_called_a_tie(lows: tuple[float, float], title: str) -> None:
    """No model is said to lead where others may be as good; the price says per what, a line stands beyond."""
    models = pl.DataFrame(
        {
            "model_id": ["b", "a"],
            "title": ["B", "A"],
            "organization": [None, None],
            "released_on": [date(2025, 1, 1)] * 2,
            "open_weights": [False, False],
            "reported_by": ["independent"] * 2,
            "value": [0.9, 0.86],
            "cost": [67.5, 2.0],
            "low": lows,
            "stderr": [0.01, 0.01],
            "high": [0.95, 0.88],
        },
        schema_overrides={"organization": pl.String},
    )
    chart = score_against_cost(pareto_front(models, date(2025, 6, 1)), models, SCALE, FOOTING)
    assert chart.title == title
    axis = chart.draw(Mode.LIGHT).layout.xaxis
    assert 100.0 in axis.tickvals
    assert axis.range[1] > 2.0


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, ("for 1 model on 1 June 2025", "The front has 1 model, at $10.")),
        (2, ("for 2 models on 1 June 2025", "The front has 2 models, from $10 to $10.05.")),
    ],
)
def test_the_alt_text_counts_one_model_in_the_singular(count: int, said: tuple[str, str]) -> None:
    """And gives one price where there is one."""
    assert all(one in front_of(count).alt for one in said), front_of(count).alt
