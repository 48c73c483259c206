"""What is said of Epoch's rows of OSWorld wherever they are drawn."""

from __future__ import annotations

from datetime import date

import polars as pl

from questions.osworld import of_renamed


def test_a_test_whose_newer_rows_look_like_another_is_told() -> None:
    """Where it is among those shown, and only then."""
    twice = pl.DataFrame({"after_on": [date(2026, 3, 1), date(2026, 1, 20)]})
    shown, other = (pl.Series([name]) for name in ("osworld", "gpqa-diamond"))
    assert of_renamed(shown, twice) == (
        "OSWorld's rows since 20 January 2026 look like those of OSWorld-Verified, its mended tasks."
    )
    assert of_renamed(other, twice) == ""
    assert of_renamed(shown, twice.clear()) == ""
