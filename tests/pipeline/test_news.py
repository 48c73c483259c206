"""The table of news: what is new, what is only seen for the first time, and ids that survive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from analysis.news.item import GAP, When, between
from store.sql import query
from store.warehouse import Warehouse
from tests.homes.news_home import FIRST, LATE, NEW, OLD, OTHER, SECOND, happen


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    """A warehouse in which the readings of the home of news were taken in."""
    opened = Warehouse.in_memory()
    happen(opened)
    yield opened
    opened.close()


@pytest.fixture
def news(warehouse: Warehouse) -> pl.DataFrame:
    """The derived table."""
    return warehouse.frame("SELECT * FROM news ORDER BY ALL")


def test_each_kind_of_change_is_one_piece_of_news(news: pl.DataFrame) -> None:
    """A release, a cut, a record, a lead and a post, each with its days, its evidence and its source."""
    found = {(row["kind"], row["model_id"]): row for row in news.iter_rows(named=True)}
    assert {("model", NEW), ("price", OLD), ("record", NEW), ("leader", NEW), ("post", NEW)} <= set(found)
    cut, record = found["price", OLD], found["record", NEW]
    assert (cut["happened_after"], cut["happened_on"]) == (FIRST.date(), SECOND.date())
    assert (cut["before"], cut["after"]) == (37.5, 12.5)
    assert "cut the price of GPT-4 to $10" in cut["headline"]
    assert record["before"] == 0.5
    assert record["happened_after"] == date(2026, 8, 4)  # no score is older than its model
    for row in found.values():
        assert row["evidence"]
        assert row["source_id"]
        assert row["url"].startswith("https://")


def test_a_first_payload_and_one_after_a_gap_give_no_change_of_price(news: pl.DataFrame) -> None:
    """The list that was read once tells of a cut of its own, and the other cut lies in ten unread weeks."""
    prices = news.filter(kind="price")
    assert OTHER not in prices["model_id"]
    assert prices.filter(pl.col("happened_on") == LATE.date()).is_empty()


def test_what_came_with_a_first_payload_is_dated_and_late(news: pl.DataFrame) -> None:
    """A model's stated day is kept; nobody is told of it as if it had just happened."""
    late = dict(news.filter(kind="model").select("model_id", "is_late").iter_rows())
    assert late == {OLD: True, OTHER: True, NEW: False}


@pytest.mark.parametrize(
    ("model_id", "seller", "is_news"),
    [
        (f"{OLD}-fast", "host", False),
        (f"{OLD}-fast-us", "cloud", False),
        (f"{OLD}-fast", "maker", True),
        (f"{OLD}-pro", "host", True),
        ("unknown-fast", "host", True),
    ],
)
def test_a_hosts_quicker_way_of_serving_is_no_new_model(
    warehouse: Warehouse, model_id: str, seller: str, is_news: bool
) -> None:
    """What its maker does not sell, and what is named for its speed alone, is the model that is known."""
    for table in ("model", "release_evidence", "price_step"):
        of_old = warehouse.frame(f"SELECT * FROM {table} WHERE model_id = '{OLD}'")
        served = of_old.with_columns(model_id=pl.lit(model_id))
        if table == "price_step":
            served = served.with_columns(seller=pl.lit(seller), is_own=pl.lit(None, pl.Boolean))
        warehouse.insert(table, served)
    assert (model_id in warehouse.frame(query("news_models"))["model_id"]) is is_news


def test_ids_survive_a_rebuild_in_any_order(news: pl.DataFrame) -> None:
    """The same readings taken in backwards give the same rows with the same ids."""
    other = Warehouse.in_memory()
    happen(other, order=-1)
    assert other.frame("SELECT * FROM news ORDER BY ALL").equals(news)
    other.close()


def test_an_unchanged_reading_bounds_what_the_next_one_shows(warehouse: Warehouse) -> None:
    """A list that answered "not changed" two days before its change was read then: no gap, a short bound."""
    warehouse.replace(
        "sighting",
        pl.DataFrame(
            {
                "source_id": ["litellm-prices"],
                "url": ["https://litellm-prices.example/data"],
                "as_of": [SECOND],
                "payload_sha256": ["litellm-prices-0808".ljust(64, "0")],
                "first_seen_at": [SECOND],
                "last_seen_at": [LATE - timedelta(days=2)],
            }
        ),
    )
    read = warehouse.frame(
        "SELECT read_before FROM payload_read WHERE source_id = 'litellm-prices' AND as_of = $at",
        {"at": LATE},
    )
    assert read.item() == LATE - timedelta(days=2)


@pytest.mark.parametrize(
    ("read_before", "when"),
    [
        (None, None),
        (SECOND - GAP - timedelta(days=1), None),
        (SECOND - timedelta(days=7), When(FIRST.date(), SECOND.date())),
        (datetime(2026, 8, 8, 0, 0, tzinfo=UTC), When(date(2026, 8, 7), SECOND.date())),
    ],
)
def test_news_lies_between_two_readings_without_a_gap(
    read_before: datetime | None, when: When | None
) -> None:
    """The first reading, and one more than 31 days after the last, say what is and not what is new."""
    assert between(read_before, SECOND) == when


def test_a_score_is_not_older_than_its_model() -> None:
    """A model's own day bounds when its score came, however long the board was not read."""
    long_ago = SECOND - timedelta(days=90)
    assert between(long_ago, SECOND, date(2026, 8, 5)) == When(date(2026, 8, 4), SECOND.date())
