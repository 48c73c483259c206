"""Attention now against a year before: the ratio of twelve months to the same months of the year before."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import stats

from analysis.results import Estimate, Interval

MONTHS = 12
BATCHES = 3
LEVEL = 0.90
WIDENING = 1.3
"""By simulation: batch means of twelve months that follow their neighbours (0.5) cover 87 %, with this more
than 90 %."""


def year_on_year(attention: pl.DataFrame) -> Estimate | None:
    """How many times the attention of the year before the last twelve months had, with a 90 % interval.

    `attention`: valid_on (first of the month), value. The mean log ratio of each of the last twelve months to
    the same month a year earlier, which leaves seasons out. None where a month of the 24 is missing or
    nothing was counted in it: a ratio to nothing is none.

    Months resemble their neighbours, so the interval is that of three means of four months each (batch
    means, Student's t with two degrees of freedom), widened.

    Reference: Law (2015), Simulation Modeling and Analysis, on batch means.
    """
    counted = attention.filter(pl.col("value") > 0).select("valid_on", value=pl.col("value").log())
    if counted.is_empty():
        return None
    end = attention["valid_on"].max()
    last = pl.lit(end).dt.offset_by(f"-{MONTHS - 1}mo")
    before = counted.select(pl.col("valid_on").dt.offset_by("1y"), before="value")
    pairs = counted.filter(pl.col("valid_on") >= last).join(before, on="valid_on").sort("valid_on")
    if pairs.height < MONTHS:
        return None
    changes = (pairs["value"] - pairs["before"]).to_numpy().reshape(BATCHES, -1).mean(axis=1)
    quantile = float(stats.t.ppf(0.5 + LEVEL / 2, BATCHES - 1))
    half = WIDENING * quantile * float(changes.std(ddof=1)) / BATCHES**0.5
    middle = float(changes.mean())
    low, high = np.exp([middle - half, middle + half])
    return Estimate(float(np.exp(middle)), Interval(float(low), float(high), LEVEL))
