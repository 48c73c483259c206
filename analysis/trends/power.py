"""How surely the test that decides would have noticed a change of pace, by months since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.numeric.quantile import quantile_regression
from analysis.results import Estimate, Floats, year_of, years
from analysis.trends.bend import SPAN_YEARS, downward_gains
from analysis.trends.bend_test import FALSE_ALARMS, Scatter, scatter_of
from analysis.trends.slopes import TAU, Slopes, knot_design
from analysis.trends.trend import FrontierTrend, makers_of
from analysis.trends.verdicts import MINIMUM_MODELS, PLATEAU_SHARE, TrendVerdict

WORLDS: Final = 300
LOOKS: Final = 12
"""Looks in a year, a month apart."""

STOP, HALVING, NO_CHANGE = "full stop", "slope halves", "no change"
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
ONE_LOOK_SCHEMA: Final = pl.Schema(
    {name: kind for name, kind in POWER_SCHEMA.items() if name not in _OF_LOOKS}
)


ONE_LOOK_WORLDS: Final = 150
"""Worlds where the power is simulated while a reader waits: shares to 4 points (one standard error)."""

ONE_LOOK_MONTHS: Final = (6, 12)

RECORD_WORLDS: Final = 100
"""Worlds of each row of the track record: shares to 5 points."""


def power_of_one_look(
    since_end: Floats, values: Floats, makers: Sequence[str], seed: int, worlds: int = ONE_LOOK_WORLDS
) -> pl.DataFrame:
    """Shares of worlds in which one look notices a stop or a halving half a year and a year ago.

    Arguments as for `bend_test`, and its dates; columns of `ONE_LOOK_SCHEMA`. Empty where the straight line
    through the models does not rise: then there is no rise that could stop.
    """
    generator = np.random.default_rng(seed)
    scatter = scatter_of(since_end, values, makers)
    if scatter.slope <= 0:
        return pl.DataFrame(schema=ONE_LOOK_SCHEMA)
    limit = _exceeded_rarely(_gains(scatter, scatter.worlds(worlds, generator)))
    changed = _changed(scatter, ONE_LOOK_MONTHS, worlds, generator)
    return _shares(changed, lambda drawn: _gains(scatter, drawn) > limit)


def _shares(
    changed: Iterable[tuple[str, int, Floats]], noticed: Callable[[Floats], NDArray[np.bool_]]
) -> pl.DataFrame:
    """The share of the worlds of each change that is noticed."""
    rows = [(change, months, float(noticed(drawn).mean()), *drawn.shape) for change, months, drawn in changed]
    return pl.DataFrame(rows, ONE_LOOK_SCHEMA, orient="row")


def stop_noticed(
    since_end: Floats, values: Floats, makers: Sequence[str], seed: int, worlds: int = RECORD_WORLDS
) -> float | None:
    """The share of worlds in which one look notices a full stop of a year ago; None where no line rises.

    Arguments as for `bend_test`.
    """
    generator = np.random.default_rng(seed)
    scatter = scatter_of(since_end, values, makers)
    if scatter.slope <= 0:
        return None
    limit = _exceeded_rarely(_gains(scatter, scatter.worlds(worlds, generator)))
    stopped = scatter.worlds(worlds, generator, _bend(scatter, SHARES[STOP], 12))
    return float((_gains(scatter, stopped) > limit).mean())


def power_of_slopes(
    since_end: Floats,
    values: Floats,
    makers: Sequence[str],
    slopes: Slopes,
    recent_years: float,
    seed: int,
    worlds: int = ONE_LOOK_WORLDS,
) -> pl.DataFrame:
    """The same of the two slopes, which decide where no bend is tested; `NO_CHANGE` has the false alarms.

    Each world has slopes of its own and the upper ends of intervals that reach as far from them as those of
    `slopes` do; noticed is what would be told as slower or as a plateau. `slopes`: those of the series, with
    an earlier one that is told.
    """
    generator = np.random.default_rng(seed)
    scatter = scatter_of(since_end, values, makers)
    if scatter.slope <= 0:
        return pl.DataFrame(schema=ONE_LOOK_SCHEMA)
    design = knot_design(since_end + recent_years)
    straight = (NO_CHANGE, 0, scatter.worlds(worlds, generator))
    changed = (straight, *_changed(scatter, ONE_LOOK_MONTHS, worlds, generator))
    return _shares(changed, lambda drawn: _slower(drawn, design, slopes))


def _slower(worlds: Floats, design: Floats, slopes: Slopes) -> NDArray[np.bool_]:
    """Which worlds (B, n) the rules of the verdict would tell as slower or as a plateau, shape (B,)."""
    _, earlier, recent = quantile_regression(design, worlds, np.ones_like(worlds), TAU).T
    is_slower = recent - earlier + _reach(slopes.difference) < 0
    is_plateau = (earlier > 0) & (recent + _reach(slopes.recent) < PLATEAU_SHARE * earlier)
    return np.asarray(is_slower | is_plateau)


def _reach(estimate: Estimate | None) -> float:
    """How far the interval reaches above its estimate."""
    assert estimate is not None
    assert estimate.interval is not None
    return estimate.interval.high - estimate.value


def power_of_trend(models: pl.DataFrame, trend: FrontierTrend, seed: int) -> pl.DataFrame | None:
    """The power of the test that decides in the trend's own window, on its dates; None where none could.

    `models`: as `frontier_trend` took them.
    """
    if not can_notice(trend):
        return None
    since_end, values, makers = _inside(models, trend)
    if trend.bend is not None or trend.slopes is None:
        return power_of_one_look(since_end, values, makers, seed)
    return power_of_slopes(since_end, values, makers, trend.slopes, trend.recent_years, seed)


def stop_noticed_of(
    models: pl.DataFrame, trend: FrontierTrend, seed: int, worlds: int = RECORD_WORLDS
) -> float | None:
    """`stop_noticed` on the dates of the trend's own window; None where no bend was tested."""
    return None if trend.bend is None or not worlds else stop_noticed(*_inside(models, trend), seed, worlds)


