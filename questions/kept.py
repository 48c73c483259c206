"""Costly results that several values of a question's controls share: made once, a bounded number kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from questions.view import View

MOST_KEPT: Final = 400

T = TypeVar("T")


class _Place:
    """Where one result is kept; the first who asks makes it, and who asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._made: list[Any] = []

    def result(self, make: Callable[[], Any]) -> Any:
        with self._turn:
            if not self._made:
                self._made.append(make())
        return self._made[0]


_places: OrderedDict[Hashable, _Place] = OrderedDict()
_guard = Lock()


def kept(view: View, name: str, key: Hashable, make: Callable[[], T]) -> T:
    """The result of `make`, which depends on nothing but the view, the name of what it is, and the key.

    What fails is not kept: it is tried again by the next who asks.
    """
    address = (view.snapshot.file, view.snapshot.id, view.as_of, view.today, name, key)
    with _guard:
        place = _places.setdefault(address, _Place())
        _places.move_to_end(address)
        while len(_places) > MOST_KEPT:
            _places.popitem(last=False)
    return cast(T, place.result(make))
