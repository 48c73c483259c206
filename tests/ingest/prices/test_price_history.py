"""Price history: since when a price held, who says so, and why it ended."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random

import polars as pl
import pytest

from ingest.prices.endings import NO_NOTICES, SHUT_DOWN
from ingest.prices.history import NO_MOVES
from tests.ingest.prices.said import COMMIT, MAKERS_PAGE, START, day, said, steps, told

LAUNCH = {"released_on": day(0)}


def test_a_price_seen_twice_held_in_between() -> None:
    """The readings between repeat it; they are no steps of their own, and the last one confirms it."""
    found = told(said(5, 1.0), read={"list-a": [35, 65]}).steps.row(0, named=True)
    assert (found["starts_on"], found["last_confirmed_on"], found["ends_on"]) == (day(5), day(65), None)
    assert (found["for_sources"], found["still_said_by"]) == (["list-a"], ["list-a"])


def test_a_change_lies_between_two_readings() -> None:
    """After the last reading of the old price, not later than the first of the new one."""
    found = told(said(0, 1.0), said(60, 0.5), read={"list-a": [30]}).steps.sort("starts_on").to_dicts()
    assert (found[1]["starts_after"], found[1]["starts_on"]) == (day(30), day(60))
    assert (found[0]["ends_on"], found[0]["reason"]) == (day(60), "changed")


def test_since_launch_is_no_day_of_observation() -> None:
    """A timeline whose first price is undated, read long after its second one began, keeps their order."""
    timeline = [
        said(300, 1.0, by="b", **LAUNCH),
        said(300, 0.2, by="b", since=21, url=MAKERS_PAGE, **LAUNCH),
    ]
    seen = said(23, 0.2, **LAUNCH)
    assert steps(told(*timeline, seen)) == [(1.0, day(0), day(21)), (0.2, day(21), None)]


def test_the_first_sighting_of_a_late_list_is_not_the_launch_price() -> None:
    """Two lists date an earlier price: the one that came after the cut does not undo it."""
    early = [said(4, 1.0, by=by, **LAUNCH) for by in ("b", "c")]
    found = told(
        *early, said(23, 0.2, **LAUNCH), said(25, 0.2, by="b", **LAUNCH), said(26, 0.2, by="c", **LAUNCH)
    )
    assert steps(found) == [(1.0, day(0), day(23)), (0.2, day(23), None)]


@pytest.mark.parametrize("url", [COMMIT, None, "https://list.example/prices"])
def test_a_day_without_the_makers_page_is_a_sighting(url: str | None) -> None:
    """A commit, no link, or a link to the list itself: the price was noted on that day, no more."""
    about = {
        "source_id": "b",
        "homepage": "https://list.example",
        "urls": ["b"],
        "copies": [],
        "dates_readings": False,
    }
    found = told(said(90, 1.0, by="b"), said(90, 0.5, by="b", since=40, url=url), lists=[about])
    assert found.steps.filter(pl.col("input_usd_per_mtok") == 0.5)["basis"].item() == "between sightings"


def test_a_day_with_the_makers_page_is_stated() -> None:
    """And a believed start confirms back to its day."""
    found = told(said(90, 1.0, by="b", **LAUNCH), said(90, 0.5, by="b", since=40, url=MAKERS_PAGE, **LAUNCH))
    step = found.steps.filter(pl.col("input_usd_per_mtok") == 0.5).row(0, named=True)
    assert (step["basis"], step["starts_on"], step["starts_after"]) == ("stated", day(40), None)


def test_dates_of_a_list_that_dates_its_readings_are_sightings() -> None:
    """Whatever page it links."""
    about = {
        "source_id": "b",
        "homepage": "https://b.example",
        "urls": ["b"],
        "copies": [],
        "dates_readings": True,
    }
    rows = [
        said(90, 1.0, by="b", since=10, url=MAKERS_PAGE),
        said(90, 0.5, by="b", since=40, url=MAKERS_PAGE),
    ]
    assert set(told(*rows, lists=[about]).steps["basis"]) == {"between sightings"}


def test_a_list_that_dates_all_its_readings_says_when_a_name_was_missing() -> None:
    """A day on which it read others but not this one ends the offer."""
    rows = [
        said(90, 1.0, by="b", since=number, model_id=name, model_name=name)
        for number in (10, 40, 70)
        for name in "mn"
    ]
    kept = [row for row in rows if not (row["model_id"] == "m" and row["valid_on"] == day(70))]
    assert steps(told(*kept), model_id="m") == [(1.0, day(10), day(70)), (None, day(70), None)]


def test_an_announced_price_is_none_until_it_is_seen() -> None:
    """A rise that was called off: lists that were read after its day still say the old price."""
    announced = [said(1, 2.0, by="b", **LAUNCH), said(1, 3.0, by="b", since=60, url=MAKERS_PAGE, **LAUNCH)]
    after = [said(2, 2.0, **LAUNCH), said(2, 2.0, by="c", **LAUNCH)]
    found = told(*announced, *after, read={"list-a": [61, 90], "c": [80]})
    assert steps(found) == [(2.0, day(0), None)]


def test_an_announced_price_that_the_list_still_states_afterwards_is_believed() -> None:
    """The list was read again after the day and has not taken it back."""
    announced = [said(1, 2.0, by="b", **LAUNCH), said(1, 3.0, by="b", since=60, url=MAKERS_PAGE, **LAUNCH)]
    assert steps(told(*announced, read={"b": [90]}))[-1] == (3.0, day(60), None)


def test_what_a_list_takes_back_does_not_count() -> None:
    """A step that a newer version no longer has was a mistake of the list."""
    rows = [said(1, 1.0, by="b"), said(1, 9.0, by="b", since=0), said(30, None, by="b", since=0)]
    assert [price for price, _, _ in steps(told(*rows))] == [1.0]


def test_a_first_reading_soon_after_the_release_holds_since_then() -> None:
    """Within three months; later it says only that the price held by then."""
    soon, late = told(said(80, 1.0, **LAUNCH)), told(said(0, 7.0, model_id="n"), said(200, 1.0, **LAUNCH))
    assert soon.steps.select("starts_on", "basis").row(0) == (day(0), "launch")
    assert late.steps.filter(model_id="m")["starts_on"].item() == day(200)


def test_a_list_from_before_the_release_is_dated_too_early() -> None:
    """A copy known to its month only names a model of the next: the price does not begin before the model."""
    found = told(said(0, 1.0, released_on=day(9)), read={"list-a": [60]})
    assert found.steps["starts_on"].item() == day(9)


def test_a_withdrawn_name_ends_the_offer() -> None:
    """Where the only list of it drops it; not listed is not free."""
    found = told(said(0, 1.0), said(60, None), read={"list-a": [30, 90, 120]})
    assert steps(found) == [(1.0, day(0), day(60)), (None, day(60), None)]
    assert found.steps.sort("starts_on")["reason"][0] == "withdrawn"


def test_a_notice_of_shut_down_ends_the_offer_whatever_lists_say() -> None:
    """Lists forget to drop dead models; the newest notice of the seller counts."""
    notices = pl.DataFrame(
        [
            {"model_id": "m", "organization": "OpenAI", "announced_on": day(5), "shuts_down_on": day(50)},
            {"model_id": "m", "organization": "OpenAI", "announced_on": day(20), "shuts_down_on": day(70)},
            {"model_id": "m", "organization": "Azure", "announced_on": day(30), "shuts_down_on": day(40)},
        ],
        schema=NO_NOTICES.schema,
    ).with_columns(observed_at=pl.lit(START), source_id=pl.lit("notices"), payload_sha256=pl.lit("0"))
    sold = [said(0, 1.0, provider="openai"), said(90, 0.5, provider="openai"), said(0, 1.0, provider="groq")]
    found = told(*sold, read={"list-a": [30, 60, 90]}, notices=notices)
    assert steps(found, provider="openai") == [(1.0, day(0), day(70)), (None, day(70), None)]
    assert found.steps.filter(provider="openai").sort("starts_on")["reason"][0] == SHUT_DOWN
    assert steps(found, provider="groq") == [(1.0, day(0), None)]


def test_who_says_so_and_who_says_otherwise() -> None:
    """Each step names both."""
    found = told(
        *(said(0, 1.0, by=by) for by in ("b", "c")), said(0, 3.0, by="d"), read={by: [60] for by in "bcd"}
    ).steps.row(0, named=True)
    assert (found["for_sources"], found["against_sources"]) == (["b", "c"], ["d"])


def test_a_slip_becomes_a_doubt_with_its_reason() -> None:
    """With what was asked then."""
    rows = [said(0, 1.0), said(30, 1000.0), said(60, 1.0), said(0, 1.0, by="b")]
    doubts = told(*rows, read={"b": [30, 60]}).doubts
    assert doubts["input_usd_per_mtok"].to_list() == [1000.0]
    assert "it was 1 for input and 4 for output then" in doubts["reason"].item()


def test_input_for_nothing_is_not_known() -> None:
    """Even where two lists repeat it."""
    found = told(*(said(0, 0.0, by=by, output_usd_per_mtok=4.0) for by in "bc"))
    assert found.steps.is_empty()
    assert set(found.doubts["reason"]) == {"input for nothing beside output at a price: rather not known"}


def test_a_copy_of_a_router_is_no_word_on_the_maker() -> None:
    """A list that repeats a router's price as the maker's, and is alone with it, is the router once more."""
    routed = said(0, 0.9, by="router-list", provider="openrouter", seller="router", is_own=False)
    about = {
        "source_id": "b",
        "homepage": None,
        "urls": ["b"],
        "copies": ["router-list"],
        "dates_readings": False,
    }
    alone = told(routed, said(0, 0.9, by="b"), lists=[about])
    assert steps(alone, provider="maker") == []
    assert "repeats the price of a router" in alone.doubts["reason"].item()
    confirmed = told(routed, said(0, 0.9, by="b"), said(0, 0.9), lists=[about])
    assert steps(confirmed, provider="maker") == [(0.9, day(0), None)]


@pytest.mark.parametrize(
    ("seller", "released", "after"),
    [("maker", 0, -1), ("maker", 300, 299), ("host", 0, 370), ("maker", None, 370)],
)
def test_a_late_listing_is_no_late_beginning(seller: str, released: int | None, after: int) -> None:
    """A list that names an old model at last does not say that its maker did not sell it before."""
    since = {"released_on": None if released is None else day(released)}
    found = told(said(400, 0.2, seller=seller, **since), read={"list-a": [10, 370]}, lists=None)
    step = found.steps.filter(input_usd_per_mtok=0.2).row(0, named=True)
    assert (step["basis"], step["starts_on"]) == ("between sightings", day(400))
    assert step["starts_after"] == day(after)


def test_a_change_keeps_its_bounds() -> None:
    """Only the first price may be as old as its model."""
    found = told(said(400, 1.0, **LAUNCH), said(430, 0.5, **LAUNCH), read={"list-a": [10, 390, 420]})
    assert found.steps.sort("starts_on")["starts_after"].to_list() == [day(-1), day(420)]


def test_a_router_tells_when_the_maker_changed() -> None:
    """It passes the change on before the maker's own lists come round; its other prices count for nothing."""
    routed = [
        said(at, usd, by="r", provider="openrouter", seller="router") for at, usd in ((0, 1.0), (35, 0.5))
    ]
    found = told(said(0, 1.0), said(90, 0.5), *routed, read={"list-a": [10], "r": [20, 50]})
    step = found.steps.filter(provider="maker", input_usd_per_mtok=0.5).row(0, named=True)
    assert (step["starts_after"], step["starts_on"]) == (day(20), day(35))


