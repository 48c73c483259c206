"""When lists were read, and which claims speak of a price: the days count, each end included."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from ingest.prices.claims import Known
from ingest.prices.group import Group, agrees, overlap, price_of, says
from ingest.prices.readings import last_before, readings
from ingest.prices.steps import dated_steps
from ingest.prices.tiers import with_tiers, with_unknown_tiers
from ingest.prices.truth import NOT_OFFERED, Price, Run

DAYS = [date(2026, 1, day) for day in (1, 5, 9)]


def test_a_list_was_read_on_the_days_of_its_payloads() -> None:
    """Each address apart, unless one follows another: then each is the whole list."""
    rows = [
        ("a", "u", datetime(2026, 1, 5, 1, tzinfo=UTC)),
        ("a", "u", datetime(2026, 1, 5, 23, tzinfo=UTC)),
        ("a", "v", datetime(2026, 1, 1, tzinfo=UTC)),
        ("b", "u", datetime(2026, 1, 9, tzinfo=UTC)),
    ]
    payloads = pl.DataFrame(rows, schema=["source_id", "url", "as_of"], orient="row")
    apart, whole = readings(payloads, frozenset()), readings(payloads, frozenset({"a"}))
    assert (apart.of("a", {"u"}), apart.of("a", {"u", "v"}), apart.of("b", {"v"})) == (
        [DAYS[1]],
        DAYS[:2],
        [],
    )
    assert list(whole.of("a", {"u"})) == DAYS[:2]
    assert (apart.began("a"), apart.began("b"), apart.began("c")) == (DAYS[0], DAYS[2], date.min)


@pytest.mark.parametrize(
    ("until", "at_least", "last"),
    [
        (None, None, DAYS[2]),
        (DAYS[2], None, DAYS[1]),
        (DAYS[0], None, None),
        (DAYS[0], date(2025, 6, 1), date(2025, 6, 1)),
        (None, date(2026, 1, 20), date(2026, 1, 20)),
        (None, DAYS[1], DAYS[2]),
    ],
)
def test_the_last_reading_before_a_day_is_not_of_that_day(
    until: date | None, at_least: date | None, last: date | None
) -> None:
    """And never before the least, whether or not the list was read at all."""
    assert last_before(DAYS, until, at_least) == last


def claimed(first: int, last: int, known: Known = Known.SEEN, name: str = "m") -> dict[str, object]:
    """A claim of 1 and 4 USD over days of January."""
    return {
        "known": known,
        "model_name": name,
        "input_usd_per_mtok": 1.0,
        "output_usd_per_mtok": 4.0,
        "from_on": date(2026, 1, first),
        "to_on": date(2026, 1, last),
    }


def run(first: int, last: int, price: Price = (1.0, 4.0)) -> Run:
    return Run(price, date(2026, 1, first).toordinal(), date(2026, 1, last).toordinal(), None)


@pytest.mark.parametrize(
    ("claim", "days"), [((1, 4), 0), ((1, 5), 1), ((5, 9), 5), ((1, 31), 5), ((9, 9), 1), ((10, 12), 0)]
)
def test_a_claim_speaks_of_a_run_on_the_days_that_both_have(claim: tuple[int, int], days: int) -> None:
    """Both ends belong to them."""
    assert overlap(claimed(*claim), run(5, 9)) == days
    assert says(claimed(*claim), run(5, 9)) is (days > 0)
    assert not says(claimed(*claim), run(5, 9, (2.0, 4.0)))


def test_not_offered_agrees_with_itself_only() -> None:
    """A claim that something is gone says no price, whatever stands in its columns."""
    gone = price_of(claimed(1, 5, Known.GONE))
    assert gone == NOT_OFFERED
    assert price_of(claimed(1, 5)) == (1.0, 4.0)
    assert agrees(NOT_OFFERED, NOT_OFFERED)
    assert not agrees(NOT_OFFERED, (1.0, 4.0))
    assert not agrees((1.0, 4.0), NOT_OFFERED)
    assert agrees((1.0, 4.0), (1.0, 4.0))
    assert not agrees((1.0, 4.0), (1.5, 4.0))


def test_a_group_is_called_as_most_of_its_claims_call_it() -> None:
    """Of names as frequent the first by the alphabet; it is disputed where two say different prices."""
    claims = [
        claimed(1, 2, name="b"),
        claimed(3, 4, name="a"),
        claimed(5, 6, name="c"),
        claimed(7, 8, name="b"),
    ]
    group = Group("m", "p", "standard", "maker", None, claims)
    assert group.model_name == "b"
    assert Group("m", "p", "standard", "maker", None, claims[:3]).model_name == "a"
    assert group.is_undisputed
    assert not Group("m", "p", "standard", "maker", None, [*claims, claimed(9, 9, Known.GONE)]).is_undisputed


@pytest.mark.parametrize("missing", ["input_usd_per_mtok", "output_usd_per_mtok"])
def test_the_witness_of_a_price_is_the_first_that_said_both_parts_of_it(missing: str) -> None:
    """One that said a part before is counted, and not shown."""
    witnesses = [
        claimed(1, 5, name="m")
        | {"source_id": source_id, "observed_at": datetime(2026, 1, read, tzinfo=UTC), "is_first": True}
        | {"still_said": True, "before_on": None, "is_new_list": False, "url": source_id}
        | {"cached_input_usd_per_mtok": None, "payload_sha256": source_id}
        for source_id, read in (("part", 1), ("late", 3), ("whole", 2))
    ]
    witnesses[0][missing] = None
    group = Group("m", "p", "standard", "maker", None, witnesses)
    (step,) = dated_steps([(group, [run(1, 5)])]).to_dicts()
    assert (step["source_id"], step["url"]) == ("whole", "whole")
    assert (step["input_usd_per_mtok"], step["output_usd_per_mtok"]) == (1.0, 4.0)
    assert step["for_sources"] == step["still_said_by"] == ["late", "part", "whole"]
    assert (step["n_agreeing"], step["against_sources"], step["listed"]) == (2, [], True)


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("one-2", "standard", "standard"),
        ("one-2:batches", "batch", "batch"),
        ("one-2_Ultrafast", "ultrafast", "ultrafast"),
        ("one-2 (flex)", "flex", "flex"),
        ("one-2 [priority]", "priority", "priority"),
        ("one-2-batch api", "batch", "batch"),
        ("one-2 off-peak tier", "off-peak", "off-peak"),
        ("one-2-turbo", "standard", "standard"),
        ("one-2:brand-new", "standard", "brand-new"),
        ("one-2:Thinking", "standard", "standard"),
    ],
)
def test_what_is_set_apart_at_the_end_of_a_name_is_a_tier(name: str, known: str, unknown: str) -> None:
    """A word that models bear needs more than a hyphen; of unknown sellers any word behind a colon is one."""
    prices = pl.DataFrame({"model_name": [name, name], "tier": ["standard", "above-200k"]})
    assert with_tiers(prices)["tier"].to_list() == [known, "above-200k"]
    assert with_unknown_tiers(prices)["tier"].to_list() == [unknown, "above-200k"]
