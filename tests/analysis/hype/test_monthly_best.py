"""The best score so far at each month's end, and whose it is."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.hype.monthly_best import monthly_best

SCHEMA = {"released_on": pl.Date, "value": pl.Float64, "model_id": pl.String}


def test_the_best_holds_until_it_is_beaten() -> None:
    """A month without a release, or with a lesser one, keeps the best before and its name."""
    models = pl.DataFrame(
        [
            (date(2024, 5, 2), 9.0, "best-later"),
            (date(2024, 1, 20), 3.0, "first"),
            (date(2024, 1, 10), 4.0, "better-the-same-month"),
            (date(2024, 3, 1), 2.0, "lesser"),
            (date(2024, 4, 1), None, "unscored"),
            (None, 99.0, "undated"),
        ],
        schema=SCHEMA,
        orient="row",
    )
    assert monthly_best(models).rows() == [
        (date(2024, 1, 1), 4.0, "better-the-same-month"),
        (date(2024, 2, 1), 4.0, "better-the-same-month"),
        (date(2024, 3, 1), 4.0, "better-the-same-month"),
        (date(2024, 4, 1), 4.0, "better-the-same-month"),
        (date(2024, 5, 1), 9.0, "best-later"),
    ]


def test_no_model_has_no_months() -> None:
    """Without a dated score there is no row, and the columns are the same."""
    models = pl.DataFrame([(None, 1.0, "undated")], schema=SCHEMA, orient="row")
    assert monthly_best(models).is_empty()
    assert monthly_best(models).schema == {"valid_on": pl.Date, "value": pl.Float64, "model_id": pl.String}