def test_a_moving_name_costs_what_its_version_costs() -> None:
    """From the day of the move, though the list that has the name comes months later."""
    moves = pl.DataFrame([("m", "m-2", day(40), None)], schema=NO_MOVES.schema, orient="row")
    version = [said(30, 0.5, model_id="m-2", model_name="m-2")]
    found = told(said(0, 1.0), said(120, 0.5), *version, read={"list-a": [60, 90]}, moves=moves)
    assert steps(found, model_id="m") == [(1.0, day(0), day(40)), (0.5, day(40), None)]
    assert found.steps.filter(model_id="m", input_usd_per_mtok=0.5)["basis"].item() == "moved"


def test_a_version_costs_what_the_name_costs_that_points_to_it() -> None:
    """Two lists say of the name, since it points there, what the stale list of the version does not."""
    moves = pl.DataFrame([("m", "m-2", day(40), None)], schema=NO_MOVES.schema, orient="row")
    stale = said(30, 1.0, model_id="m-2", model_name="m-2")
    named = [said(50, 0.5, by=by) for by in ("list-b", "list-c")]
    found = told(stale, *named, read={"list-a": [60]}, moves=moves)
    assert steps(found, model_id="m-2")[-1][0] == 0.5


def test_what_a_list_has_overruled_itself_is_not_heard_again_when_the_name_moves_on() -> None:
    """It keeps an old price of the version and says the new one of the name, which then moves on."""
    moves = pl.DataFrame(
        [("m", "m-2", day(0), day(120)), ("m", "m-3", day(120), None)], schema=NO_MOVES.schema, orient="row"
    )
    version = said(30, 1.0, model_id="m-2", model_name="m-2")
    name = [said(40, 0.5), said(50, 0.5, by="list-b"), said(130, 0.2), said(130, 0.2, by="list-b")]
    found = told(
        version, *name, read={"list-a": [60, 110, 140, 300], "list-b": [60, 110, 140, 300]}, moves=moves
    )
    asked = found.steps.filter("listed", model_id="m-2")
    assert asked["input_usd_per_mtok"].to_list()[-1] == 0.5
    assert asked["last_confirmed_on"].max() < day(120)
    anew = said(200, 1.0, by="list-c", model_id="m-2", model_name="m-2")
    again = told(version, *name, anew, read={"list-a": [60, 110, 140, 300], "list-c": [300]}, moves=moves)
    assert again.steps.filter("listed", model_id="m-2")["input_usd_per_mtok"].to_list()[-1] == 1.0


