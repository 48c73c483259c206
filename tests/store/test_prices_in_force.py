"""Which price is in force on a day: begun, not ended, and confirmed within 60 days.

Asked of a published file, which is the same whichever store it was published from (test_facade.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from store.archive import Archive, describe
from store.snapshot import Snapshot, end_of, publish
from store.warehouse import Warehouse

FIRST = date(2026, 1, 1)
NEVER = date(2100, 1, 1)
URL = "https://list.example/prices.json"

Ask = Callable[..., pl.DataFrame]


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def at(number: int) -> datetime:
    return datetime.combine(on(number), datetime.min.time(), tzinfo=UTC)


def step(first: int, usd: float | None, confirmed: int, **more: object) -> dict[str, Any]:
    """A step of one model's price from one day, confirmed to another; no price is not offered."""
    return {
        "model_id": "m",
        "provider": "maker",
        "tier": "standard",
        "seller": "maker",
        "is_own": True,
        "preference": 0,
        "starts_on": on(first),
        "basis": "stated",
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": usd,
        "listed": usd is not None,
        "last_confirmed_on": on(confirmed),
        "for_sources": ["list"],
        "against_sources": [],
        "still_said_by": [],
        "n_agreeing": 0,
        "observed_at": at(first),
        "source_id": "list",
        "model_name": "m",
        "payload_sha256": "a" * 64,
    } | more


def payload(number: int) -> dict[str, Any]:
    return {"source_id": "list", "url": URL, "as_of": at(number), "sha256": "a" * 64, "origin": "archive"}


@pytest.fixture
def published(tmp_path: Path) -> Callable[..., Snapshot]:
    """A snapshot with these price steps and one payload of one list."""

    def make(*steps: dict[str, Any], read: int = 0) -> Snapshot:
        warehouse = Warehouse.in_memory()
        warehouse.insert("payload", pl.DataFrame([payload(read)]))
        warehouse.replace("price_step", pl.DataFrame(steps, infer_schema_length=None))
        warehouse.replace("model", pl.DataFrame([{"model_id": row["model_id"]} for row in steps]).unique())
        return publish(warehouse, tmp_path / "snapshots")

    return make


def listed(snapshot: Snapshot, number: int, query: str = "price_steps", **more: object) -> pl.DataFrame:
    return snapshot.ask(query, as_of=end_of(NEVER), on=on(number), **more)


def in_force(snapshot: Snapshot, number: int) -> list[float]:
    return listed(snapshot, number).filter("is_list_price")["input_usd_per_mtok"].to_list()


@pytest.mark.parametrize(("number", "prices"), [(0, [1.0]), (90, [1.0]), (91, []), (400, [])])
def test_a_price_is_in_force_for_60_days_after_its_last_confirmation(
    published: Callable[..., Snapshot], number: int, prices: list[float]
) -> None:
    """Then it is history, last seen on that day, and in no answer for today."""
    assert in_force(published(step(0, 1.0, 30)), number) == prices


def test_a_price_that_is_known_no_longer_ends_in_the_list_of_steps(
    published: Callable[..., Snapshot],
) -> None:
    """With the day after the 60, no price, and the reason."""
    last = listed(published(step(0, 1.0, 30)), 400).row(-1, named=True)
    assert (last["held_from"], last["input_usd_per_mtok"], last["basis"]) == (on(91), None, "not confirmed")
    assert last["last_confirmed_on"] == on(30)


def test_between_two_confirmed_prices_a_long_silence_is_unknown(published: Callable[..., Snapshot]) -> None:
    """The old one is not stretched to the new one."""
    snapshot = published(step(0, 1.0, 30), step(300, 0.5, 320))
    assert in_force(snapshot, 200) == []
    assert listed(snapshot, 310)["input_usd_per_mtok"].to_list() == [1.0, None, 0.5]


def test_a_shut_down_model_is_history(published: Callable[..., Snapshot]) -> None:
    """From the day of the notice, though lists go on naming it."""
    steps = [
        step(0, 1.0, 30, ends_on=on(20), reason="shut down by notice"),
        step(20, None, 20, basis="notice"),
    ]
    assert (in_force(published(*steps), 19), in_force(published(*steps), 20)) == ([1.0], [])


@pytest.mark.parametrize(("known", "until"), [(9, None), (11, on(20))])
def test_a_notice_is_told_from_the_day_on_which_it_was_known(
    published: Callable[..., Snapshot], known: int, until: date | None
) -> None:
    """Asked as of a day before it, no end of a price is foreseen."""
    snapshot = published(
        step(0, 1.0, 30, ends_on=on(20), reason="shut down by notice"),
        step(20, None, 20, basis="notice", observed_at=at(10)),
    )
    told = snapshot.ask("price_history_of_model", as_of=at(known), on=on(known), model="m")
    assert told["ends_on"].to_list() == [until]
    assert told["reason"].to_list() == ["shut down by notice" if until else None]


def test_an_unchanged_reading_confirms_without_a_new_snapshot(
    published: Callable[..., Snapshot], tmp_path: Path
) -> None:
    """A 304 that came after publishing is joined when asked: nothing is derived and published for it."""
    snapshot = published(step(0, 1.0, 0, still_said_by=["list"]))
    assert in_force(snapshot, 100) == []
    archive = Archive(tmp_path / "archive")
    entry = describe(b"", source_id="list", url=URL, as_of=at(0), fetched_at=at(0))
    archive.saw(entry, at(80))
    assert in_force(snapshot, 100) == [1.0]
    assert listed(snapshot, 100)["last_confirmed_on"].to_list() == [on(80)]


