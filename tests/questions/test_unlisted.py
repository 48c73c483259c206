"""Benchmarks that left their collection: since when, as of which day, in which words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from questions.trends.question import QUESTION as TRENDS
from questions.unlisted import gets_no_scores, of_unlisted, unlisted
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


def test_a_benchmark_is_unlisted_from_the_reading_on_that_lacks_it(tmp_path: Path) -> None:
    """Not on a day before, however well that is known today."""
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("benchmark", pl.DataFrame([LEFT]))
        publish(warehouse, tmp_path / "snapshots")
    assert unlisted(view_of(tmp_path)) == {"gpqa-diamond": date(2026, 9, 10)}
    assert unlisted(view_of(tmp_path, "2026-09-09")) == {}


def test_those_of_one_day_are_told_together() -> None:
    """Nothing is said where all are listed."""
    first, second = date(2026, 1, 20), date(2026, 4, 28)
    assert of_unlisted({}) == ""
    assert of_unlisted({"B": first, "C": second, "A": first}) == (
        "No longer listed by their source, so that no new scores come: on 20 January 2026 A and B; on "
        "28 April 2026 C."
    )


@pytest.mark.parametrize(
    ("last", "left", "said"),
    [
        (date(2026, 6, 1), None, ""),
        (
            date(2026, 6, 1),
            date(2026, 7, 2),
            "Its source listed this test no longer on 2 July 2026: no new scores come, and what newer models "
            "would reach is not known.",
        ),
        (
            date(2025, 3, 5),
            None,
            "No model released after 5 March 2025 was measured on this test, so what newer models would "
            "reach is not known.",
        ),
    ],
)
def test_one_that_gets_no_scores_says_so(last: date, left: date | None, said: str) -> None:
    """Of one that is still listed and measured nothing is said."""
    assert gets_no_scores(last, left, date(2026, 7, 31)) == said


def test_trends_says_it_of_the_chosen_benchmark_alone(tmp_path: Path) -> None:
    """In place of models that had no score "yet"; of an index that no list holds nothing is said."""
    fill_growth(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("benchmark", pl.DataFrame([LEFT]))
        publish(warehouse, tmp_path / "snapshots")
    caveat = ask(TRENDS, tmp_path, series="benchmark").caveat
    assert caveat.startswith("Its source listed this test no longer on 10 September 2026: no new scores come")
    assert "no score yet" not in caveat
    assert "listed" not in ask(TRENDS, tmp_path).caveat
