"""The points that curves are fitted to: the three best new models of each quarter."""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.numeric.curve_fit import Series
from analysis.results import Floats, years
from analysis.trends.measures import Measure, Scale

PER_QUARTER = 3
SHRINKAGE = 0.05
"""Pulls scores towards the middle of their range before their binomial variance is taken, which else could be
0.
"""


def quarterly_best(models: pl.DataFrame) -> pl.DataFrame:
    """The three best models released in each calendar quarter, in order of release.

    `models`: model_id, released_on (date), value. A quarter's models are ranked among themselves only, so a
    later record never decides which earlier models count.
    """
    rows = models.drop_nulls(["released_on", "value"])
    rank = pl.col("value").rank("ordinal", descending=True).over(pl.col("released_on").dt.truncate("1q"))
    ordered = rows.sort("released_on", "model_id")
    return ordered.filter(rank <= PER_QUARTER)


def series_of(points: pl.DataFrame, measure: Measure) -> Series:
    """Time, values and weights of the points; a bounded score has binomial-like errors, horizons enter as
    log2.
    """
    raw = points["value"].to_numpy().astype(np.float64)
    time = years(points["released_on"])
    if not measure.bounded:
        return Series(time, measure.scaled(raw) if measure.scale is Scale.LOG2 else raw, np.ones(len(raw)))
    return Series(time, raw, _binomial_weights(raw, measure))


def _binomial_weights(scores: Floats, measure: Measure) -> Floats:
    share = np.clip(scores / measure.ceiling, 0.0, 1.0)
    share = (share + SHRINKAGE) / (1.0 + 2 * SHRINKAGE)
    weights = 1.0 / (share * (1.0 - share))
    return np.asarray(weights / weights.mean())
