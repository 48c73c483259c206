"""The best so far on each test that agents sit; tests are never joined into one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.capability.frontier import best_so_far


@dataclass(frozen=True, slots=True)
class RecordsOnTest:
    """One test: `models` in order of release, `steps` as of `BestSoFar`, `until` the last model's day."""

    benchmark_id: str
    title: str
    models: pl.DataFrame
    steps: pl.DataFrame
    until: date

    @property
    def best(self) -> dict[str, Any]:
        """The row of the model that holds the record."""
        return self.models.filter(model_id=self.steps["model_id"][-1]).row(0, named=True)


def records_by_test(scores: pl.DataFrame) -> dict[str, RecordsOnTest]:
    """The records on each test by its id. `scores`: the rows of agent_scores.sql."""
    found = {}
    for (benchmark_id,), models in scores.group_by("benchmark_id", maintain_order=True):
        until = models["released_on"].max()
        assert isinstance(until, date)
        steps = best_so_far(models, until).steps
        found[str(benchmark_id)] = RecordsOnTest(
            str(benchmark_id), str(models["benchmark"][0]), models, steps, until
        )
    return found


def cheapest_near_best(runs: pl.DataFrame, margin: float) -> dict[str, Any]:
    """Of the runs of one test the cheapest whose share is within `margin` of the best.

    `runs`: value (share), cost (USD per task), not empty.
    """
    best = runs["value"].max()
    assert isinstance(best, float)
    return runs.filter(pl.col("value") >= best - margin).sort("cost", "model_id").row(0, named=True)