@pytest.mark.parametrize("still_said_by", [[], ["another"]])
def test_a_reading_confirms_only_what_the_list_still_says(
    published: Callable[..., Snapshot], tmp_path: Path, still_said_by: list[str]
) -> None:
    """A list that has changed its mind confirms nothing of what it said."""
    snapshot = published(step(0, 1.0, 0, still_said_by=still_said_by))
    entry = describe(b"", source_id="list", url=URL, as_of=at(0), fetched_at=at(0))
    Archive(tmp_path / "archive").saw(entry, at(80))
    assert in_force(snapshot, 100) == []


def test_the_cheapest_host_speaks_for_a_model_that_its_maker_does_not_sell(
    published: Callable[..., Snapshot],
) -> None:
    """And is called so; a host last seen long ago counts in no cheapest today."""
    hosts = [
        step(0, usd, confirmed, provider=name, seller="host", is_own=False, preference=200)
        for name, usd, confirmed in (("dear", 2.0, 100), ("cheap", 1.0, 100), ("gone", 0.1, 0))
    ]
    told = listed(published(*hosts), 100).filter("is_list_price").row(0, named=True)
    assert (told["provider"], told["price_kind"], told["seller"]) == ("cheap", "cheapest host", "host")


def test_the_makers_price_is_the_list_price_though_a_host_is_cheaper(
    published: Callable[..., Snapshot],
) -> None:
    """List price means the maker's own."""
    host = step(0, 0.5, 50, provider="host", seller="host", is_own=False, preference=200)
    told = listed(published(step(0, 1.0, 50), host), 50).row(0, named=True)
    assert (told["input_usd_per_mtok"], told["price_kind"]) == (1.0, "list price")


def test_tiers_are_no_list_price(published: Callable[..., Snapshot]) -> None:
    """Batch is cheaper for a reason."""
    assert in_force(published(step(0, 1.0, 50), step(0, 0.5, 50, tier="batch")), 50) == [1.0]


def test_what_was_not_known_yet_is_not_shown(published: Callable[..., Snapshot]) -> None:
    """As of a day before a step was first read anywhere."""
    snapshot = published(step(0, 1.0, 20), step(10, 0.5, 60, observed_at=at(30)))
    shown = snapshot.ask("price_steps", as_of=end_of(on(15)), on=on(15))
    assert shown["input_usd_per_mtok"].to_list() == [1.0]


def test_the_last_price_says_until_when_it_was_asked(published: Callable[..., Snapshot]) -> None:
    """Null while it is in force; else its end, or the day after the last confirmation."""
    snapshot = published(step(0, 1.0, 30))
    ends = [listed(snapshot, number, "last_list_prices")["held_until"].item() for number in (60, 200)]
    assert ends == [None, on(31)]


@pytest.mark.parametrize(("number", "expected"), [(50, 50), (90, 90), (300, 160)])
def test_the_last_confirmed_day_is_the_last_on_which_half_were_confirmed(
    published: Callable[..., Snapshot], number: int, expected: int
) -> None:
    """Of prices that had begun and had not ended: what was withdrawn does not count as unconfirmed."""
    prices = [step(0, 1.0, 100, model_id=f"m{at_}") for at_ in range(3)]
    stale = [step(0, 1.0, 20, model_id=f"s{at_}") for at_ in range(2)]
    gone = [step(0, 1.0, 20, model_id=f"g{at_}") for at_ in range(5)]
    ended = [step(25, None, 25, model_id=f"g{at_}") for at_ in range(5)]
    told = listed(published(*prices, *stale, *gone, *ended), number, "last_confirmed_day")
    assert told["last_confirmed_day"].item() == on(expected)


@pytest.mark.parametrize("number", [100, 120, 300])
def test_the_last_reading_is_the_newest_confirmation_of_a_makers_price(
    published: Callable[..., Snapshot], number: int
) -> None:
    """Whether or not it has expired since; a host's confirmation is none."""
    host = step(0, 0.5, 110, model_id="m0", provider="host", seller="host", is_own=False)
    prices = [step(0, 1.0, 20 * at_, model_id=f"m{at_}") for at_ in range(6)]
    told = listed(published(*prices, host), number, "last_confirmed_day")
    assert told["last_reading_on"].item() == on(100)


def test_without_prices_there_is_no_confirmed_day(published: Callable[..., Snapshot]) -> None:
    """Null, not today."""
    assert listed(published(step(50, 1.0, 60)), 10, "last_confirmed_day")["last_confirmed_day"].item() is None


def test_the_history_of_a_model_names_its_witnesses(published: Callable[..., Snapshot]) -> None:
    """Each step with who says so and why it ended, and whether it is last seen only."""
    steps = [step(0, 1.0, 30, ends_on=on(40), reason="changed"), step(40, 0.5, 60, against_sources=["b"])]
    told = listed(published(*steps), 300, "price_history_of_model", model="m")
    assert told["ends_on"].to_list() == [on(40), None]
    assert told["reason"].to_list() == ["changed", "not confirmed"]


@pytest.mark.parametrize("query", ["price_steps", "price_steps_of_hosts", "last_list_prices"])
def test_a_price_is_witnessed_by_lists_that_had_been_read(
    published: Callable[..., Snapshot], query: str
) -> None:
    """One that was read only later said nothing then."""
    one = step(0, 1.0, 30, for_sources=["late", "list"], against_sources=["later"])
    row = listed(published(one), 30, query).row(0, named=True)
    assert row["for_sources"] == ["list"]
    assert not row.get("against_sources")
