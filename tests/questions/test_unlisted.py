"""Benchmarks that left their collection: since when, as of which day, in which words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from questions.trends.question import QUESTION as TRENDS
from questions.unlisted import of_benchmark, of_unlisted, unlisted
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.homes.small_home import SCORES, fill
from tests.questions.asked import ask, view_of

LEFT = {
    "benchmark_id": "gpqa-diamond",
    "source_id": SCORES,
    "payload_sha256": "g" * 64,
    "observed_at": datetime(2026, 9, 10, tzinfo=UTC),
    "gone": True,
}


def publish_with(home: Path, **rows: dict[str, Any]) -> None:
    """The home with one more row of each of these tables."""
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, row in rows.items():
            warehouse.insert(table, pl.DataFrame([row]))
        publish(warehouse, home / "snapshots")


def test_a_benchmark_is_unlisted_from_the_reading_on_that_lacks_it(tmp_path: Path) -> None:
    """Not on a day before, however well that is known today."""
    fill(tmp_path)
    publish_with(tmp_path, benchmark=LEFT)
    assert unlisted(view_of(tmp_path)) == {"gpqa-diamond": date(2026, 9, 10)}
    assert unlisted(view_of(tmp_path, "2026-09-09")) == {}


def test_those_of_one_day_are_told_together() -> None:
    """Nothing is said where all are listed."""
    first, second = date(2026, 1, 20), date(2026, 4, 28)
    assert of_unlisted({}) == ""
    assert of_unlisted({"B": first, "C": second, "A": first}) == (
        "No longer listed by their source, so that no new scores come: A and B, as read on 20 January 2026; "
        "C, as read on 28 April 2026."
    )
    assert of_unlisted({"C": second}).startswith("No longer listed by its source,")


def test_a_chosen_benchmark_that_is_listed_no_more_is_told(tmp_path: Path) -> None:
    """From the reading on that lacks it; nothing is said while it goes on."""
    fill(tmp_path)
    publish_with(tmp_path, benchmark=LEFT)
    assert of_benchmark(view_of(tmp_path), "gpqa-diamond") == (
        "GPQA diamond is no longer listed by its source, as read on 10 September 2026: no new scores come, "
        "and what newer models would reach is not known."
    )
    assert of_benchmark(view_of(tmp_path, "2026-09-09"), "gpqa-diamond") == ""
    assert of_benchmark(view_of(tmp_path), "capability-index") == ""


def test_a_chosen_benchmark_that_newer_models_do_not_sit_is_told(tmp_path: Path) -> None:
    """Newer than its own by more than a year; measured against the models scored on anything by the day."""
    fill(tmp_path)
    old = {name: value for name, value in LEFT.items() if name != "gone"} | {"benchmark_id": "old-test"}
    benchmark = old | {"title": "Old test", "unit": "fraction", "valid_on": date(2023, 1, 1), "gone": False}
    score = old | {
        "model_name": "o1",
        "score": 0.5,
        "unit": "fraction",
        "reported_by": "independent",
        "gone": False,
        "observed_at": datetime(2025, 1, 1, tzinfo=UTC),
    }
    publish_with(tmp_path, benchmark=benchmark, score=score)
    assert of_benchmark(view_of(tmp_path), "old-test") == (
        "The newest model with a score on Old test is of December 2024: newer ones are not measured on it, "
        "and what they would reach is not known."
    )
    assert of_benchmark(view_of(tmp_path, "2025-12-31"), "old-test") == ""
    assert of_benchmark(view_of(tmp_path), "gpqa-diamond") == ""


def test_trends_says_it_of_the_chosen_benchmark_alone(tmp_path: Path) -> None:
    """In place of models that had no score "yet"; of an index that no list holds nothing is said."""
    fill_growth(tmp_path)
    publish_with(tmp_path, benchmark=LEFT)
    caveat = ask(TRENDS, tmp_path, series="benchmark").caveat
    assert caveat.startswith("GPQA diamond is no longer listed by its source, as read on 10 September 2026")
    assert "no score yet" not in caveat
    assert "listed" not in ask(TRENDS, tmp_path).caveat
