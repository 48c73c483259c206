"""Budgets, records, rungs and the price of a point where one rule ends and the next begins."""

from __future__ import annotations

import math
from datetime import date

import polars as pl
import pytest

from analysis.gains.budget import best_for_budgets, in_force
from analysis.gains.margin import price_of_a_point
from analysis.gains.recent import PriceCourse, recent_prices
from analysis.gains.records import frontier_cost
from analysis.gains.rungs import Level, rungs
from analysis.price.steps import PriceBasis, lowest_prices
from tests.analysis.gains.test_gains import END, MODELS, OFFERS, offer
from tests.analysis.gains.test_recent import best

BUDGET = pl.DataFrame(
    [
        ("a", date(2024, 1, 1), 1.0),
        ("a", date(2024, 3, 1), None),
        ("b", date(2024, 4, 1), 1.0),
        ("c", date(2024, 5, 1), 0.5),
        ("d", date(2024, 5, 1), 0.5),
        ("c", date(2024, 6, 1), 2.0),
        ("unscored", date(2023, 1, 1), 0.1),
    ],
    schema=["model_id", "valid_on", "price_usd_per_mtok"],
    orient="row",
)
SCORES = pl.DataFrame(
    {
        "model_id": ["a", "b", "c", "d"],
        "title": ["A", "B", "C", "D"],
        "value": [1.0, 5.0, 5.0, 5.0],
        "low": [0.0, 4.0, 4.0, 4.0],
        "high": [2.0, 6.0, 6.0, 6.0],
    }
)


def test_of_equal_models_the_cheaper_then_the_first_by_name_is_bought() -> None:
    """The budget itself is enough; a time in which nothing is within it is a step, too."""
    (found,) = best_for_budgets(SCORES, BUDGET, [1.0], END)
    assert found.steps.select("valid_on", "model_id", "price_usd_per_mtok").rows() == [
        (date(2024, 1, 1), "a", 1.0),
        (date(2024, 3, 1), None, None),
        (date(2024, 4, 1), "b", 1.0),
        (date(2024, 5, 1), "c", 0.5),
        (date(2024, 6, 1), "d", 0.5),
    ]
    assert (found.budget_usd_per_mtok, found.until) == (1.0, END)
    assert found.steps.row(0) == (date(2024, 1, 1), "a", "A", 1.0, 0.0, 2.0, 1.0)


@pytest.mark.parametrize(
    ("day", "model"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), "a"),
        (date(2024, 2, 29), "a"),
        (date(2024, 3, 15), None),
        (date(2024, 4, 1), "b"),
        (date(2030, 1, 1), "d"),
    ],
)
def test_what_a_budget_bought_on_a_day_is_the_step_in_force(day: date, model: str | None) -> None:
    """Before the first step nothing, and nothing while all was dearer."""
    (found,) = best_for_budgets(SCORES, BUDGET, [1.0], END)
    bought = found.on(day)
    assert (bought["model_id"] if bought else None) == model


def test_without_any_price_every_budget_buys_nothing() -> None:
    """The table has its columns all the same."""
    (found,) = best_for_budgets(SCORES, BUDGET.clear(), [1.0], END)
    assert found.steps.is_empty()
    assert found.steps.columns[0] == "valid_on"
    assert lowest_prices(SCORES, OFFERS.clear(), END).is_empty()


def test_a_host_counts_only_where_hosts_are_asked() -> None:
    """The lowest of both, each model by itself; a price of nought is withdrawn."""
    host = OFFERS.head(1).with_columns(seller=pl.lit("host"), provider=pl.lit("h"), price_usd_per_mtok=0.2)
    rows = pl.concat([OFFERS, host])
    assert dict(in_force(lowest_prices(MODELS, rows, END)).iter_rows())["small"] == 1.0
    hosted = in_force(lowest_prices(MODELS, rows, END, PriceBasis.CHEAPEST_HOST))
    assert dict(hosted.iter_rows())["small"] == 0.2
    assert in_force(lowest_prices(MODELS, rows, END).reverse()).sort("model_id").rows() == [
        ("bigger", 50.0),
        ("small", 1.0),
    ]


def test_models_overtaken_before_anybody_had_a_price_are_left_out() -> None:
    """The record in force on the day of the first price begins the story; without any price all stay."""
    late = OFFERS.filter(pl.col("model_id") == "bigger")
    found = frontier_cost(MODELS, late, END)
    assert found.records["model_id"].to_list() == ["bigger"]
    assert found.steps["model_id"].to_list() == ["bigger", "bigger"]
    assert found.priced["price_usd_per_mtok"].to_list() == [50.0]
    second = frontier_cost(MODELS, OFFERS.filter(pl.col("model_id") == "big"), END)
    assert second.records["model_id"].to_list() == ["big", "bigger"]
    none = frontier_cost(MODELS, OFFERS.clear(), END)
    assert none.records["model_id"].to_list() == ["small", "big", "bigger"]
    assert none.priced.is_empty()
    with pytest.raises(ValueError, match="no model"):
        frontier_cost(MODELS, OFFERS, date(2023, 1, 1))


def test_a_price_that_did_not_change_is_no_step_and_one_after_the_end_of_a_record_is_none() -> None:
    """Two listings of one price, a cut on the day of the next record, and one of the last day."""
    rows = pl.DataFrame(
        [
            offer("small", date(2023, 6, 1), 2.0),
            offer("small", date(2024, 2, 1), 2.0) | {"provider": "again"},
            offer("small", date(2024, 3, 1), 1.5),
            offer("small", date(2024, 6, 1), 1.0),
            offer("bigger", date(2025, 3, 1), 9.0),
            offer("bigger", END, 8.0),
        ]
    )
    assert frontier_cost(MODELS, rows, END).steps.select("valid_on", "price_usd_per_mtok").rows() == [
        (date(2024, 1, 1), 2.0),
        (date(2024, 3, 1), 1.5),
        (date(2024, 6, 1), None),
        (date(2025, 3, 1), 9.0),
    ]


