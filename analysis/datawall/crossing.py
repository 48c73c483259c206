"""When training sets meet the stock of human text: growth of the sets, and the year of crossing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.datawall.inputs import BASE_YEAR, WallChoices, WallInputs, stock_draws
from analysis.results import Estimate, Floats, Interval, Window, years

MINIMUM_SETS = 10
MINIMUM_SPAN_YEARS = 3.0
LAST_YEAR = 2100.0
"""A crossing after this year is told as none in sight."""


class GrowthVerdict(StrEnum):
    """What the sizes of training sets say, a closed list."""

    GROWING = "training sets grow"
    SHRINKING = "training sets shrink"
    NOT_DISTINGUISHABLE = "no growth that can be told"
    CANNOT_BE_TOLD = "cannot be told: too few training sets"


class WallVerdict(StrEnum):
    """What the draws say of the crossing, a closed list."""

    DATED = "the largest training sets meet the stock in the stated years"
    OPEN_ENDED = "they may meet the stock; how late cannot be told"
    NONE_IN_SIGHT = "they do not meet the stock in this century in most draws"
    CANNOT_BE_TOLD = "cannot be told: too few training sets"


@dataclass(frozen=True, slots=True)
class SetGrowth:
    """Growth of training sets in orders of magnitude a year, with a 95 % interval; None below the minimum."""

    estimate: Estimate | None
    n: int
    window: Window | None
    method: str
    verdict: GrowthVerdict


@dataclass(frozen=True, slots=True)
class WallForecast:
    """The calendar year in which the largest training set equals the effective stock of human text.

    `estimate` is the median year with its 80 % interval (None where the verdict gives no date),
    `stock_tokens` the stock at the start of 2024 with its 90 % interval, `never` the share of draws without
    a crossing before 2100 (None where growth cannot be told). `window` is that of the training sets behind
    the growth. `paths` has one row per year: year, stock_low, stock, stock_high, demand_low, demand,
    demand_high (tokens, 80 %).
    """

    estimate: Estimate | None
    stock_tokens: Estimate
    growth: SetGrowth
    never: float | None
    window: Window | None
    paths: pl.DataFrame
    method: str
    verdict: WallVerdict


def growth_of_sets(sets: pl.DataFrame, draws: int = 20_000, seed: int = 0) -> SetGrowth:
    """Bootstrap least squares of log10 of the size on the date.

    `sets`: published_on (date), tokens (size; words do as well, if all rows are words). The interval is
    that of resampling sets with replacement, 95 %.

    References: Villalobos et al. (2024), Will we run out of data?, section 2.
    """
    rows = _sized(sets)
    method = f"least squares of log10(size) on date, bootstrap over sets ({draws} draws)"
    window = Window(rows["published_on"][0], rows["published_on"][-1]) if rows.height else None
    if not _enough(rows):
        return SetGrowth(None, rows.height, window, method, GrowthVerdict.CANNOT_BE_TOLD)
    slopes = _slopes(rows, draws, np.random.default_rng(seed))
    low, high = np.quantile(slopes, [0.025, 0.975])
    time, size = years(rows["published_on"]), np.log10(rows["tokens"].to_numpy())
    estimate = Estimate(float(np.polyfit(time, size, 1)[0]), Interval(float(low), float(high), 0.95))
    return SetGrowth(estimate, rows.height, window, method, _growth_verdict(low, high))


def crossing_year(
    sets: pl.DataFrame,
    inputs: WallInputs,
    choices: WallChoices | None = None,
    draws: int = 100_000,
    seed: int = 0,
) -> WallForecast:
    """Monte Carlo year in which the demand of the largest training set equals the stock.

    `sets` as in `growth_of_sets`. Demand starts in 2024.0 from its stated range (not from the regression
    line, which runs through sets of all sizes) and grows at a bootstrapped slope; with `compute_weight`
    some draws follow compute instead, D = 20 sqrt(C / 120) tokens for C FLOP. Years are calendar years.

    References: Villalobos et al. (2024), Will we run out of data?; Hoffmann et al. (2022) for D of C.
    """
    choices = choices or WallChoices()
    rng = np.random.default_rng(seed)
    growth = growth_of_sets(sets, seed=seed)
    stock = stock_draws(inputs, choices, rng, draws)
    stock_growth = _stock_growth(inputs, choices, rng, draws)
    start, demand_growth = _demand(_sized(sets), growth, inputs, choices, rng, draws)
    years_after = _years_to_crossing(stock, stock_growth, start, demand_growth)
    estimate, verdict = _told(years_after, growth, choices)
    return WallForecast(
        estimate=estimate,
        stock_tokens=_stock_estimate(stock),
        growth=growth,
        never=_share_never(years_after, verdict),
        window=growth.window,
        paths=_paths(stock, stock_growth, start, demand_growth),
        method=_method(choices),
        verdict=verdict,
    )


def _sized(sets: pl.DataFrame) -> pl.DataFrame:
    return sets.filter(pl.col("tokens") > 0, pl.col("published_on").is_not_null()).sort("published_on")


def _enough(rows: pl.DataFrame) -> bool:
    return rows.height >= MINIMUM_SETS and float(np.ptp(years(rows["published_on"]))) >= MINIMUM_SPAN_YEARS


def _slopes(rows: pl.DataFrame, draws: int, rng: np.random.Generator) -> Floats:
    """Least-squares slopes of resampled sets, orders of magnitude a year, shape (draws,)."""
    time, size = years(rows["published_on"]), np.log10(rows["tokens"].to_numpy())
    chosen = rng.integers(0, rows.height, (draws, rows.height))
    centred = time[chosen] - time[chosen].mean(axis=1, keepdims=True)
    slopes: Floats = (centred * size[chosen]).sum(axis=1) / (centred**2).sum(axis=1)
    return slopes


def _growth_verdict(low: float, high: float) -> GrowthVerdict:
    if low > 0:
        return GrowthVerdict.GROWING
    return GrowthVerdict.SHRINKING if high < 0 else GrowthVerdict.NOT_DISTINGUISHABLE


def _stock_growth(inputs: WallInputs, choices: WallChoices, rng: np.random.Generator, n: int) -> Floats:
    """Growth of the stock, orders of magnitude a year, shape (n,)."""
    if not choices.stock_grows:
        return np.zeros(n)
    grown: Floats = np.log10(inputs.page_length_growth.draw(rng, n) * inputs.page_number_growth.draw(rng, n))
    return grown


def _demand(
    rows: pl.DataFrame,
    growth: SetGrowth,
    inputs: WallInputs,
    choices: WallChoices,
    rng: np.random.Generator,
    n: int,
) -> tuple[Floats, Floats]:
    """Tokens at the start of 2024 and orders of magnitude a year, each of shape (n,)."""
    start = inputs.start_tokens.draw(rng, n)
    slopes = np.full(n, np.nan)
    if choices.growth_orders_per_year is not None:
        slopes = np.full(n, choices.growth_orders_per_year)
    elif growth.estimate is not None:
        slopes = rng.choice(_slopes(rows, 20_000, rng), n)
    by_compute = 20.0 * np.sqrt(inputs.start_flop.draw(rng, n) / 120.0)
    compute_slopes = np.log10(inputs.compute_growth.draw(rng, n)) / 2
    follows_compute = rng.random(n) < choices.compute_weight
    start = np.where(follows_compute, by_compute, start) * np.sqrt(choices.over_training)
    return start, np.where(follows_compute, compute_slopes, slopes)


def _years_to_crossing(stock: Floats, stock_growth: Floats, start: Floats, demand_growth: Floats) -> Floats:
    """Years after the start of 2024 until demand equals the stock: 0 if it already does, inf if never."""
    gap = np.log10(stock) - np.log10(start)
    closing = demand_growth - stock_growth
    with np.errstate(divide="ignore"):
        years_after = np.where(closing > 0, gap / closing, np.inf)
    return np.where(gap <= 0, 0.0, years_after)


def _told(
    years_after: Floats, growth: SetGrowth, choices: WallChoices
) -> tuple[Estimate | None, WallVerdict]:
    growth_is_known = growth.estimate is not None or choices.growth_orders_per_year is not None
    if not growth_is_known and choices.compute_weight < 1:
        return None, WallVerdict.CANNOT_BE_TOLD
    # Ranks, not interpolation: an infinite neighbour would turn a finite end into none.
    ends = np.quantile(years_after, [0.1, 0.5, 0.9], method="lower")
    low, median, high = (float(end) for end in BASE_YEAR + ends)
    if median > LAST_YEAR:
        return None, WallVerdict.NONE_IN_SIGHT
    estimate = Estimate(median, Interval(low, high if high <= LAST_YEAR else np.inf, 0.80))
    return estimate, WallVerdict.DATED if high <= LAST_YEAR else WallVerdict.OPEN_ENDED


def _share_never(years_after: Floats, verdict: WallVerdict) -> float | None:
    if verdict is WallVerdict.CANNOT_BE_TOLD:
        return None
    return float(np.mean(BASE_YEAR + years_after > LAST_YEAR))


def _stock_estimate(stock: Floats) -> Estimate:
    low, median, high = np.quantile(stock, [0.05, 0.5, 0.95])
    return Estimate(float(median), Interval(float(low), float(high), 0.90))


def _paths(stock: Floats, stock_growth: Floats, start: Floats, demand_growth: Floats) -> pl.DataFrame:
    """Median and 80 % band of stock and demand at the start of each year from 2024 to 2040."""
    rows = []
    for year in range(int(BASE_YEAR), 2041):
        after = year - BASE_YEAR
        bands = [
            10 ** np.quantile(np.log10(level) + growth * after, [0.1, 0.5, 0.9])
            for level, growth in ((stock, stock_growth), (start, demand_growth))
        ]
        rows.append([year, *bands[0], *bands[1]])
    names = ["year", "stock_low", "stock", "stock_high", "demand_low", "demand", "demand_high"]
    paths = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64), orient="row").fill_nan(None)
    return paths.cast({"year": pl.Int64})


def _method(choices: WallChoices) -> str:
    demand = "history of training sets"
    if choices.compute_weight > 0:
        demand = f"training compute in {choices.compute_weight:.0%} of draws, else the {demand}"
    growing = "growing" if choices.stock_grows else "constant"
    return f"Monte Carlo after Villalobos et al. (2024): {demand}, {growing} stock"
