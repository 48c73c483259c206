"""A budget of seconds over all steps of a fetch: it runs inside its block, and cuts what takes longer."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from ingest.fetch.deadline import Deadline


class Stream:
    """A connection that notes how it was shut down."""

    def __init__(self) -> None:
        self.shut: list[int] = []

    def get_extra_info(self, name: str) -> Any:
        assert name == "socket"
        return self

    def shutdown(self, how: int) -> None:
        self.shut.append(how)
        if len(self.shut) > 1:
            raise OSError("closed already")


class Timer:
    """Never runs by itself."""

    made: list[Timer] = []  # noqa: RUF012 - of a test

    def __init__(self, seconds: float, then: Any) -> None:
        self.seconds, self.then, self.state, self.daemon = seconds, then, "made", False
        Timer.made.append(self)

    def start(self) -> None:
        self.state = "started"

    def cancel(self) -> None:
        self.state = "cancelled"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that a test sets."""
    now, Timer.made = [100.0], []
    monkeypatch.setattr("threading.Timer", Timer)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_the_budget_runs_inside_its_blocks_only(clock: list[float]) -> None:
    """What one block has used the next lacks, and nothing is below nought."""
    budget = Deadline(10)
    for spent, left in ((4, 6), (5, 1), (7, 0)):
        with budget.running():
            assert (Timer.made[-1].state, Timer.made[-1].daemon) == ("started", True)
            clock[0] += spent
        assert Timer.made[-1].state == "cancelled"
        clock[0] += 1000
        assert budget._left == left
    assert [timer.seconds for timer in Timer.made] == [10, 6, 1]
    assert (budget.seconds, budget.passed) == (10, False)


@pytest.mark.parametrize("step", ["connection.connect_tcp.complete", "connection.start_tls.complete"])
def test_a_spent_budget_cuts_the_connection(clock: list[float], step: str) -> None:
    """That of this block, once it stands; one that the server has closed is no fault."""
    budget, stream = Deadline(10), Stream()
    with budget.running() as trace:
        trace("http11.send_request.complete", {"return_value": object()})
        trace(step, {"return_value": stream})
        assert stream.shut == []
        Timer.made[-1].then()
        assert (budget.passed, stream.shut) == (True, [socket.SHUT_RDWR])
        Timer.made[-1].then()
    with budget.running():
        Timer.made[-1].then()
    assert len(stream.shut) == 2


def test_a_connection_that_comes_too_late_is_cut_at_once(clock: list[float]) -> None:
    """The budget was spent while it was made."""
    budget, stream = Deadline(10), Stream()
    with budget.running() as trace:
        Timer.made[-1].then()
        trace("connection.connect_tcp.started", {})
        assert stream.shut == []
        trace("connection.connect_tcp.complete", {"return_value": stream})
    assert stream.shut == [socket.SHUT_RDWR]
