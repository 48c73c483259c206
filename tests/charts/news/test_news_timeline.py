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


@pytest.mark.parametrize(
    ("labels", "apart", "title"),
    [
        (["Price"], 0, "One change of one kind since 1 August 2026"),
        (["Price", "Post"], 0, "2 changes of 2 kinds since 1 August 2026"),
        (["Price", "Post"], 60, "2 changes of 2 kinds on 2 days since 1 August 2026"),
    ],
)
def test_the_title_counts_changes_and_kinds(labels: list[str], apart: int, title: str) -> None:
    """As many as there are rows; on how many days, since most of the span may have none."""
    days = [date(2026, 8, 1) + timedelta(days=apart * place) for place in range(len(labels))]
    news = pl.DataFrame({"label": labels, "headline": labels, "happened_on": days})
    chart = news_timeline(news, date(2026, 8, 1), FOOTING)
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


@pytest.mark.parametrize(
    ("unit", "days", "texts"),
    [
        (
            "1d",
            [date(2025, 8, 20), date(2025, 8, 21), date(2025, 10, 31), date(2026, 10, 1)],
            ["20<br>Aug", "21<br>", "31<br>Oct", "1<br>Oct"],
        ),
        (
            "1mo",
            [date(2025, 12, 9), date(2026, 1, 1), date(2026, 2, 3)],
            ["Dec<br>2025", "Jan<br>2026", "Feb<br>"],
        ),
    ],
)
def test_columns_stand_in_order_of_time_and_say_each_month_once(
    unit: str, days: list[date], texts: list[str]
) -> None:
    """However the rows are ordered; a month of another year is another one."""
    news = pl.DataFrame({"happened_on": [*days[::-1], days[0]]})
    placed = in_columns(news, unit)
    assert placed["column"].to_list() == [*reversed(range(len(days))), 0]
    columns = placed.select("column", "starts").unique().sort("column")
    assert tick_texts(columns["starts"].to_list(), unit) == texts
