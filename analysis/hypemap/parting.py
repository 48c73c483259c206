"""Where attention and capability part company: one is told to fall or stand while the other rises."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.results import Estimate
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict

RISES = frozenset(
    {TrendVerdict.SLOWING, TrendVerdict.ACCELERATING, TrendVerdict.STEADY, TrendVerdict.CLIMBING}
)
"""Verdicts under which a frontier still rises."""


def rises(trend: FrontierTrend) -> bool | None:
    """Whether the frontier rises in its recent window; None where that cannot be told."""
    if trend.verdict in RISES:
        return True if trend.surely_rises else None
    return False if trend.verdict is TrendVerdict.PLATEAU else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A technology with its change of attention and whether its capability rises, None where not told."""

    name: str
    attention: Estimate
    rises: bool | None

    @property
    def gap(self) -> float:
        """How far attention goes the other way than capability, as a logarithm; negative where they agree."""
        change = math.log(self.attention.value)
        return -change if self.rises else change

    @property
    def is_told(self) -> bool:
        """Whether the interval of the change of attention leaves no change out."""
        interval = self.attention.interval
        return interval is not None and not interval.holds(1.0) and self.gap > 0


def widest(pairs: Iterable[Pair]) -> Pair | None:
    """The pair that parts most, one that is told before any that is not; None of no pair with a direction."""
    told = [pair for pair in pairs if pair.rises is not None]
    return max(told, key=lambda pair: (pair.is_told, pair.gap), default=None)
