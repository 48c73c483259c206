"""Costly results that several values of a question's controls share: made once, a bounded number kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from questions.bounded import Bounded
from questions.view import View

MOST_KEPT: Final = 400
MOST_SMALL: Final = 4000

T = TypeVar("T")

_Address = tuple[Path, str, date, date, str, Hashable]
_shared: Final[Bounded[_Address, Any]] = Bounded(MOST_KEPT)
_small: Final[Bounded[_Address, Any]] = Bounded(MOST_SMALL)


def kept(view: View, name: str, key: Hashable, make: Callable[[], T]) -> T:
    """The result of `make`, which depends on nothing but the view, the name of what it is, and the key."""
    return cast(T, _shared.result(_address(view, name, key), make))


def kept_small(view: View, name: str, key: Hashable, make: Callable[[], T]) -> T:
    """The same for what is small and asked often; it never takes the place of what is costly."""
    return cast(T, _small.result(_address(view, name, key), make))


def _address(view: View, name: str, key: Hashable) -> _Address:
    return (view.snapshot.file, view.snapshot.id, view.as_of, view.today, name, key)


def forget_results(folder: Path, keep: frozenset[str], since: date) -> None:
    """Let go of what was made of the snapshots in a folder, but for those of these ids since a day."""
    for results in (_shared, _small):
        results.forget(
            lambda address: address[0].parent == folder and (address[1] not in keep or address[3] < since)
        )
