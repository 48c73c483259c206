"""The schedule: when a source is due, and that wishes lead to runs."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.cadence import trigger_of
from ingest.records import Kind, Records
from ingest.schedule import Schedule, next_run
from ingest.source import Source
from store.ledger import Ledger, Status, Wish
from store.warehouse import Loaded

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def source(name: str) -> Source:
    """A source that is due once a day."""
    return Source(name, name, "", "", "", (), "1d", (Kind.USAGE,), lambda _payloads: Records())


def test_a_source_that_never_succeeded_is_due_at_once() -> None:
    """A newcomer gets fresh data soon."""
    assert next_run(trigger_of("1d"), None, NOW) == NOW


def test_a_missed_time_is_made_up_for_and_a_fresh_source_waits() -> None:
    """What fell due while the machine slept runs now; what ran an hour ago waits for its day."""
    assert next_run(trigger_of("1d"), NOW - timedelta(days=3), NOW) == NOW
    later = next_run(trigger_of("0 11 * * *"), NOW - timedelta(hours=1), NOW)
    assert later == NOW + timedelta(hours=23)


def test_wishes_of_any_process_are_run_and_paused_sources_are_not(tmp_path: Path) -> None:
    """A wish left in the ledger leads to a run; a paused source has no next time."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for name in ("a", "b"):
        run = ledger.start(name, "schedule", datetime.now(UTC))
        ledger.finish(run, Status.UNCHANGED, datetime.now(UTC), Loaded())
    ledger.ask("b", Wish.PAUSE, NOW)
    ran: list[list[str]] = []
    happened = threading.Event()

    def run_sources(names: list[str]) -> None:
        ran.append(names)
        happened.set()

    schedule = Schedule([source("a"), source("b")], ledger, run_sources)
    schedule.start(datetime.now(UTC))
    try:
        Ledger(ledger.file).ask("a", Wish.RUN, NOW)
        Ledger(ledger.file).ask("unknown", Wish.RUN, NOW)
        assert happened.wait(20)
        assert ran == [["a"]]
        health = {row["source_id"]: row for row in ledger.health().iter_rows(named=True)}
        assert health["a"]["next_run_at"] > datetime.now(UTC)
        assert health["b"]["next_run_at"] is None
    finally:
        schedule.stop()


def test_a_cadence_that_cannot_be_read_costs_its_source_only(tmp_path: Path) -> None:
    """A slip falls back to the source's own cadence and is told as a failed run; the rest is timed."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    now = datetime.now(UTC)
    for name in ("a", "b"):
        ledger.finish(ledger.start(name, "schedule", now), Status.UNCHANGED, now, Loaded())
    ledger.set_cadence("a", "every other day")
    broken = replace(source("c"), cadence="sometimes")
    schedule = Schedule([source("a"), source("b"), broken], ledger, lambda _names: None)
    schedule.start(now)
    try:
        health = {row["source_id"]: row for row in ledger.health().iter_rows(named=True)}
    finally:
        schedule.stop()
    assert health["a"]["next_run_at"] > now
    assert health["b"]["next_run_at"] > now
    assert health["c"]["next_run_at"] is None
    assert "every other day" in health["a"]["last_error"]
    assert "sometimes" in health["c"]["last_error"]
