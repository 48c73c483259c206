"""How far noise reaches, for everything that says that two scores cannot be told apart."""

from __future__ import annotations

import polars as pl
from scipy.stats import norm


def critical_value(level: float) -> float:
    """How many standard errors a two-sided normal interval of coverage `level` reaches to each side."""
    return float(norm.ppf(0.5 + level / 2))


def with_interval(rows: pl.DataFrame, value: str, level: float) -> pl.DataFrame:
    """The rows with `low` and `high`: those stated, else from `stderr`; null where neither is known."""
    reach = critical_value(level) * pl.col("stderr")
    return rows.with_columns(
        low=pl.coalesce("low", pl.col(value) - reach), high=pl.coalesce("high", pl.col(value) + reach)
    )
