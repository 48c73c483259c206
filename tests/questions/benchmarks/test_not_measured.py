"""A benchmark that newer models do not sit is not called open, and a paper's number dates its test."""

from __future__ import annotations

from datetime import date

import pytest

from questions.benchmarks.facts import paper_month
from questions.benchmarks.words import state_word

END = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("state", "last", "said"),
    [
        ("open", date(2025, 7, 31), "open"),
        ("open", date(2025, 7, 30), "not measured since July 2025"),
        ("near guessing", date(2025, 3, 5), "not measured since March 2025"),
        ("used up", date(2025, 3, 5), "used up"),
        ("no ceiling stated", date(2025, 3, 5), "no ceiling stated"),
    ],
)
def test_a_year_without_a_newer_model_ends_being_open(state: str, last: date, said: str) -> None:
    """Only where there was room left: what is used up stays so."""
    assert state_word({"state": state, "last_released_on": last}, END) == said


def test_an_arxiv_number_states_its_month() -> None:
    """Another page states none."""
    assert paper_month("https://arxiv.org/abs/2406.01574") == date(2024, 6, 1)
    assert paper_month("https://epoch.ai/benchmarks") is None
