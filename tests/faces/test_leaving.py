"""Who leaves before the answer is there: their work ends, and nobody else's."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.requests import Request
from starlette.types import Message

import faces.api
from faces.api import worked_out
from questions.bounded import Bounded
from store.snapshot import Snapshot, latest
from store.stopping import Stop, StoppedError, go_on, waited_for

FOR_EVER = "SELECT sum(hash(range))::DOUBLE AS n FROM range(1000000000000)"
SOON_SECONDS = 20.0
"""Ends of itself after a minute at the earliest."""


@pytest.fixture
def snapshot(home: Path) -> Snapshot:
    """Something to ask that never answers."""
    return latest(home / "snapshots")


def leaving_after(seconds: float) -> Request:
    """A request whose reader goes away after so long."""
    until = time.monotonic() + seconds

    async def receive() -> Message:
        while time.monotonic() < until:
            await asyncio.sleep(0.05)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "path": "/", "headers": []}, receive)


def test_a_statement_ends_when_its_reader_leaves(snapshot: Snapshot) -> None:
    """The connection is closed in the midst of a statement, which does not go on until its limit."""
    began = time.monotonic()
    with pytest.raises(StoppedError):
        asyncio.run(worked_out(leaving_after(0.3), lambda: snapshot.select(FOR_EVER)))
    assert time.monotonic() - began < SOON_SECONDS
    assert snapshot.select("SELECT 1 AS n")["n"].to_list() == [1]


def test_work_whose_time_is_up_does_not_go_on(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is told, and the thread that worked for them is free again."""
    monkeypatch.setattr(faces.api, "MOST_SECONDS", 0.3)
    ended = Event()

    def work() -> None:
        try:
            snapshot.select(FOR_EVER)
        finally:
            ended.set()

    async def ask() -> None:
        with pytest.raises(TimeoutError):
            await worked_out(leaving_after(1_000), work)

    asyncio.run(ask())
    assert ended.wait(SOON_SECONDS)


def test_another_who_asks_the_same_gets_it_all_the_same() -> None:
    """Who waited for the one that left makes the answer itself."""
    kept: Bounded[str, int] = Bounded(3)
    stop, begun, went_on = Stop(), Event(), Event()
    found: list[int] = []

    def slow() -> int:
        begun.set()
        went_on.wait(SOON_SECONDS)
        go_on()
        return 1

    def leaves() -> None:
        with waited_for(stop), pytest.raises(StoppedError):
            kept.result("answer", slow)

    first = Thread(target=leaves)
    first.start()
    begun.wait(SOON_SECONDS)
    second = Thread(target=lambda: found.append(kept.result("answer", lambda: 2)))
    second.start()
    stop.stop()
    went_on.set()
    for thread in (first, second):
        thread.join(SOON_SECONDS)
    assert found == [2]
    with waited_for(stop), pytest.raises(StoppedError):
        kept.result("answer", lambda: 3)
