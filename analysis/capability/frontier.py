"""The frontier: which model was best at each date, with ties where the scores' errors do not separate them.

The best so far is a description, never data: it looks flat between records, and records are selected to rise.
Trends are fitted to all models (a conditional quantile), not to what this module returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.numeric.noise import critical_value

NEEDED = ("model_id", "organization", "released_on", "value", "stderr", "open_weights", "cost")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which models take part: all by default.

    `open_weights` True or False keeps models known to be so; `organizations` keeps those makers; `price_cap`
    keeps models whose cost, in the unit of the column `cost`, is at most that.
    """

    open_weights: bool | None = None
    organizations: frozenset[str] | None = None
    price_cap: float | None = None


EVERY_MODEL = Scope()


@dataclass(frozen=True, slots=True)
class Contenders:
    """Models released by a date and in scope; `left_out` (model_id, reason): what cannot be judged."""

    models: pl.DataFrame
    left_out: pl.DataFrame


@dataclass(frozen=True, slots=True)
class BestSoFar:
    """The best value at each date, by release date.

    `steps`, one row for each new best: from_on, to_on (the day it was overtaken; null for the last),
    model_id, organization, value, stderr, gain over the one before, separated (whether the gain exceeds
    its error at `level`; null where an error is unknown). `ties`: from_on of the step, model_id,
    organization, released_on, value, stderr, gap: released before the step ended, and not told apart from
    it. `leaders`: model_id, organization, released_on, value, stderr, gap for all who share first place on
    `on`. A record is the best of many noisy values, so it is somewhat too high itself.
    """

    steps: pl.DataFrame
    ties: pl.DataFrame
    leaders: pl.DataFrame
    left_out: pl.DataFrame
    n_models: int
    on: date
    level: float
    method: str


def contenders(
    models: pl.DataFrame, on: date, scope: Scope = EVERY_MODEL, needs_cost: bool = False
) -> Contenders:
    """Models released by `on` and within `scope`; those that miss a fact the scope asks for are listed.

    `models`: model_id, organization, released_on, value, stderr (nullable), open_weights (nullable), cost
    (nullable; zero counts as not recorded). Raises ValueError on missing columns and on a model listed twice.
    """
    _demand_form(models)
    released = models.filter(pl.col("released_on") <= on).with_columns(
        pl.when(pl.col("cost") > 0).then(pl.col("cost").cast(pl.Float64)).alias("cost"),
        pl.col("value").cast(pl.Float64).fill_nan(None),
        pl.col("stderr").cast(pl.Float64).fill_nan(None),
    )
    judged = released.with_columns(_reason(scope, needs_cost or scope.price_cap is not None).alias("reason"))
    left_out = judged.filter(pl.col("reason").is_not_null()).select("model_id", "reason").sort("model_id")
    kept = judged.filter(pl.col("reason").is_null()).drop("reason").filter(_in_scope(scope))
    return Contenders(kept.sort("released_on", "model_id"), left_out)


def best_so_far(models: pl.DataFrame, on: date, scope: Scope = EVERY_MODEL, level: float = 0.90) -> BestSoFar:
    """The best value at each release date up to `on`, and who shares it within measurement error.

    `models` as for `contenders`; `value` in any unit where more is better. Two models are told apart when
    their gap exceeds the normal `level` interval of a difference of independent errors; where one of the
    errors is unknown only equal values are ties. Raises ValueError when no model is left.

    Reference: records and ties as in Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks, 2024, in its
    plainest, pairwise form.
    """
    field = contenders(models, on, scope)
    if field.models.is_empty():
        raise ValueError(f"no model with a value was released by {on} within {scope}")
    steps = _steps(field.models, level)
    ties = _ties(field.models, steps, level)
    return BestSoFar(
        steps=steps,
        ties=ties,
        leaders=_leaders(steps, ties, field.models),
        left_out=field.left_out,
        n_models=field.models.height,
        on=on,
        level=level,
        method=f"best value by release date; ties: gap within the {100 * level:g} % interval of a difference",
    )


def _demand_form(models: pl.DataFrame) -> None:
    missing = [name for name in NEEDED if name not in models.columns]
    if missing:
        raise ValueError(
            f"the models lack the column(s) {', '.join(missing)}; needed are {', '.join(NEEDED)}"
        )
    twice = models.filter(pl.col("model_id").is_duplicated())["model_id"]
    if len(twice):
        raise ValueError(f"{twice[0]} is listed more than once: give one row for each model")


def _reason(scope: Scope, needs_cost: bool) -> pl.Expr:
    unknown_licence = pl.col("open_weights").is_null() & (scope.open_weights is not None)
    return (
        pl.when(pl.col("value").is_null())
        .then(pl.lit("no value"))
        .when(unknown_licence)
        .then(pl.lit("not known whether its weights are open"))
        .when(pl.col("cost").is_null() & needs_cost)
        .then(pl.lit("unpriced"))
    )


def _in_scope(scope: Scope) -> pl.Expr:
    rule = pl.lit(value=True)
    if scope.open_weights is not None:
        rule = rule & (pl.col("open_weights") == scope.open_weights)
    if scope.organizations is not None:
        rule = rule & pl.col("organization").is_in(list(scope.organizations))
    if scope.price_cap is not None:
        rule = rule & (pl.col("cost") <= scope.price_cap)
    return rule


def _steps(models: pl.DataFrame, level: float) -> pl.DataFrame:
    """On a day with several releases only the day's best can be a new best."""
    best_of_day = models.sort(["released_on", "value", "model_id"], descending=[False, True, False]).unique(
        "released_on", keep="first", maintain_order=True
    )
    records = best_of_day.filter(pl.col("value") > pl.col("value").cum_max().shift(1).fill_null(-np.inf))
    error = (pl.col("stderr") ** 2 + pl.col("stderr").shift(1) ** 2).sqrt()
    return records.select(
        pl.col("released_on").alias("from_on"),
        pl.col("released_on").shift(-1).alias("to_on"),
        "model_id",
        "organization",
        "value",
        "stderr",
        (pl.col("value") - pl.col("value").shift(1)).alias("gain"),
    ).with_columns((pl.col("gain") > critical_value(level) * error).alias("separated"))


def _ties(models: pl.DataFrame, steps: pl.DataFrame, level: float) -> pl.DataFrame:
    pairs = steps.select("from_on", "to_on", best_id="model_id", best="value", best_stderr="stderr").join(
        models, how="cross"
    )
    gap = pl.col("best") - pl.col("value")
    error = (pl.col("stderr") ** 2 + pl.col("best_stderr") ** 2).sqrt().fill_null(0.0)
    in_time = pl.col("to_on").is_null() | (pl.col("released_on") < pl.col("to_on"))
    tied = (gap >= 0) & (gap <= critical_value(level) * error)
    return (
        pairs.filter(in_time & tied & (pl.col("model_id") != pl.col("best_id")))
        .select("from_on", "model_id", "organization", "released_on", "value", "stderr", gap.alias("gap"))
        .sort("from_on", "gap", "model_id")
    )


def _leaders(steps: pl.DataFrame, ties: pl.DataFrame, models: pl.DataFrame) -> pl.DataFrame:
    last = steps["from_on"][-1]
    first = models.filter(model_id=steps["model_id"][-1]).with_columns(gap=pl.lit(0.0))
    columns = ["model_id", "organization", "released_on", "value", "stderr", "gap"]
    return pl.concat([first.select(columns), ties.filter(from_on=last).select(columns)])
