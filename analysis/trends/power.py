"""How surely the test of a bend would have noticed a change of pace, by months since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.results import Floats, year_of, years
from analysis.trends.bend import SPAN_YEARS, downward_gains
from analysis.trends.bend_test import FALSE_ALARMS, Scatter, scatter_of
from analysis.trends.trend import FrontierTrend, makers_of

WORLDS: Final = 300
LOOKS: Final = 12
"""Looks in a year, a month apart."""

STOP, HALVING = "full stop", "slope halves"
SHARES: Final = {STOP: 0.0, HALVING: 0.5}
"""What is left of the slope after each change."""

MONTHS_SINCE: Final = (3, 6, 9, 12, 15, 18)
POWER_SCHEMA: Final = pl.Schema(
    {
        "change": pl.String,
        "months": pl.Int32,
        "noticed": pl.Float64,
        "noticed_monthly": pl.Float64,
        "threshold": pl.Float64,
        "threshold_monthly": pl.Float64,
        "worlds": pl.Int32,
        "models": pl.Int32,
    }
)
_OF_LOOKS: Final = frozenset({"noticed_monthly", "threshold", "threshold_monthly"})
"""What one look has no need of."""


ONE_LOOK_WORLDS: Final = 150
"""Worlds where the power is simulated while a reader waits: shares to 4 points (one standard error)."""

ONE_LOOK_MONTHS: Final = (6, 12)


def power_of_one_look(
    since_end: Floats, values: Floats, makers: Sequence[str], seed: int, worlds: int = ONE_LOOK_WORLDS
) -> pl.DataFrame:
    """Shares of worlds in which one look notices a stop or a halving half a year and a year ago.

    Arguments as for `bend_test`, and its dates; change, months, noticed, worlds and models of `POWER_SCHEMA`.
    Empty where the straight line through the models does not rise: then there is no rise that could stop.
    """
    generator = np.random.default_rng(seed)
    scatter = scatter_of(since_end, values, makers)
    schema = [name for name in POWER_SCHEMA if name not in _OF_LOOKS]
    if scatter.slope <= 0:
        return pl.DataFrame(schema=POWER_SCHEMA).select(schema)
    limit = _exceeded_rarely(_gains(scatter, scatter.worlds(worlds, generator)))
    rows = [
        (change, months, float((gains > limit).mean()), worlds, len(since_end))
        for change, months, gains in _changed(scatter, ONE_LOOK_MONTHS, worlds, generator)
    ]
    return pl.DataFrame(rows, {name: POWER_SCHEMA[name] for name in schema}, orient="row")


def power_of_trend(models: pl.DataFrame, trend: FrontierTrend, seed: int) -> pl.DataFrame | None:
    """`power_of_one_look` on the dates of the trend's own window; None where no bend was tested.

    `models`: as `frontier_trend` took them.
    """
    if trend.bend is None:
        return None
    inside = models.drop_nulls(["released_on", "value"]).filter(
        pl.col("released_on").is_between(trend.window.start, trend.window.end)
    )
    since_end = years(inside["released_on"]) - year_of(trend.window.end)
    values = trend.measure.scaled(inside["value"].to_numpy())
    return power_of_one_look(since_end, values, makers_of(inside), seed)


def bend_power(
    since_end: Floats, values: Floats, makers: Sequence[str], seed: int, worlds: int = WORLDS
) -> pl.DataFrame:
    """Shares of simulated worlds in which a change is noticed, columns of `POWER_SCHEMA`.

    `since_end`: release dates in years from the end of the window, of at least the last four and a half
    years, shape (n,); `values`: on the scale of the regression, shape (n,); `makers`: names, n of them. One
    look has 5 % false alarms (`threshold`), twelve looks a month apart have 5 % together
    (`threshold_monthly`); both from straight lines with the series' own dates and its makers' shortfalls.
    """
    generator = np.random.default_rng(seed)
    year_more = since_end >= -SPAN_YEARS - 1
    inside = since_end >= -SPAN_YEARS
    scatter = scatter_of(since_end[inside], values[inside], _where(makers, inside))
    longer = scatter_of(since_end[year_more], values[year_more], _where(makers, year_more))
    threshold = _exceeded_rarely(_gains(scatter, scatter.worlds(worlds, generator)))
    monthly = _exceeded_rarely(_largest_of_a_year(longer, longer.worlds(worlds, generator)))
    rows = []
    for change, months, gains in _changed(scatter, MONTHS_SINCE, worlds, generator):
        shares = [float((gains > limit).mean()) for limit in (threshold, monthly)]
        rows.append((change, months, *shares, threshold, monthly, worlds, int(inside.sum())))
    return pl.DataFrame(rows, POWER_SCHEMA, orient="row")


def _changed(
    scatter: Scatter, months_since: Sequence[int], worlds: int, generator: np.random.Generator
) -> Iterator[tuple[str, int, Floats]]:
    """Each change and the months since it, with the gains that its worlds give."""
    for change, share in SHARES.items():
        for months in months_since:
            bend = -(1 - share) * scatter.slope * np.maximum(scatter.since_end + months / 12, 0.0)
            yield change, months, _gains(scatter, scatter.worlds(worlds, generator, bend))


def _where(makers: Sequence[str], inside: NDArray[np.bool_]) -> list[str]:
    return [maker for maker, there in zip(makers, inside, strict=True) if there]


def _gains(scatter: Scatter, worlds: Floats) -> Floats:
    return np.asarray(downward_gains(scatter.since_end, worlds).max(axis=1))


def _largest_of_a_year(scatter: Scatter, worlds: Floats) -> Floats:
    """The largest gain of twelve looks, each at the models of the three and a half years before it."""
    largest = np.zeros(len(worlds))
    for month in range(LOOKS):
        since_look = scatter.since_end + month / 12
        seen = (since_look <= 0) & (since_look >= -SPAN_YEARS)
        if seen.any():
            largest = np.maximum(largest, downward_gains(since_look[seen], worlds[:, seen]).max(axis=1))
    return largest


def _exceeded_rarely(gains: Floats) -> float:
    return float(np.quantile(gains, 1 - FALSE_ALARMS))
