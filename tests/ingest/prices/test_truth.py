"""Truth discovery of one price: what any history must hold, whatever the witnesses say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.prices.truth import NOT_OFFERED, Claim, Run, history, same_price


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
