"""Who takes a wish while a run goes on: the run's own thread, in one more round, and never a second one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Event, Lock

import pytest

from ingest.records import Kind, Records
from ingest.schedule import Schedule
from ingest.source import Source
from store.ledger import Ledger, Request, Status, Wish
from store.warehouse import Loaded

PATIENCE = 30.0
"""Seconds after which a test gives up; none waits as long where all is well."""


def source(name: str) -> Source:
    return Source(name, name, "", "", "", (), "1d", (Kind.USAGE,), lambda _payloads: Records())


class WatchedLedger(Ledger):
    """A ledger that tells at each taking of wishes which sources were taken."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.takings: Queue[set[str]] = Queue()

    def take_requests(self, now: datetime) -> list[Request]:
        taken = super().take_requests(now)
        self.takings.put({request.source_id for request in taken})
        return taken

    def wait_until_taken(self, *names: str) -> None:
        """Return once these wishes were taken, and the taking itself has ended: the next one has begun."""
        open_ones = set(names)
        while open_ones:
            open_ones -= self.takings.get(timeout=PATIENCE)
        self.takings.get(timeout=PATIENCE)


class Runs:
    """Stands in for refreshes: each begins, waits until it is let go, and ends; two at once are noted."""

    def __init__(self, failing: int = 0) -> None:
        self.begun: Queue[list[str]] = Queue()
        self.let_go: Queue[None] = Queue()
        self.two_at_once = Event()
        self._alone = Lock()
        self._failing = failing

    def __call__(self, names: list[str]) -> None:
        if not self._alone.acquire(blocking=False):
            self.two_at_once.set()
            return
        with_fault, self._failing = self._failing > 0, self._failing - 1
        try:
            self.begun.put(names)
            self.let_go.get(timeout=PATIENCE)
        finally:
            self._alone.release()
        if with_fault:
            raise RuntimeError("the refresh broke off")

    def next_one(self) -> list[str]:
        return self.begun.get(timeout=PATIENCE)


@contextmanager
def scheduled(folder: Path, monkeypatch: pytest.MonkeyPatch, runs: Runs) -> Iterator[WatchedLedger]:
    """A schedule of a, b and c, none of them due, that looks for wishes all the time."""
    monkeypatch.setattr("ingest.schedule.POLL_SECONDS", 0.02)
    ledger, now = WatchedLedger(folder / "ledger.sqlite"), datetime.now(UTC)
    for name in "abc":
        ledger.finish(ledger.start(name, "schedule", now), Status.UNCHANGED, now, Loaded())
    schedule = Schedule([source(name) for name in "abc"], ledger, runs)
    schedule.start(now)
    try:
        yield ledger
    finally:
        schedule.stop()
        runs.let_go.put(None)


def ask(ledger: Ledger, *names: str) -> None:
    for name in names:
        ledger.ask(name, Wish.RUN, datetime.now(UTC))


def test_wishes_that_come_during_a_run_are_one_more_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are taken at once, wait for the run's end, run together, each once, and then nothing is left."""
    runs = Runs()
    with scheduled(tmp_path, monkeypatch, runs) as ledger:
        ask(ledger, "a")
        assert runs.next_one() == ["a"]
        ask(ledger, "c", "b", "b")
        ledger.wait_until_taken("b", "c")
        assert ledger.waiting() == []
        assert runs.begun.empty()
        runs.let_go.put(None)
        assert runs.next_one() == ["b", "c"]
        runs.let_go.put(None)
        ask(ledger, "c")
        assert runs.next_one() == ["c"]
        assert not runs.two_at_once.is_set()


def test_a_wish_for_the_source_that_runs_is_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked for after a run began may not be in it: the source runs again."""
    runs = Runs()
    with scheduled(tmp_path, monkeypatch, runs) as ledger:
        ask(ledger, "a")
        assert runs.next_one() == ["a"]
        ask(ledger, "a")
        ledger.wait_until_taken("a")
        assert not runs.two_at_once.is_set()
        runs.let_go.put(None)
        assert runs.next_one() == ["a"]


def test_wishes_for_unknown_sources_start_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are taken, so that they do not wait for ever, and neither run nor join a run."""
    runs = Runs()
    with scheduled(tmp_path, monkeypatch, runs) as ledger:
        ask(ledger, "unknown")
        ledger.wait_until_taken("unknown")
        assert runs.begun.empty()
        ask(ledger, "unknown", "a")
        assert runs.next_one() == ["a"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_run_that_breaks_off_costs_no_later_wish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for meanwhile runs all the same, and so does what is asked for afterwards."""
    runs = Runs(failing=1)
    with scheduled(tmp_path, monkeypatch, runs) as ledger:
        ask(ledger, "a")
        assert runs.next_one() == ["a"]
        ask(ledger, "b")
        ledger.wait_until_taken("b")
        runs.let_go.put(None)
        assert runs.next_one() == ["b"]
        runs.let_go.put(None)
        ask(ledger, "c")
        assert runs.next_one() == ["c"]
