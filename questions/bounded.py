"""A bounded number of results by key, each made once whoever asks at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from store.stopping import go_on

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class _Place(Generic[T]):
    """Where one result is kept; the first who asks makes it, and who asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._made: list[T] = []

    def result(self, make: Callable[[], T]) -> T:
        with self._turn:
            if not self._made:
                self._made.append(make())
        return self._made[0]

    def made(self) -> T | None:
        return self._made[0] if self._made else None


class Bounded(Generic[K, T]):
    """The newest results by key; two who ask the same at once get one computation.

    What fails is not kept: it is tried again by the next who asks.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[K, _Place[T]] = OrderedDict()
        self._guard = Lock()

    def result(self, key: K, make: Callable[[], T]) -> T:
        """The result kept under `key`, made now where there is none; not for somebody who has left."""
        go_on()
        with self._guard:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        return place.result(make)

    def forget(self, old: Callable[[K], bool]) -> None:
        """Let go of the results whose keys are old."""
        with self._guard:
            for key in [key for key in self._places if old(key)]:
                del self._places[key]

    def made(self, key: K) -> T | None:
        """The result kept under `key`, None where none was made yet: who asks so never waits."""
        with self._guard:
            place = self._places.get(key)
        return place.made() if place else None
