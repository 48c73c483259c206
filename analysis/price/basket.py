"""Same model, same price? A matched basket of listings between two dates, and the chain of its months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np
import polars as pl

from analysis.results import DAYS_PER_YEAR, Estimate, Floats, Interval, Window

MODES = ("chat", "completion", "responses")
MINIMUM_LISTINGS = 10
LEVEL = 0.90

_UNCHANGED = 1e-9
"""Largest relative difference of two prices that still counts as the same price."""


class BasketVerdict(StrEnum):
    """What the basket says of the price of one and the same model, a closed list."""

    MOSTLY_UNCHANGED = "most prices did not change"
    MOSTLY_CHEAPER = "most became cheaper"
    MOSTLY_DEARER = "most became dearer"
    MIXED = "some became cheaper, some dearer"
    CANNOT_BE_TOLD = "cannot be told: too few listings in every version"


@dataclass(frozen=True, slots=True)
class MatchedBasket:
    """Ratios of the last price to the first, over the listings found in every version between.

    `estimate` is the geometric mean ratio, `median_ratio` the median; both None below the minimum.
    `n_at_start` counts the priced listings of the first version: those that vanished are not in the basket
    (survivorship).
    """

    estimate: Estimate | None
    median_ratio: float | None
    n: int
    n_at_start: int
    n_versions: int
    share_unchanged: float | None
    n_up: int
    n_down: int
    window: Window | None
    method: str
    verdict: BasketVerdict


@dataclass(frozen=True, slots=True)
class ChainedIndex:
    """Price of the same listings, chained from version to version.

    `index`: seen_on, index (1 at the first version), n (listings matched with the version before; null at the
    first). `estimate` is the last value, `change_per_year` the compound change (-0.11 = 11 % less each year).
    """

    estimate: Estimate | None
    change_per_year: float | None
    n: int
    window: Window | None
    index: pl.DataFrame
    method: str
    verdict: BasketVerdict


def matched_basket(
    listings: pl.DataFrame, start: date, end: date, draws: int = 1000, seed: int = 0
) -> MatchedBasket:
    """How the price of the same listings moved from the first version in [start, end] to the last.

    `listings`: listing (its name), seen_on (date of the version), mode, price_usd_per_mtok (blended). Only
    the chat, completion and responses modes count; a listing belongs to the basket if it has a price in
    every version and one above zero in the first and the last. The 90 % interval is a bootstrap over
    listings: one maker's cut shows under many resellers, so it is too narrow rather than too wide.

    References: the matched-model method, ILO et al. (2020), Consumer Price Index Manual, chapter 8.
    """
    priced = _priced(listings, start, end)
    versions = priced["seen_on"].unique().sort().to_list()
    method = "matched basket of listings, geometric mean and median of price ratios"
    if len(versions) < 2:
        return _no_basket(priced, versions, method)
    at_start = _positive(priced, versions[0])
    kept = _in_every_version(priced, len(versions))
    pairs = at_start.join(_positive(priced, versions[-1]), on="listing", suffix="_end").join(
        kept, on="listing"
    )
    ratio = (pairs["price_usd_per_mtok_end"] / pairs["price_usd_per_mtok"]).sort().to_numpy()
    if ratio.size < MINIMUM_LISTINGS:
        return _no_basket(priced, versions, method, n=ratio.size, n_at_start=at_start.height)
    up, down = _moves(ratio)
    return MatchedBasket(
        estimate=Estimate(_geometric_mean(ratio), _bootstrap_interval(ratio, draws, seed)),
        median_ratio=float(np.median(ratio)),
        n=ratio.size,
        n_at_start=at_start.height,
        n_versions=len(versions),
        share_unchanged=1 - (up + down) / ratio.size,
        n_up=up,
        n_down=down,
        window=Window(versions[0], versions[-1]),
        method=method,
        verdict=_verdict(ratio),
    )


def chained_index(listings: pl.DataFrame, start: date, end: date) -> ChainedIndex:
    """Geometric-mean price relatives of neighbouring versions, multiplied up from `start` to `end`.

    `listings` as in `matched_basket`. A listing counts in each pair of versions in which it has a price
    above zero, so that the ones that came later count too.

    References: as `matched_basket`, on chained matched-model (Jevons) indices.
    """
    priced = _priced(listings, start, end).filter(pl.col("price_usd_per_mtok") > 0)
    versions = priced["seen_on"].unique().sort().to_list()
    relatives = [_relative(priced, earlier, later) for earlier, later in pairwise(versions)]
    method = "chained geometric mean of matched price ratios"
    counts = [ratio.size for ratio in relatives]
    if not counts or min(counts) < MINIMUM_LISTINGS:
        window = Window(versions[0], versions[-1]) if versions else None
        empty = pl.DataFrame(schema={"seen_on": pl.Date, "index": pl.Float64, "n": pl.Int64})
        return ChainedIndex(
            None, None, min(counts, default=0), window, empty, method, BasketVerdict.CANNOT_BE_TOLD
        )
    level = np.cumprod([1.0, *(_geometric_mean(ratio) for ratio in relatives)])
    span_years = (versions[-1] - versions[0]).days / DAYS_PER_YEAR
    return ChainedIndex(
        estimate=Estimate(float(level[-1])),
        change_per_year=float(level[-1] ** (1 / span_years) - 1),
        n=min(counts),
        window=Window(versions[0], versions[-1]),
        index=pl.DataFrame({"seen_on": versions, "index": level, "n": [None, *counts]}),
        method=method,
        verdict=_verdict(np.concatenate(relatives)),
    )


def _priced(listings: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    return listings.filter(
        pl.col("seen_on").is_between(start, end),
        pl.col("mode").is_in(MODES),
        pl.col("price_usd_per_mtok").is_not_null(),
    ).select("listing", "seen_on", "price_usd_per_mtok")


def _positive(priced: pl.DataFrame, version: date) -> pl.DataFrame:
    at_version = priced.filter(pl.col("seen_on") == version, pl.col("price_usd_per_mtok") > 0)
    return at_version.select("listing", "price_usd_per_mtok")


def _in_every_version(priced: pl.DataFrame, versions: int) -> pl.DataFrame:
    seen = priced.group_by("listing").agg(pl.col("seen_on").n_unique().alias("versions"))
    return seen.filter(pl.col("versions") == versions).select("listing")


def _relative(priced: pl.DataFrame, earlier: date, later: date) -> Floats:
    pairs = _positive(priced, earlier).join(_positive(priced, later), on="listing", suffix="_later")
    return (pairs["price_usd_per_mtok_later"] / pairs["price_usd_per_mtok"]).to_numpy()


def _geometric_mean(ratio: Floats) -> float:
    return float(np.exp(np.log(ratio).mean()))


def _bootstrap_interval(ratio: Floats, draws: int, seed: int) -> Interval:
    counts = np.random.default_rng(seed).multinomial(
        ratio.size, np.full(ratio.size, 1 / ratio.size), size=draws
    )
    means = np.exp(counts @ np.log(ratio) / ratio.size)
    low, high = np.quantile(means, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return Interval(float(low), float(high), LEVEL)


def _moves(ratio: Floats) -> tuple[int, int]:
    return int((ratio > 1 + _UNCHANGED).sum()), int((ratio < 1 - _UNCHANGED).sum())


def _verdict(ratio: Floats) -> BasketVerdict:
    up, down = _moves(ratio)
    if 2 * (up + down) < ratio.size:
        return BasketVerdict.MOSTLY_UNCHANGED
    if 2 * down > ratio.size:
        return BasketVerdict.MOSTLY_CHEAPER
    return BasketVerdict.MOSTLY_DEARER if 2 * up > ratio.size else BasketVerdict.MIXED


def _no_basket(
    priced: pl.DataFrame, versions: list[date], method: str, n: int = 0, n_at_start: int = 0
) -> MatchedBasket:
    return MatchedBasket(
        estimate=None,
        median_ratio=None,
        n=n,
        n_at_start=n_at_start or priced["listing"].n_unique(),
        n_versions=len(versions),
        share_unchanged=None,
        n_up=0,
        n_down=0,
        window=Window(versions[0], versions[-1]) if versions else None,
        method=method,
        verdict=BasketVerdict.CANNOT_BE_TOLD,
    )
