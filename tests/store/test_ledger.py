"""The ledger: runs, wishes and plans that several processes write at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.ledger import Ledger, Status, Wish
from store.warehouse import Loaded
from tests.places import ROOT

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty ledger."""
    return Ledger(tmp_path / "ledger.sqlite")


def ended(ledger: Ledger, status: Status, hours: int, trigger: str = "schedule") -> None:
    """A run of source `s` that ended so many hours after noon."""
    run = ledger.start("s", trigger, NOW + timedelta(hours=hours))
    error = "it broke" if status is Status.FAILED else None
    ledger.finish(run, status, NOW + timedelta(hours=hours, seconds=30), Loaded(1, 5, 4, 1, 2), 3, error)


def test_a_run_is_noted_with_all_it_did(ledger: Ledger) -> None:
    """Counts, retries, duration and error are kept."""
    ended(ledger, Status.NEW, 0)
    row = ledger.runs().row(0, named=True)
    assert (row["rows_added"], row["rows_gone"], row["rows_refused"], row["retries"]) == (4, 1, 2, 3)
    assert row["finished_at"] - row["started_at"] == timedelta(seconds=30)


def test_a_backfill_never_makes_a_stale_source_look_fresh(ledger: Ledger) -> None:
    """Last new data is that of the last refresh that brought some."""
    ended(ledger, Status.NEW, 0)
    ended(ledger, Status.NEW, 5, trigger="backfill")
    assert ledger.health().row(0, named=True)["last_new_at"] == NOW + timedelta(seconds=30)


def test_health_counts_failures_since_the_last_success(ledger: Ledger) -> None:
    """Two failures after a success are two in a row, with the newest error in words."""
    for hours, status in enumerate((Status.FAILED, Status.UNCHANGED, Status.FAILED, Status.FAILED)):
        ended(ledger, status, hours)
    row = ledger.health().row(0, named=True)
    assert (row["failures_in_a_row"], row["last_error"], row["last_status"]) == (2, "it broke", "failed")


def test_a_wish_is_handed_out_once(ledger: Ledger) -> None:
    """Whoever schedules takes each wish a single time."""
    ledger.ask("s", Wish.RUN, NOW)
    assert ledger.waiting() == ["s"]
    assert [(item.source_id, item.wish) for item in ledger.take_requests(NOW)] == [("s", Wish.RUN)]
    assert ledger.take_requests(NOW) == []
    assert ledger.waiting() == []


def test_pausing_shows_at_once(ledger: Ledger) -> None:
    """The plan says paused before any scheduler has taken the wish."""
    ledger.ask("s", Wish.PAUSE, NOW)
    assert ledger.paused() == {"s"}
    ledger.ask("s", Wish.RESUME, NOW)
    assert ledger.paused() == frozenset()


def test_a_run_whose_process_died_is_closed_as_failed(ledger: Ledger) -> None:
    """No source stays "running" for ever after a crash."""
    code = (
        "from pathlib import Path; from datetime import datetime, UTC; from store.ledger import Ledger;"
        f"Ledger(Path({str(ledger.file)!r})).start('s', 'schedule', datetime.now(UTC))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert ledger.close_dead_runs(datetime.now(UTC)) == 1
    row = ledger.runs().row(0, named=True)
    assert row["status"] == "failed"
    assert "process ended" in row["error"]


def test_several_processes_write_at_once_and_nothing_is_lost(ledger: Ledger) -> None:
    """Four writers with fifty wishes each leave two hundred."""
    code = (
        "from pathlib import Path; from datetime import datetime, UTC; from store.ledger import Ledger, Wish;"
        f"ledger = Ledger(Path({str(ledger.file)!r}));"
        "[ledger.ask('s', Wish.RUN, datetime.now(UTC)) for _ in range(50)]"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert len(ledger.take_requests(NOW)) == 200
