"""The interval of a difference, from the intervals of its two sides."""

from __future__ import annotations

from math import hypot

from analysis.results import Estimate, Interval


def difference(one: float, own: Interval, two: float, other: Interval) -> Estimate:
    """`one - two` with an interval of the level of `own`, where the errors of both are independent.

    Each end takes the side of both intervals that leads to it, so that uneven intervals stay uneven.

    References: Zou and Donner (2008), Construction of confidence limits about effect measures: a general
    approach, Statistics in Medicine 27.
    """
    gap = one - two
    low, high = gap - hypot(one - own.low, other.high - two), gap + hypot(own.high - one, two - other.low)
    return Estimate(gap, Interval(low, high, own.level))
