"""Which scores are laid beside each other, and how models of one title are told apart."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from questions.benchmarks.known import bounded_shares, titles_told_apart

SCORE: dict[str, Any] = {
    "benchmark_id": "gpqa",
    "model_id": "a",
    "value": 0.55,
    "unit": "fraction",
    "chance": 0.1,
    "ceiling": 1.0,
    "higher_is_better": True,
    "date_is_stated": True,
}


def shares(**given: Any) -> list[float]:
    """The shares of the way of a score with what is given, where it is one of them."""
    types = {"chance": pl.Float64, "ceiling": pl.Float64}
    return bounded_shares(pl.DataFrame([SCORE | given], schema_overrides=types))["share"].to_list()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, [0.5]),
        ({"value": 0.05}, [0.0]),
        ({"date_is_stated": False}, []),
        ({"unit": "points"}, []),
        ({"ceiling": 0.1}, []),
        ({"ceiling": None}, []),
        ({"chance": None}, []),
        ({"higher_is_better": False}, []),
    ],
)
def test_only_scores_between_chance_and_a_ceiling_have_a_share(
    given: dict[str, Any], told: list[float]
) -> None:
    """Of models with a stated release day, where higher is better; below chance is none of the way."""
    assert shares(**given) == pytest.approx(told)


def test_models_of_one_title_are_told_apart_by_their_ids() -> None:
    """In whatever letters; each model once, in order."""
    rows = pl.DataFrame({"model_id": ["c", "a", "b", "c"], "title": ["Other", "Quokka", "quokka", "Other"]})
    assert titles_told_apart(rows) == [("c", "Other"), ("a", "Quokka (a)"), ("b", "quokka (b)")]
