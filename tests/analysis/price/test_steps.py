"""The cheapest way to a capability against a slow second implementation, whatever the order of the rows."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from analysis.price.steps import cheapest_steps

START, DAYS = date(2024, 1, 1), 8
SCORES = pl.DataFrame({"model_id": ["a", "b", "c"], "score": [0.9, 0.8, 0.1]})
OFFERS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["maker", "host"]),
        st.integers(0, DAYS - 1),
        st.sampled_from([None, 0.0, 1.0, 2.5, 10.0]),
    ),
    max_size=12,
)

Offer = tuple[str, str, int, float | None]


def frame_of(offers: list[Offer]) -> pl.DataFrame:
    """The offers as `cheapest_steps` takes them."""
    rows = [
        (model, seller, "maker", START + timedelta(days=day), price) for model, seller, day, price in offers
    ]
    names = ["model_id", "provider", "seller", "valid_on", "price_usd_per_mtok"]
    schema = [pl.String, pl.String, pl.String, pl.Date, pl.Float64]
    return pl.DataFrame(rows, schema=dict(zip(names, schema, strict=True)), orient="row")


def lowest_on(offers: list[Offer], day: int) -> float | None:
    """By reading the offers one by one: the lowest price of an able model in force on a day."""
    found = []
    for model in ("a", "b"):
        for seller in ("maker", "host"):
            own = [
                (on, price) for name, by, on, price in offers if (name, by) == (model, seller) and on <= day
            ]
            if own:
                newest = max(on for on, _ in own)
                found += [price for on, price in own if on == newest and price]
    return min(found, default=None)


@given(OFFERS, st.randoms(use_true_random=False))
def test_steps_are_the_lowest_price_of_each_day_in_any_order(
    offers: list[Offer], order: random.Random
) -> None:
    """Every day's step is what a slow reading of all offers gives, and shuffled rows give the same steps."""
    end = START + timedelta(days=DAYS)
    found = cheapest_steps(frame_of(offers), SCORES, 0.5, end).steps
    for day in range(DAYS):
        held = found.filter(pl.col("valid_on") <= START + timedelta(days=day))
        price = held["price_usd_per_mtok"][-1] if held.height else None
        assert price == lowest_on(offers, day), day
    shuffled = offers.copy()
    order.shuffle(shuffled)
    again = cheapest_steps(frame_of(shuffled), SCORES, 0.5, end)
    assert again.steps.equals(found)


def test_a_dearer_earlier_price_keeps_its_own_day() -> None:
    """$1 since 2024 and $10 since 2023 never become $1 since 2023."""
    rows = frame_of([("a", "maker", 5, 1.0), ("a", "maker", 2, 10.0), ("b", "host", 0, 2.5)])
    for frame in (rows, rows.reverse(), rows[[1, 2, 0]]):
        changes = cheapest_steps(frame, SCORES, 0.5, date(2025, 1, 1)).changes.filter(model_id="a")
        assert changes["price_usd_per_mtok"].to_list() == [10.0, 1.0]
        assert changes["valid_on"].to_list() == [date(2024, 1, 3), date(2024, 1, 6)]


def test_steps_since_a_day_begin_with_the_price_in_force_on_it() -> None:
    """A line may begin later than the first price; one that begins later stays as it is."""
    day = [START + timedelta(days=number) for number in range(DAYS + 1)]
    found = cheapest_steps(
        frame_of([("a", "maker", 1, 10.0), ("b", "maker", 4, 2.5), ("a", "maker", 6, 1.0)]),
        SCORES,
        0.5,
        day[DAYS],
    )
    later = found.since(day[2])
    assert later.steps["valid_on"].to_list() == [day[2], day[4], day[6]]
    assert later.steps["price_usd_per_mtok"].to_list() == [10.0, 2.5, 1.0]
    assert later.window is not None
    assert (later.window.start, later.window.end) == (day[2], day[DAYS])
    assert found.since(day[4]).times_cheaper == 2.5
    assert found.since(day[0]) is found


def test_a_price_is_asked_by_an_offer_in_force() -> None:
    """Where an offer ends while another asks the same, the other one asks it; the price has not changed."""
    day = [START + timedelta(days=number) for number in range(DAYS + 1)]
    offers = frame_of([("a", "maker", 1, 2.5), ("b", "maker", 2, 2.5), ("a", "maker", 4, None)])
    found = cheapest_steps(offers, SCORES, 0.5, day[DAYS])
    assert found.steps.select("valid_on", "model_id").rows() == [(day[1], "a")]
    assert found.asked_last["model_id"] == "b"
    assert found.asked["valid_on"].to_list() == [day[1], day[4]]
    assert found.since(day[3]).steps["model_id"].to_list() == ["a"]
    assert found.since(day[5]).steps["model_id"].to_list() == ["b"]


def test_of_several_offers_at_one_price_the_newest_asks_it() -> None:
    """An older one that no list has struck off may be gone all the same."""
    offers = frame_of(
        [("a", "host", 1, 2.5), ("a", "maker", 0, 2.5), ("b", "maker", 2, 2.5), ("a", "maker", 4, None)]
    )
    found = cheapest_steps(offers, SCORES, 0.5, START + timedelta(days=DAYS))
    assert found.asked.select("model_id", "provider").rows() == [("a", "maker"), ("b", "maker")]


def test_a_price_taken_from_a_launch_says_until_when_it_was_not_read() -> None:
    """Before its first reading it is only taken to have held; from then on it is known."""
    day = [START + timedelta(days=number) for number in range(DAYS + 1)]
    offers = frame_of([("a", "maker", 1, 10.0), ("b", "maker", 6, 2.5)]).with_columns(
        first_read_on=pl.Series([day[4], None])
    )
    found = cheapest_steps(offers, SCORES, 0.5, day[DAYS])
    assert found.steps["first_read_on"].to_list() == [day[4], None]
    assert found.first_read_on == found.since(day[3]).first_read_on == day[4]
    assert found.since(day[4]).first_read_on is None
