"""How a benchmark stands: the best, the way from chance, and the end of a test."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.benchmarks.standing import State, standings_of_benchmarks


def row(model: str, value: float, **other: Any) -> dict[str, Any]:
    """One score on a test with four options."""
    usual = {
        "benchmark_id": "test",
        "benchmark": "Test",
        "model_id": model,
        "title": model,
        "released_on": date(2025, 1, 1),
        "value": value,
        "unit": "fraction",
        "stderr": None,
        "chance": 0.25,
        "ceiling": 1.0,
        "higher_is_better": True,
    }
    return usual | other


def standing(*rows: dict[str, Any]) -> dict[str, Any]:
    """Of one benchmark."""
    frame = pl.DataFrame(
        rows, schema_overrides={"stderr": pl.Float64, "chance": pl.Float64, "ceiling": pl.Float64}
    )
    return standings_of_benchmarks(frame).row(0, named=True)


def test_the_way_is_measured_from_chance() -> None:
    """62.5 % right among four options is half of the way."""
    found = standing(row("weak", 0.3), row("best", 0.625))
    assert (found["best_id"], found["share"], found["state"]) == ("best", 0.5, State.OPEN)


@pytest.mark.parametrize(
    ("value", "stderr", "state"),
    [
        (0.96, None, State.USED_UP),
        (0.93, None, State.OPEN),
        (0.93, 0.04, State.USED_UP),
        (0.27, None, State.NEAR_CHANCE),
    ],
)
def test_a_test_is_used_up_near_its_ceiling(value: float, stderr: float | None, state: State) -> None:
    """Within five points or two errors; near chance it says nothing either."""
    assert standing(row("best", value, stderr=stderr))["state"] == state


def test_without_a_ceiling_there_is_no_share() -> None:
    """A rating ends nowhere."""
    found = standing(row("best", 1500.0, unit="points", chance=None, ceiling=None))
    assert (found["share"], found["state"]) == (None, State.NO_CEILING)


def test_where_less_is_better_the_best_is_the_lowest() -> None:
    """A rate of errors; it has no way from guessing."""
    found = standing(row("good", 0.02, higher_is_better=False), row("bad", 0.2, higher_is_better=False))
    assert (found["best_id"], found["share"]) == ("good", None)


def test_of_equal_scores_the_first_released_holds_the_record() -> None:
    """Whoever came later equalled it."""
    late = row("a-late", 0.9, released_on=date(2026, 1, 1))
    assert standing(late, row("first", 0.9))["best_id"] == "first"
