"""Which days of news are shown, and what of them stands open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from questions.answer import Entries, Folded, every_block
from questions.news.question import (
    MOST_DAYS_DRAWN,
    MOST_OF_A_KIND,
    MOST_OF_A_WEIGHTY_KIND,
    QUESTION,
    WEIGHTY,
    _are_open,
    first_day,
    makers_to_choose,
)
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.questions.asked import ask, headings, view_of, words

LAST = date(2026, 8, 30)


def piece(place: int, on: date, kind: str = "price", maker: str = "Meta") -> dict[str, Any]:
    """A piece of news that became known on its day."""
    return {
        "news_id": f"n{place}",
        "kind": kind,
        "happened_on": on,
        "known_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        "is_late": False,
        "headline": f"News {place:02}.",
        "organization": maker,
        "evidence": "day stated",
        "source_id": "litellm-prices",
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a price change a day on 42 days, and on the last day five prices, records and releases."""
    folder = tmp_path_factory.mktemp("days")
    fill_growth(folder)
    pieces = [piece(place, LAST - timedelta(days=place)) for place in range(MOST_DAYS_DRAWN + 2)]
    pieces += [piece(50 + place, LAST) for place in range(MOST_OF_A_KIND)]
    pieces += [piece(60 + place, LAST, "record", "xAI") for place in range(MOST_OF_A_KIND + 1)]
    pieces += [piece(70 + place, LAST, "software", "xAI") for place in range(MOST_OF_A_KIND + 1)]
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("news", pl.DataFrame(pieces))
        publish(warehouse, folder / "snapshots")
    return folder


def test_four_of_a_kind_and_a_day_stand_open_and_all_prices(home: Path) -> None:
    """By their headlines, the weightier kind first; the rest is folded and counted."""
    answer = ask(QUESTION, home)
    blocks = answer.blocks
    opened = next(block for block in blocks if isinstance(block, Entries) and block.name == f"news-{LAST}")
    assert [entry.text for entry in opened.entries] == [
        *("News 00.", "News 50.", "News 51.", "News 52.", "News 53."),
        *("News 60.", "News 61.", "News 62.", "News 63."),
        *("News 70.", "News 71.", "News 72.", "News 73."),
    ]
    folded = next(block for block in blocks if isinstance(block, Folded))
    assert folded.title == "1 more record and 1 more software release"
    (rest,) = (block for block in every_block(folded.blocks) if isinstance(block, Entries))
    assert [entry.text for entry in rest.entries] == ["News 64.", "News 74."]


@pytest.mark.parametrize("kind", WEIGHTY)
def test_no_release_of_software_stands_open_where_weightier_news_are_folded(kind: str) -> None:
    """Of a day on which a list shows more new models than a page has room for."""
    many = [kind] * (MOST_OF_A_WEIGHTY_KIND + 1) + ["software"]
    assert _are_open(many) == [True] * MOST_OF_A_WEIGHTY_KIND + [False, False]
    assert all(_are_open(many[1:]))


def test_forty_days_stand_on_the_page(home: Path) -> None:
    """Older ones in the table of the chart only, which holds all."""
    answer = ask(QUESTION, home, days="90", maker="Meta")
    days = [text for text in headings(answer) if "2026" in text]
    assert len(days) == MOST_DAYS_DRAWN
    assert "2 older changes stand in the table of the chart below." in words(answer)
    fewer = ask(QUESTION, home, days="30", maker="Meta")
    assert len([text for text in headings(fewer) if "2026" in text]) == 30
    assert "older change" not in words(fewer)


def test_makers_of_most_news_of_late_stand_first(home: Path) -> None:
    """Those of the last ninety days with evidence before all."""
    names = [option.value for option in makers_to_choose(view_of(home), {})]
    assert names == ["Meta", "xAI", "OpenAI"]


@pytest.mark.parametrize(
    ("known_after", "days", "begins"),
    [
        ((0, 0, 0), 1, date(2026, 8, 3)),
        ((0, 0, 0), 2, date(2026, 8, 2)),
        ((0, 0, -1), 1, date(2026, 8, 2)),
        ((1, 0, -1), 9, date(2026, 8, 1)),
        ((-1, -1, -1), 1, date(2026, 8, 3)),
    ],
    ids=["the last", "two", "not beforehand", "all there are", "none but beforehand"],
)
def test_a_day_has_evidence_where_something_became_known_on_it_or_later(
    known_after: tuple[int, ...], days: int, begins: date
) -> None:
    """A notice beforehand is none, unless there is nothing else."""
    on = [date(2026, 8, place) for place in (1, 2, 3)]
    at = [
        datetime(2026, 8, place, 23, tzinfo=UTC) + timedelta(days=after)
        for place, after in zip((1, 2, 3), known_after, strict=True)
    ]
    assert first_day(pl.DataFrame({"happened_on": on, "known_at": at}), days) == begins


def test_nothing_begins_on_no_day() -> None:
    """The last day there is stands for it."""
    nothing = pl.DataFrame(schema={"happened_on": pl.Date, "known_at": pl.Datetime(time_zone="UTC")})
    assert first_day(nothing, 7) == date.max
