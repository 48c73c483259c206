"""What holds of every pair of models and every task: symmetry, monotone answers, no division by zero."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN, Row, implied_multipliers, multipliers_of
from analysis.worth.value import MOST_RETRIES, ListPrice, Offer, TaskProfile, offer_values, worth_it

DRAWS = 60
prices = st.floats(0.01, 200.0)
amounts = st.floats(0.0, 1000.0)


@st.composite
def offers(draw: st.DrawFn, model_id: str) -> Offer:
    """A model at any price that solved none, some or all of its tasks."""
    tried = draw(st.integers(1, 300))
    low = draw(st.floats(0.5, 10.0))
    seconds = draw(st.floats(0.1, 500.0))
    return Offer(
        model_id,
        ListPrice(draw(prices), draw(prices), draw(st.none() | prices)),
        draw(st.integers(0, tried)),
        tried,
        Interval(low, low * draw(st.floats(1.0, 5.0)), level=1.0),
        Interval(seconds, seconds, level=1.0),
        "a board",
    )


@st.composite
def profiles(draw: st.DrawFn) -> TaskProfile:
    """Any kind of task, also one that is worth nothing or never ends at the first try."""
    tokens = draw(st.integers(0, 100_000))
    return TaskProfile(
        tokens,
        draw(st.integers(1, 100_000)),
        draw(amounts),
        draw(st.integers(0, tokens)),
        draw(st.integers(0, MOST_RETRIES)),
        draw(amounts),
        draw(st.floats(0.0, 200.0)),
    )


@st.composite
def runs(draw: st.DrawFn, model_id: str) -> Row:
    """A measured run of 100 tasks, with or without a cost and a price of its day."""
    return {
        "model_id": model_id,
        "share": draw(st.floats(0.0, 1.0)),
        "tasks": 100,
        "cost_usd": draw(st.none() | st.floats(0.001, 1000.0)),
        "seconds_per_task": None,
        "source_id": "a board",
        "run_input_usd_per_mtok": draw(st.none() | prices),
        "run_output_usd_per_mtok": draw(prices),
    }


@given(offers("one"), offers("two"), profiles())
def test_swapping_the_two_models_changes_nothing(one: Offer, two: Offer, profile: TaskProfile) -> None:
    """Neither the comparison nor what is said of each model depends on which comes first."""
    assert worth_it(one, two, profile, 0, DRAWS) == worth_it(two, one, profile, 0, DRAWS)
    there, back = offer_values([one, two], profile, 0, DRAWS), offer_values([two, one], profile, 0, DRAWS)
    assert there == back[::-1]


@given(runs("one"), runs("two"))
def test_swapping_two_runs_swaps_their_tokens(one: Row, two: Row) -> None:
    """Who billed more tokens is found by cost and price, and the other bills what it shows."""
    there, back = implied_multipliers(one, two), implied_multipliers(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there == back[::-1]
        assert sum(span == Interval(1.0, 1.0, level=1.0) for span in there) >= 1
        assert all(span.low * span.high >= 1 - 1e-9 for span in there)


@given(runs("one"), runs("two"), runs("three"), st.permutations([0, 1, 2]))
def test_the_order_of_models_moves_no_tokens(one: Row, two: Row, three: Row, order: list[int]) -> None:
    """Of several models one writes what it shows, the others a range of times as many, however they stand."""
    rows = [one, two, three]
    there, back = multipliers_of(rows), multipliers_of([rows[place] for place in order])
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert back == tuple(there[place] for place in order)
        assert AS_WRITTEN in there
    assert multipliers_of([one, two]) == implied_multipliers(one, two)


@given(offers("one"), offers("two"), profiles(), amounts)
def test_a_dearer_model_never_loses_by_a_greater_value_if_it_solves_more(
    one: Offer, two: Offer, profile: TaskProfile, more: float
) -> None:
    """What the model that solves more adds to a task grows with the value of a solved task, else it falls."""
    before = worth_it(one, two, profile, 0, DRAWS)
    richer = replace(profile, value_of_solved_usd=profile.value_of_solved_usd + more)
    after = worth_it(one, two, richer, 0, DRAWS)
    change = after.extra_net_value_usd.value - before.extra_net_value_usd.value
    assert math.isclose(change, more * before.extra_solved.value, rel_tol=1e-6, abs_tol=1e-6)
    assert after.pays_from_usd == before.pays_from_usd


@given(offers("one"), profiles(), st.floats(1.0, 100.0))
def test_a_higher_price_never_makes_a_better_offer(offer: Offer, profile: TaskProfile, times: float) -> None:
    """Cost and break-even value rise with the price, net value falls, with both ends of their intervals."""
    price = offer.price
    cached = price.cached_usd_per_mtok
    dearer = ListPrice(
        times * price.input_usd_per_mtok,
        times * price.output_usd_per_mtok,
        None if cached is None else times * cached,
    )
    (before,) = offer_values([offer], profile, 0, DRAWS)
    (after,) = offer_values([replace(offer, price=dearer)], profile, 0, DRAWS)
    assert not_above(before.cost_per_call_usd, after.cost_per_call_usd)
    assert not_above(before.cost_per_solved_usd, after.cost_per_solved_usd)
    assert not_above(before.break_even_value_usd, after.break_even_value_usd)
    assert not_above(after.net_value_usd, before.net_value_usd)


@given(offers("one"), profiles())
def test_more_tasks_solved_never_make_a_worse_offer(offer: Offer, profile: TaskProfile) -> None:
    """Share solved and net value rise with each further task solved, cost per solved task falls."""
    if offer.solved == offer.tried:
        return
    (before,) = offer_values([offer], profile, 0, DRAWS)
    (after,) = offer_values([replace(offer, solved=offer.solved + 1)], profile, 0, DRAWS)
    assert not_above(before.solved_share, after.solved_share)
    assert not_above(before.net_value_usd, after.net_value_usd)
    assert not_above(after.cost_per_solved_usd, before.cost_per_solved_usd)
    assert not_above(after.break_even_value_usd, before.break_even_value_usd)


@given(offers("one"), offers("two"), profiles())
def test_every_figure_is_defined_and_held_by_its_interval(
    one: Offer, two: Offer, profile: TaskProfile
) -> None:
    """Nothing solved, all solved, nothing worth: a figure may be infinite, never undefined or outside."""
    worth = worth_it(one, two, profile, 0, DRAWS)
    value = offer_values([one, two], profile, 0, DRAWS)[0]
    for found in (
        *(worth.extra_cost_usd, worth.extra_solved, worth.extra_net_value_usd, worth.pays_from_usd),
        *(value.cost_per_solved_usd, value.net_value_usd, value.break_even_value_usd),
    ):
        assert found.interval is not None
        assert not any(math.isnan(end) for end in (found.value, found.interval.low, found.interval.high))
        assert found.interval.holds(found.value)
    assert worth.dearer != worth.cheaper


def not_above(lower: Estimate, upper: Estimate) -> bool:
    """Whether value and both ends of one are no higher than those of the other, but for rounding."""
    assert lower.interval is not None
    assert upper.interval is not None
    pairs = (
        (lower.value, upper.value),
        (lower.interval.low, upper.interval.low),
        (lower.interval.high, upper.interval.high),
    )
    return all(one <= other or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) for one, other in pairs)
