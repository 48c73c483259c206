"""A figure of the file of facts is cited with its page."""

from __future__ import annotations

from typing import Any

import pytest

from questions.benchmarks.facts import Cited, _cited

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
