"""How fast the price of a constant capability falls: two estimators side by side, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from scipy import stats

from analysis.numeric.quantile import quantile_regression
from analysis.results import Estimate, Floats, Interval, Window, years

MINIMUM_RECORDS = 4
"""Successive cheapest models below which least squares gives no rate (two degrees of freedom are left)."""

MINIMUM_MODELS = 8
"""Models below which the tenth percentile of prices gives no rate."""

MINIMUM_PRICES_A_YEAR = 5
"""Prices in each year of the window of the tenth percentile: a year with fewer has no such percentile."""

MINIMUM_YEARS = 0.5
"""Span of the prices below which a factor a year would be an extrapolation."""

WIDEST_FACTOR = 30.0
"""Ratio of an interval's ends above which the rate counts as undetermined."""

TAU = 0.1
LEVEL = 0.90


class PriceVerdict(StrEnum):
    """What the data say of the rate, a closed list."""

    FALLING = "falling"
    RISING = "rising"
    NO_CHANGE_TOLD = "no change that can be told"
    FALLING_RATE_UNDETERMINED = "falling, rate undetermined"
    UNDETERMINED = "undetermined"
    CANNOT_BE_TOLD = "cannot be told: too few prices"


@dataclass(frozen=True, slots=True)
class PriceDecline:
    """How many times cheaper a year a capability becomes; `estimate` is None below the minimum of data.

    `estimate` is a factor a year (2 = half the price each year), `n` the number of prices, `n_models` that
    of models.
    """

    estimate: Estimate | None
    n: int
    n_models: int
    window: Window | None
    method: str
    verdict: PriceVerdict


def record_decline(prices: pl.DataFrame) -> PriceDecline:
    """Epoch's factor: least squares of log price on time through the successive cheapest models.

    `prices`: valid_on (date), price_usd_per_mtok, and optionally model_id; one row per successive record.
    The interval is that of the slope, t with n - 2 degrees of freedom, 90 %. Records are selected to fall, so
    this is a reference under its author's convention, not the trend of prices.

    References: Epoch AI, "LLM inference prices have fallen rapidly but unequally across tasks" (2025).
    """
    rows = _priced(prices)
    method = "least squares through the successive cheapest models (Epoch AI)"
    if rows.height < MINIMUM_RECORDS or _span_years(rows) == 0.0:
        return _cannot_be_told(rows, method)
    fit = stats.linregress(years(rows["valid_on"]), np.log(rows["price_usd_per_mtok"].to_numpy()))
    half = stats.t.ppf(0.5 + LEVEL / 2, rows.height - 2) * fit.stderr
    interval = Interval(_factor(fit.slope + half), _factor(fit.slope - half), LEVEL)
    return _decline(rows, method, _factor(fit.slope), interval)


def record_declines(prices: pl.DataFrame) -> dict[tuple[str, str], PriceDecline]:
    """`record_decline` of each group of `benchmark_id` and `threshold_model`, in the order of the frame.

    `prices`: benchmark_id, threshold_model, valid_on, price_usd_per_mtok, optionally model_id.
    """
    groups = prices.group_by("benchmark_id", "threshold_model", maintain_order=True)
    return {(str(benchmark), str(model)): record_decline(rows) for (benchmark, model), rows in groups}


def quantile_decline(changes: pl.DataFrame, draws: int = 500, seed: int = 0) -> PriceDecline:
    """The tenth percentile of log price on time, through all models at each price change.

    `changes`: model_id, valid_on, price_usd_per_mtok (`CheapestSteps.changes`). Only the years before the
    newest price count, counted back as long as each has prices enough. The 90 % interval is that of a
    bootstrap over models, because the prices of one model move together.

    References: Koenker and Bassett (1978), Regression Quantiles; Efron and Tibshirani (1993), chapter 13.
    """
    rows = _years_with_prices(_priced(changes))
    method = f"quantile regression, tau = {TAU:g}, bootstrap over models ({draws} draws)"
    if rows["model_id"].n_unique() < MINIMUM_MODELS or _span_years(rows) < MINIMUM_YEARS:
        return _cannot_be_told(rows, method)
    time, log_price = years(rows["valid_on"]), np.log(rows["price_usd_per_mtok"].to_numpy())
    weights = np.vstack([np.ones(rows.height), _model_weights(rows["model_id"], draws, seed)])
    design = np.column_stack([np.ones(rows.height), time])
    lines = quantile_regression(design, log_price, weights, TAU)
    drawn = lines[1:, 1][np.isfinite(lines[1:, 1])]
    low, high = np.quantile(-drawn, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    interval = Interval(float(np.exp(low)), float(np.exp(high)), LEVEL)
    return _decline(rows, method, _factor(lines[0, 1]), interval)


def thresholds_of(scores: pl.DataFrame, model_ids: list[str]) -> dict[str, float]:
    """Thresholds named by well-known models: model_id -> score, as asked; unscored ones are left out.

    `scores`: model_id, score. Of several scores of a model the best counts.
    """
    best = scores.drop_nulls("score").group_by("model_id").agg(pl.col("score").max())
    known = dict(best.iter_rows())
    return {model_id: known[model_id] for model_id in model_ids if model_id in known}


def _priced(prices: pl.DataFrame) -> pl.DataFrame:
    return prices.filter(pl.col("price_usd_per_mtok") > 0).sort("valid_on")


def _years_with_prices(rows: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty():
        return rows
    age = np.ceil(years(rows["valid_on"])[-1] - years(rows["valid_on"])).astype(np.int64)
    counts = np.bincount(np.maximum(age, 1))[1:]
    few = np.flatnonzero(counts < MINIMUM_PRICES_A_YEAR)
    whole = int(few[0]) if few.size else len(counts)
    return rows.filter(pl.Series(np.maximum(age, 1) <= whole))


def _span_years(rows: pl.DataFrame) -> float:
    if rows.is_empty():
        return 0.0
    return float(np.ptp(years(rows["valid_on"])))


def _factor(slope: float) -> float:
    return float(np.exp(-slope))


def _n_models(rows: pl.DataFrame) -> int:
    return rows["model_id"].n_unique() if "model_id" in rows.columns else rows.height


def _window(rows: pl.DataFrame) -> Window | None:
    return Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None


def _cannot_be_told(rows: pl.DataFrame, method: str) -> PriceDecline:
    return PriceDecline(
        None, rows.height, _n_models(rows), _window(rows), method, PriceVerdict.CANNOT_BE_TOLD
    )


def _decline(rows: pl.DataFrame, method: str, factor: float, interval: Interval) -> PriceDecline:
    return PriceDecline(
        estimate=Estimate(factor, interval),
        n=rows.height,
        n_models=_n_models(rows),
        window=_window(rows),
        method=method,
        verdict=_verdict(interval),
    )


def _verdict(factor: Interval) -> PriceVerdict:
    if factor.high > WIDEST_FACTOR * factor.low:
        return PriceVerdict.FALLING_RATE_UNDETERMINED if factor.low > 1 else PriceVerdict.UNDETERMINED
    if factor.low > 1:
        return PriceVerdict.FALLING
    return PriceVerdict.RISING if factor.high < 1 else PriceVerdict.NO_CHANGE_TOLD


def _model_weights(model_ids: pl.Series, draws: int, seed: int) -> Floats:
    """How often each row counts in each draw of models with replacement, shape (draws, rows)."""
    _, index = np.unique(model_ids.to_numpy(), return_inverse=True)
    models = int(index.max()) + 1
    counts = np.random.default_rng(seed).multinomial(models, np.full(models, 1 / models), size=draws)
    return counts[:, index].astype(np.float64)
