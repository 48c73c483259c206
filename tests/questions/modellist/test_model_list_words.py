"""What the list of models says: how many, the best, and the cheapest that is not told apart from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.modellist.words import caveat, first_line

TYPES = {
    "model_id": pl.String,
    "title": pl.String,
    "index": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "price_usd_per_mtok": pl.Float64,
}
Row = tuple[str, float | None, float | None, float | None, float | None]
BEST: Row = ("a", 150.0, 147.0, 153.0, 10.0)


def models(*rows: Row) -> pl.DataFrame:
    """Model, index with its ends, price."""
    table: list[tuple[Any, ...]] = [(name, name.upper(), *rest) for name, *rest in rows]
    return pl.DataFrame(table, TYPES, orient="row")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([BEST], "1 model; the highest index is A's, 150.0 (147.0 to 153.0)"),
        (
            [BEST, ("b", 145.0, 142.0, 147.0, 2.0), ("c", 140.0, 137.0, 146.9, 1.0)],
            "3 models; the highest index is A's, 150.0 (147.0 to 153.0); the cheapest not told apart from "
            "it is B at $2 per million tokens",
        ),
        (
            [BEST, ("b", 149.0, 146.0, 152.0, 2.0), ("c", 148.0, 145.0, 151.0, 2.0)],
            "3 models; the highest index is A's, 150.0 (147.0 to 153.0); the cheapest not told apart from "
            "it is B at $2 per million tokens",
        ),
        (
            [BEST, ("b", 149.0, 146.0, 152.0, None), ("c", 149.0, 146.0, 152.0, 0.0)],
            "3 models; the highest index is A's, 150.0 (147.0 to 153.0)",
        ),
        (
            [("b", 150.0, 150.0, 150.0, 1.0), ("a", 150.0, 150.0, 150.0, 2.0)],
            "2 models; the highest index is A's, 150.0 (fixed: it sets the scale); the cheapest not told "
            "apart from it is B at $1 per million tokens",
        ),
        (
            [("a", 150.0, None, 151.0, 1.0), ("b", 149.0, 146.0, 152.0, 2.0)],
            "2 models; the highest index is A's, 150.0",
        ),
        (
            [("a", 150.0, 147.0, None, 1.0)],
            "1 model; the highest index is A's, 150.0",
        ),
        ([("a", None, None, None, 1.0)], "1 model, none with a capability index"),
    ],
    ids=["alone", "level", "by id", "no price", "fixed", "no lower end", "no upper end", "no index"],
)
def test_the_first_line_names_the_best_and_the_cheapest_level_with_it(rows: list[Row], said: str) -> None:
    """An interval that ends where that of the best begins still reaches it; nought is no price."""
    assert first_line(models(*rows), "", None) == f"{said}."


def test_the_day_of_the_newest_score_gives_way_last_but_one() -> None:
    """First the cheapest goes, then the day."""
    rows = models(BEST, ("b", 149.0, 146.0, 152.0, 2.0))
    best = "the highest index is A's, 150.0 (147.0 to 153.0)"
    newest = date(2026, 7, 1)
    assert first_line(rows, " w", newest) == f"2 models w; {best}; scores to 1 July 2026."
    assert first_line(rows, " w" * 16, newest) == f"2 models{' w' * 16}; {best}."


def test_what_has_no_index_and_no_price_is_counted() -> None:
    """Each by itself."""
    rows = models(BEST, ("b", None, None, None, None), ("c", None, None, None, 1.0))
    assert caveat(rows) == "2 of them have no index, 1 no list price in force."
