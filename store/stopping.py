"""Work that somebody waits for, and that ends when nobody does any more.

Who waits makes a `Stop` and works inside `waited_for`; `stop` interrupts the statement that is at work, and
every step after it raises StoppedError. What was not finished is kept nowhere: the next who asks makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Final


class StoppedError(Exception):
    """Nobody waits for this any more."""


class Stop:
    """Says once, from any thread, that nobody waits any more."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._interrupts: list[Callable[[], object]] = []
        self.stopped = False

    def stop(self) -> None:
        """End the statement that is at work, and let nothing begin any more."""
        with self._guard:
            self.stopped = True
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def during(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """What happens in this block is ended by `interrupt`. Raises StoppedError where it is too late."""
        with self._guard:
            if self.stopped:
                raise StoppedError
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._guard:
                self._interrupts.remove(interrupt)


_waiting: Final[ContextVar[Stop | None]] = ContextVar("waiting", default=None)


@contextmanager
def waited_for(stop: Stop) -> Iterator[None]:
    """Somebody waits for what happens in this block, in this thread, until they say `stop`."""
    before = _waiting.set(stop)
    try:
        yield
    finally:
        _waiting.reset(before)


def go_on() -> None:
    """Raise StoppedError where nobody waits any more for what this thread does."""
    stop = _waiting.get()
    if stop is not None and stop.stopped:
        raise StoppedError


@contextmanager
def interrupted_by(interrupt: Callable[[], object]) -> Iterator[None]:
    """A statement that ends by `interrupt` when nobody waits any more; StoppedError is raised then."""
    stop = _waiting.get()
    if stop is None:
        yield
        return
    with stop.during(interrupt):
        try:
            yield
        except Exception:
            go_on()
            raise
