"""How surely each test would have noticed a full stop of progress, by months since, in simulated worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.trends.bend import Bend


@dataclass(frozen=True, slots=True)
class Power:
    """Shares of simulated worlds (of `worlds` each) in which a full stop is noticed, by months since."""

    noticed: dict[int, float]
    worlds: int

    def at(self, months: int) -> float:
        """The share, 0..1. Raises KeyError for months that were not simulated."""
        return self.noticed[months]


VERDICT: Final = Power({3: 0.126, 6: 0.352, 9: 0.751, 12: 0.965, 15: 0.998, 18: 1.0}, worlds=1000)
"""The verdict is slowing or plateau (docs/methods/calibration.csv)."""

BEND: Final = Power({3: 0.1433, 6: 0.76, 9: 0.99, 12: 1.0, 15: 1.0, 18: 1.0}, worlds=300)
"""One look at the test of a downward bend (docs/methods/bend.csv)."""

BEND_THRESHOLD: Final = 3.2678
"""Gain above which one look notices a bend: 5 % of straight lines lie above it (docs/methods/bend.csv)."""

BEND_THRESHOLD_MONTHLY: Final = 6.1075
"""The same for a look every month: 5 % of straight lines lie above it at least once in a year."""


def is_noticed(bend: Bend) -> bool:
    """Whether one look finds that the line bends downwards."""
    return bend.gain > BEND_THRESHOLD
