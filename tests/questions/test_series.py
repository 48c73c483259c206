"""Points of series: what is counted over a time is shown when that is over, as its precision says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from questions.series import read_later, series
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.questions.asked import view_of

SEEN = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "starts_on", "ends_on"),
    [
        ("day", date(2026, 3, 5), date(2026, 3, 5)),
        ("month", date(2026, 3, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("quarter", date(2026, 1, 26), date(2026, 4, 25)),
        ("year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_figure_is_shown_when_its_time_is_over(
    tmp_path: Path, precision: str, starts_on: date, ends_on: date
) -> None:
    """By its precision alone: words of a title and names of series say nothing of it."""
    _publish(tmp_path, {"valid_on": starts_on, "valid_precision": precision})
    day_before = date.fromordinal(ends_on.toordinal() - 1)
    assert series(view_of(tmp_path, day_before.isoformat()), "sec-%").is_empty()
    assert series(view_of(tmp_path, ends_on.isoformat()), "sec-%").height == 1


@pytest.mark.parametrize(("known", "says"), [([True, True], False), ([True, False], True), ([], False)])
def test_figures_that_became_known_later_are_said_to_be(known: list[bool], says: bool) -> None:
    """One that the archive did not know then is enough."""
    said = read_later(pl.Series(known, dtype=pl.Boolean))
    assert said.startswith("The archive does not reach back to this date") is says
    assert bool(said) is says


def _publish(home: Path, point: dict[str, object]) -> None:
    said = {"source_id": "sold", "payload_sha256": "f" * 64, "observed_at": SEEN, "gone": False}
    said |= {"series_id": "sec-sold-quarter"}
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        source = {"source_id": "sold", "title": "Sold", "licence": "CC0"}
        warehouse.insert("source", pl.DataFrame([source]))
        named = said | {"title": "Sold in a quarter", "topic": "money", "unit": "USD a quarter"}
        warehouse.insert("series", pl.DataFrame([named]))
        warehouse.insert("series_point", pl.DataFrame([said | point | {"value": 1.0, "note": ""}]))
        publish(warehouse, home / "snapshots")
