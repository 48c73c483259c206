"""What lists say of a price since when, cut to the life of its model; which words are doubted, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from ingest.prices.claims import CLAIM, Known, Place, claim
from ingest.prices.doubts import (
    contradicted_at_launch,
    not_a_price,
    repeats_a_router,
    shifted_points,
    slips,
)
from ingest.prices.endings import NO_NOTICES, SHUT_DOWN, shut_down
from ingest.prices.group import Group
from ingest.prices.readings import readings
from ingest.prices.statements import NEAR_RELEASE_DAYS, NEW_LIST_DAYS, claims_of
from ingest.prices.steps import STEP
from ingest.prices.truth import NOT_OFFERED, Run
from tests.ingest.prices.said import MAKERS_PAGE, SCHEMA, START, day, said


def claims(
    *statements: dict[str, Any], read: dict[str, list[int]] | None = None, **more: Any
) -> list[dict[str, Any]]:
    """What statements claim; `read`: further days on which each list was read."""
    days = {(row["source_id"], row["source_id"], row["observed_at"]) for row in statements}
    days |= {(by, by, START + timedelta(days=at)) for by, numbers in (read or {}).items() for at in numbers}
    payloads = pl.DataFrame(
        sorted(days),
        schema={"source_id": pl.String, "url": pl.String, "as_of": pl.Datetime("us", "UTC")},
        orient="row",
    )
    stated = pl.DataFrame(statements, schema=SCHEMA, orient="row")
    return claims_of(stated, readings(payloads, frozenset()), {}, **more).to_dicts()


def told(found: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """How each claim is known, from which day to which."""
    return [(one["known"], (one["from_on"] - day(0)).days, (one["to_on"] - day(0)).days) for one in found]


@pytest.mark.parametrize(
    ("first", "read", "released", "found"),
    [
        (5, 20, None, [("seen", 5, 20)]),
        (5, 20, 5, [("seen", 5, 20)]),
        (5, 20, 10, [("seen", 10, 20)]),
        (5, 5, 10, [("launch", 10, 10)]),
        (5, 5, 5 + NEAR_RELEASE_DAYS, [("launch", 36, 36)]),
        (5, 5, 6 + NEAR_RELEASE_DAYS, [("seen", 5, 5)]),
        (5, 60, 6 + NEAR_RELEASE_DAYS, [("seen", 5, 60)]),
    ],
)
def test_a_reading_before_the_release_is_of_the_release_where_it_is_near(
    first: int, read: int, released: int | None, found: list[tuple[str, int, int]]
) -> None:
    """31 days before it; a reading from longer ago shows that the release is dated wrongly."""
    on = None if released is None else day(released)
    assert told(claims(said(first, 1.0, released_on=on), read={"list-a": [read]})) == found


@pytest.mark.parametrize(
    ("released", "found"),
    [
        (None, [("stated", 20, 30)]),
        (10, [("launch", 10, 19), ("stated", 20, 30)]),
        (19, [("launch", 19, 19), ("stated", 20, 30)]),
        (20, [("stated", 20, 30)]),
        (25, [("seen", 25, 30)]),
    ],
)
def test_since_launch_needs_a_launch_before_the_next_price(
    released: int | None, found: list[tuple[str, int, int]]
) -> None:
    """Without one it says no day at all; a stated day before the launch is no day of a price."""
    on = None if released is None else day(released)
    rows = [said(30, 1.0, released_on=on), said(30, 0.5, since=20, url=MAKERS_PAGE, released_on=on)]
    assert told(claims(*rows)) == found


@pytest.mark.parametrize(("after", "is_new"), [(0, True), (NEW_LIST_DAYS, True), (NEW_LIST_DAYS + 1, False)])
def test_a_list_is_new_for_two_months(after: int, is_new: bool) -> None:
    """What it shows first may have stood for longer."""
    found = claims(said(0, 1.0, model_id="n", model_name="n"), said(after, 1.0))
    assert [one["is_new_list"] for one in found if one["model_id"] == "m"] == [is_new]
    assert (NEAR_RELEASE_DAYS, NEW_LIST_DAYS) == (31, 62)


def test_another_tier_holds_since_the_standard_price_at_the_earliest() -> None:
    """Where no release is known; of another list, or another name, nothing follows."""
    rows = [said(10, 1.0), said(5, 0.5, tier="batch")]
    batch = [one for one in claims(*rows, read={"list-a": [20]}) if one["tier"] == "batch"]
    assert told(batch) == [("seen", 10, 20)]
    other = [said(10, 1.0, by="b"), said(5, 0.5, tier="batch")]
    apart = [one for one in claims(*other, read={"list-a": [20]}) if one["tier"] == "batch"]
    assert told(apart) == [("seen", 5, 20)]


def one_claim(usd_in: float | None, usd_out: float | None, by: str = "a", **more: Any) -> dict[str, Any]:
    row = said(0, 1.0, by=by, **more) | {"input_usd_per_mtok": usd_in, "output_usd_per_mtok": usd_out}
    made = claim(row, Known.SEEN, day(0), day(9), Place(is_first=True, still_said=True))
    return made | {"is_new_list": False}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=CLAIM, orient="row")


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        ((0.0, 4.0), "input for nothing beside output at a price: rather not known"),
        ((0.0, 0.0), None),
        ((8.0, 4.0), "input at twice the price of output or more, and no other list says so"),
        ((7.9, 4.0), None),
        ((8.0, 0.0), None),
        ((None, 4.0), None),
        ((8.0, None), None),
    ],
)
def test_what_cannot_be_a_price_is_doubted(
    prices: tuple[float | None, float | None], reason: str | None
) -> None:
    """Input for nothing, or at twice the price of output."""
    assert not_a_price(frame(one_claim(*prices)))["reason"].to_list() == ([reason] if reason else [])


def test_a_price_upside_down_is_believed_of_two_lists_and_one_for_nothing_of_none() -> None:
    """Two names of one list are no two lists."""
    assert not_a_price(frame(one_claim(8, 4), one_claim(8, 4, "b"))).is_empty()
    assert not_a_price(frame(one_claim(8, 4), one_claim(8, 4, model_name="n"))).height == 2
    assert not_a_price(frame(one_claim(8, 4), one_claim(9, 4, "b"))).height == 2
    assert not_a_price(frame(one_claim(0, 4), one_claim(0, 4, "b"))).height == 2


def claimed(
    by: str, usd: float, first: int, *, output: float | None = None, known: Known = Known.SEEN, read: int = 0
) -> dict[str, Any]:
    """A list's claim from a day on, of four times as much for output where nothing else is said."""
    row = said(read, 1.0, by=by) | {"input_usd_per_mtok": usd, "output_usd_per_mtok": output or 4 * usd}
    place = Place(is_first=first == 0, still_said=False)
    return claim(row, known, day(first), day(first + 9), place) | {"is_new_list": False}


