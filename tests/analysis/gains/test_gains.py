"""Gains against cost on hand-made prices: budgets, the best model's price, rungs, one more point."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.gains.budget import best_for_budgets, in_force
from analysis.gains.margin import price_of_a_point, price_over_the_front
from analysis.gains.records import frontier_cost
from analysis.gains.rungs import Level, rungs
from analysis.price.steps import lowest_prices

END = date(2025, 12, 31)
MODELS = pl.DataFrame(
    {
        "model_id": ["small", "big", "bigger"],
        "title": ["Small", "Big", "Bigger"],
        "organization": ["A", "A", "B"],
        "released_on": [date(2024, 1, 1), date(2024, 6, 1), date(2025, 3, 1)],
        "open_weights": [False, False, False],
        "value": [10.0, 20.0, 30.0],
        "stderr": [1.0, 1.0, 1.0],
        "low": [9.0, 19.0, 29.0],
        "high": [11.0, 21.0, 31.0],
    }
)


def offer(model: str, day: date, price: float | None) -> dict[str, object]:
    """One maker's price from a day on; None is withdrawn."""
    return {
        "model_id": model,
        "provider": "maker",
        "seller": "maker",
        "valid_on": day,
        "price_usd_per_mtok": price,
    }


OFFERS = pl.DataFrame(
    [
        offer("small", date(2024, 1, 1), 1.0),
        offer("big", date(2024, 6, 1), 10.0),
        offer("big", date(2025, 1, 1), 0.8),
        offer("big", date(2025, 9, 1), None),
        offer("bigger", date(2025, 4, 1), 50.0),
    ]
)


def test_a_budget_buys_the_best_that_is_on_sale_for_it() -> None:
    """It gains by a price cut as by a release, and loses what is withdrawn."""
    (one,) = best_for_budgets(MODELS, lowest_prices(MODELS, OFFERS, END), [1.0], END)
    assert one.steps.select("valid_on", "model_id", "price_usd_per_mtok").rows() == [
        (date(2024, 1, 1), "small", 1.0),
        (date(2025, 1, 1), "big", 0.8),
        (date(2025, 9, 1), "small", 1.0),
    ]


def test_a_budget_below_every_price_buys_nothing_and_says_so() -> None:
    """No step, and no purchase on any day."""
    (one,) = best_for_budgets(MODELS, lowest_prices(MODELS, OFFERS, END), [0.1], END)
    assert one.steps.is_empty()
    assert one.on(END) is None


def test_prices_in_force_are_those_of_models_still_on_sale() -> None:
    """A withdrawn model has none, and a cut is the price that counts."""
    assert dict(in_force(lowest_prices(MODELS, OFFERS, END)).iter_rows()) == {"small": 1.0, "bigger": 50.0}
    summer = lowest_prices(MODELS, OFFERS, date(2025, 6, 1))
    assert dict(in_force(summer).iter_rows()) == {"small": 1.0, "big": 0.8, "bigger": 50.0}


def test_the_order_of_offers_says_nothing() -> None:
    """Rows in reverse give the same steps."""
    forward = best_for_budgets(MODELS, lowest_prices(MODELS, OFFERS, END), [1.0, 100.0], END)
    backward = best_for_budgets(MODELS, lowest_prices(MODELS, OFFERS.reverse(), END), [1.0, 100.0], END)
    assert all(one.steps.equals(other.steps) for one, other in zip(forward, backward, strict=True))


def test_the_best_model_costs_what_its_maker_asked_while_it_was_the_best() -> None:
    """A cut before it was overtaken counts; before its first price there is a gap, never a guess."""
    found = frontier_cost(MODELS, OFFERS, END)
    assert found.steps.select("valid_on", "model_id", "price_usd_per_mtok").rows() == [
        (date(2024, 1, 1), "small", 1.0),
        (date(2024, 6, 1), "big", 10.0),
        (date(2025, 1, 1), "big", 0.8),
        (date(2025, 3, 1), "bigger", None),
        (date(2025, 4, 1), "bigger", 50.0),
    ]


@pytest.mark.parametrize(
    ("error", "names"),
    [(0.1, [("A",), ("B",), ("C",)]), (2.0, [("A", "B"), ("C",)]), (20.0, [("A", "B", "C")])],
)
def test_levels_within_their_errors_share_a_rung(error: float, names: list[tuple[str, ...]]) -> None:
    """A rung stands at its lowest level, and what is above that beyond errors begins the next."""
    levels = [Level("C", 30.0, error), Level("A", 10.0, error), Level("B", 13.0, error)]
    found = rungs(levels)
    assert [rung.names for rung in found] == names
    assert found[0].value == 10.0


