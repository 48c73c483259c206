"""The time line of news counts what its page counts, and has room for each day that has evidence."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from charts.news.columns import MOST_COLUMNS, in_columns, tick_texts, unit_of
from charts.news.timeline import news_timeline
from charts.parts import theme
from charts.parts.theme import Mode
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
    days = [date(2026, 8, 1)] * len(labels)
    news = pl.DataFrame({"label": labels, "headline": labels, "happened_on": days})
    chart = news_timeline(news, date(2026, 8, 1), FOOTING, PLANNED)
    assert chart.title == title
    assert chart.rows.height == len(labels)


def some_news(*given: tuple[date, str, str | None]) -> pl.DataFrame:
    """News of these days, lanes and makers."""
    days, labels, makers = zip(*given, strict=True)
    rows = {"happened_on": days, "label": labels, "organization": makers, "headline": labels}
    return pl.DataFrame(rows, schema_overrides={"organization": pl.String})


def test_days_stand_equally_far_apart_and_what_shares_a_column_is_counted() -> None:
    """Two days of August and one of October are three columns; 12 posts of a day are one mark."""
    august, october = date(2026, 8, 20), date(2026, 10, 31)
    news = some_news(
        *[(august, "Post", "OpenAI")] * 12,
        (date(2026, 8, 21), "Post", "OpenAI"),
        (october, "Post", "OpenAI"),
        (october, "Post", None),
    )
    figure = news_timeline(news, august, FOOTING).draw(Mode.LIGHT)
    (marks,) = figure.data
    assert list(marks.x) == [0, 1, 2]
    assert list(marks.text) == ["12", "", "2"]
    assert list(marks.marker.color[:2]) == [theme.colour_of("OpenAI", Mode.LIGHT)] * 2
    assert marks.marker.color[2] == theme.grey(Mode.LIGHT)
    assert list(figure.layout.xaxis.ticktext) == ["20<br>Aug", "21<br>", "31<br>Oct"]
    assert "and 6 more" in marks.hovertext[0]


@pytest.mark.parametrize(("apart", "unit"), [(1, "1d"), (3, "1d"), (4, "1w"), (20, "1mo"), (70, "1q")])
def test_many_days_share_columns(apart: int, unit: str) -> None:
    """Thirty days in a row are weeks, a year is months: a telephone has room for ten columns."""
    count = 9 if unit == "1d" else 14
    days = pl.Series([date(2026, 1, 1) + timedelta(days=apart * place) for place in range(count)])
    assert unit_of(days) == unit
    assert unit == "1q" or days.dt.truncate(unit).n_unique() <= MOST_COLUMNS


def test_plans_stand_in_their_months() -> None:
    """Where nothing happened on their day: a plan adds no column of a day."""
    days = [date(2026, 8, 20), date(2026, 8, 20), date(2026, 9, 3), date(2026, 9, 9), date(2026, 9, 30)]
    news = pl.DataFrame({"happened_on": days, "planned": [False, True, True, True, False]})
    placed = in_columns(news, "1d")
    assert placed["column"].to_list() == [0, 0, 1, 1, 2]
    columns = placed.select("starts", "is_month").unique(maintain_order=True)
    texts = tick_texts(columns["starts"].to_list(), columns["is_month"].to_list(), "1d")
    assert texts == ["20<br>Aug", "<br>Sep", "30<br>"]
    drawn = news_timeline(
        some_news((days[0], "Post", None), (days[2], "Shut-down", None)), days[0], FOOTING, PLANNED
    ).draw(Mode.LIGHT)
    assert "only earlier notices named" in drawn.layout.meta["subtitle"]