SELLERS = pl.DataFrame(
    [("m", "maker", "maker"), ("m", "openrouter", "router")],
    schema=["model_id", "provider", "seller"],
    orient="row",
)


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("a", 0.2, 30)], [30]),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 90), claimed("a", 0.02, 30)], [30]),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("a", 0.2, 30), claimed("b", 0.2, 60)], []),
        ([claimed("a", 2.0, 0), claimed("a", 0.2, 30)], []),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("c", 0.2, 30)], []),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("a", 20.0, 30)], []),
        ([claimed("a", 0.2, 0), claimed("a", 2.0, 30), claimed("b", 2.0, 30)], []),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("a", 0.25, 30)], []),
        ([claimed("a", 2.0, 0), claimed("b", 2.0, 0), claimed("a", 0.2, 30, output=0.4)], []),
    ],
    ids=[
        "a tenth",
        "a hundredth",
        "two lists say so",
        "nobody else says either",
        "another list",
        "ten times",
        "a tenth at first",
        "an eighth",
        "input alone",
    ],
)
def test_exactly_a_tenth_of_what_others_say_too_is_a_slip_of_the_point(
    rows: list[dict[str, Any]], doubted: list[int]
) -> None:
    """Promotions end, and prices do fall by ninety percent: then others say so, or say it from the start."""
    found = shifted_points(frame(*rows), SELLERS)
    assert [(one - day(0)).days for one in found["from_on"]] == doubted
    routed = [row | {"provider": "openrouter"} for row in rows]
    assert shifted_points(frame(*routed), SELLERS).is_empty(), "a router may ask what it likes"


