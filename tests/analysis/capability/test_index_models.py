"""Which rows count as models of a capability index: none twice, none before its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy.stats import spearmanr

from analysis.trends.scurve import CurveVerdict, compare_curves
from analysis.trends.trend import frontier_trend
from analysis.trends.verdicts import TrendVerdict
from store.snapshot import Snapshot
from store.sql import query
from store.warehouse import open_warehouse
from tests.places import SHARED

recordings = [
    pytest.mark.recordings,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside this checkout"),
]
FIRST, LATER = datetime(2026, 7, 17, tzinfo=UTC), datetime(2026, 8, 4, tzinfo=UTC)

# model_id, kind, released_on, how its release day is known
MODELS = (
    ("pro-base", "undated", date(2024, 3, 1), "curated"),
    ("pro-chat", "undated", date(2024, 4, 1), "curated"),
    ("flash-05", "dated", date(2024, 5, 1), "change log"),
    ("flash-09", "dated", date(2024, 9, 1), "change log"),
    ("moving", "alias", date(2024, 1, 1), "first version"),
    ("nobody-says", "undated", date(2025, 11, 1), "leaderboard first seen"),
)
VALUES = {
    "pro-base": 120.0,
    "pro-chat": 120.0,
    "flash-05": 122.5,
    "flash-09": 130.4,
    "moving": 146.6,
    "nobody-says": 118.0,
}

# A board of two days: all ratings fell, and one model is no longer on it.
RATINGS = (
    (date(2026, 7, 1), "pro-base", 1500.0),
    (date(2026, 7, 1), "flash-05", 1450.0),
    (date(2026, 8, 1), "pro-base", 1480.0),
    (date(2026, 8, 1), "flash-09", 1490.0),
)


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    """Ask a query of a small warehouse: two lists of Epoch's, the second of them newer and a point higher."""
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _tables().items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        yield lambda name, **given: warehouse.frame(query(name), given)


def _tables() -> dict[str, list[dict[str, Any]]]:
    lists = (("epoch-benchmarks", FIRST, 0.0), ("epoch-benchmarked-models", LATER, 1.0))
    return {
        "model": [_model(*row) for row in MODELS],
        "model_alias": [
            {"source_id": source, "model_name": name, "model_id": name, "rule": "test", "kind": kind}
            for source, _, _ in lists
            for name, kind, _, _ in MODELS
        ],
        "score": [
            _score(source, at, name, value + shift)
            for source, at, shift in lists
            for name, value in VALUES.items()
        ]
        + [_score("epoch-benchmarks", LATER, name, rating, "board", day) for day, name, rating in RATINGS],
        "capability_index": [
            {"model_id": name, "capability": value, "low": value - 1, "high": value + 1, "n_benchmarks": 5}
            for name, value in VALUES.items()
        ],
    }


def _model(model_id: str, kind: str, released_on: date, basis: str) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": model_id,
        "organization": "Maker",
        "family": model_id,
        "kind": kind,
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": basis,
    }


def _score(
    source_id: str,
    at: datetime,
    name: str,
    value: float,
    benchmark_id: str = "epoch-eci",
    valid_on: date | None = None,
) -> dict[str, Any]:
    return {
        "model_name": name,
        "benchmark_id": benchmark_id,
        "valid_on": valid_on,
        "setting": "",
        "score": value,
        "unit": "points",
        "reported_by": "independent",
        "source_id": source_id,
        "payload_sha256": "a" * 64,
        "observed_at": at,
        "gone": False,
    }


def test_a_value_that_stands_at_two_names_is_one_model(ask: Any) -> None:
    """Epoch fits one value per model: base and chat share it, and count once, from the earlier day."""
    found = ask("published_index_over_time", as_of=FIRST)
    assert found.filter(pl.col("model_id").str.starts_with("pro"))["model_id"].to_list() == ["pro-base"]


