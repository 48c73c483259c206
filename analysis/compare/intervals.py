"""The intervals of scores that stand beside each other, brought to one coverage."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.numeric.noise import critical_value

STATED: Final = 0.95
"""Coverage of the intervals that boards state of their scores; where one also states a standard error, that
counts, since the ends of some boards are one error away."""


def at_one_coverage(rows: pl.DataFrame, level: float) -> pl.DataFrame:
    """The rows with `low` and `high` of a normal interval of coverage `level`; null where no error is known.

    `rows`: score, unit, stderr (stated), stderr_known (stated of it at any time), low, high (stated). Each
    side of a stated interval shrinks by itself, since some are wider upwards. A share stays between none and
    all. An error of zero is none that is known.
    """
    shrunk = critical_value(level) / critical_value(STATED)
    known = pl.coalesce(_above_zero("stderr"), pl.when(_is_open).then(_above_zero("stderr_known")))
    reach = critical_value(level) * known
    is_share = pl.col("unit") == "fraction"
    low = pl.coalesce(pl.col("score") - reach, pl.col("score") - (pl.col("score") - pl.col("low")) * shrunk)
    high = pl.coalesce(pl.col("score") + reach, pl.col("score") + (pl.col("high") - pl.col("score")) * shrunk)
    return rows.with_columns(
        low=pl.when(is_share).then(low.clip(0.0, None)).otherwise(low),
        high=pl.when(is_share).then(high.clip(None, 1.0)).otherwise(high),
    )


def _above_zero(name: str) -> pl.Expr:
    return pl.when(pl.col(name) > 0).then(pl.col(name))


_is_open = pl.col("low").is_null() | pl.col("high").is_null()
"""Rows of which no interval is stated."""
