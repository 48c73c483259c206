"""Base rates of dear and fast-risen markets, counted by episode and not by overlapping month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.results import Estimate, Floats, Interval, Window

MINIMUM_EPISODES = 3
HORIZONS_MONTHS = (12, 36, 60)


class OutcomeVerdict(StrEnum):
    """What followed the episodes, a closed list."""

    ALL_ROSE = "prices were higher after every episode"
    ALL_FELL = "prices were lower after every episode"
    SPLIT = "prices were higher after some episodes and lower after others"
    CANNOT_BE_TOLD = "cannot be told: too few episodes"


@dataclass(frozen=True, slots=True)
class EpisodeRule:
    """Which months count, and how far apart months must lie to be two episodes.

    A month counts whose CAPE is at least `cape_at_least` and whose real price is at least
    `real_rise_at_least` (share) above that of `rise_months` before.
    """

    cape_at_least: float = 25.0
    real_rise_at_least: float = 0.5
    rise_months: int = 36
    apart_months: int = 24


@dataclass(frozen=True, slots=True)
class Episode:
    """One run of qualifying months, first and last; `is_open` if it may still go on at the series' end."""

    first_on: date
    last_on: date
    months: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Real price change (share) in the months after the first month of each episode.

    `changes` has one entry per episode, None where the series ends before. `estimate` is their median; its
    interval runs from the smallest to the largest, at the level 1 - 2^(1-n) that order statistics give to
    independent episodes. `all_months_median` and `all_months_share_negative` describe every month of the
    series: their windows overlap, so they carry no interval.
    """

    horizon_months: int
    changes: tuple[float | None, ...]
    estimate: Estimate | None
    n: int
    all_months_median: float | None
    all_months_share_negative: float | None
    verdict: OutcomeVerdict


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The episodes since the series began, and what followed; `n` is the number of episodes."""

    rule: EpisodeRule
    episodes: tuple[Episode, ...]
    n: int
    n_months: int
    outcomes: tuple[Outcome, ...]
    window: Window | None
    method: str


def base_rate(
    months: pl.DataFrame, rule: EpisodeRule | None = None, horizons: tuple[int, ...] = HORIZONS_MONTHS
) -> BaseRate:
    """Episodes of dear and fast-risen markets and the real price change after each one's first month.

    `months`: valid_on (first day of the month), real_price (price, not total return, in constant money),
    cape (null where unknown; a month without it cannot qualify). The rise compares with exactly
    `rise_months` before.

    References: Shiller (2000), Irrational Exuberance, and its data; Greenwood, Shleifer and You (2019),
    Bubbles for Fama, on conditioning on a run-up.
    """
    rule = rule or EpisodeRule()
    rows = months.drop_nulls("real_price").sort("valid_on")
    window = _window(rows)
    hits = _qualifying(rows, rule)
    episodes = _episodes(hits, rule, window.end) if window else ()
    return BaseRate(
        rule=rule,
        episodes=episodes,
        n=len(episodes),
        n_months=len(hits),
        outcomes=tuple(_outcome(rows, episodes, horizon) for horizon in horizons),
        window=window,
        method=f"episodes of CAPE >= {rule.cape_at_least:g} and a real rise >= {rule.real_rise_at_least:.0%} "
        f"in {rule.rise_months} months, at least {rule.apart_months} months apart",
    )


def _window(rows: pl.DataFrame) -> Window | None:
    with_cape = rows.drop_nulls("cape")
    return Window(with_cape["valid_on"][0], rows["valid_on"][-1]) if with_cape.height else None


def _change_since(rows: pl.DataFrame, months_before: int) -> pl.DataFrame:
    """Real price over that of `months_before` earlier, minus 1, as `change` beside valid_on and cape."""
    earlier = rows.select(
        pl.col("valid_on").dt.offset_by(f"{months_before}mo"), earlier_price=pl.col("real_price")
    )
    joined = rows.join(earlier, on="valid_on", how="left", maintain_order="left")
    return joined.select("valid_on", "cape", change=pl.col("real_price") / pl.col("earlier_price") - 1)


def _qualifying(rows: pl.DataFrame, rule: EpisodeRule) -> list[date]:
    hits = _change_since(rows, rule.rise_months).filter(
        pl.col("cape") >= rule.cape_at_least, pl.col("change") >= rule.real_rise_at_least
    )
    return hits["valid_on"].to_list()


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _episodes(hits: list[date], rule: EpisodeRule, series_end: date) -> tuple[Episode, ...]:
    groups: list[list[date]] = []
    for month in hits:
        if groups and _months_between(groups[-1][-1], month) < rule.apart_months:
            groups[-1].append(month)
        else:
            groups.append([month])
    return tuple(
        Episode(group[0], group[-1], len(group), _months_between(group[-1], series_end) < rule.apart_months)
        for group in groups
    )


def _outcome(rows: pl.DataFrame, episodes: tuple[Episode, ...], horizon: int) -> Outcome:
    later = _change_since(rows, horizon).drop_nulls("change")
    after = later.select(pl.col("valid_on").dt.offset_by(f"-{horizon}mo"), "change")
    by_start = dict(after.iter_rows())
    changes = tuple(by_start.get(episode.first_on) for episode in episodes)
    known = np.array([change for change in changes if change is not None])
    # The comparison is with the months since CAPE exists, as the episodes are.
    since = rows.drop_nulls("cape")["valid_on"].min()
    everywhere = after.filter(pl.col("valid_on") >= since)["change"].to_numpy() if since else np.array([])
    return Outcome(
        horizon_months=horizon,
        changes=changes,
        estimate=_median(known),
        n=len(known),
        all_months_median=float(np.median(everywhere)) if everywhere.size else None,
        all_months_share_negative=float(np.mean(everywhere < 0)) if everywhere.size else None,
        verdict=_verdict(known),
    )


def _median(known: Floats) -> Estimate | None:
    if known.size < MINIMUM_EPISODES:
        return None
    level = 1 - 2.0 ** (1 - known.size)
    return Estimate(float(np.median(known)), Interval(float(known.min()), float(known.max()), level))


def _verdict(known: Floats) -> OutcomeVerdict:
    if known.size < MINIMUM_EPISODES:
        return OutcomeVerdict.CANNOT_BE_TOLD
    if (known > 0).all():
        return OutcomeVerdict.ALL_ROSE
    return OutcomeVerdict.ALL_FELL if (known < 0).all() else OutcomeVerdict.SPLIT
