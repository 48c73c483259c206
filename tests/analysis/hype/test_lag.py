"""Whether attention leads or follows: the lag, its interval, and how often chance alone would say one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.hype.lag import LagVerdict, hype_lag
from tests.analysis.hype.months import COUNT, carried_over, monthly


def pair(seed: int, lag: int | None, carried: float = 0.3) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Attention and capability; attention repeats its changes `lag` months later, or is unrelated."""
    rng = np.random.default_rng(seed)
    able, own = carried_over(rng, carried), carried_over(rng, carried)
    attended = own if lag is None else np.roll(able, lag) + 0.5 * own
    return monthly(np.exp(np.cumsum(0.1 * attended))), monthly(np.cumsum(1 + able))


@pytest.mark.parametrize(
    ("lag", "verdict"),
    [(3, LagVerdict.ATTENTION_FOLLOWS), (-2, LagVerdict.ATTENTION_LEADS), (0, LagVerdict.TOGETHER)],
)
def test_a_true_lag_is_found_with_its_sign(lag: int, verdict: LagVerdict) -> None:
    """Positive lags mean that attention follows."""
    result = hype_lag(*pair(1, lag), draws=200)
    assert result.estimate is not None
    assert result.estimate.value == lag
    assert result.estimate.interval is not None
    assert result.estimate.interval.holds(lag)
    assert result.verdict is verdict


def test_unrelated_series_seldom_get_a_lag() -> None:
    """Of a hundred unrelated pairs at most fifteen get a lag, though the best of thirteen is picked."""
    found = [hype_lag(*pair(seed, None), draws=100).verdict for seed in range(100)]
    assert sum(verdict is not LagVerdict.NONE for verdict in found) <= 15


def test_two_rising_levels_do_not_correlate_by_rising() -> None:
    """Steady growth on both sides is no relation: changes are compared, not levels."""
    growth = np.arange(COUNT, dtype=float)
    result = hype_lag(monthly(np.exp(0.01 * growth)), monthly(growth), draws=50)
    assert result.estimate is None
    assert result.verdict is LagVerdict.NONE


def test_too_few_months_have_no_lag() -> None:
    """Below 36 months with all lags present nothing is said."""
    attention, capability = pair(1, 3)
    result = hype_lag(attention.head(40), capability.head(40), draws=50)
    assert (result.estimate, result.correlation) == (None, None)
    assert result.verdict is LagVerdict.CANNOT_BE_TOLD


@pytest.mark.parametrize(("months", "told"), [(49, True), (48, False)])
def test_thirty_six_months_with_all_lags_are_enough(months: int, told: bool) -> None:
    """One month goes to the change and six at each end to the lags: of 49 months 36 are left."""
    attention, capability = pair(1, 3)
    result = hype_lag(attention.head(months), capability.head(months), draws=20)
    assert result.n == months - 13
    assert (result.correlation is not None) is told


@dataclass(frozen=True, slots=True)
class Lag:
    """What `hype_lag` should find."""

    lag: int
    lag_interval: tuple[float, float]
    correlation: float
    correlation_interval: tuple[float, float]
    correlations: dict[int, float]
    months: list[date]


def later(month: date, by: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, index + 1, 1)


def monthly_changes(series: dict[date, float]) -> dict[date, float]:
    return {month: series[month] - series[later(month, -1)] for month in series if later(month, -1) in series}


def correlation(first: list[float], second: list[float]) -> float:
    return float(np.corrcoef(first, second)[0, 1])


