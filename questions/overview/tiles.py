"""The figures beside the index: METR's longest time horizon, and a measured cost per task."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from charts.parts.axes import dollars, score_text
from questions.answer import Tile, Tiles
from questions.scores import published_scores_of
from questions.trends.series import HORIZONS
from questions.view import View

COSTED: Final = "arc-agi-2"
RELIABLE_MINUTES: Final = 16 * 60
"""Above this METR itself calls its horizons unreliable: its tasks are not long enough."""


def tiles(view: View) -> tuple[Tiles, ...]:
    """Two figures, each with its model; what is not known is left out."""
    horizons = published_scores_of(view, HORIZONS["50"]).dated.sort("value", descending=True)
    costed = published_scores_of(view, COSTED, "task").rows.filter(pl.col("cost_per_task_usd") > 0)
    best_costed = costed.sort("value", "cost_per_task_usd", descending=[True, False])
    best = published_scores_of(view, COSTED).rows.sort("value", descending=True).head(1).to_dicts()
    found = (
        *(_horizon(row) for row in horizons.head(1).iter_rows(named=True)),
        *(_cost(row, best[0]) for row in best_costed.head(1).iter_rows(named=True)),
    )
    return (Tiles(found),) if found else ()


def _horizon(row: dict[str, Any]) -> Tile:
    doubt = " METR calls horizons above 16 hours unreliable." if row["value"] > RELIABLE_MINUTES else ""
    return Tile(
        "Longest time horizon at 50 % success (METR 1.1)",
        score_text(row["value"], "minutes"),
        f"{row['title']}, {_interval(row['low'], row['high'])}.{doubt}",
    )


def _cost(row: dict[str, Any], best: dict[str, Any]) -> Tile:
    """The best score with a recorded cost; where a better one has none, that one is named too."""
    solved = f"{row['title']}, which solves {score_text(row['value'], 'fraction')}"
    measured = "A list price is not a cost; this was measured."
    if best["value"] <= row["value"]:
        label = "Measured cost per task of the best ARC-AGI-2 score"
        return Tile(label, dollars(row["cost_per_task_usd"]), f"{solved}. {measured}")
    better = f"the best, {best['title']}, solves {score_text(best['value'], 'fraction')} but has none"
    return Tile(
        "Cost per task of the best ARC-AGI-2 score with a recorded cost",
        dollars(row["cost_per_task_usd"]),
        f"{solved}; {better}. {measured}",
    )


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "no interval published"
    return f"95 % interval {score_text(low, 'minutes')} to {score_text(high, 'minutes')}"
