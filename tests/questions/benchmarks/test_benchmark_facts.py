"""A figure of the file of facts is cited with its page."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.benchmarks.facts import Cited, _cited, facts, facts_of, with_reviewed_days

ENTRY: dict[str, Any] = {"ids": ["a", "b"], "tasks": 198, "tasks_url": "https://page.example/"}


def test_a_figure_has_its_page_and_what_it_counts() -> None:
    """What it usually counts where nothing else is said; None where there is no figure."""
    assert _cited(ENTRY, "tasks", "tasks") == Cited(198.0, "tasks", "https://page.example/")
    assert _cited(ENTRY | {"tasks_are": "questions"}, "tasks", "tasks") == Cited(
        198.0, "questions", "https://page.example/"
    )
    assert _cited(ENTRY, "people", "") is None


def test_a_figure_without_a_page_is_refused() -> None:
    """With the ids of its entry."""
    with pytest.raises(ValueError, match=r"facts\.toml: tasks of a, b has no page"):
        _cited({"ids": ["a", "b"], "tasks": 198}, "tasks", "tasks")


def test_a_day_without_a_page_is_refused() -> None:
    """As a figure is; where none is given, none is."""
    entry = {"ids": ["a"], "what": "Sums.", "url": "https://test.example/"}
    day = entry | {"published": date(2025, 11, 7)}
    assert facts_of([entry])["a"].published_on is None
    assert facts_of([day | {"published_url": "https://page.example/"}])["a"].published_on == date(2025, 11, 7)
    with pytest.raises(ValueError, match=r"facts\.toml: published of a has no page"):
        facts_of([day])


def test_a_reviewed_day_takes_the_place_of_another_versions() -> None:
    """Of those whose source states the day of a version before; all others keep theirs, or none."""
    first = date(2025, 5, 19)
    names = ["terminal-bench-2", "gpqa-diamond", "terminal-bench-1"]
    rows = pl.DataFrame({"benchmark_id": names, "published_on": [first, first, None]})
    reviewed = facts()["terminal-bench-2"].published_on
    assert reviewed is not None and reviewed > first
    assert with_reviewed_days(rows)["published_on"].to_list() == [reviewed, first, None]
