"""How a price fell as every question computes it: once for each price, with one seed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from analysis.price.decline import PriceDecline, quantile_decline
from analysis.price.fall import PriceFall, price_fall
from questions.kept import kept
from questions.price.cheapest import CheapestWay, price_of_ends
from questions.price.threshold import Capability
from questions.view import View

SEED: Final = 20241220


def fall_of(view: View, way: CheapestWay) -> PriceFall | None:
    """How the cheapest price fell, computed once for each price."""
    return kept(view, "price fall", way.key, lambda: price_fall(way.steps))


def fall_within_error(view: View, capability: Capability, way: CheapestWay) -> PriceFall | None:
    """The same, its last year with the prices that the score's error leaves open at both of its ends."""
    fall = fall_of(view, way)
    if fall is None or fall.last_year is None or capability.spread is None:
        return fall
    part = fall.last_year
    (first, _), (last, _) = (
        price_of_ends(view, capability, way, day) for day in (part.window.start, part.window.end)
    )
    return replace(
        fall,
        last_year=replace(
            part,
            least_from_usd=min(part.least_from_usd, first or part.least_from_usd),
            least_to_usd=min(part.least_to_usd, last or part.least_to_usd),
        ),
    )


def decline_of(view: View, way: CheapestWay) -> PriceDecline:
    """The rate through the tenth percentile of new list prices, computed once for each price."""
    return kept(view, "price decline", way.key, lambda: quantile_decline(way.steps.changes, seed=SEED))
