"""A forecast interval for the slope of the next twelve months, from how far past slopes missed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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

    The level of the interval is what the record can promise: with so many whole blocks of `BLOCK_MONTHS` a
    further one exceeds the largest miss of all of them once in `whole_blocks` + 1. `held` of `judged` past
    days had their following slope inside an interval of the same kind that was made from the days of other
    blocks alone. Days within a block share most of their year, so that the blocks are what can count as
    trials; `blocks` counts the one that has only begun too.
    """

    forecast: Estimate
    held: int
    judged: int
    blocks: int
    whole_blocks: int


def next_year(recent: float, past: Sequence[PastSlope]) -> NextYear | None:
    """The recent slope, give or take the largest miss of any block (of nine in ten, with nine or more).

    None with fewer than `FEWEST_MISSES` past days, without a whole block, or with one block alone: then there
    is nothing to calibrate on.

    References: Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World, chapter 2
    (conformal intervals); Chernozhukov, Wuthrich and Zhu (2018), Exact and robust conformal inference methods
    for predictive machine learning with dependent data, COLT (blocks).
    """
    blocks = _blocks(past)
    if len(past) < FEWEST_MISSES or len(blocks) < 2:
        return None
    largest = [max(one.miss for one in block) for block in blocks]
    held = sum(
        one.miss <= _reach(largest[:place] + largest[place + 1 :])
        for place, block in enumerate(blocks)
        for one in block
    )
    whole_blocks = (_months(blocks[0][0], blocks[-1][-1]) + 1) // BLOCK_MONTHS
    reach, level = _reach(largest), min(LEVEL, whole_blocks / (whole_blocks + 1))
    interval = Interval(recent - reach, recent + reach, level)
    return NextYear(Estimate(recent, interval), held, len(past), len(blocks), whole_blocks)


def _blocks(past: Sequence[PastSlope]) -> list[list[PastSlope]]:
    """The past days by blocks of a year from the first of them."""
    ordered = sorted(past, key=lambda one: one.as_of)
    found: dict[int, list[PastSlope]] = {}
    for one in ordered:
        found.setdefault(_months(ordered[0], one) // BLOCK_MONTHS, []).append(one)
    return list(found.values())


def _months(first: PastSlope, one: PastSlope) -> int:
    return (one.as_of.year - first.as_of.year) * 12 + one.as_of.month - first.as_of.month


def _reach(largest: Sequence[float]) -> float:
    """The miss of a block that nine in ten further blocks do not exceed; of few, the largest of all."""
    rank = math.ceil(LEVEL * (len(largest) + 1))
    return sorted(largest)[min(rank, len(largest)) - 1]
