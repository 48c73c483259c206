"""What the ledger keeps besides runs: plans, what was put aside, answers of addresses, ends of processes."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from store.beat import (
    ENDINGS_KEPT,
    MISSING_AFTER,
    Beat,
    Ending,
    endings,
    is_alive,
    is_of_late,
    note_beat,
    note_ending,
    suspects,
)
from store.cadence import CadenceError
from store.ledger import DIED, KEPT, Action, Ledger, Status
from store.store import Store
from store.warehouse import Loaded

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """An empty ledger, of one machine and of a team."""
    return store.ledger()


def run(ledger: Ledger, source_id: str, status: Status, at: datetime, error: str | None = None) -> int:
    """A run that began and ended at an instant."""
    number = ledger.start(source_id, "schedule", at)
    ledger.finish(number, status, at, Loaded(), error=error)
    return number


def test_a_source_rests_until_it_is_planned_again(ledger: Ledger) -> None:
    """The next run is noted, changed and taken away, for many sources at once."""
    ledger.set_next_runs({"a": NOW, "b": NOW + timedelta(hours=1)})
    ledger.set_next_runs({"a": None})
    plan = dict(ledger.health().select("source_id", "next_run_at").iter_rows())
    assert plan == {"a": None, "b": NOW + timedelta(hours=1)}


def test_a_cadence_of_a_persons_own_shows_at_once(ledger: Ledger) -> None:
    """With the next time that it gives, unless the source rests; none of the person's own is the source's."""
    ledger.ask("rests", Action.PAUSE, NOW)
    for source_id in ("a", "rests"):
        ledger.set_cadence(source_id, "6h", NOW)
    assert ledger.cadences() == {"a": "6h", "rests": "6h"}
    plan = dict(ledger.health().select("source_id", "next_run_at").iter_rows())
    assert plan == {"a": NOW + timedelta(hours=6), "rests": None}
    asked = [(item.source_id, item.action) for item in ledger.take_requests(NOW)]
    assert sorted(asked) == sorted(
        [("rests", Action.PAUSE), ("a", Action.CADENCE), ("rests", Action.CADENCE)]
    )
    ledger.set_cadence("a", None, NOW)
    assert ledger.cadences() == {"rests": "6h"}
    with pytest.raises(CadenceError):
        ledger.set_cadence("a", "often", NOW)
    assert ledger.cadences() == {"rests": "6h"}


def test_what_killed_its_parser_is_put_aside_until_somebody_lets_it_go(ledger: Ledger) -> None:
    """By its key, with the newest reason; the newest first."""
    assert ledger.why_put_aside("k1") is None
    ledger.put_aside("a", "k1", "too large", NOW)
    ledger.put_aside("b", "k2", "took too long", NOW + timedelta(hours=1))
    ledger.put_aside("a", "k1", "larger still", NOW + timedelta(hours=2))
    assert ledger.why_put_aside("k1") == "larger still"
    assert ledger.put_asides().rows() == [
        ("a", "larger still", NOW + timedelta(hours=2)),
        ("b", "took too long", NOW + timedelta(hours=1)),
    ]
    ledger.forget_put_aside("a")
    assert (ledger.why_put_aside("k1"), ledger.why_put_aside("k2")) == (None, "took too long")


def test_when_an_address_last_answered_is_kept_for_each_source(ledger: Ledger) -> None:
    """The newest instant of each; of a source that never did, nothing."""
    ledger.note_served("a", {"u": NOW, "v": NOW})
    ledger.note_served("a", {"u": NOW + timedelta(days=1)})
    ledger.note_served("b", {"u": NOW})
    ledger.note_served("b", {})
    assert ledger.last_served("a") == {"u": NOW + timedelta(days=1), "v": NOW}
    assert ledger.last_served("c") == {}


def test_runs_that_a_process_left_open_are_ended_once(ledger: Ledger) -> None:
    """Those of other processes, and those that have ended, stay as they are."""
    ended = run(ledger, "a", Status.NEW, NOW)
    left = [ledger.start(name, "schedule", NOW) for name in ("b", "c")]
    assert ledger.end_runs_of(os.getpid() + 1, Status.FAILED, "gone", NOW) == 0
    ledger.fail_open([ended, left[0]], "stopped", NOW)
    assert ledger.end_runs_of(os.getpid(), Status.SKIPPED, "told to end", NOW) == 1
    assert ledger.end_runs_of(os.getpid(), Status.SKIPPED, "told to end", NOW) == 0
    rows = ledger.runs().select("source_id", "status", "error").rows()
    assert rows == [("c", "skipped", "told to end"), ("b", "failed", "stopped"), ("a", "new data", None)]
    assert ledger.runs("b")["status"].to_list() == ["failed"]
    assert ledger.runs(limit=1)["source_id"].to_list() == ["c"]


def test_a_key_in_an_error_is_not_kept(ledger: Ledger) -> None:
    """Whoever wrote it there."""
    run(ledger, "a", Status.FAILED, NOW, "cannot get https://a.example/?token=abc123")
    assert ledger.runs()["error"].to_list() == ["cannot get https://a.example/?token={token}"]


def test_own_runs_are_no_other_processs(ledger: Ledger) -> None:
    """`running` is what others are at."""
    ledger.start("a", "schedule", NOW)
    assert ledger.running() == frozenset()


def test_old_runs_are_forgotten_but_for_the_last_of_each_kind(ledger: Ledger) -> None:
    """Of each source its last failure and success stay; requests that were taken go after as long."""
    for status in (Status.NEW, Status.NEW, Status.FAILED):
        run(ledger, "a", status, NOW)
    run(ledger, "b", Status.NEW, NOW)
    ledger.start("c", "schedule", NOW)
    ledger.ask("a", Action.RUN, NOW)
    ledger.take_requests(NOW)
    ledger.ask("b", Action.RUN, NOW)
    assert ledger.prune(NOW + KEPT) == 0
    assert ledger.prune(NOW + KEPT + timedelta(seconds=1)) == 1
    assert sorted(ledger.runs().select("source_id", "status").rows()) == [
        ("a", "failed"),
        ("a", "new data"),
        ("b", "new data"),
        ("c", "running"),
    ]
    assert ledger.waiting() == ["b"]
    assert timedelta(days=90) == KEPT


def test_how_processes_ended_is_kept_the_newest_first(ledger: Ledger) -> None:
    """The oldest are forgotten."""
    ends = [
        Ending(number, NOW + timedelta(seconds=number), -9, f"said {number}")
        for number in range(ENDINGS_KEPT + 2)
    ]
    for ending in ends:
        note_ending(ledger, ending)
    assert endings(ledger) == ends[:1:-1]
    assert ENDINGS_KEPT == 50


def test_a_source_whose_last_run_died_with_its_process_is_suspected(ledger: Ledger) -> None:
    """Not one that failed otherwise, or has run well since."""
    for source_id, errors in (
        ("a", (f"{DIED}. x",)),
        ("b", ("refused",)),
        ("c", (f"{DIED}.", None)),
        ("d", ()),
    ):
        for error in errors:
            run(ledger, source_id, Status.FAILED if error else Status.NEW, NOW, error)
    assert suspects(ledger) == {"a"}


def test_a_beat_counts_for_a_minute_on_either_side() -> None:
    """What lies further ahead than that is of a clock that was set back since."""
    for seconds, late in ((0, True), (60, True), (61, False), (-60, True), (-61, False)):
        assert is_of_late(NOW, NOW + timedelta(seconds=seconds)) is late
    assert timedelta(seconds=60) == MISSING_AFTER


def test_somebody_schedules_while_any_beat_is_of_late(ledger: Ledger) -> None:
    """On whichever machine."""
    assert not is_alive(ledger, NOW)
    note_beat(ledger, Beat(1, NOW, NOW - timedelta(hours=1), machine="gone"))
    assert not is_alive(ledger, NOW)
    note_beat(ledger, Beat(2, NOW, NOW, machine="here"))
    assert is_alive(ledger, NOW)
