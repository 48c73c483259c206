"""How a price fell: known prices in all and in parts, a rate only where one line fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.price.fall import FallVerdict, PriceFall, price_fall
from analysis.price.steps import CheapestSteps, cheapest_steps

START = date(2023, 1, 1)


def day(year: float) -> date:
    """A day so many years after the start."""
    return START + timedelta(days=round(365 * year))


def steps(*prices: tuple[float, float | None], until: float = 3.5, **more: list[object]) -> CheapestSteps:
    """The cheapest way where one maker asks these prices from these years on."""
    offers = pl.DataFrame(
        {
            "model_id": ["m"] * len(prices),
            "provider": ["maker"] * len(prices),
            "seller": ["maker"] * len(prices),
            "valid_on": [day(year) for year, _ in prices],
            "price_usd_per_mtok": pl.Series([price for _, price in prices], dtype=pl.Float64),
            **more,
        }
    )
    scores = pl.DataFrame({"model_id": ["m"], "score": [0.5]})
    return cheapest_steps(offers, scores, 0.5, day(until))


def falling(factors: list[float], each: float = 0.125, seed: int = 2) -> CheapestSteps:
    """A price cut every eighth of a year by that root of a factor a year, give or take."""
    noise = np.random.default_rng(seed).normal(0, 0.15, len(factors))
    logs = -np.cumsum(np.log(factors)) * each + noise
    return steps(
        *((each * place, float(10 * np.exp(log))) for place, log in enumerate(logs)),
        until=each * len(factors),
    )


def told(cheapest: CheapestSteps) -> PriceFall:
    """The fall, which must be there."""
    fall = price_fall(cheapest)
    assert fall is not None
    return fall


def test_a_steady_fall_has_one_rate_that_holds_the_truth() -> None:
    """Twenty-eight cuts at a rate of tenfold a year: one line fits, and its interval holds ten."""
    fall = told(falling([10.0] * 28))
    assert fall.verdict is FallVerdict.ONE_RATE
    assert fall.rate is not None and fall.rate.interval is not None
    assert fall.rate.interval.holds(10.0)
    assert fall.parts == (fall.whole,)


def test_a_fall_that_came_early_is_told_in_parts_and_has_no_rate() -> None:
    """Hundredfold a year for 18 months, hardly anything after: the break lies there, and no rate is told."""
    fall = told(falling([100.0] * 12 + [1.2] * 16))
    assert fall.verdict is FallVerdict.BROKEN
    assert fall.rate is None
    before, since = fall.parts
    assert day(1.0) < before.window.end < day(1.75)
    assert before.times_cheaper * since.times_cheaper == pytest.approx(fall.whole.times_cheaper)
    assert before.times_cheaper > 100
    assert since.times_cheaper < 5


def test_parts_are_prices_in_force_and_no_slopes() -> None:
    """Whatever is fitted, a part's ends are what was asked on its days."""
    cheapest = falling([100.0] * 12 + [1.2] * 16)
    for part in (told(cheapest).whole, *told(cheapest).parts):
        assert part.from_usd == cheapest.price_on(part.window.start)
        assert part.to_usd == cheapest.price_on(part.window.end)


def test_no_rate_is_told_that_the_last_twelve_months_belie() -> None:
    """A steady fall whose price has risen since: never "ten times cheaper a year" beside "dearer"."""
    fall = told(falling([10.0] * 20 + [0.5] * 8))
    assert fall.last_year is not None
    assert fall.last_year.times_cheaper < 1
    assert fall.rate is None
    assert fall.verdict in (FallVerdict.BROKEN, FallVerdict.LATELY_OTHERWISE)


@pytest.mark.parametrize("seed", range(8))
def test_a_told_rate_and_the_last_year_go_the_same_way(seed: int) -> None:
    """Random walks of cuts and rises: "cheaper a year" never stands beside a year of dearer prices."""
    factors = np.exp(np.random.default_rng(seed).normal(1.5, 3.0, 28)).tolist()
    fall = told(falling(factors, seed=seed))
    if fall.rate is not None and fall.last_year is not None:
        assert (fall.rate.value > 1) is (fall.last_year.times_cheaper > 1)


def test_three_prices_have_no_rate_but_a_fall() -> None:
    """What was asked at both ends is known however few prices there are."""
    fall = told(steps((0, 8.0), (1, 4.0), (2, 2.0)))
    assert fall.verdict is FallVerdict.TOO_FEW
    assert (fall.whole.times_cheaper, fall.rate) == (4.0, None)
    assert fall.last_year is not None
    assert fall.last_year.times_cheaper == 1.0


def test_a_price_younger_than_a_year_has_no_last_twelve_months() -> None:
    """Before the first price nothing was asked."""
    assert told(steps((0, 8.0), (0.3, 4.0), until=0.9)).last_year is None


def test_what_is_no_longer_on_sale_has_no_fall() -> None:
    """Nor has a single price."""
    assert price_fall(steps((0, 8.0), (1, 4.0), (2, None))) is None
    assert price_fall(steps((0, 8.0))) is None


def test_a_change_between_two_readings_leaves_the_last_year_an_interval() -> None:
    """Half the price was first read after the day a year ago, and not there long before: either is true."""
    cheapest = steps((0, 8.0), (2.6, 4.0), (3.4, 2.0), starts_after=[None, day(2.3), None])
    last = told(cheapest).last_year
    assert last is not None
    assert last.times_cheaper == 4.0
    assert (last.between.low, last.between.high) == (2.0, 4.0)


def test_a_price_that_nobody_confirms_may_still_be_asked_for_a_year() -> None:
    """It sets no price, but what the price may have fallen at most counts it; a year later it is gone."""
    offers = pl.DataFrame(
        {
            "model_id": ["m", "n", "n"],
            "provider": ["a", "b", "b"],
            "seller": ["maker"] * 3,
            "valid_on": [day(0), day(1), day(2)],
            "price_usd_per_mtok": [8.0, 2.0, None],
            "is_unconfirmed": [False, False, True],
        }
    )
    scores = pl.DataFrame({"model_id": ["m", "n"], "score": [0.5, 0.5]})
    soon, late = (cheapest_steps(offers, scores, 0.5, day(until)) for until in (2.5, 3.5))
    assert (soon.price_on(day(2.5)), soon.least_on(day(2.5))) == (8.0, 2.0)
    assert (late.price_on(day(3.5)), late.least_on(day(3.5))) == (8.0, 8.0)
    last = told(soon).last_year
    assert last is not None
    assert (last.times_cheaper, last.between.low, last.between.high) == (0.25, 0.25, 1.0)


def test_a_fall_begins_where_its_first_price_was_first_read() -> None:
    """A price only taken to have held since a launch is counted from its reading, if none was cheaper."""
    cheapest = steps((0, 8.0), (1, 4.0), (2, 2.0))
    late = cheapest.steps.with_columns(first_read_on=pl.Series([day(0.5), None, None]))
    assert told(replace(cheapest, steps=late)).whole.window.start == day(0.5)
    overtaken = cheapest.steps.with_columns(first_read_on=pl.Series([day(1.5), None, None]))
    assert told(replace(cheapest, steps=overtaken)).whole.window.start == day(0)
    unread = cheapest.steps.with_columns(first_read_on=pl.Series([day(9), None, None]))
    assert replace(cheapest, steps=unread).dated_from == day(0)