def test_a_later_version_is_not_seen_before_its_day(ask: Any) -> None:
    """A version with a value of its own stays a model of its own; the first does not inherit its value."""
    found = ask("published_index_over_time", as_of=FIRST).sort("released_on")
    flash = found.filter(pl.col("model_id").str.starts_with("flash"))
    assert flash.select("released_on", "value").rows() == [
        (date(2024, 5, 1), 122.5),
        (date(2024, 9, 1), 130.4),
    ]


@pytest.mark.parametrize("name", ["published_index_over_time", "published_index_by_month", "index_for_trend"])
def test_moving_names_and_unstated_days_are_left_out(ask: Any, name: str) -> None:
    """A name that moves carries a later model's value; a day on which a list first showed a model is none."""
    given = {"as_of": LATER} if "$as_of" in query(name) else {}
    assert not {"moving", "nobody-says"} & set(ask(name, **given)["model_id"])


def test_the_list_that_was_updated_last_speaks(ask: Any) -> None:
    """Points of two lists are never mixed: each day reads one whole list."""
    for at, source, best in ((FIRST, "epoch-benchmarks", 130.4), (LATER, "epoch-benchmarked-models", 131.4)):
        found = ask("published_index_over_time", as_of=at)
        assert found["source_id"].unique().to_list() == [source]
        assert found["value"].max() == pytest.approx(best)
    by_month = ask("published_index_by_month")
    assert by_month["known_on"].unique().to_list() == [date(2026, 7, 31)]
    assert by_month["value"].max() == pytest.approx(130.4)


def test_ratings_of_two_days_never_stand_in_one_line(ask: Any) -> None:
    """A rating is fitted anew each day: only the newest board counts, not each model's best day."""
    given = {"benchmark": "board", "as_of": LATER, "on": LATER.date(), "cost": "none"}
    found = ask("scores_of_benchmark", **given)
    assert dict(found.select("model_id", "value").iter_rows()) == {"pro-base": 1480.0, "flash-09": 1490.0}


class TestRecorded:
    """The recordings, by our own resolution and headline rules."""

    pytestmark = recordings

    @pytest.mark.long
    def test_our_index_ranks_models_as_the_published_one(self, snapshot: Snapshot) -> None:
        """From our own warehouse: Spearman at least 0.99 over the models that both name."""
        own = snapshot.select(query("index_over_time"), {}).select("model_id", "value")
        sql = (
            "SELECT model_id, max(score) AS published FROM score_at($as_of) "
            "WHERE benchmark_id = 'epoch-eci' AND source_id = 'epoch-benchmarks' GROUP BY model_id"
        )
        both = own.join(snapshot.select(sql, {"as_of": LATER}), on="model_id")
        assert both.height >= 180
        assert spearmanr(both["value"], both["published"])[0] >= 0.99
        assert (both["value"] - both["published"]).abs().median() <= 1.0

    def test_the_published_index_climbs_steadily_in_the_warehouse_too(self, snapshot: Snapshot) -> None:
        """By our dates and identities: 14.2 points a year, the verdict is that of Epoch's own file."""
        models = snapshot.select(query("published_index_over_time"), {"as_of": LATER})
        assert not models["model_id"].is_duplicated().any()
        newest: date = models["released_on"].max()  # type: ignore[assignment]  # a column of dates
        found = frontier_trend(models, newest)
        assert found.slopes is not None
        assert found.slopes.recent.value == pytest.approx(14.2, abs=0.7)
        assert 180 <= found.n <= 205
        assert found.verdict is TrendVerdict.STEADY

    @pytest.mark.parametrize("name", ["published_index_over_time", "index_for_trend"])
    def test_no_ceiling_of_an_index_is_told(self, snapshot: Snapshot, name: str) -> None:
        """Saturating curves fit as well here and there, but could not have been used to look a year ahead."""
        found = compare_curves(snapshot.select(query(name), {"as_of": LATER}))
        assert found.verdict is not CurveVerdict.SATURATING
        assert all(candidate.ceiling is None for candidate in found.candidates)
