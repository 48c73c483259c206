"""What the list of models says: how many, the best, and who cannot be told apart from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.modellist.words import caveat, first_line, interval
from questions.wording import counted

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


LEADS = "the highest index is A's, 150.0 (90\u00a0% interval 147.0 to 153.0)"
BRIEFLY = "the highest index is A's, 150.0 (147.0 to 153.0)"
TWO = "which cannot be told apart from 2 others; the cheapest of these is"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([BEST], LEADS),
        (
            [BEST, ("b", 149.0, 146.0, 152.0, 2.0)],
            f"{LEADS}, which cannot be told apart from 1 other; the other, B, costs $2 per million tokens",
        ),
        (
            [BEST, ("b", 149.0, 146.0, 152.0, 3.0), ("c", 148.0, 145.0, 151.0, 2.0)],
            f"{BRIEFLY}, {TWO} C at $2 per million tokens",
        ),
        (
            [BEST, ("c", 149.0, 146.0, 152.0, 2.0), ("b", 148.0, 145.0, 151.0, 2.0)],
            f"{BRIEFLY}, {TWO} B at $2 per million tokens",
        ),
        (
            [BEST, ("b", 149.0, 146.0, 152.0, None), ("c", 149.0, 146.0, 152.0, 0.0)],
            f"{LEADS}, which cannot be told apart from 2 others",
        ),
        (
            [("b", 150.0, 150.0, 150.0, 1.0), ("a", 150.0, 150.0, 150.0, 2.0)],
            "the highest index is B's, 150.0 (fixed: it sets the scale), which cannot be told apart from "
            "1 other; the other, A, costs $2 per million tokens",
        ),
        ([("a", 150.0, None, 151.0, 1.0)], "the highest index is A's, 150.0"),
        ([("a", 150.0, 147.0, None, 1.0)], "the highest index is A's, 150.0"),
    ],
    ids=["alone", "one", "cheapest", "by id", "no price", "fixed", "no lower end", "no upper end"],
)
def test_the_first_line_names_the_best_and_who_cannot_be_told_apart_from_it(
    rows: list[Row], said: str
) -> None:
    """How many they are, and the cheapest; nought is no price. The interval is named where there is room."""
    leaders = models(*rows)
    assert first_line(leaders, leaders, "", None) == f"{counted(len(rows), 'model')}; {said}."


def test_without_an_index_there_is_no_best() -> None:
    """Said, so that nobody looks for one."""
    rows = models(("a", None, None, None, 1.0))
    assert first_line(rows, rows.clear(), "", None) == "1 model, none with a capability index."


def test_an_interval_is_one_text_and_that_of_the_scale_says_so() -> None:
    """Where one of the ends is not known there is none."""
    ends = ((159.56, 166.1), (150.0, 150.0), (None, 1.0), (1.0, None))
    said = [interval({"low": low, "high": high}) for low, high in ends]
    assert said == ["159.6 to 166.1", "sets the scale", None, None]


def test_the_day_of_the_newest_score_gives_way_last_but_one() -> None:
    """First the cheapest goes, then the day."""
    rows = models(BEST, ("b", 149.0, 146.0, 152.0, 2.0))
    best = f"{LEADS}, which cannot be told apart from 1 other"
    newest = date(2026, 7, 1)
    assert first_line(rows, rows, " w", newest) == f"2 models w; {best}; scores read by 1 July 2026."
    assert first_line(rows, rows, " w" * 8, newest) == f"2 models{' w' * 8}; {best}."


def test_what_has_no_index_and_no_price_is_counted() -> None:
    """Each by itself."""
    rows = models(BEST, ("b", None, None, None, None), ("c", None, None, None, 1.0))
    assert caveat(rows) == "2 of them have no index, 1 no list price in force."
