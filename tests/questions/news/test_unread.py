"""Which sources of news were read when, and which models a list showed without being news."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.news.question import known_news
from questions.news.unread import Readings, readings
from tests.homes.news_home import fill_news
from tests.questions.asked import view_of

NOTHING_READ = pl.DataFrame(schema={"kind": pl.String, "read_on": pl.Date})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board and a price list read on 1 and 8 August 2026, the list again on 20 October."""
    folder = tmp_path_factory.mktemp("unread")
    fill_news(folder)
    return folder


def days(home: Path, kind: str) -> list[tuple[date, bool]]:
    """The readings of a kind as of September, the newest first."""
    view = view_of(home)
    known = readings(view, known_news(view)[1]).known.filter(pl.col("kind") == kind)
    return list(known.select("read_on", "tells").iter_rows())


@pytest.mark.parametrize("kind", ["leader", "price", "low"])
def test_a_first_reading_tells_no_news_and_the_next_one_does(home: Path, kind: str) -> None:
    """One within 31 days of another says what is new; one after the day asked for is not known."""
    assert days(home, kind) == [(date(2026, 8, 8), True), (date(2026, 8, 1), False)]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""),
        ((1,), "1 model was first seen on 20 August 2026, in a list"),
        ((1, 2), "3 models were first seen on 2 days up to 21 August 2026, in a list"),
    ],
)
def test_models_without_news_are_counted_with_their_day(numbers: tuple[int, ...], said: str) -> None:
    """Of the span only, from the day after its beginning to its end."""
    seen = [
        date(2026, 8, 19),
        *(date(2026, 8, 20 + place) for place in range(len(numbers))),
        date(2026, 9, 1),
    ]
    silent = pl.DataFrame({"seen_on": seen, "models": [7, *numbers, 9]})
    told = Readings(NOTHING_READ, silent).silent_models(date(2026, 8, 19), date(2026, 8, 31))
    assert told.startswith(said)
    assert bool(told) == bool(numbers)
