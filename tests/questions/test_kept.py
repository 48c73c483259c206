"""Costly results: made once for a view and a key, never kept where they fail, bounded in number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest

from questions.bounded import Bounded
from questions.kept import forget_results, kept, kept_small
from questions.view import View
from store.ledger import Ledger
from store.snapshot import Snapshot


@pytest.fixture
def view(tmp_path: Path) -> View:
    """A view of a snapshot that no other test asks for."""
    day = date(2026, 7, 17)
    return View(Snapshot("1", tmp_path / "1.duckdb"), day, day, Ledger(tmp_path / "ledger.sqlite"))


def test_a_result_is_made_once(view: View) -> None:
    """Who asks for the same again gets what was made for the first."""
    first = kept(view, "lag", "zhihu", object)
    assert kept(view, "lag", "zhihu", object) is first


@pytest.mark.parametrize("other", ["as_of", "today", "snapshot", "name", "key"])
def test_what_a_result_depends_on_tells_results_apart(view: View, other: str) -> None:
    """Another day, snapshot, name or key is another result."""
    first = kept(view, "lag", "zhihu", object)
    seen = {
        "as_of": replace(view, as_of=date(2025, 1, 1)),
        "today": replace(view, today=date(2026, 7, 18)),
        "snapshot": replace(view, snapshot=Snapshot("2", view.snapshot.file)),
    }.get(other, view)
    name, key = ("shape" if other == "name" else "lag"), ("weibo" if other == "key" else "zhihu")
    assert kept(seen, name, key, object) is not first


def test_a_failure_is_not_kept(view: View) -> None:
    """What could not be made is tried again by the next who asks."""

    def fail() -> str:
        raise ArithmeticError("no fit")

    with pytest.raises(ArithmeticError):
        kept(view, "shape", "zhihu", fail)
    assert kept(view, "shape", "zhihu", lambda: "a peak") == "a peak"


def test_only_so_many_results_stay_and_the_oldest_go_first() -> None:
    """Of three results where two may stay, the one that was asked for longest ago is made anew."""
    store: Bounded[int, object] = Bounded(2)
    first, second = store.result(1, object), store.result(2, object)
    assert store.result(1, object) is first
    store.result(3, object)
    assert store.result(1, object) is first
    assert store.result(2, object) is not second


def test_two_who_ask_at_once_get_one_computation(view: View) -> None:
    """The second waits for what the first has begun."""
    begun, go_on = Event(), Event()
    got: list[object] = []

    def slow() -> object:
        begun.set()
        assert go_on.wait(5)
        return object()

    threads = [Thread(target=lambda: got.append(kept(view, "lag", "slow", slow))) for _ in range(2)]
    threads[0].start()
    assert begun.wait(5)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert len(got) == 2
    assert got[0] is got[1]


@pytest.mark.parametrize("store", [kept, kept_small])
@pytest.mark.parametrize(
    ("keep", "since", "elsewhere", "stays"),
    [
        ({"1"}, date(2026, 7, 17), False, True),
        ({"1"}, date(2026, 7, 18), False, False),
        ({"2"}, date(2026, 7, 17), False, False),
        ({"2"}, date(2026, 7, 18), True, True),
    ],
    ids=["kept", "of yesterday", "an old snapshot", "another folder"],
)
def test_results_that_nobody_asks_again_are_let_go(
    view: View,
    store: Callable[..., object],
    keep: set[str],
    since: date,
    elsewhere: bool,
    stays: bool,
) -> None:
    """Those of old snapshots of the folder, and of a today before the day; large and small alike."""
    first = store(view, "lag", "let go", object)
    folder = view.snapshot.file.parent
    forget_results(folder / "other" if elsewhere else folder, frozenset(keep), since)
    assert (store(view, "lag", "let go", object) is first) is stays


def test_what_is_small_has_a_place_of_its_own(view: View) -> None:
    """The same key in both stores is two results."""
    assert kept(view, "lag", "both", object) is not kept_small(view, "lag", "both", object)


def test_who_asks_for_what_was_made_never_waits() -> None:
    """None where nothing was made, and after it was let go; of some keys the others stay."""
    store: Bounded[int, object] = Bounded(3)
    assert store.made(1) is None
    first, second = store.result(1, object), store.result(2, object)
    assert (store.made(1), store.made(2)) == (first, second)
    store.forget(lambda key: key == 1)
    assert (store.made(1), store.made(2)) == (None, second)


def test_what_is_being_made_is_not_made_yet() -> None:
    """Whoever asks meanwhile is told that there is nothing."""
    store: Bounded[int, object] = Bounded(1)
    assert store.result(1, lambda: store.made(1)) is None
