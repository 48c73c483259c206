"""How each benchmark stands: its best model, how far from guessing to the ceiling, whether it is used up."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

import polars as pl

from analysis.trends.measures import is_used_up

NEAR_CHANCE: Final = 0.05
"""A share of the way to the ceiling below which even the best model is said to be near guessing."""


class State(StrEnum):
    """How far a benchmark is from its end, a closed list."""

    USED_UP = "used up"
    OPEN = "open"
    NEAR_CHANCE = "near guessing"
    NO_CEILING = "no ceiling stated"


def standings_of_benchmarks(scores: pl.DataFrame) -> pl.DataFrame:
    """One row for each benchmark, in order of its id: models, the best model and its score, share and state.

    `scores`: benchmark_id, benchmark, model_id, title, released_on, value, unit, stderr, chance, ceiling,
    higher_is_better, one row a model. The state needs chance level and ceiling; it follows the rule of
    saturation of the trend. Of equal scores that of the model released first counts.
    """
    rows = [
        _standing(str(benchmark_id), part)
        for (benchmark_id,), part in scores.sort("benchmark_id", "released_on", "model_id").group_by(
            "benchmark_id", maintain_order=True
        )
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


_SCHEMA: Final = {
    "benchmark_id": pl.String,
    "benchmark": pl.String,
    "models": pl.Int64,
    "best_id": pl.String,
    "best_title": pl.String,
    "best_on": pl.Date,
    "best": pl.Float64,
    "stderr": pl.Float64,
    "unit": pl.String,
    "share": pl.Float64,
    "state": pl.String,
    "last_released_on": pl.Date,
}


def _standing(benchmark_id: str, scores: pl.DataFrame) -> dict[str, Any]:
    higher = scores["higher_is_better"][0] is not False
    best = scores.sort("value", descending=higher, maintain_order=True).row(0, named=True)
    share = _share(best) if higher else None
    return {
        "benchmark_id": benchmark_id,
        "benchmark": best["benchmark"],
        "models": scores["model_id"].n_unique(),
        "best_id": best["model_id"],
        "best_title": best["title"],
        "best_on": best["released_on"],
        "best": best["value"],
        "stderr": best["stderr"],
        "unit": best["unit"],
        "share": share,
        "state": _state(best, share),
        "last_released_on": scores["released_on"].max(),
    }


def _share(best: dict[str, Any]) -> float | None:
    chance, ceiling = best["chance"], best["ceiling"]
    if best["unit"] != "fraction" or chance is None or ceiling is None or ceiling <= chance:
        return None
    return min(max(float(best["value"] - chance) / float(ceiling - chance), 0.0), 1.0)


def _state(best: dict[str, Any], share: float | None) -> State:
    if share is None:
        return State.NO_CEILING
    if is_used_up(best):
        return State.USED_UP
    return State.NEAR_CHANCE if share < NEAR_CHANCE else State.OPEN
