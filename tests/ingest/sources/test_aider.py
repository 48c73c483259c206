"""Aider's boards: pairs of models, unrecorded costs, release dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ParseError
from ingest.records import Kind
from tests.ingest.sources.conftest import TakeIn

BOARD = Path("polyglot_leaderboard.yml")


def test_architect_and_editor_are_not_a_single_model(take_in: TakeIn) -> None:
    """A row with two models is refused with the reason."""
    refused = take_in("aider-polyglot", BOARD).refused
    assert refused["reason"].to_list() == [
        "two models in one run (architect and editor): not the score of a single model"
    ]


def test_a_cost_of_zero_was_not_recorded(take_in: TakeIn) -> None:
    """total_cost 0 is null, for the run and per task."""
    rows = {row["model_name"]: row for row in take_in("aider-polyglot", BOARD).frames[Kind.SCORE].to_dicts()}
    assert rows["ollama/local-7b"]["cost_usd"] is None
    assert rows["ollama/local-7b"]["cost_usd_per_task"] is None


def test_totals_of_a_run_are_divided_by_its_exercises(take_in: TakeIn) -> None:
    """Cost and tokens per task are the run's totals over its test cases; the score is a fraction."""
    row = take_in("aider-polyglot", BOARD).frames[Kind.SCORE].row(0, named=True)
    assert row["score"] == pytest.approx(0.622)
    assert row["cost_usd"] == 45
    assert row["cost_usd_per_task"] == pytest.approx(0.2)
    assert (row["input_tokens_per_task"], row["output_tokens_per_task"]) == (10_000, 2_000)
    assert row["setting"] == "high, diff"


def test_release_dates_are_read_under_both_spellings(take_in: TakeIn) -> None:
    """`_released` says the same as `released`."""
    facts = take_in("aider-polyglot", BOARD).frames[Kind.MODEL_FACT]
    assert [(name, str(on)) for name, on in facts.select("model_name", "valid_on").iter_rows()] == [
        ("ollama/local-7b", "2024-12-20")
    ]


def test_the_refactoring_board_has_only_first_attempts(take_in: TakeIn) -> None:
    """Its headline is pass_rate_1, and its cost counts the cases that were run."""
    row = take_in("aider-refactor", Path("refactor_leaderboard.yml")).frames[Kind.SCORE].row(0, named=True)
    assert row["score"] == pytest.approx(0.723)
    assert row["cost_usd_per_task"] == pytest.approx(24.9 / 83)


def test_a_text_that_is_no_board_is_refused_whole(take_in: TakeIn) -> None:
    """A message instead of a list of runs raises ParseError."""
    with pytest.raises(ParseError, match="not a list of runs"):
        take_in("aider-polyglot", "404: Not Found")
