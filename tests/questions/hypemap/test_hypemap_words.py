"""What is said of one technology on the hype map."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.trends.measures import HORIZON
from analysis.trends.trend import frontier_trend
from questions.hypemap.rows import Row
from questions.hypemap.technologies import TECHNOLOGIES
from questions.hypemap.words import agents_text, details, then_row, works_text
from questions.trends.series import GrowthSeries

THEN = date(2024, 12, 20)
AGENTS = next(one for one in TECHNOLOGIES if one.key == "agents")


def row_of(count: int) -> Row:
    """Agents whose horizon doubles with each of `count` models, two weeks apart up to the end of 2025."""
    days = [date(2026, 1, 1) - timedelta(weeks=2 * place) for place in reversed(range(count))]
    models = pl.DataFrame(
        {
            "model_id": [f"model-{place}" for place in range(count)],
            "title": [f"Model {place}" for place in range(count)],
            "organization": [f"maker {place % 5}" for place in range(count)],
            "released_on": days,
            "value": [2.0 ** (place / 4) for place in range(count)],
            "low": [2.0 ** (place / 4) / 2 for place in range(count)],
            "high": [2.0 ** (place / 4) * 2 for place in range(count)],
        }
    )
    series = GrowthSeries(("horizon", "50"), "horizon", "the horizon", "it", models, HORIZON, "minutes")
    trend = frontier_trend(models, date(2026, 1, 1), HORIZON, draws=100)
    return Row(AGENTS, capability=series, trend=trend)


@pytest.mark.parametrize(("count", "said"), [(12, "12 recent models, 20 needed"), (35, "; the frontier ")])
def test_the_time_of_agents_is_told_by_then_now_and_trend(count: int, said: str) -> None:
    """Few recent models tell no trend; what no series tells is named."""
    row = row_of(count)
    text = agents_text(row, THEN)
    assert said in text
    assert "no public series here tells attention or price or cost or use or money" in text
    assert "No test of agents" in agents_text(None, THEN)
    assert "Horizon: " in details(row)
    assert ("agents and computer use" in works_text([row]).split("For ")[0]) == (count > 20)


def test_the_best_then_is_that_of_models_released_by_then() -> None:
    """Before the first model there is none."""
    row = row_of(35)
    assert row.capability is not None
    models = row.capability.models
    day = models["released_on"][3]
    found = then_row(row, day)
    assert found is not None
    assert "(Model 3)" in found["then"]
    assert "(Model 34)" in found["now"]
    earlier = then_row(row, date(2020, 1, 1))
    assert earlier is not None
    assert earlier["then"] == "\u2014"
