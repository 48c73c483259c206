"""How the worth of the dearer of two models moves with the value of a solved task."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from analysis.worth.value import Offer, TaskProfile, WorthIt, worth_it

POINTS = 41
FURTHEST = 50.0
"""The curve ends at this many times the reader's own value at the latest."""


def net_value_curve(first: Offer, second: Offer, profile: TaskProfile, seed: int) -> pl.DataFrame:
    """What the dearer model adds to the net value of a task, over values of a solved task from 0 on.

    One row per value: value_usd, extra_net_usd, low, high (90 %), verdict. The values reach twice the
    reader's own, and past the point from which the dearer model pays where that is not too far off.
    """
    at_own = worth_it(first, second, profile, seed)
    values = np.linspace(0.0, _reach(at_own, profile), POINTS)
    return pl.DataFrame([_row(first, second, profile, float(value), seed) for value in values])


def _reach(worth: WorthIt, profile: TaskProfile) -> float:
    own = max(profile.value_of_solved_usd, 0.01)
    pays_from = worth.pays_from_usd.value
    return 2 * own if pays_from > FURTHEST * own else 2 * max(own, pays_from)


def _row(first: Offer, second: Offer, profile: TaskProfile, value: float, seed: int) -> dict[str, object]:
    worth = worth_it(first, second, replace(profile, value_of_solved_usd=value), seed)
    interval = worth.extra_net_value_usd.interval
    return {
        "value_usd": value,
        "extra_net_usd": worth.extra_net_value_usd.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "verdict": worth.verdict.value,
    }
