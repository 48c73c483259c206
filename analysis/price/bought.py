"""Whether dear or cheap models are bought: shares of spending beside shares of tokens on one gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import polars as pl

DAYS: Final = 28
"""Four weeks: weekends and single customers average out."""

DEAR: Final = 2.0
"""A token that costs so many times the gateway's average token, or more, is dear; by its inverse cheap."""

FEWEST_DAYS: Final = 14


class PriceClass(StrEnum):
    """What a model's token costs beside the average token of the same gateway."""

    DEAR = "dear"
    MIDDLE = "middle"
    CHEAP = "cheap"


@dataclass(frozen=True, slots=True)
class Bought:
    """What was bought in the last weeks.

    models    model, spending, tokens (shares, 0 to 1), times_average (price of a token over the average
              token's), price_class; the largest spending first
    classes   price_class, spending, tokens: sums over its models; what is not listed belongs to none
    """

    models: pl.DataFrame
    classes: pl.DataFrame
    first_on: date
    last_on: date
    n_days: int
    method: str


def what_is_bought(spending: pl.DataFrame, tokens: pl.DataFrame) -> Bought | None:
    """Mean shares of the last four weeks; both frames hold model, valid_on and value (a share of one day).

    The newest day is left out, since it may not be over. None where fewer than two weeks are known.
    """
    days = sorted(set(spending["valid_on"]) & set(tokens["valid_on"]))[:-1]
    if not days:
        return None
    days = [day for day in days if day > days[-1] - timedelta(days=DAYS)]
    if len(days) < FEWEST_DAYS:
        return None
    # a model that is not listed on a day had none of that day's traffic, or too little to be listed
    models = (
        _mean(spending, days, "spending")
        .join(_mean(tokens, days, "tokens"), on="model")
        .filter(pl.col("tokens") > 0, pl.col("spending") > 0)
        .with_columns(times_average=pl.col("spending") / pl.col("tokens"))
        .with_columns(price_class=_class())
        .sort("spending", "model", descending=[True, False])
    )
    classes = models.group_by("price_class").agg(pl.col("spending", "tokens").sum()).sort("price_class")
    method = (
        f"mean daily shares over {len(days)} days; share of spending over share of tokens is the price of a "
        f"token beside the average; dear from {DEAR:g} times, cheap to {1 / DEAR:g} times"
    )
    return Bought(models, classes, days[0], days[-1], len(days), method)


def _mean(shares: pl.DataFrame, days: list[date], name: str) -> pl.DataFrame:
    within = shares.filter(pl.col("valid_on").is_in(days))
    return within.group_by("model").agg((pl.col("value").sum() / len(days)).alias(name))


def _class() -> pl.Expr:
    times = pl.col("times_average")
    return (
        pl.when(times >= DEAR)
        .then(pl.lit(PriceClass.DEAR.value))
        .when(times <= 1 / DEAR)
        .then(pl.lit(PriceClass.CHEAP.value))
        .otherwise(pl.lit(PriceClass.MIDDLE.value))
    )
