"""Controls where the data offer nothing to choose: no value, and nothing in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from questions.controls import Choice, Option, control, must_read, read, written
from questions.view import View
from store.ledger import Ledger
from store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PageControls:
    """A page of those that are known from 2026 on; beside it a choice that has a meaning with a page only."""

    page: str | None = control(
        "chatgpt",
        Choice("Page", lambda view, _: [Option("claude", "Claude")] if view.as_of.year >= 2026 else ()),
    )
    base: str = control(
        "spring",
        Choice("Base", [Option("spring", "Spring")], applies=lambda chosen: chosen["page"] is not None),
    )


def seen(tmp_path: Path, on: date) -> View:
    """A view as of a day."""
    return View(
        Snapshot("1", tmp_path / "1.duckdb"), on, date(2026, 7, 1), Ledger(tmp_path / "ledger.sqlite")
    )


def test_where_nothing_is_offered_nothing_is_chosen(tmp_path: Path) -> None:
    """The default that the data do not offer is not written out: the address can be read again."""
    view = seen(tmp_path, date(2025, 1, 1))
    controls, problems = read(PageControls, view, {})
    assert (controls.page, problems) == (None, ())
    assert written(controls) == ()
    assert must_read(PageControls, view, {}) == controls


def test_where_other_values_are_offered_the_first_is_chosen(tmp_path: Path) -> None:
    """A default that is not there gives way to the first that is."""
    controls, _ = read(PageControls, seen(tmp_path, date(2026, 6, 1)), {})
    assert written(controls) == (("page", "claude"), ("base", "spring"))
