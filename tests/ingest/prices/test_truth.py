"""Truth discovery of one price: what any history must hold, whatever the witnesses say."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.prices.truth import DEFAULT, NOT_OFFERED, Claim, Run, history, same_price


def says(usd: float | None, start: int, end: int | None = None, who: str = "a", **more: object) -> Claim:
    """One list says so many USD for input (four times that for output) from a day to another."""
    price = NOT_OFFERED if usd is None else (usd, 4 * usd)
    opening = more.pop("opening", 1.0)
    return Claim(start, start if end is None else end, price, who, opening, **more)  # type: ignore[arg-type] # of a test


def asked(runs: list[Run]) -> list[tuple[float | None, int, int]]:
    """Input price, first and last day of each run."""
    return [(run.price[0], run.first, run.last) for run in runs]


CLAIMS = st.lists(
    st.builds(
        says,
        st.sampled_from([0.5, 1.0, 2.0, 20.0, None]),
        st.integers(0, 300),
        st.none(),
        st.sampled_from("abcd"),
    ).flatmap(
        lambda claim: st.builds(
            replace,
            st.just(claim),
            end=st.integers(claim.start, claim.start + 200),
            opening=st.sampled_from([0.15, 0.6, 1.0, 1.6]),
            weight=st.sampled_from([0.6, 1.0, 1.2]),
            per_day=st.booleans(),
            not_before=st.sampled_from([0.0, 0.8]),
        )
    ),
    max_size=12,
)


@given(CLAIMS, st.randoms())
def test_the_order_of_claims_never_shows(claims: list[Claim], random: st.DrawFn) -> None:
    """Any shuffle gives the same history."""
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    assert history(shuffled) == history(claims)


@given(CLAIMS)
def test_no_price_that_nobody_named(claims: list[Claim]) -> None:
    """Every run is a price that some witness said, within days of which some witness said it."""
    for run in history(claims):
        saying = [claim for claim in claims if same_price(claim.price, run.price)]
        assert any(claim.start <= run.first <= claim.end for claim in saying)
        assert any(claim.start <= run.last <= claim.end for claim in saying)


@given(CLAIMS)
def test_runs_follow_one_another(claims: list[Claim]) -> None:
    """No two at one time, no two of one price in a row, the first one a price."""
    runs = history(claims)
    assert all(one.last < other.first for one, other in pairwise(runs))
    assert all(one.price != other.price for one, other in pairwise(runs))
    assert not runs or runs[0].price != NOT_OFFERED


@given(CLAIMS)
def test_a_copy_changes_nothing(claims: list[Claim]) -> None:
    """A list that repeats another one word for word, and counts with it, is not a second witness."""
    assert history([*claims, *claims]) == history(claims)


@given(CLAIMS)
def test_an_echo_names_no_price(claims: list[Claim]) -> None:
    """Who only passes a price on cannot bring one that no list names."""
    echo = says(77.0, 0, 400, "router")
    assert history(claims, echoes=[echo]) == history(claims)


FEW_DAYS = st.lists(
    st.builds(
        says,
        st.sampled_from([1.0, 2.0, 20.0, None]),
        st.sampled_from([0, 40, 60]),
        st.sampled_from([60, 90, 130]),
        st.sampled_from("ab"),
        opening=st.sampled_from([0.15, 0.6, 1.0, 1.6]),
        weight=st.sampled_from([0.6, 1.2]),
        per_day=st.booleans(),
        not_before=st.sampled_from([0.0, 0.8]),
    ),
    min_size=1,
    max_size=5,
)


def told_apart(claims: list[Claim]) -> list[float | None] | None:
    """A second implementation: every sequence of prices is counted up, and the cheapest taken.

    One price (None: not offered) per stretch of time; None where two sequences are about as cheap.
    """
    days = sorted({day for claim in claims for day in (claim.start, claim.end + 1)})
    stretches = list(pairwise(days))
    prices = sorted({claim.price[0] for claim in claims}, key=lambda usd: -1.0 if usd is None else usd)
    against = [dict.fromkeys(prices, 0.0) for _ in stretches]
    for at, (begin, end) in enumerate(stretches):
        for who in {claim.cluster for claim in claims}:
            said: dict[float | None, float] = {}
            for claim in claims:
                if claim.cluster == who and claim.start <= begin and end - 1 <= claim.end:
                    usd = claim.price[0]
                    said[usd] = max(said.get(usd, 0.0), weighs(claim, begin, end))
            loudest = [usd for usd, weight in said.items() if weight and weight == max(said.values())]
            for usd in prices:
                against[at][usd] += sum(said[other] for other in loudest if other != usd) / max(
                    len(loudest), 1
                )
                early = [
                    claim.not_before * claim.weight
                    for claim in claims
                    if (claim.cluster, claim.price[0], claim.start) == (who, usd, end)
                ]
                against[at][usd] += max(early, default=0.0)
    totals = {
        path: sum(costs[usd] for costs, usd in zip(against, path, strict=True))
        + sum(changes(one, other) for one, other in pairwise(path))
        for path in product(prices, repeat=len(stretches))
    }
    (best, least), *others = sorted(totals.items(), key=lambda item: item[1])
    return None if others and others[0][1] < least + 1e-9 else list(best)


def weighs(claim: Claim, begin: int, end: int) -> float:
    """What a claim weighs in a stretch: each of its days a little less than the one before."""
    opening = claim.opening if claim.start == begin else 0.0
    if not claim.per_day:
        return opening * claim.weight
    faded = [math.exp(-(day - claim.start) / DEFAULT.forget_days) for day in (begin, end)]
    return (opening + DEFAULT.per_day * DEFAULT.forget_days * (faded[0] - faded[1])) * claim.weight


def changes(one: float | None, other: float | None) -> float:
    """What going from one price to the next costs."""
    if one == other:
        return 0.0
    if one is None or other is None:
        return DEFAULT.offered_again if one is None else DEFAULT.not_offered
    return DEFAULT.change * (DEFAULT.jump if max(one / other, other / one) >= 10 else 1.0)


@given(FEW_DAYS)
def test_no_sequence_of_prices_is_cheaper(claims: list[Claim]) -> None:
    """A run has the price of the cheapest sequence at both ends, and holds all that somebody says of it."""
    days = sorted({day for claim in claims for day in (claim.start, claim.end + 1)})
    cheapest = list(zip(pairwise(days), told_apart(claims) or [], strict=False))
    runs = history(claims)
    for day, usd in (
        [(day, run.price[0]) for run in runs for day in (run.first, run.last)] if cheapest else []
    ):
        assert [best for (begin, end), best in cheapest if begin <= day < end] == [usd]
    for (begin, end), usd in cheapest:
        says_so = [c for c in claims if c.per_day and c.start <= begin and end - 1 <= c.end]
        if usd is not None and usd in {claim.price[0] for claim in says_so}:
            assert any(run.price[0] == usd and run.first <= begin and end - 1 <= run.last for run in runs)


def test_a_change_that_a_list_has_seen_is_believed() -> None:
    """Old price to day 30, new one from day 60: it changed in between."""
    runs = history([says(1.0, 0, 30, opening=0.6), says(2.0, 60, 90)])
    assert asked(runs) == [(1.0, 0, 30), (2.0, 60, 90)]
    assert runs[1].after == 30


def test_a_slip_of_one_reading_is_none() -> None:
    """A list that says otherwise once, and comes back, has slipped."""
    runs = history([says(1.0, 0, 30, opening=0.6), says(9.0, 60), says(1.0, 90, 120)])
    assert asked(runs) == [(1.0, 0, 120)]


def test_a_brief_price_that_two_lists_saw_was_asked() -> None:
    """Two independent lists do not slip alike."""
    one = [says(1.0, 0, 30, who, opening=0.6) for who in "ab"]
    brief = [says(0.8, 60, 62, who) for who in "ab"]
    back = [says(1.0, 90, 120, who) for who in "ab"]
    assert [price for price, _, _ in asked(history([*one, *brief, *back]))] == [1.0, 0.8, 1.0]


def test_a_brief_price_that_a_list_and_its_copy_saw_was_not() -> None:
    """The same two lists, one of which repeats the other."""
    story = [says(1.0, 0, 30, opening=0.6), says(0.8, 60, 62), says(1.0, 90, 120)]
    assert asked(history(story * 2)) == [(1.0, 0, 120)]


@pytest.mark.parametrize("late", [20, 60, 300])
def test_a_list_that_keeps_an_old_price_is_left_behind(late: int) -> None:
    """However long it does: the news of two others stands from the day that they bring it."""
    stale = says(1.0, 0, 100 + late, "stale", opening=0.6)
    news = [says(1.0, 0, 99, who, opening=0.6) for who in "ab"] + [says(0.5, 100, 400, who) for who in "ab"]
    assert asked(history([stale, *news])) == [(1.0, 0, 99), (0.5, 100, 400)]


def test_of_two_names_of_one_list_the_stale_one_is_not_heard() -> None:
    """A list that contradicts itself is heard with what it said last."""
    stale, moved = says(1.0, 0, 400, opening=0.6), [says(1.0, 0, 99, opening=0.6), says(0.5, 100, 400)]
    assert asked(history([stale, *moved])) == [(1.0, 0, 99), (0.5, 100, 400)]


def test_a_stated_day_is_the_day() -> None:
    """Of a change between two readings far apart, the day that a list states with the maker's page."""
    readings = [says(1.0, 0, 10, opening=0.6), says(0.5, 200, 250)]
    stated = [
        says(1.0, 0, 69, "b", opening=0.15, per_day=False),
        says(0.5, 70, 250, "b", opening=1.6, not_before=0.8),
    ]
    runs = history([*readings, *stated])
    assert asked(runs) == [(1.0, 0, 69), (0.5, 70, 250)]


