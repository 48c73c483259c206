"""What a fixed budget buys: the best score among the models whose price is within it, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.numeric.difference import difference
from analysis.results import Estimate, Interval


@dataclass(frozen=True, slots=True)
class BudgetSteps:
    """The best that a budget buys.

    `steps`: valid_on, model_id, title, value, low, high, price_usd_per_mtok; all but the day are null while
    nothing that was scored is within the budget.
    """

    budget_usd_per_mtok: float
    steps: pl.DataFrame
    until: date

    def on(self, day: date) -> dict[str, object] | None:
        """What the budget bought on a day; None where nothing was on sale for it, or nothing is known."""
        known = self.steps.filter(pl.col("valid_on") <= day)
        if known.is_empty() or known["model_id"][-1] is None:
            return None
        return known.row(-1, named=True)


def best_for_budgets(
    models: pl.DataFrame, prices: pl.DataFrame, budgets: Sequence[float], until: date
) -> tuple[BudgetSteps, ...]:
    """For each budget, in USD per million tokens, the best model on sale for it at each date.

    `models`: model_id, title, value, low, high. `prices`: the rows of `lowest_prices`. Of equally good models
    the cheaper is named, then the first by name.
    """
    days = prices["valid_on"].unique().sort().to_list()
    return tuple(BudgetSteps(budget, _steps(prices, models, days, budget), until) for budget in budgets)


def _steps(prices: pl.DataFrame, models: pl.DataFrame, days: list[date], budget: float) -> pl.DataFrame:
    known = models.select("model_id", "title", "value", "low", "high")
    grid = pl.DataFrame({"valid_on": days}, schema={"valid_on": pl.Date})
    per_model = [
        grid.join_asof(part.sort("valid_on"), on="valid_on").with_columns(model_id=pl.lit(model))
        for (model,), part in prices.partition_by("model_id", as_dict=True, include_key=False).items()
    ]
    if not per_model:
        return known.clear().select(pl.lit(None, pl.Date).alias("valid_on"), pl.all())
    within = (
        pl.concat(per_model)
        .filter(pl.col("price_usd_per_mtok") <= budget)
        .join(known, on="model_id", maintain_order="left")
    )
    best = within.sort(
        ["valid_on", "value", "price_usd_per_mtok", "model_id"], descending=[False, True, False, False]
    ).unique("valid_on", keep="first", maintain_order=True)
    steps = grid.join(best, on="valid_on", how="left").sort("valid_on")
    changed = ~pl.col("model_id").eq_missing(pl.col("model_id").shift(1))
    begun = pl.col("model_id").is_not_null().cum_max()
    return steps.filter(begun, changed | (pl.col("model_id").is_not_null().cum_sum() == 1)).select(
        "valid_on", "model_id", "title", "value", "low", "high", "price_usd_per_mtok"
    )


def gain(bought: Mapping[str, Any], before: Mapping[str, Any]) -> Estimate:
    """By how much the score of one row of `steps` is above that of another.

    With the interval of the difference where those of both are known and the models differ; errors count as
    independent.
    """
    sides = [
        (float(row["value"]), Interval(row["low"], row["high"]))
        for row in (bought, before)
        if row["low"] is not None and row["high"] is not None
    ]
    if len(sides) < 2 or bought["model_id"] == before["model_id"]:
        return Estimate(float(bought["value"]) - float(before["value"]))
    (one, own), (two, other) = sides
    return difference(one, own, two, other)


def in_force(prices: pl.DataFrame) -> pl.DataFrame:
    """model_id, price_usd_per_mtok of those on sale when `prices` (those of `lowest_prices`) end."""
    last = prices.sort("valid_on").group_by("model_id", maintain_order=True).last()
    return last.select("model_id", "price_usd_per_mtok").drop_nulls()
