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
    """That of an older suite stands below its mark, where no newer ones are."""
    suites = [
        ("old", horizons(low=(date(2023, 1, 1), 2.0), old=(date(2024, 1, 1), 20.0))),
        ("new", horizons(new=(date(2024, 1, 1), 30.0))),
    ]
    chart = horizons_by_suite(
        [(name, records_by_test(models)["suite"]) for name, models in suites], "Title", FOOTING
    )
    shifts = {one.text: one.yshift for one in chart.draw(Mode.LIGHT).layout.annotations}
    assert set(shifts) == {"old", "new"}
    assert shifts["old"] < 0 < shifts["new"]


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
