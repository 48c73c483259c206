"""How far noise reaches, for everything that says that two scores cannot be told apart."""

from __future__ import annotations

import polars as pl
from scipy.stats import norm


def critical_value(level: float) -> float:
    """How many standard errors a two-sided normal interval of coverage `level` reaches to each side."""
    return float(norm.ppf(0.5 + level / 2))


def with_interval(rows: pl.DataFrame, value: str, level: float) -> pl.DataFrame:
    """The rows with `low` and `high` of a normal interval of coverage `level`; null where no error is known.

    `rows`: the column `value`, unit, stderr (stated of the score), stderr_known (stated of the model at any
    time, or that follows from the interval), low, high (stated) and stated_reach: how many standard errors
    these are away. Boards state 90 %, 95 % or one error, so a stated error counts before a stated interval,
    and each side of an interval is brought to `level` by itself, since some are wider upwards: those of
    minutes, which are horizons, by their logarithm. A share stays between none and all. An error of zero is
    none that is known. `stderr` is then the one that is known.
    """
    reach = critical_value(level)
    shrunk = reach / pl.col("stated_reach")
    known = pl.coalesce(_above_zero("stderr"), pl.when(_is_open).then(_above_zero("stderr_known")))
    at = pl.col(value)
    is_share, is_time = (pl.col("unit") == unit for unit in ("fraction", "minutes"))
    stated_low, stated_high = (
        pl.when(is_time & (end > 0)).then(at * (end / at) ** shrunk).otherwise(at + (end - at) * shrunk)
        for end in (pl.col("low"), pl.col("high"))
    )
    low = pl.coalesce(at - reach * known, stated_low)
    high = pl.coalesce(at + reach * known, stated_high)
    return rows.with_columns(
        low=pl.when(is_share).then(low.clip(0.0, None)).otherwise(low),
        high=pl.when(is_share).then(high.clip(None, 1.0)).otherwise(high),
        stderr="stderr_known",
    ).drop("stderr_known", "stated_reach")


def _above_zero(name: str) -> pl.Expr:
    return pl.when(pl.col(name) > 0).then(pl.col(name))


_is_open = pl.col("low").is_null() | pl.col("high").is_null()
"""Rows of which no interval is stated."""
