"""Which scores enter the capability index: the headline, the scale, enough scores, one connected group."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.capability.index_table import eligible_scores


def grid(models: int = 8, benchmarks: int = 6, prefix: str = "") -> pl.DataFrame:
    """Every model on every benchmark, better models scoring higher."""
    return pl.DataFrame(
        [
            {
                "model_id": f"{prefix}model-{model}",
                "benchmark_id": f"{prefix}test-{benchmark}",
                "score": (model + 1) / (models + benchmark + 1),
                "random_baseline": 0.0,
                "ceiling": 1.0,
            }
            for model in range(models)
            for benchmark in range(benchmarks)
        ]
    )


def test_scores_below_chance_count_as_chance() -> None:
    """A guesser's bad luck is not a negative score; above the ceiling counts as the ceiling."""
    rows = grid().with_columns(
        pl.when(pl.int_range(pl.len()) == 0)
        .then(-0.1)
        .when(pl.int_range(pl.len()) == 1)
        .then(1.3)
        .otherwise("score")
        .alias("score")
    )
    scores = eligible_scores(rows).scores["score"]
    assert scores.min() == 0.0
    assert scores.max() == 1.0


def test_too_few_is_applied_until_both_rules_hold() -> None:
    """A benchmark that falls below its minimum once a sparse model is gone goes too, each with its reason."""
    rows = grid()
    lonely = pl.DataFrame(
        {
            "model_id": ["visitor", *[f"model-{number}" for number in range(4)]],
            "benchmark_id": "rare-test",
            "score": 0.5,
            "random_baseline": 0.0,
            "ceiling": 1.0,
        }
    )
    eligible = eligible_scores(pl.concat([rows, lonely]))
    assert eligible.left_out.rows() == [
        ("benchmark", "rare-test", "4 models that count, at least 5 are needed"),
        ("model", "visitor", "1 benchmark that counts, at least 4 are needed"),
    ]
    assert set(eligible.scores["benchmark_id"]) == set(rows["benchmark_id"])


def test_only_the_main_connected_group_enters() -> None:
    """Models that share no benchmark with the others cannot be put on their scale: they are listed."""
    island = grid(models=6, benchmarks=5, prefix="island-")
    eligible = eligible_scores(pl.concat([grid(), island]), min_benchmarks=1, min_models=1)
    assert not eligible.scores["model_id"].str.starts_with("island").any()
    apart = eligible.left_out.filter(pl.col("reason").str.contains("shares no benchmark"))
    assert set(apart["kind"]) == {"model", "benchmark"}
    assert apart["name"].str.starts_with("island").all()


def test_benchmark_without_ceiling_and_scores_without_value_are_listed() -> None:
    """Ratings in points have no ceiling, and a missing score is never zero: both are left out by name."""
    rows = grid()
    ratings = rows.filter(pl.col("benchmark_id") == "test-0").with_columns(
        pl.lit("arena").alias("benchmark_id"),
        pl.lit(None, dtype=pl.Float64).alias("ceiling"),
        pl.lit(1200.0).alias("score"),
    )
    unknown = rows.head(1).with_columns(
        pl.lit("test-new").alias("benchmark_id"), pl.lit(None, dtype=pl.Float64).alias("score")
    )
    left_out = eligible_scores(pl.concat([rows, ratings, unknown])).left_out
    assert left_out.rows() == [
        ("benchmark", "arena", "no chance level or no ceiling is known"),
        ("score", f"{rows['model_id'][0]} on test-new", "no score given"),
    ]


def test_two_rows_for_one_pair_are_refused() -> None:
    """Which of several scores is the headline is decided before the fit, never inside it."""
    rows = grid()
    with pytest.raises(ValueError, match=r"has 2 rows on test-.*headline"):
        eligible_scores(pl.concat([rows, rows.head(1)]))


def test_missing_columns_are_named() -> None:
    """A frame without the chance level is refused by the column's name."""
    with pytest.raises(ValueError, match="lack the column\\(s\\) random_baseline"):
        eligible_scores(grid().drop("random_baseline"))