def by_hand(attention: pl.DataFrame, capability: pl.DataFrame, draws: int, seed: int) -> Lag:
    """The same by loops over months, lags and draws: slow, and free of the code under test."""
    logs = {month: math.log(value) for month, value in attention.iter_rows() if value > 0}
    levels = {month: value for month, value in capability.iter_rows() if value is not None}
    attended, able = monthly_changes(logs), monthly_changes(levels)
    lags = range(-6, 7)
    months = sorted(month for month in able if all(later(month, lag) in attended for lag in lags))

    def correlations(drawn: list[date]) -> dict[int, float]:
        own = [able[month] for month in drawn]
        return {lag: correlation(own, [attended[later(month, lag)] for month in drawn]) for lag in lags}

    observed = correlations(months)
    best = max(lags, key=lambda lag: abs(observed[lag]))
    starts = np.random.default_rng(seed).integers(0, len(months), (draws, math.ceil(len(months) / 6)))
    deviations, best_lags = [], []
    for row in starts.tolist():
        blocks = [months[(start + step) % len(months)] for start in row for step in range(6)]
        drawn = correlations(blocks[: len(months)])
        best_lags.append(max(lags, key=lambda lag: abs(drawn[lag])))
        deviations.append(max(abs(math.atanh(drawn[lag]) - math.atanh(observed[lag])) for lag in lags))
    half = 1.15 * sorted(deviations)[round(0.9 * (draws - 1))]
    centre = math.atanh(observed[best])
    ordered = sorted(best_lags)
    return Lag(
        best,
        (ordered[round(0.05 * (draws - 1))], ordered[round(0.95 * (draws - 1))]),
        observed[best],
        (math.tanh(centre - half), math.tanh(centre + half)),
        observed,
        months,
    )


@pytest.mark.parametrize(("seed", "lag"), [(1, 3), (2, -2), (5, 0), (7, None)])
def test_lag_and_intervals_equal_a_second_implementation(seed: int, lag: int | None) -> None:
    """Loops in plain Python give the same correlations, the same best lag and both intervals.

    61 draws, so that the 5th, 90th and 95th percentiles are draws themselves. Gaps in either series, a month
    of no attention and the months beside them drop out of both.
    """
    attention, capability = pair(seed, lag)
    attention = attention.filter(pl.col("valid_on") != date(2019, 3, 1)).with_columns(
        value=pl.when(pl.col("valid_on") == date(2024, 10, 1)).then(0.0).otherwise("value")
    )
    capability = capability.with_columns(
        value=pl.when(pl.col("valid_on") == date(2021, 8, 1)).then(None).otherwise("value")
    )
    found, known = (
        hype_lag(attention, capability, draws=61, seed=seed),
        by_hand(attention, capability, 61, seed),
    )
    assert found.correlation is not None and found.correlation.interval is not None
    interval = found.correlation.interval
    assert found.correlation.value == pytest.approx(known.correlation, abs=1e-12)
    assert (interval.low, interval.high) == pytest.approx(known.correlation_interval, abs=1e-9)
    assert dict(found.correlations.iter_rows()) == pytest.approx(known.correlations, abs=1e-12)
    assert found.n == len(known.months)
    assert found.window is not None
    assert (found.window.start, found.window.end) == (known.months[0], known.months[-1])
    if known.correlation_interval[0] <= 0 <= known.correlation_interval[1]:
        assert found.estimate is None
        return
    assert found.estimate is not None and found.estimate.interval is not None
    assert found.estimate.value == known.lag
    assert (found.estimate.interval.low, found.estimate.interval.high) == known.lag_interval
    assert (interval.level, found.estimate.interval.level) == (0.9, 0.9)


def test_a_perfect_correlation_has_a_finite_interval() -> None:
    """Fisher's transform of 1 is infinite; the interval still stands, and holds the correlation."""
    able = carried_over(np.random.default_rng(3), 0.3)
    result = hype_lag(monthly(np.exp(np.cumsum(able))), monthly(np.cumsum(able)), draws=50)
    assert result.verdict is LagVerdict.TOGETHER
    assert result.correlation is not None and result.correlation.interval is not None
    assert result.correlation.value == pytest.approx(1.0)
    assert np.isfinite([result.correlation.interval.low, result.correlation.interval.high]).all()
    assert result.correlation.interval.low < 1.0
