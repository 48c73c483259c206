"""Between what the price of the best model went of late, and whether it rose or fell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import polars as pl
from scipy import stats

from analysis.gains.records import FrontierCost
from analysis.results import months_before

RECENT_MONTHS: Final = 18
"""As long as the newer of the two stretches that the page Trends compares."""

FEWEST_PRICES: Final = 6
"""With fewer prices Kendall's test could hardly tell a trend."""

_LEVEL: Final = 0.10


class PriceCourse(StrEnum):
    """What the prices did in their order, a closed list."""

    RISES = "rises"
    FALLS = "falls"
    NO_TREND = "no trend is told"
    TOO_FEW = "too few prices"


@dataclass(frozen=True, slots=True)
class RecentPrices:
    """The lowest and the highest price of the best model in the last months, USD per million tokens.

    `lowest` and `highest`: the newest rows of `FrontierCost.steps` that have them.
    """

    lowest: dict[str, Any]
    highest: dict[str, Any]
    n: int
    course: PriceCourse
    method: str

    @property
    def low_usd_per_mtok(self) -> float:
        """The lowest price."""
        return float(self.lowest["price_usd_per_mtok"])

    @property
    def high_usd_per_mtok(self) -> float:
        """The highest price."""
        return float(self.highest["price_usd_per_mtok"])


def recent_prices(found: FrontierCost) -> RecentPrices | None:
    """The range and the course of the prices in force in the last RECENT_MONTHS; None where there is none.

    References: Kendall (1938), A New Measure of Rank Correlation.
    """
    since = months_before(found.until, RECENT_MONTHS)
    begun = found.steps.filter(pl.col("valid_on") <= since).tail(1)
    shown = pl.concat([begun, found.steps.filter(pl.col("valid_on") > since)])
    priced = shown.drop_nulls("price_usd_per_mtok")
    if priced.is_empty():
        return None
    prices = priced["price_usd_per_mtok"].to_list()
    lowest, highest = (
        priced.filter(pl.col("price_usd_per_mtok") == end).row(-1, named=True)
        for end in (min(prices), max(prices))
    )
    method = f"range, and Kendall's tau of price and order at level {_LEVEL:g}"
    return RecentPrices(lowest, highest, len(prices), _course(prices), method)


def _course(prices: list[float]) -> PriceCourse:
    if len(prices) < FEWEST_PRICES:
        return PriceCourse.TOO_FEW
    told = stats.kendalltau(range(len(prices)), prices)
    if not told.pvalue < _LEVEL:
        return PriceCourse.NO_TREND
    return PriceCourse.RISES if told.statistic > 0 else PriceCourse.FALLS
