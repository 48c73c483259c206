"""What one more point costs, where models are cheap and where they are best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

SPAN_POINTS = 5.0
SPAN_SHARE = 0.05
"""Over so much of the scale a price per point is averaged: one step of the front alone is mostly noise."""


@dataclass(frozen=True, slots=True)
class PointPrice:
    """USD per million tokens that one more point costs on a day, at both ends of the front.

    `cheap` from the cheapest model upwards, `best` up to the best model, each averaged over `span` (in the
    unit of the scale); None where the front does not reach so far.
    """

    on: date
    cheap: float | None
    best: float | None
    span: float


def price_of_a_point(models: pl.DataFrame, prices: pl.DataFrame, on: date, span: float) -> PointPrice:
    """What one more point costs at each end of the front of a day.

    `models`: model_id, released_on, value (points, or a fraction whose points are hundredths). `prices`:
    model_id, price_usd_per_mtok in force on the day. The price of a score is that of the cheapest model that
    reaches it.
    """
    there = models.filter(pl.col("released_on") <= on).join(prices, on="model_id")
    there = there.filter(pl.col("price_usd_per_mtok") > 0)
    if there.is_empty():
        return PointPrice(on, None, None, span)
    points = span if span >= 1 else 100 * span
    cheapest = there.sort(["price_usd_per_mtok", "value"], descending=[False, True]).row(0, named=True)
    top = there["value"].max()
    assert isinstance(top, float)
    ends = [(cheapest["value"], cheapest["value"] + span), (top - span, top)]
    told = []
    for low, high in ends:
        above, below = _cheapest(there, high), _cheapest(there, low)
        known = above is not None and below is not None and top - cheapest["value"] >= span
        told.append((above - below) / points if known and above is not None and below is not None else None)
    return PointPrice(on, told[0], told[1], span)


def _cheapest(models: pl.DataFrame, score: float) -> float | None:
    price = models.filter(pl.col("value") >= score)["price_usd_per_mtok"].min()
    return float(price) if isinstance(price, float) else None
