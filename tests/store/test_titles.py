"""Names of benchmarks as readers meet them, whatever a source calls them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from store.warehouse import Warehouse

EARLY, LATE = datetime(2025, 11, 1, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "benchmark_id", "shown"),
    [
        ("FrontierMath-Tier-4-v2-Private", "x", "FrontierMath Tier 4 v2 Private"),
        ("FrontierMath-Tiers-1-3-v2-Private", "x", "FrontierMath Tiers 1-3 v2 Private"),
        ("ARC-AGI-3", "x", "ARC-AGI-3"),
        ("LiveBench 2025-12-23: Agentic-Coding", "x", "LiveBench 2025-12-23: Agentic-Coding"),
        (None, "arena-vision-english", "Arena vision english"),
    ],
)
def test_a_benchmark_is_called_by_words(
    warehouse: Warehouse, given: str | None, benchmark_id: str, shown: str
) -> None:
    """The hyphens of a file's name are none; a name that has its own keeps them."""
    asked = {"given": given, "id": benchmark_id}
    told = warehouse.frame("SELECT benchmark_title($given, $id) AS title", asked)
    assert told["title"].item() == shown


def test_a_description_without_a_name_takes_none_away(warehouse: Warehouse) -> None:
    """Epoch's later archive leaves out the names of some benchmarks that its first one gave."""

    def described(at: datetime, title: str | None) -> dict[str, Any]:
        return {
            "benchmark_id": "factorio-lab",
            "title": title,
            "unit": "fraction",
            "source_id": "epoch",
            "payload_sha256": "a" * 64,
            "observed_at": at,
            "gone": False,
        }

    rows = [described(EARLY, "Factorio Learning Environment"), described(LATE, None)]
    warehouse.insert("benchmark", pl.DataFrame(rows, infer_schema_length=None))
    told = warehouse.frame("SELECT title FROM benchmark_at($at::TIMESTAMPTZ)", {"at": LATE})
    assert told["title"].to_list() == ["Factorio Learning Environment"]


@pytest.mark.parametrize(
    ("gone", "left_on"),
    [
        ({}, None),
        ({"epoch": LATE}, None),
        ({"epoch": LATE, "board": EARLY}, date(2026, 1, 20)),
    ],
    ids=["listed by both", "by one of them", "by none"],
)
def test_a_description_stands_when_its_sources_list_the_benchmark_no_more(
    warehouse: Warehouse, gone: dict[str, datetime], left_on: date | None
) -> None:
    """Its scores stand, too; the day is that of the last source that let go of it."""
    first = datetime(2025, 6, 1, tzinfo=UTC)
    stamp = {"benchmark_id": "bash", "payload_sha256": "a" * 64}
    told = [
        {**stamp, "source_id": name, "title": "Bash only", "observed_at": first, "gone": False}
        for name in ("epoch", "board")
    ]
    told += [
        {**stamp, "source_id": name, "title": None, "observed_at": at, "gone": True}
        for name, at in gone.items()
    ]
    warehouse.insert("benchmark", pl.DataFrame(told, infer_schema_length=None))
    asked = "SELECT title, left_on FROM benchmark_at($at::TIMESTAMPTZ)"
    assert warehouse.frame(asked, {"at": LATE}).rows() == [("Bash only", left_on)]
    before = warehouse.frame(asked, {"at": first})
    assert before.rows() == [("Bash only", None)]
