"""Whether the best of today is surely better than the best of an earlier day, whatever its pace."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.numeric.noise import critical_value
from analysis.results import Interval

LEVEL: Final = 0.90


def surely_rose(models: pl.DataFrame, then: date) -> bool:
    """Whether the interval of the best value lies above that of the best released by `then`.

    `models`: released_on, value, and low and high as stated or stderr, where these are known. False where an
    interval is not known. That a frontier rose needs no trend: two values whose intervals are apart tell it.
    """
    known = models.drop_nulls("value")
    was, now = _of_best(known.filter(pl.col("released_on") <= then)), _of_best(known)
    return was is not None and now is not None and was.high < now.low


def _of_best(models: pl.DataFrame) -> Interval | None:
    if models.is_empty():
        return None
    best = models.sort("value").row(-1, named=True)
    if best.get("low") is not None and best.get("high") is not None:
        return Interval(best["low"], best["high"], LEVEL)
    if best.get("stderr") is None:
        return None
    reach = critical_value(LEVEL) * best["stderr"]
    return Interval(best["value"] - reach, best["value"] + reach, LEVEL)
