"""How long tests take from 20 to 80 % of the way, by publication; the unfinished count as censored."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from scipy.stats import CensoredData, ecdf, logrank

from analysis.relay.frontiers import BEGINS_BELOW
from analysis.results import DAYS_PER_YEAR, Estimate, Floats, Interval

LEVEL: Final = 0.90
SIGNIFICANCE: Final = 0.05
FEWEST_FINISHED: Final = 3
"""Finished tests below which a period's test is not told."""

PERIODS: Final = (
    ("before 2023", date(2023, 1, 1)),
    ("2023–24", date(2025, 1, 1)),
    ("since 2025", date.max),
)
"""Names and ends of the periods by which tests are dated: see `with_period`."""

_MONTHS: Final = 12 / DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class PeriodDurations:
    """The tests that are dated to one period.

    `months`, `unfinished`, `low`, `high`: steps of the share of tests that are not finished after so many
    months (Kaplan-Meier) and its 90 % band; `median` in months, None where half never finished, its interval
    open (infinite) where the band does not fall to one half.
    """

    name: str
    n: int
    finished: int
    months: Floats
    unfinished: Floats
    low: Floats
    high: Floats
    median: Estimate | None


@dataclass(frozen=True, slots=True)
class Durations:
    """All periods with a test, and whether the tests of the second differ from those of the first.

    `p_value` is that of the log-rank test, None where too few finished on either side; `rows` are the tests
    with period, months and finished.
    """

    periods: tuple[PeriodDurations, ...]
    p_value: float | None
    rows: pl.DataFrame


def durations(tests: pl.DataFrame) -> Durations:
    """From the first model at 20 % to the first at 80 %, of the tests that began below 20 %.

    `tests`: the rows of `frontiers`. Months count from no day before the test was published, where that is
    known: older models are measured in hindsight. A test that no model has finished is censored at the
    release of the last model that sat it: afterwards nobody looked. Days of passing a mark are those of
    releases, so each duration is known only up to the gaps between releases.

    References: Kaplan and Meier (1958); Brookmeyer and Crowley (1982) for the interval of the median; Mantel
    (1966) for the log-rank test.
    """
    rose = tests.filter(pl.col("first") < BEGINS_BELOW, pl.col("rose_on").is_not_null())
    end = pl.coalesce("done_on", "ended_on")
    start = pl.max_horizontal("rose_on", "published_on")
    rows = with_period(rose).with_columns(
        months=((end - start).dt.total_days() * _MONTHS).clip(lower_bound=0.0),
        finished=pl.col("done_on").is_not_null(),
    )
    periods = tuple(
        _of_period(name, part) for name, _ in PERIODS if (part := rows.filter(period=name)).height
    )
    compared = [rows.filter(period=one.name) for one in periods[:2]]
    return Durations(periods, _differ(*compared) if len(compared) == 2 else None, rows)


def with_period(tests: pl.DataFrame) -> pl.DataFrame:
    """The tests with `period`, that of their publication, or of their oldest model where none is known."""
    dated_on = pl.coalesce("published_on", "began_on")
    expression: pl.Expr = pl.lit(PERIODS[-1][0])
    for name, end in reversed(PERIODS[:-1]):
        expression = pl.when(dated_on < end).then(pl.lit(name)).otherwise(expression)
    return tests.with_columns(period=expression)


def _of_period(name: str, rows: pl.DataFrame) -> PeriodDurations:
    survival = ecdf(_censored(rows)).sf
    with warnings.catch_warnings():
        # Before the first test finished, and after the last one did, the band has no variance to be made of.
        warnings.simplefilter("ignore", RuntimeWarning)
        band = survival.confidence_interval(LEVEL, method="log-log")
    months, low, high = survival.quantiles, band.low.probabilities, band.high.probabilities
    low, high = (np.where(np.isnan(end), survival.probabilities, end) for end in (low, high))
    middle = _falls_to_half(months, survival.probabilities)
    interval = Interval(_falls_to_half(months, low), _falls_to_half(months, high), LEVEL)
    return PeriodDurations(
        name,
        rows.height,
        int(rows["finished"].sum()),
        np.asarray(months),
        np.asarray(survival.probabilities),
        np.asarray(low),
        np.asarray(high),
        Estimate(middle, interval) if np.isfinite(middle) else None,
    )


def _censored(rows: pl.DataFrame) -> CensoredData:
    return CensoredData(
        uncensored=rows.filter("finished")["months"].to_numpy(),
        right=rows.filter(~pl.col("finished"))["months"].to_numpy(),
    )


def _falls_to_half(months: Floats, shares: Sequence[float] | Floats) -> float:
    """The first time at which a falling share is one half or less; infinite where it never is."""
    reached = np.flatnonzero(np.asarray(shares) <= 0.5)
    return float(months[reached[0]]) if len(reached) else float("inf")


def _differ(earlier: pl.DataFrame, later: pl.DataFrame) -> float | None:
    if min(int(part["finished"].sum()) for part in (earlier, later)) < FEWEST_FINISHED:
        return None
    return float(logrank(_censored(earlier), _censored(later)).pvalue)
