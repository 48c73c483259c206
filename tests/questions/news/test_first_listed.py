"""Many models that are first listed on one day are one entry; each stands alone in the fold below."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Entries, Folded, every_block
from questions.news.first_listed import together
from questions.news.question import QUESTION
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.questions.asked import ask

DAY = date(2026, 8, 30)


def rows(*models: tuple[str, str], url: str | None = "https://example.org") -> pl.DataFrame:
    """Models by maker, listed for the first time by one list."""
    return pl.DataFrame(
        [
            {"model": model, "organization": maker, "evidence": "A list", "source_id": "list", "url": url}
            for model, maker in models
        ]
    )


def test_models_are_told_by_maker_in_their_order() -> None:
    """All are named where they are few, with what they share."""
    found = together(rows(("A", "One"), ("B", "Two"), ("C", "Two")))
    assert found.text == "3 models are listed for the first time: A by One; B and C by Two."
    assert (found.note, found.url) == ("A list.", "https://example.org")


def test_so_many_that_nobody_reads_all_names_are_counted() -> None:
    """Three of a maker and six makers are named; lists that differ are counted."""
    many = rows(*((f"M{place}", "One") for place in range(12)))
    assert together(many).text.endswith("time: M0, M1, M2 and 9 more by One.")
    makers = together(rows(*((f"M{place}", f"Maker {place}") for place in range(9)))).text
    assert makers.endswith("M5 by Maker 5; 3 more by others.")
    apart = many.with_columns(
        pl.int_range(12).cast(pl.String).alias("evidence"), pl.Series("source_id", ["a", "b"] * 6)
    )
    assert together(apart).note == "From 2 lists."


@pytest.mark.parametrize(("number", "is_one"), [(2, False), (3, True)])
def test_three_models_of_a_day_stand_together(tmp_path: Path, number: int, is_one: bool) -> None:
    """Between what is weightier and what is lighter; below them each alone."""
    fill_growth(tmp_path)
    kinds = ["leader", *["model"] * number, "price"]
    news = [
        {
            "news_id": f"n{place}",
            "kind": kind,
            "happened_on": DAY,
            "known_at": datetime(2026, 8, 30, 12, tzinfo=UTC),
            "is_late": False,
            "headline": f"M{place} by Meta is listed for the first time." if kind == "model" else "Other.",
            "organization": "Meta",
            "model_id": f"m{place}",
            "evidence": "seen",
            "source_id": "litellm-prices",
        }
        for place, kind in enumerate(kinds)
    ]
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("news", pl.DataFrame(news))
        publish(warehouse, tmp_path / "snapshots")
    blocks = ask(QUESTION, tmp_path, maker="Meta").blocks
    first = next(block for block in blocks if isinstance(block, Entries))
    labels = [entry.label for entry in first.entries]
    assert labels == ["New leader", *(["New models"] if is_one else ["New model"] * number), "Price"]
    folds = [
        block for block in blocks if isinstance(block, Folded) and block.title.startswith("The 3 models")
    ]
    assert len(folds) == is_one
    alone = [block for fold in folds for block in every_block(fold.blocks) if isinstance(block, Entries)]
    assert sum(len(block.entries) for block in alone) == (3 if is_one else 0)