def test_what_lists_say_under_a_moving_name_confirms_what_repeats_a_router() -> None:
    """A list that copies a router is not alone with a price that another gives for the name."""
    moves = pl.DataFrame([("m", "m-2", day(0), None)], schema=NO_MOVES.schema, orient="row")
    about = {
        "source_id": "b",
        "homepage": None,
        "urls": ["b"],
        "copies": ["router-list"],
        "dates_readings": False,
    }
    own = {"model_id": "m-2", "model_name": "m-2"}
    routed = said(0, 0.9, by="router-list", provider="openrouter", seller="router", is_own=False, **own)
    copied = said(10, 0.9, by="b", **own)
    assert told(routed, copied, lists=[about], moves=moves).doubts.height == 1
    assert told(routed, copied, said(20, 0.9), lists=[about], moves=moves).doubts.is_empty()


def test_what_was_said_of_a_name_before_it_pointed_to_a_version_is_no_word_on_it() -> None:
    """Nor what is said of it after it has ceased to."""
    moves = pl.DataFrame([("m", "m-2", day(40), day(50))], schema=NO_MOVES.schema, orient="row")
    version = said(30, 1.0, model_id="m-2", model_name="m-2")
    found = told(version, said(20, 0.5, by="list-b"), said(60, 0.3, by="list-c"), moves=moves)
    assert steps(found, model_id="m-2") == [(1.0, day(30), None)]


