"""The headline score of a model on a benchmark: one rule, whichever question asks, in whichever store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from store.sql import query
from store.warehouse import Warehouse, open_warehouse
from tests.homes.doubtful_home import fill_doubtful
from tests.homes.judged_home import fill_judged
from tests.homes.small_home import fill

KNOWN = datetime(2026, 7, 1, tzinfo=UTC)
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def said(benchmark: str, score: float, **other: Any) -> dict[str, Any]:
    """One statement of one model's score."""
    return {
        "benchmark_id": benchmark,
        "score": score,
        "unit": "fraction",
        "setting": "",
        "reported_by": "independent",
        "source_id": "a",
        "model_name": "m",
        "observed_at": KNOWN,
        "payload_sha256": "a" * 64,
        "gone": False,
    } | other


@pytest.fixture
def known(warehouse: Warehouse) -> Warehouse:
    """A warehouse that knows one model, by two sources, and a benchmark on which the lowest is the best."""
    alias = {"model_name": "m", "model_id": "m", "kind": "dated", "rule": "exact"}
    warehouse.insert("model_alias", pl.DataFrame([alias | {"source_id": name} for name in "ab"]))
    warehouse.insert(
        "model", pl.DataFrame([{"model_id": "m", "kind": "dated", "released_on": date(2026, 1, 1)}])
    )
    low = said("hallucinations", 0.0) | {"title": "Hallucinations", "higher_is_better": False}
    columns = [
        "benchmark_id",
        "title",
        "unit",
        "higher_is_better",
        "source_id",
        "observed_at",
        "payload_sha256",
    ]
    warehouse.insert("benchmark", pl.DataFrame([low]).select(*columns, "gone"))
    return warehouse


def headline(warehouse: Warehouse, *rows: dict[str, Any]) -> dict[str, float]:
    """The headline score of the model on each benchmark, of these statements."""
    warehouse.insert("score", pl.DataFrame(list(rows), infer_schema_length=None))
    found = warehouse.frame(query("headline_scores"), {"as_of": NOW})
    assert found["model_id"].unique().to_list() == ["m"]
    return dict(found.select("benchmark_id", "score").iter_rows())


def test_it_is_the_best_over_settings_of_independent_measurements(known: Warehouse) -> None:
    """A vendor's own higher score gives way; where low is good the lowest is the best."""
    found = headline(
        known,
        said("gpqa", 0.7, setting="low"),
        said("gpqa", 0.8, setting="high"),
        said("gpqa", 0.9, setting="own", reported_by="vendor"),
        said("hallucinations", 0.05, setting="long"),
        said("hallucinations", 0.02, setting="short"),
    )
    assert found == {"gpqa": 0.8, "hallucinations": 0.02}


def test_of_ratings_the_newest_board_counts_not_the_highest(known: Warehouse) -> None:
    """A board is fitted anew at each update: an old higher rating is of another scale."""
    old = said("arena", 1400.0, unit="points", valid_on=date(2025, 1, 1))
    new = said("arena", 1350.0, unit="points", valid_on=date(2026, 6, 1))
    assert headline(known, old, new) == {"arena": 1350.0}


def test_the_original_comes_before_a_list_that_repeats_it(known: Warehouse) -> None:
    """A list may have rescaled what it repeats, even upwards."""
    alias = {"source_id": "epoch-eci-benchmarks", "model_name": "m", "model_id": "m", "kind": "dated"}
    known.insert("model_alias", pl.DataFrame([alias]))
    repeated = said("frontier", 0.9, source_id="epoch-eci-benchmarks")
    assert headline(known, said("frontier", 0.6), repeated) == {"frontier": 0.6}


def test_the_index_takes_the_same_score_among_those_of_its_source(known: Warehouse) -> None:
    """Epoch's own collection only, and of it the independent measurement before the vendor's higher one."""
    epoch = {"source_id": "epoch-benchmarks"}
    bench = {"title": "GPQA", "random_baseline": 0.25, "ceiling": 1.0, "higher_is_better": True}
    row = said("gpqa", 0.0, **epoch) | bench
    kept = [*bench, "benchmark_id", "unit", "source_id", "observed_at", "payload_sha256", "gone"]
    known.insert("benchmark", pl.DataFrame([row]).select(kept))
    alias = {"source_id": "epoch-benchmarks", "model_name": "m", "model_id": "m", "kind": "dated"}
    known.insert("model_alias", pl.DataFrame([alias]))
    rows = [
        said("gpqa", 0.7, setting="high", **epoch),
        said("gpqa", 0.9, setting="own", reported_by="vendor", **epoch),
        said("gpqa", 0.8),
    ]
    known.insert("score", pl.DataFrame(rows, infer_schema_length=None))
    entered = known.frame(query("scores_for_the_index"), {"as_of": NOW})
    assert entered.select("model_id", "benchmark_id", "score").rows() == [("m", "gpqa", 0.7)]


@pytest.mark.parametrize("fill_home", [fill, fill_doubtful, fill_judged], ids=lambda fill: fill.__name__)
def test_the_page_of_a_model_and_that_of_a_benchmark_state_the_same(fill_home: Any, tmp_path: Path) -> None:
    """On every benchmark of a home each pair of model and benchmark has one headline score."""
    fill_home(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        known = warehouse.frame(
            "SELECT model_id FROM model WHERE released_on IS NOT NULL ORDER BY released_on"
        )
        models = known["model_id"].gather_every(known.height // 20 + 1).to_list()
        of_models = {
            (row["model_id"], row["benchmark_id"]): row["score"]
            for row in warehouse.frame(query("headline_scores"), {"as_of": NOW}).iter_rows(named=True)
            if row["model_id"] in models
        }
        benchmarks = warehouse.frame("SELECT DISTINCT benchmark_id FROM score")["benchmark_id"]
        asked = {"as_of": NOW, "on": date(2100, 1, 1), "cost": "none"}
        of_benchmarks = {
            (row["model_id"], benchmark): row["value"]
            for benchmark in benchmarks
            for row in warehouse.frame(
                query("scores_of_benchmark"), {"benchmark": benchmark} | asked
            ).iter_rows(named=True)
            if row["model_id"] in models
        }
    assert of_models == of_benchmarks
    assert len(of_models) > 1
