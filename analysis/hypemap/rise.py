"""Whether the best of today is surely better than the best of an earlier day, whatever its pace."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.numeric.noise import with_interval
from analysis.results import Interval

LEVEL: Final = 0.90


def surely_rose(models: pl.DataFrame, then: date) -> bool:
    """Whether the interval of the best value lies above that of the best released by `then`.

    `models`: released_on, value, low, high and stderr, null where they are not known. False where an interval
    is not known. That a frontier rose needs no trend: two values whose intervals are apart tell it.
    """
    known = models.drop_nulls("value")
    was, now = _of_best(known.filter(pl.col("released_on") <= then)), _of_best(known)
    return was is not None and now is not None and was.high < now.low


def _of_best(models: pl.DataFrame) -> Interval | None:
    best = with_interval(models.sort("value").tail(1), "value", LEVEL).drop_nulls(["low", "high"])
    return Interval(best["low"][0], best["high"][0], LEVEL) if best.height else None
