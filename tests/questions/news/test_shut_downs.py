"""Who shuts what down: makers before clouds, well-known models before others, each seller with its number."""

from __future__ import annotations

import polars as pl

from questions.news.shut_downs import by_whom, numbers


def rows(*told: tuple[str, bool, str | None, int]) -> pl.DataFrame:
    """Shut-downs: by whom, whether it makes models, which, and how many tests know it."""
    return pl.DataFrame(told, schema=["subject", "by_maker", "model", "benchmarks"], orient="row")


MANY = rows(
    ("Cloud", False, "Best", 200),
    ("Cloud", False, "Known", 100),
    ("Cloud", False, "Other", 0),
    ("Small", True, "Only", 1),
    ("Large", True, "Tuned", 0),
    ("Large", True, "Known", 100),
    ("Large", True, "A nobody", 0),
    ("Large", True, "Better known", 120),
)


def test_makers_come_before_clouds_and_known_models_before_others() -> None:
    """Of both kinds who shuts most down first; what a cloud hosts is told as others' and not named."""
    assert by_whom(MANY) == (
        "Large 4 models (Better known, Known, A nobody and 1 more); Small 1 (Only); of other makers' models, "
        "Cloud 3"
    )
    assert numbers(MANY) == "Large 4, Small 1 and Cloud 3"


def test_clouds_alone_are_told_as_such() -> None:
    """There is no maker to begin with."""
    assert by_whom(MANY.filter(~pl.col("by_maker"))) == "of other makers' models, Cloud 3 models"


def test_a_model_counts_once_a_seller_and_one_without_a_name_counts() -> None:
    """Two notices of one model are one shut-down."""
    assert by_whom(rows(("Maker", True, "A", 1), ("Maker", True, "A", 1))) == "Maker 1 model (A)"
    assert by_whom(rows(("Maker", True, None, 0), ("Maker", True, None, 0))) == "Maker 2 models"
