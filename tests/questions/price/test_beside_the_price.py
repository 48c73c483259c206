"""What stands beside the price of a token once its sources are there: what is bought, what a GPU rents "
"for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Block, Folded, Heading, Paragraph, Table, every_block
from questions.price.bought import beside_the_price
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.small_home import fill
from tests.questions.asked import view_of

FIRST_WEEK, WEEKS = date(2026, 1, 5), 26
LAST_WEEK = FIRST_WEEK + timedelta(weeks=WEEKS - 1)
STAMP = {
    "source_id": "facts",
    "payload_sha256": "f" * 64,
    "observed_at": datetime(2025, 1, 1, tzinfo=UTC),
    "gone": False,
}
SHARES = {
    "gateway-spend-a": ("Dear, by Quokka: share of spending", 0.6),
    "gateway-spend-b": ("Cheap: share of spending", 0.1),
    "gateway-tokens-a": ("Dear, by Quokka: share of tokens", 0.1),
    "gateway-tokens-b": ("Cheap: share of tokens", 0.5),
}
RENT = "gpu-rent-weekly-nvidia-h100"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with shares on 30 days of June 2026, and half a year of weekly rents that do not move."""
    folder = tmp_path_factory.mktemp("bought")
    fill(folder)
    titles = {name: title for name, (title, _) in SHARES.items()} | {RENT: "Rent of one H100"}
    days = [date(2026, 6, 1) + timedelta(days=place) for place in range(30)]
    weeks = [FIRST_WEEK + timedelta(weeks=place) for place in range(WEEKS)]
    points = [(name, day, share) for name, (_, share) in SHARES.items() for day in days]
    points += [(RENT, week, 2.0) for week in weeks]
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        named = [STAMP | {"series_id": name, "title": title} for name, title in titles.items()]
        warehouse.insert("series", pl.DataFrame(named))
        rows = [
            STAMP | {"series_id": name, "valid_on": day, "valid_precision": "day", "value": value, "note": ""}
            for name, day, value in points
        ]
        warehouse.insert("series_point", pl.DataFrame(rows))
        publish(warehouse, folder / "snapshots")
    return folder


def said(blocks: tuple[Block, ...]) -> list[str]:
    """What paragraphs say."""
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_what_is_bought_stands_with_its_models(home: Path) -> None:
    """By the means of four weeks; each model has its shares and what its token costs beside the average."""
    blocks = beside_the_price(view_of(home))
    assert blocks[0] == Heading("What is bought, and what computing costs")
    assert said(blocks)[0].startswith(
        "**What is bought**, on Vercel's gateway from 2 June 2026 to 29 June 2026: "
    )
    assert isinstance(blocks[2], Folded)
    (table,) = (block for block in every_block(blocks) if isinstance(block, Table))
    assert table.rows.select("model", "price_class", "spending", "tokens").rows() == [
        ("Dear, by Quokka", "dear", pytest.approx(0.6), pytest.approx(0.1)),
        ("Cheap", "cheap", pytest.approx(0.1), pytest.approx(0.5)),
    ]


def test_half_a_year_of_rents_is_the_least_that_is_told(home: Path) -> None:
    """A week fewer says nothing."""
    told, untold = (
        said(beside_the_price(view_of(home, str(day)))) for day in (LAST_WEEK, LAST_WEEK - timedelta(days=1))
    )
    assert told[-1].startswith("**What computing costs**: ")
    assert "it hardly moved" in told[-1]
    assert not any("What computing costs" in text for text in untold)


def test_before_anything_is_known_nothing_stands_there(home: Path) -> None:
    """Not even a heading."""
    assert beside_the_price(view_of(home, "2026-01-31")) == ()
