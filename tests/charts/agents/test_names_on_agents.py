"""Which models are named on the charts of agents: who holds a record, and who solves most."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.agents.records import records_by_test
from charts.agents.costs import cost_of_agents
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


def test_who_held_the_record_of_a_suite_is_named() -> None:
    """A model that never held it is not, nor one below the lowest that is drawn."""
    models = horizons(
        tiny=(date(2023, 1, 1), 0.5),
        first=(date(2023, 8, 1), 4.0),
        behind=(date(2024, 3, 1), 2.0),
        best=(date(2025, 6, 1), 300.0),
    )
    chart = horizons_by_suite([("one", records_by_test(models)["suite"])], "Title", FOOTING)
    assert named(chart) == {"first", "best"}


def test_the_best_of_each_suite_goes_first() -> None:
    """However many records a suite has had: seven names are as many as there is room for."""
    many = {f"m{place}": (date(2023, 1 + place, 1), 10.0 * 3**place) for place in range(9)}
    suites = [("new", horizons(**many)), ("old", horizons(alone=(date(2022, 1, 1), 2.0)))]
    chart = horizons_by_suite(
        [(name, records_by_test(models)["suite"]) for name, models in suites], "Title", FOOTING
    )
    assert {"alone", "m8"} <= named(chart)
    assert not named(chart) & {"m0", "m1", "m2"}


def test_whom_the_title_tells_of_is_named_and_who_solves_most_on_each_other_test() -> None:
    """On those, of equals the cheaper."""
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
    told = runs.filter(pl.col("title").is_in(["best", "near"]))
    assert named(cost_of_agents(runs, told, "Title", FOOTING)) == {"best", "near", "cheap"}
