"""Which models are named on the charts of agents: who holds a record, and who solves most."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.agents.records import records_by_test
from charts.agents.costs import _sides, cost_of_agents
from charts.agents.horizons import horizons_by_suite
from charts.parts.figure import Chart, Footing
from charts.parts.theme import Mode

FOOTING = Footing(("A list",), date(2026, 1, 1), 1, "scores")


def named(chart: Chart) -> set[str]:
    """The names written beside marks."""
    return {one.text for one in chart.draw(Mode.LIGHT).layout.annotations}


def horizons(**minutes: tuple[date, float]) -> pl.DataFrame:
    """The models of a suite with their release days and horizons in minutes."""
    rows = [
        {
            "benchmark_id": "suite",
            "benchmark": "Suite",
            "model_id": name,
            "title": name,
            "organization": None,
            "open_weights": None,
            "cost": None,
            "released_on": day,
            "value": value,
            "low": None,
            "stderr": None,
            "high": None,
        }
        for name, (day, value) in minutes.items()
    ]
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(("low", "high", "stderr"), pl.Float64))


def test_the_longest_of_a_suite_and_the_first_beyond_a_day_of_work_are_named() -> None:
    """A record in between is not, nor a model beyond that day that never held one."""
    models = horizons(
        first=(date(2023, 8, 1), 4.0),
        beyond=(date(2025, 1, 1), 490.0),
        behind=(date(2025, 3, 1), 485.0),
        between=(date(2025, 4, 1), 600.0),
        best=(date(2025, 6, 1), 900.0),
    )
    chart = horizons_by_suite([("one", records_by_test(models)["suite"])], "Title", FOOTING)
    assert named(chart) == {"beyond", "best"}


def test_the_longest_of_each_suite_is_named() -> None:
    """That of an older suite stands below its mark, where no newer ones are, and past the weaker models.

    Nearer by it would stand at one of those, its line hidden by the interval of its own mark.
    """
    suites = [
        ("old", horizons(low=(date(2023, 1, 1), 2.0), old=(date(2024, 1, 1), 20.0))),
        ("new", horizons(new=(date(2024, 1, 1), 30.0))),
    ]
    chart = horizons_by_suite(
        [(name, records_by_test(models)["suite"]) for name, models in suites], "Title", FOOTING
    )
    shifts = {one.text: one.yshift for one in chart.draw(Mode.LIGHT).layout.annotations}
    assert set(shifts) == {"old", "new"}
    assert shifts["old"] <= -100
    assert shifts["new"] > 0


def test_each_test_has_a_panel_of_its_own_with_the_best_and_the_cheap_named() -> None:
    """All on one scale of costs and shares; what is not named is drawn all the same."""
    rows = [
        ("one", "weak", 0.2, 0.1),
        ("one", "dear", 0.8, 9.0),
        ("one", "cheap", 0.8, 1.0),
        ("two", "best", 0.4, 3.0),
        ("two", "near", 0.38, 0.05),
        ("two", "other", 0.3, 0.5),
    ]
    runs = pl.DataFrame(
        [
            {
                "benchmark_id": test,
                "benchmark": test,
                "model_id": name,
                "title": name,
                "value": value,
                "cost": cost,
            }
            for test, name, value, cost in rows
        ]
    )
    told = runs.filter(pl.col("title").is_in(["best", "near", "cheap"]))
    chart = cost_of_agents(runs, told, "Title", FOOTING)
    figure = chart.draw(Mode.LIGHT)
    assert named(chart) == {"best", "near", "cheap", "<b>one</b>, 3 models", "<b>two</b>, 3 models"}
    assert {one.text: one.yref for one in figure.layout.annotations if one.text in ("best", "cheap")} == {
        "cheap": "y",
        "best": "y2",
    }
    dots = [(trace.yaxis, len(trace.x)) for trace in figure.data]
    assert dots == [("y", 2), ("y", 1), ("y2", 1), ("y2", 2)]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1], "panels do not overlap"


@pytest.mark.parametrize(
    ("places", "sides"),
    [
        ((0.5,), ["left"]),
        ((0.9,), ["right"]),
        ((0.7, 0.6), ["left", "right"]),
        ((0.7, 0.1), ["left", "left"]),
        ((0.95, 0.6), ["right", "right"]),
        ((0.3, 0.1), ["left", "left"]),
    ],
)
def test_names_of_a_panel_stay_within_it_and_apart(places: tuple[float, ...], sides: list[str]) -> None:
    """Ten letters are a fifth of a panel on a telephone."""
    assert _sides(list(places), ["ten letter"] * len(places)) == sides


def test_two_near_marks_have_their_names_on_either_side() -> None:
    """The best three quarters along, one close on its left: neither name stands over the other's mark."""
    assert _sides([0.771, 0.701], ["eleven-lett", "thirteen-lett"]) == ["left", "right"]
