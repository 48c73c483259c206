"""The Pareto front of score and cost at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.capability.frontier import EVERY_MODEL, Scope, contenders
from analysis.numeric.noise import critical_value
from analysis.price.blend import blended_price
from analysis.results import Floats


class CostBasis(Enum):
    """What a model is said to cost. A list price is not a cost: reasoning models emit many more tokens."""

    BLENDED_LIST_PRICE = "blended list price, $ per million tokens"
    OUTPUT_LIST_PRICE = "list price of output, $ per million tokens"
    MEASURED_PER_TASK = "measured cost per task, $"
    MEASURED_RUN = "measured cost of the whole run, $"

    @property
    def is_listed(self) -> bool:
        """Whether it is a list price."""
        return self in (CostBasis.BLENDED_LIST_PRICE, CostBasis.OUTPUT_LIST_PRICE)


@dataclass(frozen=True, slots=True)
class ParetoFront:
    """Models that no other model beats on both score and cost at a date.

    `points`: the columns of the input, by rising cost and value. `within_error`: models off the front whose
    betters at the same or a lower cost are all within measurement error of them. `left_out`: model_id, reason
    (unpriced models are listed here).
    """

    points: pl.DataFrame
    within_error: pl.DataFrame
    left_out: pl.DataFrame
    n_models: int
    on: date
    level: float
    method: str


def with_cost(models: pl.DataFrame, basis: CostBasis) -> pl.DataFrame:
    """The models with a column `cost` on the chosen basis, null where that basis is not recorded.

    Reads input_usd_per_mtok and output_usd_per_mtok (USD per million tokens), cost_per_task_usd or
    cost_of_run_usd. A zero is not a cost: it becomes null.
    """
    cost = {
        CostBasis.BLENDED_LIST_PRICE: blended_price(),
        CostBasis.OUTPUT_LIST_PRICE: pl.col("output_usd_per_mtok"),
        CostBasis.MEASURED_PER_TASK: pl.col("cost_per_task_usd"),
        CostBasis.MEASURED_RUN: pl.col("cost_of_run_usd"),
    }[basis]
    return models.with_columns(pl.when(cost > 0).then(cost.cast(pl.Float64)).alias("cost"))


def pareto_front(
    models: pl.DataFrame, on: date, scope: Scope = EVERY_MODEL, level: float = 0.90
) -> ParetoFront:
    """Models released by `on` that no other beats: none is at least as good and as cheap, and better in one.

    `models`: model_id, organization, released_on, value, stderr, open_weights, cost; one row for each model,
    costs in one unit. Equal models share their place. Raises ValueError on missing columns.

    Reference: Kung, Luccio and Preparata, On finding the maxima of a set of vectors, JACM 22, 1975.
    """
    field = contenders(models, on, scope, needs_cost=True)
    ordered = field.models.sort(["cost", "value", "model_id"])
    cost, value = ordered["cost"].to_numpy(), ordered["value"].to_numpy()
    front = undominated(cost, value)
    near = ~front & ~_clearly_beaten(cost, value, ordered["stderr"].to_numpy(), critical_value(level))
    return ParetoFront(
        points=ordered.filter(front),
        within_error=ordered.filter(near),
        left_out=field.left_out,
        n_models=ordered.height,
        on=on,
        level=level,
        method=f"undominated in value and cost; beaten clearly: gap beyond its {100 * level:g} % interval",
    )


def undominated(cost: Floats, value: Floats) -> NDArray[np.bool_]:
    """Whether no other point is at least as good and as cheap and better in one; both (n,), any order."""
    group = np.unique(cost, return_inverse=True)[1]
    best = np.full(len(cost), -np.inf)
    np.maximum.at(best, group, value)
    cheaper = np.concatenate(([-np.inf], np.maximum.accumulate(best)[:-1])) if len(cost) else best
    return np.asarray((value == best[group]) & (value > cheaper[group]), dtype=np.bool_)


def _clearly_beaten(cost: Floats, value: Floats, stderr: Floats, reach: float) -> NDArray[np.bool_]:
    """Whether one that costs no more is better by more than the error of the gap (unknown counts as 0)."""
    known = np.nan_to_num(stderr.astype(np.float64))
    gap = value[None, :] - value[:, None]
    error = np.hypot(known[None, :], known[:, None])
    return np.asarray(((cost[None, :] <= cost[:, None]) & (gap > reach * error)).any(axis=1), dtype=np.bool_)
