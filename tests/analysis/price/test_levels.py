"""Levels that people know by a model: the score of its first version that has one."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.price.levels import NAMED, named_thresholds, own_version


def scored(**values: float | None) -> pl.DataFrame:
    """Scores by model id, underscores for dashes."""
    ids = [name.replace("_", "-") for name in values]
    return pl.DataFrame(
        {"model_id": ids, "value": list(values.values())}, schema_overrides={"value": pl.Float64}
    )


@pytest.mark.parametrize(
    ("scores", "levels"),
    [
        ({}, {}),
        ({"gpt_4_0613": 35.0, "gpt_4_0314": 36.0, "gpt_4": 40.0}, {"gpt-4": 36.0}),
        ({"gpt_4": 40.0, "gpt_4_0613": 35.0}, {"gpt-4": 35.0}),
        ({"gpt_4_0314": None, "gpt_4": 40.0}, {"gpt-4": 40.0}),
        ({"gpt_4o": 0.0, "o3": 80.0}, {"gpt-4o": 0.0, "o3": 80.0}),
        ({"gpt_4_turbo": 40.0, "gpt_4_32k": 20.0}, {}),
    ],
)
def test_the_first_version_with_a_score_makes_the_level(
    scores: dict[str, float | None], levels: dict[str, float]
) -> None:
    """Later versions of one name scored more; other models of the family are not meant."""
    assert named_thresholds(scored(**scores)) == levels


def test_of_several_scores_of_a_version_the_best_counts() -> None:
    """Settings are runs of one model."""
    rows = pl.DataFrame({"model_id": ["o3", "o3", "o3"], "value": [70.0, 82.0, 75.0]})
    assert named_thresholds(rows) == {"o3": 82.0}


def test_no_model_makes_two_levels() -> None:
    """And a dated version comes before the name that moves on."""
    versions = [model for _, models in NAMED.values() for model in models]
    assert len(set(versions)) == len(versions)


def test_the_version_of_a_name_is_the_one_that_makes_its_level() -> None:
    """None where none of them has a score."""
    rows = scored(gpt_4_0613=35.0, gpt_4=40.0)
    assert own_version(rows, "GPT-4") == "gpt-4-0613"
    assert own_version(rows, "o3") is None