REACH = 1.6448536269514722 * math.hypot(2.0, 1.0)


@pytest.mark.parametrize(("gap", "together"), [(REACH - 1e-6, True), (REACH + 1e-6, False), (0.0, True)])
def test_a_level_within_the_error_of_a_difference_joins_the_rung_below(gap: float, together: bool) -> None:
    """1.645 errors of both, added in squares; equal levels are by name."""
    found = rungs([Level("B", 10.0 + gap, 1.0), Level("A", 10.0, 2.0)])
    assert [rung.names for rung in found] == ([("A", "B")] if together else [("A",), ("B",)])
    assert rungs([Level("B", 1.0, 0.0), Level("A", 1.0, 0.0)]) == rungs(
        [Level("A", 1.0, 0.0), Level("B", 1.0, 0.0)]
    )


def test_a_rung_does_not_grow_by_its_own_highest_level() -> None:
    """The third is near the second, but not near the lowest, at which the rung stands."""
    levels = [Level("A", 10.0, 1.0), Level("B", 12.0, 1.0), Level("C", 14.0, 1.0)]
    assert [(rung.names, rung.value) for rung in rungs(levels)] == [(("A", "B"), 10.0), (("C",), 14.0)]
    assert rungs([]) == ()


PRICES = pl.DataFrame({"model_id": ["small", "big", "bigger"], "price_usd_per_mtok": [1.0, 10.0, 50.0]})


@pytest.mark.parametrize(
    ("span", "cheap", "best"),
    [(20.0, 49 / 20, 49 / 20), (20.1, None, None), (1.0, 0.9, 4.0), (15.0, 49 / 20, 40 / 10)],
)
def test_a_price_of_a_point_is_over_a_step_of_the_span_or_more(
    span: float, cheap: float | None, best: float | None
) -> None:
    """A front just as long as the span is long enough; a step is divided by the points that it buys."""
    found = price_of_a_point(MODELS, PRICES, END, span)
    assert (found.on, found.span) == (END, span)
    assert found.cheap == (None if cheap is None else pytest.approx(cheap))
    assert found.best == (None if best is None else pytest.approx(best))


def test_points_of_a_fraction_are_hundredths() -> None:
    """Ten hundredths from 0.10 and up to 0.30."""
    shares = MODELS.with_columns(pl.col("value", "low", "high") / 100)
    found = price_of_a_point(shares, PRICES, END, 0.1)
    assert [found.cheap, found.best] == pytest.approx([0.9, 4.0])


def test_only_what_is_out_and_has_a_price_is_a_front() -> None:
    """A model of tomorrow, a price of nought and a model without one are no part of it."""
    free = PRICES.with_columns(price_usd_per_mtok=pl.Series([0.0, 10.0, 50.0]))
    assert price_of_a_point(MODELS, free, END, 10.0).cheap == pytest.approx(4.0)
    assert price_of_a_point(MODELS, free, END, 11.0).cheap is None
    assert price_of_a_point(MODELS, PRICES, date(2025, 2, 28), 10.0).best == pytest.approx(0.9)
    assert price_of_a_point(MODELS, PRICES, date(2025, 3, 1), 10.0).best == pytest.approx(4.0)
    assert price_of_a_point(MODELS, PRICES.clear(), END, 10.0).best is None


def test_intervals_that_touch_overlap() -> None:
    """An upper end at the other's lower end leaves it open; of equal prices the best is taken."""
    touching = MODELS.with_columns(low=pl.Series([9.0, 11.0, 21.1]))
    found = price_of_a_point(touching, PRICES, END, 10.0)
    assert (found.cheap_between, found.best_between) == (("Small", "Big"), None)
    even = PRICES.with_columns(price_usd_per_mtok=pl.Series([1.0, 1.0, 50.0]))
    told = price_of_a_point(MODELS, even, END, 10.0)
    assert told.cheap == told.best == pytest.approx(4.9)


@pytest.mark.parametrize(
    ("prices", "course"),
    [
        ((1.0, 2.0, 3.0, 4.0, 6.0, 5.0), PriceCourse.RISES),
        ((1.0, 2.0, 3.0, 6.0, 5.0, 4.0), PriceCourse.NO_TREND),
        ((6.0, 5.0, 4.0, 3.0, 1.0, 2.0), PriceCourse.FALLS),
    ],
)
def test_a_trend_is_told_at_one_in_ten(prices: tuple[float, ...], course: PriceCourse) -> None:
    """Of the 720 orders of six, 12 have one inversion or none at either end, 98 have three or fewer."""
    found = recent_prices(best(*((date(2025, 3 + place, 1), price) for place, price in enumerate(prices))))
    assert found is not None
    assert (found.course, found.n) == (course, 6)
    assert found.method == "range, and Kendall's tau of price and order at level 0.1"


def test_the_last_eighteen_months_begin_on_the_day_of_the_month() -> None:
    """A price of that very day counts, and then the one before it does not."""
    found = recent_prices(
        best((date(2024, 11, 30), 90.0), (date(2024, 12, 1), 7.0), (date(2024, 12, 2), 8.0))
    )
    assert found is not None
    assert (found.low_usd_per_mtok, found.high_usd_per_mtok, found.n) == (7.0, 8.0, 2)
