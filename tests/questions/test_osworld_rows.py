"""What is said of Epoch's rows of OSWorld wherever they are drawn."""

from __future__ import annotations

from datetime import date

import polars as pl

from questions.osworld import of_newer_shares, of_renamed


def test_a_test_whose_newer_rows_look_like_another_is_told() -> None:
    """Where it is among those shown, and only then."""
    twice = pl.DataFrame({"after_on": [date(2026, 3, 1), date(2026, 1, 20)]})
    shown, other = (pl.Series([name]) for name in ("osworld", "gpqa-diamond"))
    assert of_renamed(shown, twice) == (
        "OSWorld's rows since 20 January 2026 look like those of OSWorld-Verified, its mended tasks."
    )
    assert of_renamed(other, twice) == ""
    assert of_renamed(shown, twice.clear()) == ""


def test_rows_that_look_like_another_test_are_told() -> None:
    """By the model that the table has twice; nothing where none is."""
    rows = pl.DataFrame(
        {
            "title": ["Claude 3.7 Sonnet"],
            "steps": [100],
            "before": [0.28],
            "after": [0.356],
            "after_on": [date(2026, 1, 20)],
        }
    )
    assert of_newer_shares(rows).replace("\N{NO-BREAK SPACE}", " ") == (
        "No newer share of OSWorld itself is read from Epoch's table: at 100 steps it has Claude 3.7 Sonnet "
        "first with 28.0 % and since 20 January 2026 also with 35.6 %, so its newer rows look like "
        "those of OSWorld-Verified, its mended tasks, under the old name."
    )
    assert of_newer_shares(rows.clear()) == ""
