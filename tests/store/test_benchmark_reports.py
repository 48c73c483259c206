"""Who publishes the scores of a benchmark: each source with the models that are its own to tell."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from store.sql import query
from store.warehouse import Warehouse

KNOWN = datetime(2026, 7, 1, tzinfo=UTC)
REPEATS = "epoch-eci-benchmarks"


def said(source: str, model: str, benchmark: str) -> dict[str, object]:
    """One score of a model, as a source has it."""
    return {
        "benchmark_id": benchmark,
        "score": 0.5,
        "unit": "fraction",
        "setting": "",
        "reported_by": "independent",
        "source_id": source,
        "model_name": model,
        "observed_at": KNOWN,
        "payload_sha256": "a" * 64,
        "gone": False,
    }


def test_a_list_that_repeats_counts_with_what_it_alone_has(warehouse: Warehouse) -> None:
    """So that the counts of a benchmark's sources leave out none of the models that the tables count."""
    scores = [
        said("board", "one", "gpqa"),
        said(REPEATS, "one", "gpqa"),
        said(REPEATS, "two", "gpqa"),
        said(REPEATS, "one", "alone"),
    ]
    alias = {"kind": "dated", "rule": "exact"}
    warehouse.insert(
        "model_alias",
        pl.DataFrame(
            [
                alias | {"model_name": name, "model_id": name, "source_id": source}
                for name in ("one", "two")
                for source in ("board", REPEATS)
            ]
        ),
    )
    warehouse.insert("score", pl.DataFrame(scores))
    found = warehouse.frame(query("benchmark_reports"), {"as_of": KNOWN})
    assert found.select("benchmark_id", "source_id", "models").rows() == [
        ("alone", REPEATS, 1),
        ("gpqa", "board", 1),
        ("gpqa", REPEATS, 1),
    ]
