"""The front month by month: its days, who is new on it, and what it says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.front_through_time import Moment, moments, month_ends, twelve_months_before
from questions.capability import through_time_words as words

JAN, FEB, MAR = date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)


def field(*rows: tuple[str, date, float, float | None]) -> pl.DataFrame:
    """Models by name, release day, value and cost."""
    named = pl.DataFrame(
        rows,
        schema={"model_id": pl.String, "released_on": pl.Date, "value": pl.Float64, "cost": pl.Float64},
        orient="row",
    )
    nothing = {"organization": pl.String, "stderr": pl.Float64, "open_weights": pl.Boolean}
    return named.with_columns(
        pl.col("model_id").alias("title"), *(pl.lit(None, of).alias(name) for name, of in nothing.items())
    )


@pytest.fixture
def row() -> tuple[Moment, ...]:
    """Three months: one model; a better one; a cheaper one after a price cut of the first."""
    old, new = ("old", date(2024, 1, 5), 0.5), ("new", date(2024, 2, 5), 0.7)
    dull, small = ("dull", date(2024, 2, 6), 0.4), ("small", date(2024, 3, 7), 0.6)
    return moments(
        [
            (JAN, field((*old, 10.0))),
            (FEB, field((*old, 10.0), (*new, 20.0), (*dull, 12.0))),
            (MAR, field((*old, 5.0), (*new, 20.0), (*dull, 12.0), (*small, 1.0))),
        ]
    )


def test_months_end_at_their_last_day_and_the_row_at_its_own() -> None:
    """A leap February, a turn of the year, a last day within a month; an end of month comes once."""
    assert month_ends(date(2024, 1, 14), date(2024, 3, 5)) == (JAN, FEB, date(2024, 3, 5))
    assert month_ends(date(2023, 12, 31), JAN) == (date(2023, 12, 31), JAN)


def test_who_is_new_on_the_front(row: tuple[Moment, ...]) -> None:
    """Only models that were not priced a moment before and that none beats; at the first moment nobody."""
    new = [moment.models.filter("newcomer")["model_id"].to_list() for moment in row]
    assert new == [[], ["new"], ["small"]]
    assert row[1].front["model_id"].to_list() == ["old", "new"]
    assert row[2].front["model_id"].to_list() == ["small", "new"]


def test_a_day_without_a_priced_model_is_no_moment() -> None:
    """Nothing is drawn of it, and the first moment after it names no newcomer."""
    found = moments([(JAN, field(("old", JAN, 0.5, None))), (FEB, field(("old", JAN, 0.5, 2.0)))])
    assert [(moment.on, moment.models["newcomer"].to_list()) for moment in found] == [(FEB, [False])]


def test_twelve_months_before_is_the_same_month(row: tuple[Moment, ...]) -> None:
    """Also where the row ends within a month; None where it does not reach back so far."""
    later = Moment(date(2025, 2, 3), row[-1].models)
    assert twelve_months_before((*row, later), 3) == row[1]
    assert twelve_months_before(row, 2) is None


def test_the_line_of_words_names_the_costs(row: tuple[Moment, ...]) -> None:
    """The best and its cost, a round score below it, and the best of the year before, then and now."""
    said = words.moment(row[2], row[0], "GPQA", "fraction").replace("\u00a0", " ")
    assert "the best priced model on GPQA is new, 70.0 % for $20." in said
    assert "60 % or more: $1, small." in said
    assert "The best of twelve months before, 50.0 %, cost $10 then and $1 on this day." in said
    assert words.title(row[0], row[2], "GPQA", "fraction").endswith("cost $10 then and $1 in March 2024")
