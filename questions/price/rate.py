"""How a price fell as every question computes it: once for each price, with one seed."""

from __future__ import annotations

from typing import Final

from analysis.price.decline import PriceDecline, quantile_decline
from analysis.price.fall import PriceFall, price_fall
from questions.kept import kept
from questions.price.cheapest import CheapestWay
from questions.view import View

SEED: Final = 20241220


def fall_of(view: View, way: CheapestWay) -> PriceFall | None:
    """How the cheapest price fell, computed once for each price."""
    return kept(view, "price fall", way.key, lambda: price_fall(way.steps))


def decline_of(view: View, way: CheapestWay) -> PriceDecline:
    """The rate through the tenth percentile of newly asked prices, computed once for each price."""
    return kept(view, "price decline", way.key, lambda: quantile_decline(way.steps.changes, seed=SEED))
