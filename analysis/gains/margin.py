"""What one more point costs, where models are cheap and where they are best, and on average between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.numeric.difference import difference
from analysis.results import Estimate, Interval

SPAN_POINTS = 5.0
SPAN_SHARE = 0.05
"""Over so much of the scale at least a price per point is taken: a shorter step is mostly noise."""


@dataclass(frozen=True, slots=True)
class PointPrice:
    """USD per million tokens that one more point costs on a day, at both ends of the front.

    `cheap` from the cheapest model upwards, `best` up to the best model, each over the step of the front that
    spans `span` (in the unit of the scale) or more, divided by the points that it buys; None where the front
    does not reach so far. `cheap_between` and `best_between` are the titles of the two models that tell it
    where their scores' intervals overlap: then it is no rate.
    """

    on: date
    cheap: float | None
    best: float | None
    span: float
    cheap_between: tuple[str, str] | None = None
    best_between: tuple[str, str] | None = None


def price_of_a_point(models: pl.DataFrame, prices: pl.DataFrame, on: date, span: float) -> PointPrice:
    """What one more point costs at each end of the front of a day.

    `models`: model_id, title, released_on, value (points, or a fraction whose points are hundredths), low and
    high (null where not known). `prices`: model_id, price_usd_per_mtok in force on the day. The price of a
    score is that of the cheapest model that reaches it.
    """
    there = _on_sale(models, prices, on)
    if there.is_empty():
        return PointPrice(on, None, None, span)
    cheapest, top = _lowest(there), _top(there)
    if top - cheapest["value"] < span:
        return PointPrice(on, None, None, span)
    a_point = 1.0 if span >= 1 else 0.01
    told = []
    for low, high in ((cheapest["value"], cheapest["value"] + span), (top - span, top)):
        above = _cheapest(there, high)
        below = _before(there, _cheapest(there, low), above)
        bought = (above["value"] - below["value"]) / a_point
        price = (above["price_usd_per_mtok"] - below["price_usd_per_mtok"]) / bought
        told.append((price, (below["title"], above["title"]) if _overlap(below, above) else None))
    (cheap, cheap_between), (best, best_between) = told
    return PointPrice(on, cheap, best, span, cheap_between, best_between)


@dataclass(frozen=True, slots=True)
class FrontPrice:
    """What a point cost on average from the cheapest model on sale up to the best.

    `a_point`: USD per million tokens, with the interval that the errors of both scores leave, where both are
    known and the scores are told apart; `cheapest` and `best`: title, value, price_usd_per_mtok of the two.
    """

    on: date
    a_point: Estimate
    cheapest: dict[str, Any]
    best: dict[str, Any]


def price_over_the_front(
    models: pl.DataFrame, prices: pl.DataFrame, on: date, points_of: float
) -> FrontPrice | None:
    """The price of a point over the whole front; None where the cheapest is the best, or costs as much.

    `models` and `prices` as for `price_of_a_point`; `points_of`: how many points one unit of the scale has.
    Errors of both scores count as independent.
    """
    there = _on_sale(models, prices, on)
    if there.is_empty():
        return None
    cheapest, best = _lowest(there), _cheapest(there, _top(there))
    more = best["price_usd_per_mtok"] - cheapest["price_usd_per_mtok"]
    bought = (best["value"] - cheapest["value"]) * points_of
    if more <= 0 or bought <= 0:
        return None
    return FrontPrice(
        on, Estimate(more / bought, _interval(cheapest, best, more / points_of)), cheapest, best
    )


def _interval(cheapest: dict[str, Any], best: dict[str, Any], more: float) -> Interval | None:
    """Of so much more divided by the points between two scores; None where these may be none."""
    ends = (cheapest["low"], cheapest["high"], best["low"], best["high"])
    if None in ends:
        return None
    gap = difference(best["value"], Interval(*ends[2:]), cheapest["value"], Interval(*ends[:2])).interval
    return None if gap is None or gap.low <= 0 else Interval(more / gap.high, more / gap.low, gap.level)


def _on_sale(models: pl.DataFrame, prices: pl.DataFrame, on: date) -> pl.DataFrame:
    """The models released by a day with their price above zero."""
    there = models.filter(pl.col("released_on") <= on).join(prices, on="model_id", maintain_order="left")
    return there.filter(pl.col("price_usd_per_mtok") > 0)


def _lowest(models: pl.DataFrame) -> dict[str, Any]:
    """The cheapest model; of equal prices the best."""
    return models.sort(["price_usd_per_mtok", "value"], descending=[False, True]).row(0, named=True)


def _top(models: pl.DataFrame) -> float:
    top = models["value"].max()
    assert isinstance(top, float)
    return top


def _cheapest(models: pl.DataFrame, score: float) -> dict[str, Any]:
    """The cheapest model that reaches a score, which there is up to the top; of equal prices the best."""
    reached = models.filter(pl.col("value") >= score)
    by = ["price_usd_per_mtok", "value", "model_id"]
    return reached.sort(by, descending=[False, True, False]).row(0, named=True)


def _before(models: pl.DataFrame, below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Where a step begins: the cheapest model that reaches its low end.

    Where that is the model at which it ends, the best of those that cost less: such a step is longer.
    """
    if below["model_id"] != above["model_id"]:
        return below
    cheaper = models.filter(pl.col("price_usd_per_mtok") < above["price_usd_per_mtok"])
    by = ["value", "price_usd_per_mtok", "model_id"]
    return cheaper.sort(by, descending=[True, False, False]).row(0, named=True)


def _overlap(below: dict[str, Any], above: dict[str, Any]) -> bool:
    """Whether the intervals of two scores overlap; not where one is not known."""
    if below["high"] is None or above["low"] is None:
        return False
    return bool(below["high"] >= above["low"])
