"""Views a day from sums over days, weeks and months: the finest sum speaks, and a gap stays a gap."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analysis.hype.attention_days import views_a_day, weekly_means

SUMS = pl.DataFrame(
    [
        ("b", "weekly", date(2024, 1, 29), 70.0),
        ("a", "monthly", date(2024, 2, 1), 290.0),
        ("a", "weekly", date(2024, 2, 5), 140.0),
        ("a", "daily", date(2024, 2, 6), 99.0),
        ("a", "daily", date(2024, 2, 7), None),
        ("a", "daily", date(2024, 3, 2), 7.0),
    ],
    schema=["page", "cadence", "valid_on", "value"],
    orient="row",
)


def test_the_finest_sum_speaks_and_a_coarser_one_fills_in() -> None:
    """290 views of a leap February are ten a day, but for the week that is known, but for its known day."""
    days = views_a_day(SUMS)
    page = {row["valid_on"]: (row["value"], row["cadence"]) for row in days.filter(series_id="a").to_dicts()}
    assert len(page) == 30
    assert page[date(2024, 2, 4)] == page[date(2024, 2, 12)] == page[date(2024, 2, 29)] == (10.0, "monthly")
    assert page[date(2024, 2, 5)] == page[date(2024, 2, 7)] == page[date(2024, 2, 11)] == (20.0, "weekly")
    assert page[date(2024, 2, 6)] == (99.0, "daily")
    assert date(2024, 3, 1) not in page
    assert page[date(2024, 3, 2)] == (7.0, "daily")


def test_pages_stand_apart_and_in_order() -> None:
    """Each page has its own days, sorted; a week has seven."""
    days = views_a_day(SUMS)
    assert days.select("series_id", "valid_on").rows() == sorted(days.select("series_id", "valid_on").rows())
    assert days.filter(series_id="b")["valid_on"].to_list() == [
        date(2024, 1, 29) + timedelta(days=at) for at in range(7)
    ]
    assert days.columns == ["series_id", "valid_on", "value", "cadence"]


def test_only_whole_weeks_have_a_mean() -> None:
    """From Monday to Sunday; a week that lacks a day is left out."""
    first = date(2024, 1, 31)
    days = pl.DataFrame(
        {
            "series_id": ["b"] * 20 + ["a"] * 7,
            "valid_on": [first + timedelta(days=at) for at in range(20)]
            + [date(2024, 1, 29) + timedelta(days=at) for at in range(7)],
            "index": [float(at) for at in range(20)] + [3.0] * 7,
        }
    ).filter(pl.col("valid_on") != date(2024, 2, 13))
    assert weekly_means(days, "index").rows() == [
        ("a", date(2024, 1, 29), 3.0),
        ("b", date(2024, 2, 5), 8.0),
    ]