def test_a_notice_on_a_name_shuts_down_the_version_that_it_points_to() -> None:
    """Unless the version has a notice of its own."""
    moves = pl.DataFrame([("m", "m-2", day(40), None)], schema=NO_MOVES.schema, orient="row")
    notice = {
        "model_id": "m",
        "organization": "OpenAI",
        "announced_on": day(50),
        "shuts_down_on": day(80),
        "observed_at": START,
        "source_id": "n",
        "url": None,
        "payload_sha256": "n",
    }
    notices = pl.DataFrame([notice], schema=NO_NOTICES.schema)
    version = said(30, 1.0, model_id="m-2", model_name="m-2", provider="openai")
    found = told(version, read={"list-a": [100]}, moves=moves, notices=notices)
    assert steps(found, model_id="m-2") == [(1.0, day(30), day(80)), (None, day(80), None)]


def test_a_name_that_its_list_calls_removed_is_not_confirmed_by_it() -> None:
    """Since when nobody knows: its last price is known of the day it began, and ended by the reading."""
    timeline = [said(90, 2.0, **LAUNCH), said(90, 1.0, since=40, url=MAKERS_PAGE, **LAUNCH)]
    standing = told(*timeline, read={"list-a": [90]})
    removed = told(*timeline, removed=[("list-a", "m")])
    other_name = [{**row, "model_name": "m-latest"} for row in timeline]
    assert steps(told(*timeline, *other_name, removed=[("list-a", "m")])) == steps(standing)
    assert standing.steps.filter(input_usd_per_mtok=1.0)["last_confirmed_on"].item() == day(90)
    assert removed.steps.filter(input_usd_per_mtok=1.0)["last_confirmed_on"].item() == day(40)
    assert steps(removed)[-1] == (None, day(90), None)


