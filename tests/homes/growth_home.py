"""A home with enough simulated models for verdicts: an index, a used-up test, a board on two days, prices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from store.ledger import Ledger
from store.snapshot import Snapshot, publish
from store.warehouse import open_warehouse
from tests.once import home_copied

FIRST, LAST = date(2022, 12, 1), date(2026, 6, 20)
KNOWN = datetime(2022, 1, 1, tzinfo=UTC)
STEP_DAYS = 6
BOARD_DAYS = (date(2026, 5, 30), date(2026, 6, 25))
SCORES, BOARD, PRICES, RECORDS = "epoch-benchmarks", "arena-text", "litellm-prices", "epoch-price-trends"
MAKERS = ("OpenAI", "Anthropic", "Google", "DeepSeek", "Elsewhere")


@home_copied
def fill_growth(home: Path, *, slope_after: float = 15.0) -> Snapshot:
    """Models every six days; the index rises 15 points a year, and `slope_after` in the last 18 months."""
    Ledger(home / "ledger.sqlite")
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _tables(slope_after).items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        return publish(warehouse, home / "snapshots")


def first_board(released_on: date) -> bool:
    """Whether a model was measured on the first of the two days: every other one was."""
    return _place(released_on) % 2 == 1


def released() -> list[date]:
    """Release days, one model each."""
    return [FIRST + timedelta(days=offset) for offset in range(0, (LAST - FIRST).days, STEP_DAYS)]


def _place(released_on: date) -> int:
    return (released_on - FIRST).days // STEP_DAYS


def _tables(slope_after: float) -> dict[str, list[dict[str, Any]]]:
    days = released()
    names = ["gpt-4-0314", *(f"model-{place}" for place in range(1, len(days)))]
    shortfall = np.random.default_rng(7).exponential(6.0, len(days))
    knot = (LAST - timedelta(days=547) - FIRST).days / 365
    years = np.array([(day - FIRST).days / 365 for day in days])
    index = 115 + 15 * np.minimum(years, knot) + slope_after * np.maximum(years - knot, 0) - shortfall
    test = 0.25 + 0.75 / (1 + np.exp(-(2.5 * (years - 1.2) - shortfall / 12)))
    return {
        "source": [_source(name) for name in (SCORES, BOARD, PRICES, RECORDS)],
        "payload": [_payload(day) for day in _versions()],
        "model": [_model(*row) for row in zip(names, days, range(len(days)), strict=True)],
        "model_alias": [_alias(source, name) for source in (SCORES, BOARD) for name in names],
        "benchmark": [_benchmark()],
        "score": [_score(*row) for row in zip(names, test.tolist(), strict=True)]
        + [_rating(*row) for row in zip(names, (1000 + 2 * index).tolist(), days, strict=True)],
        "capability_index": [
            {"model_id": name, "capability": value, "low": value - 2, "high": value + 2, "n_benchmarks": 8}
            for name, value in zip(names, index.tolist(), strict=True)
        ],
        "price_step": [_step(*row) for row in zip(names[:-5], days, years.tolist(), strict=False)],
        "price": [_listing(number) for number in range(12)],
        "track_record": [_track("hit", date(2024, 12, 31), 14.0), _track("miss", date(2025, 1, 31), 2.0)],
        "bend_power": [
            _power(change, months, share)
            for change, shares in (("full stop", (0.86, 1.0)), ("slope halves", (0.41, 0.94)))
            for months, share in zip((6, 12), shares, strict=True)
        ],
        "news": [_news(*row) for row in zip(names[-3:], days[-3:], strict=True)],
        "series": _series(),
        "series_point": _records(),
    }


def _power(change: str, months: int, noticed: float) -> dict[str, Any]:
    return {
        "series_id": "capability-index",
        "as_of": date(2026, 6, 19),
        "change": change,
        "months": months,
        "noticed": noticed,
        "noticed_monthly": noticed / 2,
        "threshold": 4.4,
        "threshold_monthly": 6.8,
        "worlds": 300,
        "models": 230,
    }


def _observed(source_id: str, at: datetime = KNOWN) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": source_id[0] * 64, "observed_at": at, "gone": False}


def _news(model_id: str, released_on: date) -> dict[str, Any]:
    return {
        "news_id": model_id,
        "kind": "model",
        "happened_on": released_on,
        "known_at": datetime(released_on.year, released_on.month, released_on.day, 12, tzinfo=UTC),
        "is_late": False,
        "headline": f"Somebody released {model_id}.",
        "model_id": model_id,
        "organization": MAKERS[0],
        "evidence": "day stated",
        "source_id": SCORES,
        "url": "https://maker.example/",
    }


def _source(source_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "title": source_id,
        "licence": "CC-BY-4.0",
        "attribution": f"Makers of {source_id}",
    }


def _versions() -> list[datetime]:
    return [
        datetime(2023, 10, 1, tzinfo=UTC),
        datetime(2024, 10, 1, tzinfo=UTC),
        datetime(2025, 10, 1, tzinfo=UTC),
    ]


def _payload(as_of: datetime) -> dict[str, Any]:
    return {
        "source_id": PRICES,
        "url": "https://prices.example/",
        "as_of": as_of,
        "sha256": f"{as_of:%Y}" * 16,
        "origin": "archive",
    }


def _model(model_id: str, released_on: date, place: int) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": "GPT-4" if model_id == "gpt-4-0314" else f"Model {place}",
        "organization": MAKERS[place % len(MAKERS)],
        "kind": "dated",
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": "change log",
        "open_weights": place % 3 == 0,
    }


def _alias(source_id: str, model_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "model_name": model_id,
        "model_id": model_id,
        "rule": "exact",
        "kind": "dated",
    }


def _benchmark() -> dict[str, Any]:
    return _observed(SCORES) | {
        "benchmark_id": "gpqa-diamond",
        "title": "GPQA diamond",
        "unit": "fraction",
        "random_baseline": 0.25,
        "ceiling": 1.0,
        "higher_is_better": True,
    }


def _score(model_name: str, score: float) -> dict[str, Any]:
    return _observed(SCORES) | {
        "model_name": model_name,
        "benchmark_id": "gpqa-diamond",
        "setting": "",
        "score": score,
        "unit": "fraction",
        "stderr": 0.01,
        "reported_by": "independent",
    }


def _rating(model_name: str, rating: float, released_on: date) -> dict[str, Any]:
    """On the second day the whole board is 40 points higher, as if fitted anew."""
    day = BOARD_DAYS[0] if first_board(released_on) else BOARD_DAYS[1]
    return _observed(BOARD) | {
        "model_name": model_name,
        "benchmark_id": "arena-text",
        "setting": "",
        "score": rating + (40 if day == BOARD_DAYS[1] else 0),
        "unit": "points",
        "low": rating - 5,
        "high": rating + 5,
        "reported_by": "independent",
        "valid_on": day,
        "valid_precision": "day",
    }


def _step(model_id: str, starts_on: date, years: float) -> dict[str, Any]:
    """A price that falls tenfold a year, with every third model ten times dearer."""
    dearer = 10.0 if _place(starts_on) % 3 == 2 else 1.0
    price = 30.0 * 10.0**-years * dearer
    row = _observed(PRICES)
    row.pop("gone")
    return row | {
        "model_id": model_id,
        "model_name": model_id,
        "provider": "maker",
        "seller": "maker",
        "starts_on": starts_on,
        "basis": "stated",
        "input_usd_per_mtok": price,
        "output_usd_per_mtok": price,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
    }


def _listing(number: int) -> dict[str, Any]:
    return _observed(PRICES, datetime(2023, 9, 1, tzinfo=UTC)) | {
        "model_name": f"listing-{number}",
        "provider": "maker",
        "tier": "standard",
        "input_usd_per_mtok": 1.0 + number,
        "output_usd_per_mtok": 1.0 + number,
        "seller": "maker",
    }


def _track(outcome: str, as_of: date, next_slope: float) -> dict[str, Any]:
    return {
        "series_id": "epoch-eci",
        "as_of": as_of,
        "reading": "released",
        "verdict": "steady",
        "recent": 15.0,
        "recent_low": 13.0,
        "recent_high": 17.0,
        "n_recent": 90,
        "n_earlier": 90,
        "next_slope": next_slope,
        "next_low": next_slope - 1,
        "next_high": next_slope + 1,
        "n_next": 60,
        "outcome": outcome,
        "interval_held": outcome == "hit",
    }


def _series() -> list[dict[str, Any]]:
    title = "Lowest price of the MMLU score of GPT-4"
    return [
        _observed(RECORDS) | {"series_id": "epoch-lowest-price-mmlu-gpt-4", "title": title, "unit": "USD"}
    ]


def _records() -> list[dict[str, Any]]:
    """Four prices on a line of a factor 10 a year, but for a little scatter."""
    scatter = (1.0, 1.05, 0.95, 1.0)
    return [
        _observed(RECORDS)
        | {
            "series_id": "epoch-lowest-price-mmlu-gpt-4",
            "valid_on": date(2023, 1, 1) + timedelta(days=200 * place),
            "valid_precision": "day",
            "value": 30.0 * 10.0 ** (-200 * place / 365) * factor,
            "note": f"Model {place}",
        }
        for place, factor in enumerate(scatter)
    ]
