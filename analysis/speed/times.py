"""How long answers take: the median over models with its interval."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.stats import quantile_test

LEVEL = 0.90
FEWEST_MODELS = 5
"""Models below which a median is not told."""


def typical_times(times: pl.DataFrame) -> pl.DataFrame:
    """Median seconds of models on each board, those that think before they answer apart from the others.

    `times`: benchmark_id, benchmark, reasoning (bool), seconds, one row per model. Gives these with n,
    seconds, low and high: the interval of the median by order statistics, whose ends are null where the
    models are too few for its level.

    References: Conover (1999), Practical Nonparametric Statistics, section 3.2, as in SciPy.
    """
    rows = []
    groups = times.group_by("benchmark_id", "benchmark", "reasoning", maintain_order=True)
    for (benchmark_id, benchmark, reasoning), models in groups:
        if models.height < FEWEST_MODELS:
            continue
        seconds = models["seconds"].to_numpy()
        median = float(models["seconds"].median())  # type: ignore[arg-type]  # a column of floats
        ends = quantile_test(seconds, q=median, p=0.5).confidence_interval(LEVEL)
        low, high = (float(end) if np.isfinite(end) else None for end in (ends.low, ends.high))
        rows.append((benchmark_id, benchmark, reasoning, models.height, median, low, high))
    schema = {
        "benchmark_id": pl.String,
        "benchmark": pl.String,
        "reasoning": pl.Boolean,
        "n": pl.Int64,
        "seconds": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