LATE = 40


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 14)], [0]),
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 15)], []),
        ([claimed("b", 2.0, 3)], []),
        ([claimed("b", 2.0, 3), claimed("b", 1.5, 5)], []),
        ([claimed("b", 2.0, 3), claimed("c", 3.0, 4)], [0]),
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 4), claimed("d", 1.0, 90)], []),
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 4), claimed("a", 1.0, 5, read=LATE)], [0, 5]),
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 4), claimed("a", 2.0, 5, read=LATE)], [0]),
        ([claimed("b", 2.0, 3), claimed("c", 2.0, 4), claimed("a", 1.0, 30, read=90)], [0]),
    ],
    ids=[
        "two others",
        "one of them late",
        "one other",
        "twice the same",
        "whatever they say",
        "somebody agrees",
        "said again",
        "mended soon",
        "a cut later",
    ],
)
def test_a_launch_price_that_one_list_remembers_is_doubted_where_others_saw_another(
    rows: list[dict[str, Any]], doubted: list[int]
) -> None:
    """A list that was read long after says "since launch" of what it knew first."""
    launch = claimed("a", 1.0, 0, known=Known.LAUNCH, read=LATE)
    found = contradicted_at_launch(frame(launch, *rows))
    assert sorted((one - day(0)).days for one in found["from_on"]) == doubted


@pytest.mark.parametrize(("known", "read"), [(Known.LAUNCH, 30), (Known.STATED, LATE)])
def test_who_was_there_at_the_launch_or_names_a_page_is_not_doubted(known: Known, read: int) -> None:
    """Others may be slow."""
    rows = [claimed("a", 1.0, 0, known=known, read=read), claimed("b", 2.0, 3), claimed("c", 2.0, 4)]
    assert contradicted_at_launch(frame(*rows)).is_empty()


def test_a_routers_price_repeated_as_the_makers_is_doubted_where_nobody_else_says_so() -> None:
    """Of a list that declares the copy, at the router's very price."""
    router = one_claim(1, 4, "router-list", provider="openrouter")
    copy = one_claim(1, 4, "copy")
    stated = pl.DataFrame(
        [("m", "openrouter", "router"), ("m", "maker", "maker")],
        schema=["model_id", "provider", "seller"],
        orient="row",
    )
    declared = {"copy": ["router-list"], "other": []}

    def doubted(*rows: dict[str, Any], retold: pl.DataFrame | None = None) -> int:
        return repeats_a_router(frame(*rows), stated, declared, frame() if retold is None else retold).height

    assert doubted(router, copy) == 1
    assert doubted(router, copy, one_claim(1, 4, "other")) == 0
    assert doubted(router, copy, one_claim(2, 4, "other")) == 1
    assert doubted(router, copy, retold=frame(one_claim(1, 4, "other"))) == 0
    assert doubted(router, one_claim(2, 4, "copy")) == 0
    assert doubted(router, one_claim(1, 4, "other")) == 0
    assert doubted(copy) == 0


NEVER = "a price that was never asked, as far as all lists together say: it was"


def run(first: int, last: int, *price: float | None) -> Run:
    asked = NOT_OFFERED if not price else (price[0], price[1])
    return Run(asked, day(first).toordinal(), day(last).toordinal(), None)