@pytest.mark.parametrize(("usd", "believed"), [(9.9, True), (10.0, False), (0.11, True), (0.1, False)])
def test_a_jump_of_ten_times_needs_more_to_be_believed(usd: float, believed: bool) -> None:
    """What tells a change does not tell a shifted decimal point."""
    told = history([says(1.0, 0, 60, opening=0.6), says(usd, 90, opening=1.1, who="b")])
    assert [price for price, _, _ in asked(told)] == ([1.0, usd] if believed else [1.0])


def test_the_day_before_the_first_word_costs_nothing() -> None:
    """A stated day speaks against its price the day before, and of no day where nobody says anything yet."""
    stated = says(1.0, 0, 200, opening=1.6, not_before=0.8, per_day=False)
    doubted = says(2.0, 150, 200, "b", opening=0.3, per_day=False)
    assert asked(history([stated, doubted])) == [(1.0, 0, 200)]


def test_since_launch_is_a_bound_and_never_a_day() -> None:
    """A price said since launch does not begin on the day on which the price before it was last seen."""
    bound = says(0.5, 0, 300, "b", opening=0.15, per_day=False)
    runs = history([says(1.0, 0, 100, opening=0.6), says(0.5, 160, 300), bound])
    assert asked(runs) == [(1.0, 0, 100), (0.5, 160, 300)]


def test_a_name_that_vanishes_ends_the_offer_only_where_nobody_else_sells() -> None:
    """One list drops a model that others go on listing: it is still offered."""
    alone = [says(1.0, 0, 90), says(None, 120, 200, opening=0.3, per_day=False)]
    assert asked(history(alone)) == [(1.0, 0, 90), (None, 120, 200)]
    assert asked(history([*alone, says(1.0, 0, 200, "b")])) == [(1.0, 0, 200)]


def test_a_claim_that_ends_before_it_starts_is_refused() -> None:
    """An error in words, not a silent nothing."""
    with pytest.raises(ValueError, match="ends before"):
        history([says(1.0, 5, 4)])
