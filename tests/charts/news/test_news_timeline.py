"""The title of the time line of news counts what its page counts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from charts.news.timeline import news_timeline
from tests.charts.every_chart import FOOTING

PLANNED = pl.col("label") == "Shut-down"


@pytest.mark.parametrize(
    ("labels", "title"),
    [
        (["Price"], "One change of one kind since 1 August 2026"),
        (["Price", "Post"], "2 changes of 2 kinds since 1 August 2026"),
        (
            ["Price", "Price", "Shut-down"],
            "2 changes of one kind since 1 August 2026, and 1 shut-down due by earlier notices",
        ),
        (["Shut-down"] * 2, "2 shut-downs due by earlier notices since 1 August 2026"),
    ],
)
def test_what_earlier_notices_named_is_counted_apart(labels: list[str], title: str) -> None:
    """It is drawn and stands in the rows all the same."""
    news = pl.DataFrame({"label": labels, "headline": labels})
    chart = news_timeline(news, date(2026, 8, 1), date(2026, 8, 8), FOOTING, PLANNED)
    assert chart.title == title
    assert chart.rows.height == len(labels)
