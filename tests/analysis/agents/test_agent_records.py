"""Records on the tests that agents sit, each test by itself, and the cheapest run near the best."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.agents.records import cheapest_near_best, records_by_test


def scores(*rows: tuple[str, str, date, float]) -> pl.DataFrame:
    """Rows of agent_scores.sql: test, model, day and score."""
    return pl.DataFrame(
        rows, schema=["benchmark_id", "model_id", "released_on", "value"], orient="row"
    ).with_columns(
        benchmark=pl.format("The {}", "benchmark_id"),
        organization=pl.lit("maker"),
        stderr=pl.lit(None, pl.Float64),
        open_weights=pl.lit(None, pl.Boolean),
        cost=pl.lit(None, pl.Float64),
    )


def test_each_test_has_its_own_records_up_to_its_own_last_model() -> None:
    """In the order of the rows; the best is the last record, not the last model."""
    found = records_by_test(
        scores(
            ("web", "a", date(2024, 1, 1), 0.2),
            ("os", "d", date(2026, 1, 1), 0.9),
            ("web", "b", date(2025, 1, 1), 0.5),
            ("web", "c", date(2025, 6, 1), 0.4),
        )
    )
    assert list(found) == ["web", "os"]
    web = found["web"]
    assert (web.benchmark_id, web.title, web.until) == ("web", "The web", date(2025, 6, 1))
    assert web.models["model_id"].to_list() == ["a", "b", "c"]
    assert web.steps["model_id"].to_list() == ["a", "b"]
    assert (web.best["model_id"], web.best["value"]) == ("b", 0.5)
    assert found["os"].best["model_id"] == "d"


@pytest.mark.parametrize(
    ("margin", "model"), [(0.0, "dear"), (0.0625, "dear"), (0.125, "middle"), (0.25, "a"), (1.0, "free")]
)
def test_the_cheapest_run_within_a_margin_of_the_best_is_taken(margin: float, model: str) -> None:
    """The margin itself counts as near; of equal costs the first by name."""
    runs = pl.DataFrame(
        {
            "model_id": ["dear", "middle", "b", "a", "free"],
            "value": [0.75, 0.625, 0.5, 0.5, 0.25],
            "cost": [9.0, 5.0, 2.0, 2.0, 0.0],
        }
    )
    assert cheapest_near_best(runs, margin)["model_id"] == model
