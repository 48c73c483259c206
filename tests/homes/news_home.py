"""A home in which things happen: two readings of boards and a price list a week apart, one after a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline import derive
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse, open_warehouse
from tests.once import home_copied

SCORES, PRICES, ONCE, POSTS = "epoch-benchmarks", "litellm-prices", "model-prices", "feed-anthropic-news"
FIRST, SECOND, LATE = (datetime(2026, *day, tzinfo=UTC) for day in ((8, 1), (8, 8), (10, 20)))
OLD, NEW, OTHER = "gpt-4-0314", "claude-new", "other-model"
_READ: Final = (
    (SCORES, FIRST),
    (SCORES, SECOND),
    (PRICES, FIRST),
    (PRICES, SECOND),
    (PRICES, LATE),
    (ONCE, SECOND),
    (POSTS, SECOND),
)


@home_copied
def fill_news(home: Path) -> Snapshot:
    """Fill `home` with what happened, derive the news of it, and publish."""
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        happen(warehouse)
        return publish(warehouse, home / "snapshots")


def happen(warehouse: Warehouse, order: int = 1) -> None:
    """Insert what the readings hold, forwards or (-1) backwards, and derive the news."""
    for table, rows in list(tables().items())[::order]:
        warehouse.insert(table, pl.DataFrame(rows[::order], infer_schema_length=None))
    news = next(item for item in derive.DERIVATIONS if item.name == "news")
    kept, derive.DERIVATIONS = derive.DERIVATIONS, (news,)
    try:
        derive.derive(warehouse, lambda *_: None)
    finally:
        derive.DERIVATIONS = kept


def tables() -> dict[str, Sequence[dict[str, Any]]]:
    """The rows by table: what the readings said, and who is who."""
    names = ((OLD, "GPT-4", "OpenAI"), (NEW, "Claude New", "Anthropic"), (OTHER, "Other", "Elsewhere"))
    days = {OLD: date(2023, 3, 14), NEW: date(2026, 8, 5), OTHER: date(2025, 2, 3)}
    return {
        "source": [_source(name) for name in (SCORES, PRICES, ONCE, POSTS)],
        "payload": [_payload(*reading) for reading in _READ],
        "model": [
            {
                "model_id": model_id,
                "title": title,
                "organization": maker,
                "kind": "dated",
                "released_on": days[model_id],
                "released_precision": "day",
                "released_basis": "curated",
                "open_weights": model_id == OTHER,
            }
            for model_id, title, maker in names
        ],
        "release_evidence": [
            {
                "model_id": model_id,
                "released_on": days[model_id],
                "precision": "day",
                "evidence": "curated",
                "source_id": SCORES,
                "payload_sha256": _sha(SCORES, SECOND if model_id == NEW else FIRST),
            }
            for model_id, _, _ in names
        ],
        "model_alias": [
            {"source_id": source, "model_name": name, "model_id": name, "rule": "exact", "kind": "dated"}
            for source in (SCORES, PRICES, ONCE)
            for name, _, _ in names
        ],
        "benchmark": [
            _said(SCORES, FIRST)
            | {"benchmark_id": "gpqa-diamond", "title": "GPQA Diamond", "unit": "fraction"}
            | {"ceiling": 1.0, "random_baseline": 0.25, "higher_is_better": True},
            _said(SCORES, FIRST)
            | {"benchmark_id": "epoch-eci", "title": "Epoch Capabilities Index", "unit": "points"}
            | {"ceiling": None, "random_baseline": None, "higher_is_better": True},
        ],
        "score": [
            _score(OLD, "gpqa-diamond", 0.36, FIRST),
            _score(OTHER, "gpqa-diamond", 0.50, FIRST),
            _score(NEW, "gpqa-diamond", 0.91, SECOND),
            _score(OLD, "epoch-eci", 126.0, FIRST),
            _score(OTHER, "epoch-eci", 130.0, FIRST),
            _score(NEW, "epoch-eci", 155.0, SECOND),
        ],
        "price_step": [
            _step(OLD, PRICES, FIRST, date(2023, 3, 14), None, 30.0, "launch"),
            _step(OLD, PRICES, SECOND, SECOND.date(), FIRST.date(), 10.0),
            _step(OLD, PRICES, LATE, LATE.date(), SECOND.date(), 8.0),
            _step(OTHER, ONCE, SECOND, date(2025, 2, 3), None, 40.0, "launch"),
            _step(OTHER, ONCE, SECOND, date(2026, 8, 7), date(2026, 8, 6), 2.0),
        ],
        "release": [
            _said(POSTS, SECOND)
            | {
                "valid_on": date(2026, 8, 5),
                "valid_precision": "day",
                "entry_id": "new",
                "title": "Introducing Claude New",
                "url": "https://maker.example/new",
                "organization": "Anthropic",
                "kind": "post",
            }
        ],
        "announcement": [{"source_id": POSTS, "entry_id": "new", "model_id": NEW, "rule": "title names it"}],
    }


def _sha(source_id: str, at: datetime) -> str:
    return f"{source_id}-{at:%m%d}".ljust(64, "0")


def _said(source_id: str, at: datetime) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "payload_sha256": _sha(source_id, at),
        "observed_at": at,
        "gone": False,
    }


def _source(source_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "title": f"Title of {source_id}",
        "homepage": f"https://{source_id}.example/",
        "licence": "CC-BY-4.0",
        "attribution": f"Makers of {source_id}",
        "cadence": "1d",
        "kinds": ["score"],
    }


def _payload(source_id: str, at: datetime) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": f"https://{source_id}.example/data",
        "as_of": at,
        "sha256": _sha(source_id, at),
        "bytes": 100,
        "origin": "archive",
        "rows_read": 3,
        "rows_added": 3,
        "rows_refused": 0,
    }


def _score(model_id: str, benchmark: str, score: float, at: datetime) -> dict[str, Any]:
    points = benchmark == "epoch-eci"
    return _said(SCORES, at) | {
        "model_name": model_id,
        "benchmark_id": benchmark,
        "setting": "",
        "score": score,
        "unit": "points" if points else "fraction",
        "stderr": None if points else 0.02,
        "low": score - 2 if points else None,
        "high": score + 2 if points else None,
        "reported_by": "independent",
    }


def _step(
    model_id: str,
    source_id: str,
    at: datetime,
    on: date,
    after: date | None,
    price: float,
    basis: str = "between sightings",
) -> dict[str, Any]:
    row = _said(source_id, at)
    row.pop("gone")
    return row | {
        "model_id": model_id,
        "model_name": model_id,
        "provider": "maker",
        "seller": "maker",
        "is_own": True,
        "tier": "standard",
        "starts_on": on,
        "starts_after": after,
        "basis": basis,
        "input_usd_per_mtok": price,
        "output_usd_per_mtok": 2 * price,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
        "for_sources": [source_id],
        "last_confirmed_on": at.date(),
    }
