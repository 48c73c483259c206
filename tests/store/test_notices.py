"""Notices: what a rule has noted is told once, in the order in which it happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.ledger import Ledger
from store.notices import KEPT, Notice, is_new, last_sent, mark_sent, note, noted, waiting
from store.store import Store

NOW = datetime(2026, 1, 1, 12, 0, 0, 250, tzinfo=UTC)
RULE = "frontier"


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """An empty ledger, of one machine and of a team."""
    return store.ledger()


def notice(event_id: str, minutes: int = 0, title: str = "A new best") -> Notice:
    return Notice(event_id, title, "m leads", NOW + timedelta(minutes=minutes))


def test_what_a_rule_noted_waits_in_the_order_in_which_it_happened(ledger: Ledger) -> None:
    """Of one instant in the order of the events' ids; other rules' notices are theirs."""
    note(ledger, RULE, [notice("c", 5), notice("b", 0), notice("a", 5)])
    note(ledger, "price", [notice("d")])
    assert waiting(ledger, RULE) == [notice("b", 0), notice("a", 5), notice("c", 5)]
    assert waiting(ledger, "price") == [notice("d")]


def test_a_rule_is_new_until_it_notes_something(ledger: Ledger) -> None:
    """Whatever others have noted; what is noted is known by its id."""
    note(ledger, "price", [notice("a")])
    assert (is_new(ledger, RULE), is_new(ledger, "price")) == (True, False)
    assert noted(ledger, "price", "a")
    assert not noted(ledger, RULE, "a")
    assert not noted(ledger, "price", "b")


def test_what_was_noted_stays_as_it_was(ledger: Ledger) -> None:
    """An event that comes again is neither told in other words nor told twice."""
    note(ledger, RULE, [notice("a")])
    note(ledger, RULE, [notice("a", 9, "Another title"), notice("b", 9)])
    assert waiting(ledger, RULE) == [notice("a"), notice("b", 9)]
    mark_sent(ledger, RULE, [notice("a")], NOW)
    note(ledger, RULE, [notice("a")])
    assert waiting(ledger, RULE) == [notice("b", 9)]


def test_what_happened_before_the_rule_is_told_nobody(ledger: Ledger) -> None:
    """It is noted as sent, so that it does not wait."""
    note(ledger, RULE, [notice("a")], sent_at=NOW)
    assert waiting(ledger, RULE) == []
    assert noted(ledger, RULE, "a")


def test_last_sent_is_the_newest_that_somebody_was_told(ledger: Ledger) -> None:
    """By the clock of all, whichever zone it came in; none before the first, and what has no title tells
    nobody anything.
    """
    note(ledger, RULE, [notice("a"), notice("b"), notice("z", title="")])
    assert last_sent(ledger, RULE) is None
    east = timezone(timedelta(hours=9))
    mark_sent(ledger, RULE, [notice("a")], (NOW + timedelta(hours=2)).astimezone(east))
    mark_sent(ledger, RULE, [notice("b")], NOW + timedelta(hours=3))
    mark_sent(ledger, RULE, [notice("z")], NOW + timedelta(hours=4))
    assert last_sent(ledger, RULE) == NOW + timedelta(hours=3)
    assert last_sent(ledger, "price") is None


def test_what_was_sent_more_than_four_hundred_days_ago_is_forgotten(ledger: Ledger) -> None:
    """Not what waits still, nor what another rule sent."""
    assert timedelta(days=400) == KEPT
    note(ledger, RULE, [notice("old"), notice("edge"), notice("waits")])
    note(ledger, "price", [notice("theirs")])
    for rule, event_id, at in ((RULE, "old", 0), (RULE, "edge", 1), ("price", "theirs", 0)):
        mark_sent(ledger, rule, [notice(event_id)], NOW + timedelta(seconds=at))
    mark_sent(ledger, RULE, [], NOW + KEPT + timedelta(seconds=1))
    assert [event_id for event_id in ("old", "edge", "waits") if noted(ledger, RULE, event_id)] == [
        "edge",
        "waits",
    ]
    assert noted(ledger, "price", "theirs")
