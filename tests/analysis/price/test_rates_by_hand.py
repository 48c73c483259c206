"""Rates of price and of horizon, and the basket's interval, against sums and loops written out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from analysis.price.basket import BasketVerdict, chained_index, matched_basket
from analysis.price.decline import PriceVerdict, quantile_decline, record_decline
from analysis.trends.horizon import DoublingVerdict, record_doubling_time

START = date(2023, 1, 1)
T95_WITH_4_DEGREES = 2.131846786
"""Student's 95th percentile with four degrees of freedom, from a printed table."""


def day(number: float) -> date:
    return START + timedelta(days=round(number))


def slope_and_error(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Least-squares slope and its standard error, by the textbook's sums."""
    x_mean, y_mean = sum(x) / len(x), sum(y) / len(y)
    squares = sum((one - x_mean) ** 2 for one in x)
    slope = sum((one - x_mean) * (other - y_mean) for one, other in zip(x, y, strict=True)) / squares
    left = sum((b - y_mean - slope * (a - x_mean)) ** 2 for a, b in zip(x, y, strict=True))
    return slope, math.sqrt(left / (len(x) - 2) / squares)


RECORDS = [(0, 30.0), (90, 26.0), (200, 9.0), (380, 8.0), (610, 1.5), (700, 1.4)]


def test_the_factor_of_records_has_students_interval() -> None:
    """Six records: exp of minus the slope, and of the slope with 2.13 standard errors either way."""
    prices = pl.DataFrame(
        {"valid_on": [day(at) for at, _ in RECORDS], "price_usd_per_mtok": [price for _, price in RECORDS]}
    )
    slope, error = slope_and_error([at / 365 for at, _ in RECORDS], [math.log(price) for _, price in RECORDS])
    found = record_decline(prices)
    assert found.estimate is not None and found.estimate.interval is not None
    half = T95_WITH_4_DEGREES * error
    assert found.estimate.value == pytest.approx(math.exp(-slope))
    assert found.estimate.interval.low == pytest.approx(math.exp(-slope - half))
    assert found.estimate.interval.high == pytest.approx(math.exp(-slope + half))


def test_the_doubling_time_has_students_interval() -> None:
    """Six horizons: 1 over the slope of log2, and over the slope with 2.13 standard errors either way."""
    minutes = [4.0, 9.0, 11.0, 60.0, 110.0, 300.0]
    days = [float(at) for at, _ in RECORDS]
    slope, error = slope_and_error(days, [math.log2(value) for value in minutes])
    models = pl.DataFrame({"released_on": [day(at) for at in days], "value": minutes})
    found = record_doubling_time(models)
    assert found.days is not None and found.days.interval is not None
    half = T95_WITH_4_DEGREES * error
    assert found.days.value == pytest.approx(1 / slope)
    assert found.days.interval.low == pytest.approx(1 / (slope + half))
    assert found.days.interval.high == pytest.approx(1 / (slope - half))
    assert found.verdict is DoublingVerdict.GROWING


def test_a_growth_that_may_be_none_has_no_interval() -> None:
    """Four records, three alike and one leap: the slope less 2.92 standard errors is below nought."""
    models = pl.DataFrame(
        {"released_on": [day(100 * at) for at in range(4)], "value": [1.0, 1.01, 1.02, 4096.0]}
    )
    found = record_doubling_time(models)
    assert found.days is not None
    assert found.days.interval is None
    assert found.verdict is DoublingVerdict.UNDETERMINED


def around(factor_a_year: float, spread: float) -> pl.DataFrame:
    """Six records a half-year apart that leave an exponential up and down by `spread`, a logarithm."""
    signs = [1, -1, -1, 1, 1, -1]
    logs = [-math.log(factor_a_year) * number / 2 + spread * sign for number, sign in enumerate(signs)]
    return pl.DataFrame(
        {
            "valid_on": [day(182.5 * number) for number in range(6)],
            "price_usd_per_mtok": [math.exp(value) for value in logs],
        }
    )


@pytest.mark.parametrize(
    ("factor", "spread", "verdict"),
    [
        (4.0, 0.1, PriceVerdict.FALLING),
        (0.25, 0.1, PriceVerdict.RISING),
        (1.0, 0.1, PriceVerdict.NO_CHANGE_TOLD),
        (1.0, 2.0, PriceVerdict.UNDETERMINED),
        (1000.0, 2.0, PriceVerdict.FALLING_RATE_UNDETERMINED),
        (0.001, 2.0, PriceVerdict.UNDETERMINED),
    ],
)
def test_a_rate_is_called_by_its_interval(factor: float, spread: float, verdict: PriceVerdict) -> None:
    """Beyond 1 at both ends it falls or rises; ends thirty times apart leave it undetermined."""
    assert record_decline(around(factor, spread)).verdict is verdict


def lowest_loss_slope(time: list[float], logs: list[float], weights: list[int], tau: float) -> float:
    """Slope of the line through two of the points that has the least weighted check loss."""

    def loss(slope: float, level: float) -> float:
        left = [y - level - slope * x for x, y in zip(time, logs, strict=True)]
        return sum(w * r * (tau if r > 0 else tau - 1) for w, r in zip(weights, left, strict=True))

    lines = []
    for a, b in combinations(range(len(time)), 2):
        if time[a] != time[b]:
            slope = (logs[b] - logs[a]) / (time[b] - time[a])
            lines.append((loss(slope, logs[a] - slope * time[a]), slope))
    return min(lines)[1]


def test_the_tenth_percentiles_rate_has_the_interval_of_drawn_models() -> None:
    """Lines through every pair of points, in 41 draws of models that keep all their prices."""
    generator = np.random.default_rng(11)
    models = [f"model-{number:02d}" for number in range(9) for _ in range(1 + number % 2)]
    days = np.sort(generator.choice(np.arange(360), len(models), replace=False)).tolist()
    logs = (-0.004 * np.array(days) + generator.exponential(1.0, len(models))).tolist()
    changes = pl.DataFrame(
        {
            "model_id": models,
            "valid_on": [day(at) for at in days],
            "price_usd_per_mtok": [math.exp(value) for value in logs],
        }
    )
    time, names = [at / 365 for at in days], sorted(set(models))
    counts = np.random.default_rng(4).multinomial(9, [1 / 9] * 9, size=41)
    drawn = [
        -lowest_loss_slope(time, logs, [int(row[names.index(name)]) for name in models], 0.1)
        for row in counts
    ]
    found = quantile_decline(changes, draws=41, seed=4)
    assert found.estimate is not None and found.estimate.interval is not None
    whole = -lowest_loss_slope(time, logs, [1] * len(models), 0.1)
    assert math.log(found.estimate.value) == pytest.approx(whole, abs=1e-6)
    ends = (math.log(found.estimate.interval.low), math.log(found.estimate.interval.high))
    assert ends == pytest.approx((sorted(drawn)[2], sorted(drawn)[38]), abs=1e-6)


RATIOS = [1.0, 1.0, 1.0, 0.5, 0.5, 0.8, 0.9, 1.2, 1.5, 0.3, 1.0]
MONTHS = [date(2024, 1, 1), date(2024, 4, 1), date(2024, 12, 31)]


def listings(prices: dict[str, list[float | None]]) -> pl.DataFrame:
    """Prices of each listing in the three versions; None where it is not listed."""
    rows = [
        (name, seen_on, price, "chat")
        for name, said in prices.items()
        for seen_on, price in zip(MONTHS, said, strict=True)
        if price is not None
    ]
    return pl.DataFrame(rows, schema=["listing", "seen_on", "price_usd_per_mtok", "mode"], orient="row")


def test_the_basket_is_a_geometric_mean_with_the_interval_of_drawn_listings() -> None:
    """The eleventh root of the product, and in 41 draws of listings the third from either end."""
    prices = {f"model-{at:02d}": [2.0, 5.0, 2.0 * ratio] for at, ratio in enumerate(RATIOS)}
    found = matched_basket(listings(prices), MONTHS[0], MONTHS[-1], draws=41, seed=6)
    counts = np.random.default_rng(6).multinomial(11, [1 / 11] * 11, size=41)
    means = sorted(
        math.prod(ratio**count for ratio, count in zip(sorted(RATIOS), row, strict=True)) ** (1 / 11)
        for row in counts.tolist()
    )
    assert found.estimate is not None and found.estimate.interval is not None
    assert found.estimate.value == pytest.approx(math.prod(RATIOS) ** (1 / 11))
    assert (found.estimate.interval.low, found.estimate.interval.high) == pytest.approx((means[2], means[38]))
    assert found.median_ratio == pytest.approx(sorted(RATIOS)[5])
    assert (found.n, found.n_up, found.n_down) == (11, 2, 5)
    assert found.share_unchanged == pytest.approx(4 / 11)
    assert found.verdict is BasketVerdict.MIXED


def test_the_chain_counts_whoever_is_listed_in_two_neighbouring_versions() -> None:
    """The product of both months' geometric means, and the change compounded to a year of 365 days."""
    prices: dict[str, list[float | None]] = {
        f"model-{at:02d}": [2.0, 2.0 * ratio, 3.0 * ratio] for at, ratio in enumerate(RATIOS)
    }
    prices |= {"gone": [1.0, 0.1, None], "new": [None, 4.0, 1.0], "free": [1.0, 0.0, 2.0]}
    found = chained_index(listings(prices), MONTHS[0], MONTHS[-1])
    first = (math.prod(RATIOS) * 0.1) ** (1 / 12)
    second = (1.5**11 * 0.25) ** (1 / 12)
    assert found.estimate is not None
    assert found.index["index"].to_list() == pytest.approx([1.0, first, first * second])
    assert found.index["n"].to_list() == [None, 12, 12]
    assert found.estimate.value == pytest.approx(first * second)
    assert found.change_per_year == pytest.approx((first * second) ** (365 / 365) - 1)


@pytest.mark.parametrize(
    ("up", "down", "verdict"),
    [
        (3, 2, BasketVerdict.MOSTLY_UNCHANGED),
        (3, 3, BasketVerdict.MIXED),
        (1, 7, BasketVerdict.MOSTLY_CHEAPER),
        (1, 6, BasketVerdict.MIXED),
        (7, 1, BasketVerdict.MOSTLY_DEARER),
        (6, 1, BasketVerdict.MIXED),
        (5, 5, BasketVerdict.MIXED),
    ],
)
def test_most_is_more_than_half_of_the_basket(up: int, down: int, verdict: BasketVerdict) -> None:
    """Of twelve listings seven are most and six are not, whichever way they moved."""
    ratios = [1.1] * up + [0.9] * down + [1.0] * (12 - up - down)
    prices: dict[str, list[float | None]] = {f"m-{at}": [2.0, 2.0, 2.0 * r] for at, r in enumerate(ratios)}
    assert matched_basket(listings(prices), MONTHS[0], MONTHS[-1], draws=5).verdict is verdict


@pytest.mark.parametrize(("n", "told"), [(10, True), (9, False)])
def test_ten_listings_are_a_basket(n: int, told: bool) -> None:
    """Nine are too few, for the basket as for the chain."""
    prices: dict[str, list[float | None]] = {f"m-{at}": [2.0, 2.0, 2.0] for at in range(n)}
    found = matched_basket(listings(prices), MONTHS[0], MONTHS[-1], draws=5)
    chain = chained_index(listings(prices), MONTHS[0], MONTHS[-1])
    assert (found.estimate is not None, chain.estimate is not None) == (told, told)
    assert (found.n, found.n_at_start, chain.n) == (n, n, n)