def test_one_more_point_costs_what_the_cheapest_way_to_it_adds() -> None:
    """From 10 for $1 to 20 for $10, to 30 for $50: 0.9 a point below, 4 above, averaged over ten."""
    prices = pl.DataFrame({"model_id": ["small", "big", "bigger"], "price_usd_per_mtok": [1.0, 10.0, 50.0]})
    found = price_of_a_point(MODELS, prices, END, 10.0)
    assert found.cheap == pytest.approx(0.9)
    assert found.best == pytest.approx(4.0)
    assert (found.cheap_between, found.best_between) == (None, None)


def test_a_step_longer_than_the_span_is_divided_by_all_that_it_buys() -> None:
    """$9 from 10 to 20 are ten points, though five were asked for; so are the $40 up to the best."""
    prices = pl.DataFrame({"model_id": ["small", "big", "bigger"], "price_usd_per_mtok": [1.0, 10.0, 50.0]})
    found = price_of_a_point(MODELS, prices, END, 5.0)
    assert found.cheap == pytest.approx(0.9)
    assert found.best == pytest.approx(4.0)
    shares = MODELS.with_columns(value=pl.col("value") / 100)
    assert price_of_a_point(shares, prices, END, 0.05).cheap == pytest.approx(0.9)


def test_scores_whose_intervals_overlap_make_no_rate() -> None:
    """At either end the two models that tell it are named; where an interval is not known none is."""
    prices = pl.DataFrame({"model_id": ["small", "big", "bigger"], "price_usd_per_mtok": [1.0, 10.0, 50.0]})
    wide = MODELS.with_columns(low=pl.Series([9.0, 11.0, 21.0]))
    found = price_of_a_point(wide, prices, END, 10.0)
    assert (found.cheap_between, found.best_between) == (("Small", "Big"), ("Big", "Bigger"))
    untold = wide.with_columns(low=pl.lit(None, pl.Float64))
    assert price_of_a_point(untold, prices, END, 10.0).cheap_between is None
    no_high = wide.with_columns(high=pl.lit(None, pl.Float64))
    assert price_of_a_point(no_high, prices, END, 10.0).best_between is None


def test_a_front_shorter_than_the_span_tells_nothing() -> None:
    """No price per point is made up where there are not so many points."""
    prices = pl.DataFrame({"model_id": ["small", "big"], "price_usd_per_mtok": [1.0, 10.0]})
    found = price_of_a_point(MODELS, prices, END, 15.0)
    assert (found.cheap, found.best) == (None, None)


def test_a_point_over_the_whole_front_costs_the_difference_of_its_two_ends() -> None:
    """49 dollars more for 20 points; the interval of these is 20 ± 1.41, so the price is uneven around it."""
    prices = pl.DataFrame({"model_id": ["small", "bigger"], "price_usd_per_mtok": [1.0, 50.0]})
    found = price_over_the_front(MODELS, prices, END, 1.0)
    assert found is not None
    assert found.a_point.value == pytest.approx(49 / 20)
    assert found.a_point.interval is not None
    assert found.a_point.interval.low == pytest.approx(49 / (20 + 2**0.5))
    assert found.a_point.interval.high == pytest.approx(49 / (20 - 2**0.5))
    assert (found.cheapest["title"], found.best["title"]) == ("Small", "Bigger")
    shares = MODELS.with_columns(pl.col("value", "low", "high") / 100)
    of_shares = price_over_the_front(shares, prices, END, 100.0)
    assert of_shares is not None
    assert of_shares.a_point.value == pytest.approx(49 / 20)
    assert of_shares.a_point.interval is not None
    assert of_shares.a_point.interval.low == pytest.approx(found.a_point.interval.low)


def test_a_front_of_one_model_has_no_price_of_a_point() -> None:
    """Nor one whose best costs no more; where the scores may be equal there is no interval."""
    prices = pl.DataFrame({"model_id": ["small", "big"], "price_usd_per_mtok": [1.0, 10.0]})
    assert price_over_the_front(MODELS, prices.head(1), END, 1.0) is None
    assert price_over_the_front(MODELS, prices.clear(), END, 1.0) is None
    as_dear = prices.with_columns(price_usd_per_mtok=pl.lit(1.0))
    assert price_over_the_front(MODELS, as_dear, END, 1.0) is None
    vague = MODELS.with_columns(low=pl.col("value") - 20, high=pl.col("value") + 20)
    found = price_over_the_front(vague, prices, END, 1.0)
    assert found is not None
    assert found.a_point.interval is None
    unknown = price_over_the_front(MODELS.with_columns(low=pl.lit(None, pl.Float64)), prices, END, 1.0)
    assert unknown is not None
    assert unknown.a_point.interval is None