def _inside(models: pl.DataFrame, trend: FrontierTrend) -> tuple[Floats, Floats, list[str]]:
    inside = models.drop_nulls(["released_on", "value"]).filter(
        pl.col("released_on").is_between(trend.window.start, trend.window.end)
    )
    since_end = years(inside["released_on"]) - year_of(trend.window.end)
    return since_end, trend.measure.scaled(inside["value"].to_numpy()), makers_of(inside)


def can_notice(trend: FrontierTrend) -> bool:
    """Whether a test of the trend could have found it slower: of a bend, else of two slopes that are told."""
    if trend.bend is not None:
        return True
    is_judged = trend.n_recent >= MINIMUM_MODELS and trend.verdict is not TrendVerdict.SATURATED
    return is_judged and trend.earlier_told


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
    for change, months, drawn in _changed(scatter, MONTHS_SINCE, worlds, generator):
        gains = _gains(scatter, drawn)
        shares = [float((gains > limit).mean()) for limit in (threshold, monthly)]
        rows.append((change, months, *shares, threshold, monthly, worlds, int(inside.sum())))
    return pl.DataFrame(rows, POWER_SCHEMA, orient="row")


def _changed(
    scatter: Scatter, months_since: Sequence[int], worlds: int, generator: np.random.Generator
) -> Iterator[tuple[str, int, Floats]]:
    """Each change and the months since it, with the values of its worlds, shape (worlds, n)."""
    for change, share in SHARES.items():
        for months in months_since:
            yield change, months, scatter.worlds(worlds, generator, _bend(scatter, share, months))


def _bend(scatter: Scatter, share: float, months: int) -> Floats:
    """What a frontier lacks that has kept a share of its slope since so many months before the end."""
    return -(1 - share) * scatter.slope * np.maximum(scatter.since_end + months / 12, 0.0)


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