@pytest.mark.parametrize(
    ("runs", "reason"),
    [
        ([run(0, 9, 1, 4)], None),
        (
            [run(0, 9, 2, 4)],
            f"{NEVER} 2 for input and 4 for output then",
        ),
        (
            [run(0, 9, 2, None)],
            f"{NEVER} 2 for input then",
        ),
        (
            [run(0, 9, 0, 0)],
            f"{NEVER} free then",
        ),
        ([run(0, 9)], "no other reading says so"),
        ([], "no other reading says so"),
        (
            [run(20, 30, 3, 4), run(5, 9, 2, 4)],
            f"{NEVER} 2 for input and 4 for output then",
        ),
    ],
)
def test_a_slip_is_told_with_what_was_asked_nearest_to_it(runs: list[Run], reason: str | None) -> None:
    """Only of what was seen or stated."""
    group = Group("m", "maker", "standard", "maker", None, [one_claim(1, 4)])
    assert slips([(group, runs)])["reason"].to_list() == ([reason] if reason else [])
    for known, is_told in ((Known.STATED, True), (Known.LAUNCH, False), (Known.ANNOUNCED, False)):
        other = Group("m", "maker", "standard", "maker", None, [one_claim(1, 4) | {"known": known.value}])
        assert bool(slips([(other, [run(0, 9, 2, 4)])]).height) is is_told


def step(first: int, last: int | None, confirmed: int, listed: bool = True, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(STEP.names())
    row |= {
        "model_id": "m",
        "provider": "openai",
        "tier": "standard",
        "starts_on": day(first),
        "listed": listed,
    }
    row |= {"ends_on": None if last is None else day(last), "last_confirmed_on": day(confirmed)}
    return row | {"input_usd_per_mtok": 1.0, "reason": None if last is None else "changed", **more}


def ended(*rows: dict[str, Any], on: int, **more: Any) -> list[tuple[Any, ...]]:
    """Start, end, reason, last confirmed, and whether it is offered, after a notice for a day."""
    notice = {
        "model_id": "m",
        "organization": "OpenAI",
        "announced_on": day(0),
        "shuts_down_on": day(on),
        "observed_at": START,
        "source_id": "notices",
        "url": "u",
        "payload_sha256": "0",
        **more,
    }
    notices = pl.DataFrame([notice], schema=NO_NOTICES.schema)
    found = shut_down(pl.DataFrame(rows, schema=STEP, orient="row"), notices)
    columns = ("starts_on", "ends_on", "reason", "last_confirmed_on", "listed")

    def plain(cell: Any) -> Any:
        return (cell - day(0)).days if isinstance(cell, date) else cell

    return [tuple(map(plain, row)) for row in found.select(columns).rows()]


@pytest.mark.parametrize(
    ("rows", "on", "found"),
    [
        ([step(0, None, 90)], 50, [(0, 50, SHUT_DOWN, 50, True), (50, None, None, 50, False)]),
        ([step(0, None, 40)], 50, [(0, 50, SHUT_DOWN, 40, True), (50, None, None, 50, False)]),
        (
            [step(0, 50, 49), step(50, None, 90)],
            50,
            [(0, 50, SHUT_DOWN, 49, True), (50, None, None, 50, False)],
        ),
        (
            [step(0, 30, 29), step(30, None, 90)],
            50,
            [(0, 30, "changed", 29, True), (30, 50, SHUT_DOWN, 50, True), (50, None, None, 50, False)],
        ),
        (
            [step(0, 30, 29), step(30, None, 90, listed=False)],
            50,
            [(0, 30, "changed", 29, True), (30, None, None, 50, False)],
        ),
        ([step(60, None, 90)], 50, []),
    ],
)
def test_an_offer_ends_on_the_day_of_its_sellers_notice(rows: list[Any], on: int, found: list[Any]) -> None:
    """What lists say of later is left out, and from that day on it is not offered."""
    assert ended(*rows, on=on) == found


def test_a_notice_is_of_its_own_sellers_offers() -> None:
    """And of its own model."""
    assert ended(step(0, None, 90), on=50, organization="Azure") == [(0, None, None, 90, True)]
    assert ended(step(0, None, 90), on=50, model_id="n") == [(0, None, None, 90, True)]
    assert len(ended(step(0, None, 90, provider="azure_ai"), on=50, organization="Azure")) == 2
