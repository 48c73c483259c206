"""Hype against reality: by how many months attention leads or follows capability, if at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.results import Estimate, Floats, Interval, Window

LARGEST_LAG_MONTHS = 6
MINIMUM_MONTHS = 36
BLOCK_MONTHS = 6
LEVEL = 0.90

WIDENING = 1.15
"""Without it unrelated series that carry over from month to month get a lag in 14 to 18 % of simulations."""


class LagVerdict(StrEnum):
    """What the two series say of each other, a closed list."""

    ATTENTION_FOLLOWS = "attention follows capability"
    ATTENTION_LEADS = "attention leads capability"
    TOGETHER = "both move in the same month"
    NONE = "no lag shown: the correlation may be zero"
    CANNOT_BE_TOLD = "cannot be told: too few months in common"


@dataclass(frozen=True, slots=True)
class LagResult:
    """Lag with the strongest correlation of monthly changes, in months (positive: attention follows).

    `estimate` is that lag with the interval of its bootstrap, None unless the correlation's interval
    excludes zero. `correlation` is the correlation there; its interval is simultaneous over all lags
    tried, since the best of many is picked. `correlations` has one row per lag: lag_months, correlation.
    """

    estimate: Estimate | None
    correlation: Estimate | None
    correlations: pl.DataFrame
    n: int
    window: Window | None
    method: str
    verdict: LagVerdict


def hype_lag(
    attention: pl.DataFrame, capability: pl.DataFrame, draws: int = 1000, seed: int = 0
) -> LagResult:
    """Lag between the monthly changes of log attention and of capability, with a block bootstrap.

    `attention`: valid_on (first day of the month), value (above 0). `capability`: valid_on, value (index
    points or any unit; as a level, not a change). Changes are correlated, not levels: two rising levels
    nearly always correlate. The interval of the correlation is, on Fisher's scale, its value plus and minus
    `WIDENING` times the 90th percentile of the largest deviation over all lags in draws of six-month blocks.

    References: Kuensch (1989), The jackknife and the bootstrap for general stationary observations; Romano
    and Wolf (2005) on simultaneous intervals from the largest deviation.
    """
    months, panel = _panel(attention, capability)
    method = f"correlation of monthly changes, lags to {LARGEST_LAG_MONTHS} months, {draws} draws of blocks"
    window = Window(months[0], months[-1]) if len(months) else None
    if panel.shape[0] < MINIMUM_MONTHS:
        empty = pl.DataFrame(schema={"lag_months": pl.Int64, "correlation": pl.Float64})
        return LagResult(None, None, empty, panel.shape[0], window, method, LagVerdict.CANNOT_BE_TOLD)
    lags = np.arange(-LARGEST_LAG_MONTHS, LARGEST_LAG_MONTHS + 1)
    observed = _correlations(panel[None])[0]
    drawn = _correlations(panel[_blocks(panel.shape[0], draws, seed)])
    best = int(np.abs(observed).argmax())
    correlation = Estimate(float(observed[best]), _simultaneous(observed, drawn, best))
    table = pl.DataFrame({"lag_months": lags, "correlation": observed})
    if correlation.interval is None or correlation.interval.holds(0.0):
        return LagResult(None, correlation, table, panel.shape[0], window, method, LagVerdict.NONE)
    low, high = np.quantile(
        lags[np.abs(drawn).argmax(axis=1)], [0.5 - LEVEL / 2, 0.5 + LEVEL / 2], method="nearest"
    )
    lag = Estimate(float(lags[best]), Interval(float(low), float(high), LEVEL))
    return LagResult(lag, correlation, table, panel.shape[0], window, method, _verdict(lags[best]))


def _panel(attention: pl.DataFrame, capability: pl.DataFrame) -> tuple[pl.Series, Floats]:
    """Months, and per month the change of capability, then of log attention at each lag."""
    logs = attention.filter(pl.col("value") > 0).select("valid_on", value=pl.col("value").log())
    attended, able = _changes(logs, "attended"), _changes(capability.drop_nulls("value"), "able")
    panel = able
    for lag in range(-LARGEST_LAG_MONTHS, LARGEST_LAG_MONTHS + 1):
        moved = attended.select(
            pl.col("valid_on").dt.offset_by(f"{-lag}mo"), pl.col("attended").alias(f"{lag}")
        )
        panel = panel.join(moved, on="valid_on", how="inner")
    panel = panel.sort("valid_on")
    return panel["valid_on"], panel.drop("valid_on").to_numpy()


def _changes(series: pl.DataFrame, name: str) -> pl.DataFrame:
    """Change from the calendar month before; months whose predecessor is missing have none."""
    before = series.select(pl.col("valid_on").dt.offset_by("1mo"), before=pl.col("value"))
    joined = series.join(before, on="valid_on", how="inner")
    return joined.select("valid_on", (pl.col("value") - pl.col("before")).alias(name)).sort("valid_on")


def _correlations(panels: Floats) -> Floats:
    """Correlation of the first column with each other one; (draws, months, 1 + lags) -> (draws, lags)."""
    centred = panels - panels.mean(axis=1, keepdims=True)
    able, attended = centred[:, :, :1], centred[:, :, 1:]
    spread = np.sqrt((able**2).sum(axis=1) * (attended**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = (able * attended).sum(axis=1) / spread
    # A series that does not move correlates with nothing.
    return np.asarray(np.nan_to_num(correlations))


def _simultaneous(observed: Floats, drawn: Floats, best: int) -> Interval:
    """Interval of the best correlation that allows for having picked the best of all lags."""
    deviations = np.abs(_fisher(drawn) - _fisher(observed)).max(axis=1)
    half = WIDENING * float(np.quantile(deviations, LEVEL))
    centre = float(_fisher(observed)[best])
    return Interval(float(np.tanh(centre - half)), float(np.tanh(centre + half)), LEVEL)


def _fisher(correlations: Floats) -> Floats:
    """Fisher's transform; a perfect correlation is held just below 1, where the transform is still finite."""
    return np.asarray(np.arctanh(np.clip(correlations, -1 + 1e-12, 1 - 1e-12)))


def _blocks(months: int, draws: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Row numbers of circular blocks of six months, shape (draws, months)."""
    blocks = -(-months // BLOCK_MONTHS)
    starts = np.random.default_rng(seed).integers(0, months, (draws, blocks, 1))
    rows = (starts + np.arange(BLOCK_MONTHS)).reshape(draws, -1)[:, :months] % months
    return rows.astype(np.int64)


def _verdict(lag: int) -> LagVerdict:
    if lag == 0:
        return LagVerdict.TOGETHER
    return LagVerdict.ATTENTION_FOLLOWS if lag > 0 else LagVerdict.ATTENTION_LEADS
