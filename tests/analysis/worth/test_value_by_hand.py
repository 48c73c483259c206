"""What a task costs, brings and must be worth: the figures and their intervals against one draw at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import beta

from analysis.results import Estimate, Interval
from analysis.worth.value import ListPrice, Offer, TaskProfile, WorthVerdict, offer_values, worth_it

DRAWS = 41
DEAR = Offer(
    "dear", ListPrice(15.0, 60.0, 7.5), 106, 133, Interval(2.0, 10.0), Interval(40.0, 90.0), "a board"
)
CHEAP = Offer("cheap", ListPrice(3.0, 15.0), 95, 133, Interval(1.0, 1.5), Interval(10.0, 20.0), "a board")
PROFILE = TaskProfile(
    input_tokens=2000,
    output_tokens=1000,
    value_of_solved_usd=3.0,
    cached_tokens=500,
    retries=2,
    cost_of_failure_usd=0.5,
    wage_usd_per_hour=30.0,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One task at one share solved, one multiplier of tokens and one waiting time."""

    call_usd: float
    solved: float
    spent_usd: float
    net_usd: float
    waited_seconds: float


def task(offer: Offer, share: float, multiplier: float, seconds: float) -> Task:
    """Try after try: each is paid and waited for, and comes only if those before it failed."""
    price = offer.price
    cached = price.input_usd_per_mtok if price.cached_usd_per_mtok is None else price.cached_usd_per_mtok
    call = (1500 * price.input_usd_per_mtok + 500 * cached) / 1e6
    call += 1000 * multiplier * price.output_usd_per_mtok / 1e6
    spent, waited, reached = 0.0, 0.0, 1.0
    for _ in range(3):
        spent += reached * (call + seconds * 30.0 / 3600)
        waited += reached * seconds
        reached *= 1 - share
    return Task(call, 1 - reached, spent, 3.0 * (1 - reached) - 0.5 * reached - spent, waited)


def as_measured(offer: Offer) -> Task:
    assert offer.seconds_per_call is not None
    middles = [math.sqrt(span.low * span.high) for span in (offer.token_multiplier, offer.seconds_per_call)]
    return task(offer, offer.solved / offer.tried, *middles)


def drawn(offer: Offer, seed: int) -> list[Task]:
    """Shares of a Jeffreys posterior; multipliers and seconds log-uniform between their ends."""
    assert offer.seconds_per_call is not None
    stream = np.random.default_rng((seed, *offer.model_id.encode()))
    shares = beta.ppf(stream.uniform(size=DRAWS), offer.solved + 0.5, offer.tried - offer.solved + 0.5)
    spans = [
        np.exp(stream.uniform(math.log(span.low), math.log(span.high), DRAWS))
        for span in (offer.token_multiplier, offer.seconds_per_call)
    ]
    return [task(offer, *row) for row in zip(shares.tolist(), *(s.tolist() for s in spans), strict=True)]


def assert_is(found: Estimate | None, value: float, sample: list[float]) -> None:
    """The value, and of 41 sorted draws the third and the 39th: the first at 5 % and at 95 % of them."""
    assert found is not None and found.interval is not None
    assert found.value == pytest.approx(value)
    ends = sorted(sample)
    assert (found.interval.low, found.interval.high) == pytest.approx((ends[2], ends[38]))


@pytest.mark.parametrize(("place", "offer"), [(0, DEAR), (1, CHEAP)])
def test_each_figure_of_an_offer_is_that_of_tries_one_by_one(place: int, offer: Offer) -> None:
    """Cost of a call and of a solved task, share solved, waiting, net value, break-even value."""
    found = offer_values([DEAR, CHEAP], PROFILE, seed=3, draws=DRAWS)[place]
    one, many = as_measured(offer), drawn(offer, 3)
    assert_is(found.cost_per_call_usd, one.call_usd, [each.call_usd for each in many])
    assert_is(found.solved_share, one.solved, [each.solved for each in many])
    assert_is(found.net_value_usd, one.net_usd, [each.net_usd for each in many])
    assert_is(
        found.seconds_per_solved,
        one.waited_seconds / one.solved,
        [each.waited_seconds / each.solved for each in many],
    )

    def for_calls(each: Task) -> float:
        return (each.spent_usd - each.waited_seconds * 30.0 / 3600) / each.solved

    def break_even(each: Task) -> float:
        return (each.spent_usd + 0.5 * (1 - each.solved)) / each.solved

    assert_is(found.cost_per_solved_usd, for_calls(one), [for_calls(each) for each in many])
    assert_is(found.break_even_value_usd, break_even(one), [break_even(each) for each in many])


def test_the_comparison_is_that_of_draws_side_by_side() -> None:
    """Extra cost, extra solved, net value and the value from which the dearer pays, draw by draw."""
    found = worth_it(CHEAP, DEAR, PROFILE, seed=3, draws=DRAWS)
    one = (as_measured(DEAR), as_measured(CHEAP))
    many = list(zip(drawn(DEAR, 3), drawn(CHEAP, 3), strict=True))
    assert (found.dearer, found.cheaper) == ("dear", "cheap")
    assert_is(
        found.extra_cost_usd,
        one[0].spent_usd - one[1].spent_usd,
        [d.spent_usd - c.spent_usd for d, c in many],
    )
    assert_is(found.extra_solved, one[0].solved - one[1].solved, [d.solved - c.solved for d, c in many])
    assert_is(
        found.extra_net_value_usd, one[0].net_usd - one[1].net_usd, [d.net_usd - c.net_usd for d, c in many]
    )

    def pays_from(dear: Task, cheap: Task) -> float:
        if dear.solved <= cheap.solved:
            return math.inf
        return max((dear.spent_usd - cheap.spent_usd) / (dear.solved - cheap.solved) - 0.5, 0.0)

    thresholds = [pays_from(*each) for each in many]
    assert_is(found.pays_from_usd, pays_from(*one), thresholds)
    assert found.share_never == pytest.approx(sum(map(math.isinf, thresholds)) / DRAWS)
    net = sorted(d.net_usd - c.net_usd for d, c in many)
    told = net[2] > 0 or net[38] < 0
    assert (found.verdict is WorthVerdict.CANNOT_BE_TOLD) is not told


def test_the_share_of_being_best_counts_draws() -> None:
    """The share of draws in which an offer's net value is the highest."""
    found = offer_values([DEAR, CHEAP], PROFILE, seed=3, draws=DRAWS)
    pairs = list(zip(drawn(DEAR, 3), drawn(CHEAP, 3), strict=True))
    first = sum(dear.net_usd > cheap.net_usd for dear, cheap in pairs) / DRAWS
    assert [each.share_best for each in found] == pytest.approx([first, 1 - first])
