"""A small HYPECURVE_HOME for tests of pages: eight models, two benchmarks, prices that fall, four sources."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from store.ledger import Ledger, Status
from store.snapshot import Snapshot, publish
from store.warehouse import Loaded, Warehouse, open_warehouse
from tests.once import home_copied

SCORES, PRICES, POSTS, KEYED = "epoch-benchmarks", "litellm-prices", "feed-openai-news", "artificial-analysis"
SCORES_URL = "https://scores.example/benchmark_data.zip"
PRICES_URL = "https://prices.example/prices.json"
SEEN = datetime(2026, 7, 17, tzinfo=UTC)
PRICED_SINCE = datetime(2023, 4, 1, tzinfo=UTC)

MODELS: tuple[tuple[str, str, str, date, bool, float, float, float | None], ...] = (
    # model_id, title, maker, released, open weights, index, GPQA, blended price at launch
    ("gpt-4-0314", "GPT-4", "OpenAI", date(2023, 3, 14), False, 126.0, 0.36, 37.5),
    ("claude-2", "Claude 2", "Anthropic", date(2023, 7, 11), False, 124.0, 0.35, 16.0),
    ("gemini-1.5-pro", "Gemini 1.5 Pro", "Google", date(2024, 2, 15), False, 128.0, 0.46, 5.0),
    ("claude-3-5-sonnet", "Claude 3.5 Sonnet", "Anthropic", date(2024, 6, 20), False, 130.0, 0.55, 6.0),
    ("o1", "o1", "OpenAI", date(2024, 12, 5), False, 142.0, 0.76, 26.0),
    ("deepseek-r1", "DeepSeek R1", "DeepSeek", date(2025, 1, 20), True, 139.0, 0.71, 0.9),
    ("gpt-5", "GPT-5", "OpenAI", date(2025, 8, 7), False, 150.0, 0.86, 3.5),
    ("quiet-model", "Quiet model", "Elsewhere", date(2026, 2, 1), True, 137.0, 0.60, None),
)


@home_copied
def fill(home: Path, *, with_rows: bool = True, shipped: bool = False) -> Snapshot:
    """Fill `home` through the store's own doors and publish; without rows the tables stay empty.

    `shipped`: the payloads came with the code, and nothing of them stands in quarantine.
    """
    ledger = Ledger(home / "ledger.sqlite")
    run = ledger.start(SCORES, "schedule", SEEN)
    ledger.finish(run, Status.NEW, SEEN, Loaded(payloads=1, read=16, added=16))
    run = ledger.start(PRICES, "schedule", SEEN)
    ledger.finish(run, Status.FAILED, SEEN, Loaded(), retries=2, error="The server said 503, three times.")
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        if with_rows:
            for table, rows in _tables(shipped).items():
                if rows:
                    _insert(warehouse, table, rows)
        return publish(warehouse, home / "snapshots")


def _insert(warehouse: Warehouse, table: str, rows: list[dict[str, Any]]) -> None:
    warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))


def _tables(shipped: bool) -> dict[str, list[dict[str, Any]]]:
    return {
        "source": [_source(name) for name in (SCORES, PRICES, POSTS)]
        + [_source(KEYED, "SOME_KEY_NOBODY_HAS")],
        "payload": [
            _payload(SCORES, SCORES_URL, SEEN, "a" * 64) | ({"origin": "bundle"} if shipped else {}),
            _payload(PRICES, PRICES_URL, SEEN, "b" * 64) | ({"origin": "bundle"} if shipped else {}),
        ],
        "model": [_model(*row) for row in MODELS],
        "model_alias": [_alias(source, row[0]) for source in (SCORES, PRICES) for row in MODELS],
        "benchmark": [
            _benchmark("epoch-eci", "Epoch Capabilities Index", "points", None),
            _benchmark("gpqa-diamond", "GPQA diamond", "fraction", 1.0),
        ],
        "score": [_score(row[0], "epoch-eci", row[5], "points", 1.5) for row in MODELS]
        + [_score(row[0], "gpqa-diamond", row[6], "fraction", 0.02) for row in MODELS],
        "price": [_price(row[0], row[2], row[3], row[7]) for row in MODELS if row[7] is not None]
        + [_price("gpt-5", "OpenAI", date(2026, 3, 1), 1.75)],
        "price_step": [_step(row[0], row[2], row[3], row[7]) for row in MODELS if row[7] is not None]
        + [_step("gpt-5", "OpenAI", date(2026, 3, 1), 1.75)],
        "release": [_post("gpt-5-is-here", "GPT-5 is here", date(2025, 8, 7))],
        "announcement": [
            {"source_id": POSTS, "entry_id": "gpt-5-is-here", "model_id": "gpt-5", "rule": "title names it"}
        ],
        "price_doubt": [
            _observed(PRICES, "b" * 64)
            | {
                "model_id": "o1",
                "model_name": "o1",
                "provider": "reseller",
                "input_usd_per_mtok": 1500.0,
                "output_usd_per_mtok": 6000.0,
                "reason": "a jump of ten times or more that no other source confirms",
            }
        ],
        "quarantine": []
        if shipped
        else [_observed(PRICES, "b" * 64) | {"kind": "price", "row": "{}", "reason": "some price is stated"}],
    }


def _observed(source_id: str, sha256: str, at: datetime = SEEN) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": sha256, "observed_at": at}


def _source(source_id: str, key_env: str | None = None) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "title": f"Title of {source_id}",
        "homepage": "https://source.example/",
        "licence": "CC-BY-4.0",
        "attribution": f"Makers of {source_id}",
        "urls": ["https://source.example/"],
        "cadence": "1d",
        "kinds": ["score"],
        "core": True,
        "complete": False,
        "shippable": True,
        "key_env": key_env,
    }


def _payload(source_id: str, url: str, as_of: datetime, sha256: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": url,
        "as_of": as_of,
        "sha256": sha256,
        "bytes": 1000,
        "content_type": "text/plain",
        "origin": "archive",
        "rows_read": 16,
        "rows_added": 16,
        "rows_refused": 1,
        "error": None,
    }


def _model(
    model_id: str, title: str, maker: str, released_on: date, open_weights: bool, *_: float | None
) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": title,
        "organization": maker,
        "family": model_id,
        "kind": "undated",
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": "change log",
        "release_spread_days": 0,
        "open_weights": open_weights,
        "reasoning": None,
        "training_compute_flop": None,
    }


def _alias(source_id: str, model_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "model_name": model_id,
        "model_id": model_id,
        "version": None,
        "setting": None,
        "rule": "exact",
        "kind": "undated",
    }


def _benchmark(benchmark_id: str, title: str, unit: str, ceiling: float | None) -> dict[str, Any]:
    return _observed(SCORES, "a" * 64) | {
        "benchmark_id": benchmark_id,
        "title": title,
        "unit": unit,
        "ceiling": ceiling,
        "higher_is_better": True,
        "valid_on": date(2023, 1, 1),
        "valid_precision": "day",
        "gone": False,
    }


def _score(model: str, benchmark_id: str, score: float, unit: str, stderr: float) -> dict[str, Any]:
    return _observed(SCORES, "a" * 64) | {
        "model_name": model,
        "benchmark_id": benchmark_id,
        "setting": "",
        "score": score,
        "unit": unit,
        "stderr": stderr,
        "reported_by": "independent",
        "url": f"https://scores.example/{model}",
        "gone": False,
    }


def _price(model: str, maker: str, since: date, blended: float) -> dict[str, Any]:
    return _observed(PRICES, "b" * 64, PRICED_SINCE) | {
        "valid_on": since,
        "valid_precision": "day",
        "model_name": model,
        "organization": maker,
        "provider": maker.lower(),
        "tier": "standard",
        "input_usd_per_mtok": blended,
        "output_usd_per_mtok": blended,
        "seller": "maker",
        "url": f"https://prices.example/{model}",
        "gone": False,
    }


def _step(model: str, maker: str, since: date, blended: float) -> dict[str, Any]:
    stated = _price(model, maker, since, blended)
    shared = ("source_id", "payload_sha256", "observed_at", "model_name", "provider", "seller", "url")
    return {name: stated[name] for name in shared} | {
        "model_id": model,
        "starts_on": since,
        "basis": "stated",
        "input_usd_per_mtok": blended,
        "output_usd_per_mtok": blended,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
    }


def _post(entry_id: str, title: str, on: date) -> dict[str, Any]:
    return _observed(POSTS, "a" * 64) | {
        "valid_on": on,
        "valid_precision": "day",
        "entry_id": entry_id,
        "title": title,
        "url": f"https://openai.example/{entry_id}",
        "organization": "OpenAI",
        "kind": "post",
        "gone": False,
    }
