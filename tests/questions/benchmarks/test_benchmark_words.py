"""What is said of one benchmark: whose cost stands there, and who reports its scores."""

from __future__ import annotations

import polars as pl
import pytest

from questions.benchmarks.words import NOT_MEASURED, cost_text, who_reports

COSTS = {"model_id": pl.String, "title": pl.String, "value": pl.Float64, "cost_per_task_usd": pl.Float64}
Row = tuple[str, float, float | None, float | None]


def scored(*rows: Row) -> pl.DataFrame:
    """Model, score, cost per task and of the run."""
    table = [(name, name.title(), score, task, run) for name, score, task, run in rows]
    return pl.DataFrame(table, COSTS | {"cost_of_run_usd": pl.Float64}, orient="row")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("best", 0.9, 2.0, None), ("other", 0.8, 0.5, None)], "$2 a task"),
        (
            [("best", 0.9, None, None), ("other", 0.8, 0.5, None), ("last", 0.7, 0.1, None)],
            "$0.50 a task (Other)",
        ),
        ([("best", 0.9, None, 70.0), ("other", 0.8, 0.5, None)], "$0.50 a task (Other)"),
        ([("best", 0.9, None, 70.0), ("other", 0.8, None, 5.0)], "$70 a run"),
        ([("b", 0.8, 0.5, None), ("a", 0.8, 0.7, None)], "$0.50 a task (B)"),
        ([("b", 0.8, 0.5, None), ("a", 0.8, 0.5, None)], "$0.50 a task (A)"),
        ([("best", 0.9, 0.0, 0.0)], NOT_MEASURED),
    ],
    ids=["its own", "the next best", "a task before a run", "a run", "the cheaper", "by id", "nought"],
)
def test_the_cost_is_of_the_best_with_a_known_one(rows: list[Row], said: str) -> None:
    """Named where it is not the best itself; of equal scores the cheaper; nought was not recorded."""
    assert cost_text({"best_id": "best"}, scored(*rows)) == said


def test_who_reports_most_stands_first() -> None:
    """Models are counted, not scores; equals by name."""
    rows = [("independent", "a"), ("independent", "a"), ("vendor", "a"), ("vendor", "b"), ("community", "c")]
    said = who_reports(pl.DataFrame(rows, {"reported_by": pl.String, "model_id": pl.String}, orient="row"))
    assert [part.rsplit(" ", 1)[1] for part in said.split("; ")] == ["2", "1", "1"]
    assert said.split("; ")[2].startswith("independent")
