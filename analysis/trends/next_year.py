"""A forecast interval for the slope of the next twelve months, from how far past slopes missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.results import Estimate, Interval

BLOCK_MONTHS = 12
FEWEST_MISSES = 12
LEVEL = 0.90


@dataclass(frozen=True, slots=True)
class PastSlope:
    """The recent slope on a day, and that of the year which followed, in the same unit a year."""

    as_of: date
    recent: float
    following: float

    @property
    def miss(self) -> float:
        """By how much the slope that followed differed, whichever way."""
        return abs(self.following - self.recent)


@dataclass(frozen=True, slots=True)
class NextYear:
    """The forecast from today's slope, and how it would have fared.

    `held` of `judged` past days had their following slope inside an interval of the same kind that was made
    from the days of other blocks alone, each of `BLOCK_MONTHS`; `blocks` of them. Days within a block share
    most of their year, so that the blocks are what can count as trials.
    """

    forecast: Estimate
    held: int
    judged: int
    blocks: int


def next_year(recent: float, past: Sequence[PastSlope]) -> NextYear | None:
    """The recent slope, give or take what nine past slopes in ten were wrong by at most.

    None with fewer than `FEWEST_MISSES` past days or fewer than two blocks: then there is nothing to
    calibrate on.

    References: Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World, chapter 2
    (conformal intervals); Roberts et al. (2017), Cross-validation strategies for data with temporal
    structure, Ecography 40 (blocks).
    """
    blocks = sorted({_block(one, past) for one in past})
    if len(past) < FEWEST_MISSES or len(blocks) < 2:
        return None
    held = sum(
        one.miss <= _reach([other for other in past if _block(other, past) != _block(one, past)])
        for one in past
    )
    reach = _reach(past)
    return NextYear(
        Estimate(recent, Interval(recent - reach, recent + reach, LEVEL)), held, len(past), len(blocks)
    )


def _block(one: PastSlope, past: Sequence[PastSlope]) -> int:
    first = min(each.as_of for each in past)
    months = (one.as_of.year - first.year) * 12 + one.as_of.month - first.month
    return months // BLOCK_MONTHS


def _reach(past: Sequence[PastSlope]) -> float:
    """The miss that so many of the past ones do not exceed; of few, the largest."""
    return float(np.quantile([one.miss for one in past], LEVEL, method="higher"))
