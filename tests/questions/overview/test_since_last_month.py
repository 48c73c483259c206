"""What is said of the month up to the last evidence: what there was, how much more, else the last before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from questions.answer import Entries, Entry, Heading
from questions.overview import since_last_month as month
from questions.overview.since_last_month import since_last_month
from tests.homes.small_home import fill
from tests.questions.asked import view_of

UNTIL = date(2026, 6, 30)
SCHEMA = {
    "happened_on": pl.Date,
    "kind": pl.String,
    "headline": pl.String,
    "model": pl.String,
    "before": pl.Float64,
    "after": pl.Float64,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose own news do not matter."""
    folder = tmp_path_factory.mktemp("month")
    fill(folder)
    return folder


@pytest.fixture
def told(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The five lines by label, of these news up to the end of June 2026."""

    def lines(*news: tuple[int, str, str, str | None, float | None, float | None]) -> dict[str, str]:
        rows = [(UNTIL - timedelta(days=ago), *rest) for ago, *rest in news]
        known = pl.DataFrame(rows, schema=SCHEMA, orient="row")
        monkeypatch.setattr(month, "known_news", lambda _view: (known, ""))
        monkeypatch.setattr(month, "first_day", lambda _known, _days: UNTIL)
        heading, entries, _ = since_last_month(view_of(home))
        assert heading == Heading("In the month to 30 June 2026")
        assert isinstance(entries, Entries)
        assert all(isinstance(entry, Entry) for entry in entries.entries)
        return {entry.label: entry.text for entry in entries.entries}

    return lines


def test_what_never_happened_is_said(told: Any) -> None:
    """And what happened after the last evidence has not happened yet."""
    found = told((-1, "leader", "Later.", None, None, None))
    assert found == dict.fromkeys(
        ("New leader", "Price cuts", "New low of a level", "New models", "Shut-downs"), "None is known."
    )


@pytest.mark.parametrize(
    ("ago", "said"), [(0, "A leads."), (29, "A leads."), (30, "None; the last on 31 May 2026: A leads.")]
)
def test_a_month_has_thirty_days(told: Any, ago: int, said: str) -> None:
    """What is older is told as the last there was."""
    assert told((ago, "leader", "A leads.", None, None, None))["New leader"] == said


def test_more_than_one_is_counted(told: Any) -> None:
    """The newest is told, the others are a number."""
    found = told(
        (1, "low", "Second.", None, None, None),
        (2, "low", "First.", None, None, None),
        (3, "leader", "Alone.", None, None, None),
    )
    assert found["New low of a level"] == "Second. And 1 more."
    assert found["New leader"] == "Alone."


def test_the_largest_cut_is_that_of_the_largest_share(told: Any) -> None:
    """Of 10 to 5 and 100 to 60 dollars the first; a rise, or no change, is no cut."""
    half = (1, "price", "Half.", None, 10.0, 5.0)
    rows = [
        (2, "price", "Forty percent.", None, 100.0, 60.0),
        half,
        (3, "price", "A rise.", None, 1.0, 2.0),
        (3, "price", "The same.", None, 2.0, 2.0),
        (3, "leader", "No price.", None, 100.0, 1.0),
    ]
    assert told(*rows)["Price cuts"] == "2; the largest: Half."
    assert told(half)["Price cuts"] == "Half."


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([None], "1 new model."),
        ([None, None], "2 new models."),
        (["A"], "1 new model: A."),
        (["A", "B", "A", None], "2 new models: A, B."),
        (["A", "B", "C"], "3 new models: A, B, C."),
        (["A", "B", "C", "D"], "4 new models: A, B, C and 1 more."),
        (["A", "B", "C", "D", "E"], "5 new models: A, B, C and 2 more."),
    ],
)
def test_the_first_three_models_are_named(told: Any, names: list[str | None], said: str) -> None:
    """One that several sellers show counts once; without names they are counted."""
    assert told(*((1, "model", "New.", name, None, None) for name in names))["New models"] == said
    gone = told(*((1, "shutdown", "Gone.", name, None, None) for name in names))["Shut-downs"]
    assert gone == said.replace("new model", "model")


def test_without_news_there_is_no_month(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither heading nor lines."""
    monkeypatch.setattr(month, "known_news", lambda _view: (pl.DataFrame(schema=SCHEMA), ""))
    assert since_last_month(view_of(home)) == ()
