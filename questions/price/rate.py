"""The rate of a price as every question computes it: one seed, so one price has one rate."""

from __future__ import annotations

from typing import Final

from analysis.price.decline import PriceDecline, quantile_decline
from questions.kept import kept
from questions.price.cheapest import CheapestWay
from questions.view import View

SEED: Final = 20241220


def decline_of(view: View, way: CheapestWay) -> PriceDecline:
    """The rate through the tenth percentile of prices, computed once for each price."""
    return kept(view, "price decline", way.key, lambda: quantile_decline(way.steps.changes, seed=SEED))
