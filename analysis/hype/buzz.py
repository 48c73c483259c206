"""Buzz of a release: attention beyond what the series would have done, ranked among all its windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.results import Estimate, Floats, Interval, Window

WINDOW_DAYS = 14
BASELINE_DAYS = 60
BASELINE_PRESENT = 50
EVE_DAYS = 7

EVE_RISE = 0.25
"""A last week that stands so far (share) above the median of the days before counts as climbing."""

MINIMUM_PLACEBOS = 60
STANDS_OUT_SHARE = 0.05
LEVEL = 0.90


class BuzzVerdict(StrEnum):
    """What can be said of the attention to a release, a closed list."""

    STANDS_OUT = "stands out: fewer than 5 % of the other windows saw as much"
    USUAL = "within what the series does anyway"
    NO_FULL_WINDOW = "cannot be told: days of the window or of the baseline are missing"
    ALREADY_CLIMBING = "cannot be told: the series was already climbing on the eve"
    TOO_FEW_PLACEBOS = "cannot be told: too few other windows to compare with"


@dataclass(frozen=True, slots=True)
class Buzz:
    """Excess attention in the 14 days from a release, as a share of what was expected; None if untold.

    `excess` is the same in the unit of the series. `rank` is 1 for the largest among `n_placebos` + 1
    windows, `share_above` the share of placebo windows with at least as much. Windows overlap, so this is
    no p-value. The interval takes the error of the forecast from the placebo windows. `window` is that of
    the whole series.
    """

    name: str
    released_on: date
    estimate: Estimate | None
    excess: float | None
    rank: int | None
    n_placebos: int
    share_above: float | None
    window: Window | None
    method: str
    verdict: BuzzVerdict


def buzz_of_releases(series: pl.DataFrame, releases: pl.DataFrame) -> tuple[Buzz, ...]:
    """Buzz of each release on one daily series of attention, in the order of `releases`.

    `series`: valid_on (one row a day), value (views or points; a day without a row or a value is missing,
    not zero). `releases`: name, released_on. The forecast of a day is its weekday's level plus the trend of
    the 60 days before, both by medians of the logarithm, so that single spikes of robots do not carry it.
    Placebo windows are all windows of the series with a full baseline that do not overlap the release's own.

    References: Hirsch, Slack and Smith (1982), Techniques of trend analysis (slope from differences of whole
    seasons); Abadie, Diamond and Hainmueller (2010) on inference by placebo.
    """
    table = placebo_windows(series)
    days, _ = _daily(series)
    window = Window(days[0], days[-1]) if days else None
    return tuple(
        _buzz(str(name), released_on, table, window)
        for name, released_on in releases.select("name", "released_on").iter_rows()
    )


def placebo_windows(series: pl.DataFrame) -> pl.DataFrame:
    """Every window of 14 days with a full baseline: start_on, excess, excess_share, eve_rise."""
    return _placebo_table(*_daily(series))


def _daily(series: pl.DataFrame) -> tuple[list[date], Floats]:
    """All days from first to last and their values, NaN where missing."""
    rows = series.drop_nulls("value").sort("valid_on").unique("valid_on", keep="last", maintain_order=True)
    if rows.is_empty():
        return [], np.empty(0)
    days = pl.date_range(rows["valid_on"][0], rows["valid_on"][-1], "1d", eager=True).alias("valid_on")
    dense = days.to_frame().join(
        rows.select("valid_on", "value"), on="valid_on", how="left", maintain_order="left"
    )
    return days.to_list(), dense["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _placebo_table(days: list[date], value: Floats) -> pl.DataFrame:
    schema = {"start_on": pl.Date, "excess": pl.Float64, "excess_share": pl.Float64, "eve_rise": pl.Float64}
    if len(days) < BASELINE_DAYS + WINDOW_DAYS:
        return pl.DataFrame(schema=schema)
    # A page seldom read has days of zero views: log(1 + views) keeps them.
    logs = np.lib.stride_tricks.sliding_window_view(np.log1p(value), BASELINE_DAYS + WINDOW_DAYS)
    baseline, seen = logs[:, :BASELINE_DAYS], np.expm1(logs[:, BASELINE_DAYS:])
    starts = days[BASELINE_DAYS : len(days) - WINDOW_DAYS + 1]
    full = (np.isfinite(baseline).sum(axis=1) >= BASELINE_PRESENT) & np.isfinite(seen).all(axis=1)
    baseline, seen = baseline[full], seen[full]
    expected = np.expm1(_forecast(baseline, WINDOW_DAYS)).sum(axis=1)
    excess = seen.sum(axis=1) - expected
    columns = {
        "start_on": [start for start, kept in zip(starts, full, strict=True) if kept],
        "excess": excess,
        "excess_share": excess / expected,
        "eve_rise": _eve_rise(baseline),
    }
    # Where less than one a day was expected a share of it says nothing.
    return pl.DataFrame(columns, schema=schema).filter(
        pl.Series(expected >= WINDOW_DAYS), pl.col("excess_share").is_finite(), pl.col("eve_rise").is_finite()
    )


def _forecast(baseline: Floats, horizon: int) -> Floats:
    """Logarithms expected on the `horizon` days after each baseline; (windows, days) -> (windows, horizon).

    Differences over whole weeks hold no weekday pattern: their median is the slope. The level of each
    weekday is the median of what is left on its days.
    """
    length = baseline.shape[1]
    lags = range(7, length - 1, 7)
    slopes = [(baseline[:, lag:] - baseline[:, :-lag]) / lag for lag in lags]
    slope = np.nanmedian(np.hstack(slopes), axis=1)[:, None]
    left = baseline - slope * np.arange(length)
    level = np.stack([np.nanmedian(left[:, weekday::7], axis=1) for weekday in range(7)], axis=1)
    ahead = length + np.arange(horizon)
    forecast: Floats = slope * ahead + level[:, ahead % 7]
    return forecast


def _eve_rise(baseline: Floats) -> Floats:
    """Median day of the last week over the median of the days before it, minus 1, per window."""
    eve, before = np.expm1(baseline[:, -EVE_DAYS:]), np.expm1(baseline[:, :-EVE_DAYS])
    # A week without a single day present has no median: NaN, and the window is left out.
    some = np.isfinite(eve).any(axis=1)
    rise = np.full(len(baseline), np.nan)
    rise[some] = np.nanmedian(eve[some], axis=1) / np.nanmedian(before[some], axis=1) - 1
    return rise


def _buzz(name: str, released_on: date, table: pl.DataFrame, window: Window | None) -> Buzz:
    own = table.filter(start_on=released_on)
    apart = (pl.col("start_on") - pl.lit(released_on)).abs() >= pl.duration(days=WINDOW_DAYS)
    placebos = table.filter(apart)["excess_share"].to_numpy()
    method = f"excess over weekday level and trend, rank among all windows of {WINDOW_DAYS} days"
    refusal = _refusal(own, placebos.size)
    if refusal is not None:
        return Buzz(name, released_on, None, None, None, placebos.size, None, window, method, refusal)
    share = float(own["excess_share"][0])
    above = int((placebos >= share).sum())
    low, high = np.quantile(placebos, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    stands_out = above < STANDS_OUT_SHARE * placebos.size
    return Buzz(
        name=name,
        released_on=released_on,
        estimate=Estimate(share, Interval(share - float(high), share - float(low), LEVEL)),
        excess=float(own["excess"][0]),
        rank=above + 1,
        n_placebos=placebos.size,
        share_above=above / placebos.size,
        window=window,
        method=method,
        verdict=BuzzVerdict.STANDS_OUT if stands_out else BuzzVerdict.USUAL,
    )


def _refusal(own: pl.DataFrame, placebos: int) -> BuzzVerdict | None:
    if own.is_empty():
        return BuzzVerdict.NO_FULL_WINDOW
    if float(own["eve_rise"][0]) >= EVE_RISE:
        return BuzzVerdict.ALREADY_CLIMBING
    return BuzzVerdict.TOO_FEW_PLACEBOS if placebos < MINIMUM_PLACEBOS else None