def test_prices_of_tiers_are_histories_of_their_own() -> None:
    """Batch at half the price is no cut."""
    found = told(said(0, 1.0), said(0, 0.5, tier="batch"))
    assert sorted(found.steps.select("tier", "input_usd_per_mtok").iter_rows()) == [
        ("batch", 0.5),
        ("standard", 1.0),
    ]


@pytest.mark.parametrize(("released", "since"), [(None, 40), (45, 45), (10, 10)])
def test_a_discount_holds_no_earlier_than_the_price_that_it_is_on(released: int | None, since: int) -> None:
    """A list may date it by the seller's first discount on any model; a known release goes first."""
    known = {"released_on": None if released is None else day(released), "url": MAKERS_PAGE}
    rows = [said(60, 4.0, since=40, **known), said(60, 2.0, since=3, tier="batch", **known)]
    (batch,) = told(*rows).steps.filter(tier="batch").iter_rows(named=True)
    assert batch["starts_on"] == day(since)
    (standard,) = told(*rows).steps.filter(tier="standard").iter_rows(named=True)
    assert standard["starts_on"] == day(max(40, released or 0))


def test_the_order_of_statements_never_shows() -> None:
    """Any order of rows gives the same tables."""
    rows = [
        said(0, 1.0),
        said(30, 0.5),
        said(60, 1.0, by="b"),
        said(90, 0.5, by="b"),
        said(90, 0.2, by="c", since=10),
        said(0, None, by="c", since=5),
        said(20, 3.0, by="d", model_id="n", model_name="n"),
    ]
    first = told(*rows)
    for order in (Random(seed).sample(rows, len(rows)) for seed in range(6)):
        other = told(*order)
        assert other.steps.equals(first.steps)
        assert other.doubts.equals(first.doubts)
        assert other.witnesses.equals(first.witnesses)


@pytest.mark.parametrize("sellers", list(permutations(("maker", "cloud", "router"))))
def test_the_makers_own_price_speaks_first(sellers: tuple[str, ...]) -> None:
    """Then a cloud's, a host's, a router's; the order in which they are listed does not count."""
    rows = [
        said(at, 1.0, provider=kind, seller=kind, is_own=kind == "maker") for at, kind in enumerate(sellers)
    ]
    ranked = told(*rows).steps.sort("preference")["seller"].to_list()
    assert ranked == ["maker", "cloud", "router"]


def test_nothing_said_is_no_history() -> None:
    """Empty tables with their columns."""
    found = told()
    assert (found.steps.height, found.doubts.height, found.witnesses.height) == (0, 0, 0)
    assert "starts_on" in found.steps.columns


def test_days_are_dates() -> None:
    """The tables hold days, not instants."""
    assert isinstance(told(said(0, 1.0)).steps["starts_on"].item(), date)


def test_all_steps_of_a_price_bear_one_name() -> None:
    """The spelling that most lists use, so that a page can follow the offer from step to step."""
    rows = [said(0, 1.0, model_name="old/m"), said(30, 0.5), said(60, 0.25, by="b"), said(60, 0.25)]
    assert set(told(*rows).steps["model_name"]) == {"m"}
