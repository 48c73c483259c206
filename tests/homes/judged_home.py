"""The small home with what the pages of judgement need: two measured runs, training sets, claims."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from store.snapshot import Snapshot, publish
from store.warehouse import open_warehouse
from tests.homes.small_home import fill
from tests.once import home_copied

O1_PREVIEW, SONNET = "o1-preview-2024-09-12", "claude-3-5-sonnet-20240620"
BOARD = "aider-edit"
RUN_ON = datetime(2024, 10, 22, tzinfo=UTC)
FACTS_ON = datetime(2024, 7, 1, tzinfo=UTC)
SETS = 12

RANGES = {
    "raw indexed web, 2024": (1e12, 1e12),
    "text per page": (8000.0, 8000.0),
    "growth of a page's length": (1.0, 1.0),
    "growth of the number of pages": (1.0, 1.0),
    "share left after quality filtering": (0.2, 0.2),
    "gain from repeating data": (2.5, 2.5),
    "largest training set at 2024-01-01": (1e13, 1e13),
    "compute at 2024": (1.2e26, 1.2e26),
}
"""With two to five bytes a token, a stock of about 1e15 tokens: a hundred times the largest set of 2024."""


@home_copied
def fill_judged(home: Path, *, ranges_on: datetime = FACTS_ON) -> Snapshot:
    """Fill `home` as the small home, add the rows of the pages of judgement, and publish.

    `ranges_on`: when the ranges behind the data wall were first seen.
    """
    fill(home)
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _tables(ranges_on).items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        return publish(warehouse, home / "snapshots")


def _tables(ranges_on: datetime) -> dict[str, list[dict[str, Any]]]:
    return {
        "source": [{"source_id": name, "title": name, "licence": "CC0"} for name in (BOARD, "facts")],
        "model": [
            _model(O1_PREVIEW, "o1-preview", "OpenAI", date(2024, 9, 12), reasoning=True),
            _model(SONNET, "Claude 3.5 Sonnet (Jun 2024)", "Anthropic", date(2024, 6, 20)),
        ],
        "model_alias": [_alias(name) for name in (O1_PREVIEW, SONNET)],
        "benchmark": [
            _stamp(BOARD)
            | {"benchmark_id": BOARD, "title": "Aider code editing", "unit": "fraction", "tasks": 133}
        ],
        "score": [_run(O1_PREVIEW, 0.797, 63.919, 80.9), _run(SONNET, 0.774, 3.6346, 17.6)],
        "price_step": [_price(O1_PREVIEW, 15.0, 60.0), _price(SONNET, 3.0, 15.0)],
        "model_fact": [_set(number) for number in range(SETS)],
        "series": [_series(*row, ranges_on) for row in _facts()],
        "series_point": [_point(*row, ranges_on) for row in _facts()],
        "claim": [
            _claim(1, "The old one is cheaper.", "state", "held", "held", page="value"),
            _claim(2, "Data run out.", "course", "cannot be told", "did not hold", page="data-wall"),
        ],
        "claim_evidence": [
            {"claim_id": "claim-1", "side": "then", "source_id": BOARD, "payload_sha256": "c" * 64}
        ],
    }


def _stamp(source_id: str, at: datetime = RUN_ON) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": "c" * 64, "observed_at": at, "gone": False}


def _model(
    model_id: str, title: str, maker: str, released_on: date, reasoning: bool = False
) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": title,
        "organization": maker,
        "reasoning": reasoning,
        "family": model_id,
        "kind": "dated",
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": "change log",
    }


def _alias(model_id: str) -> dict[str, Any]:
    return {
        "source_id": BOARD,
        "model_name": model_id,
        "model_id": model_id,
        "rule": "exact",
        "kind": "dated",
    }


def _run(model_id: str, share: float, cost: float, seconds: float) -> dict[str, Any]:
    return _stamp(BOARD) | {
        "model_name": model_id,
        "benchmark_id": BOARD,
        "setting": "diff",
        "score": share,
        "unit": "fraction",
        "trials": 133,
        "cost_usd": cost,
        "seconds_per_task": seconds,
        "reported_by": "independent",
    }


def _price(model_id: str, per_input: float, per_output: float) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "source_id": "litellm-prices",
        "model_name": model_id,
        "provider": "maker",
        "seller": "maker",
        "starts_on": date(2024, 9, 12),
        "basis": "launch",
        "input_usd_per_mtok": per_input,
        "output_usd_per_mtok": per_output,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
        "observed_at": RUN_ON,
        "payload_sha256": "b" * 64,
    }


def _set(number: int) -> dict[str, Any]:
    """Half an order of magnitude a year from 2012 on."""
    return _stamp("epoch-data-stock", FACTS_ON) | {
        "model_name": f"set {number}",
        "valid_on": date(2012 + number, 1, 1),
        "training_tokens": 10 ** (9 + 0.5 * number),
    }


def _facts() -> list[tuple[str, str, float]]:
    """Series id, title and value of each end of each range."""
    return [
        (f"datawall-{place}-{end}", f"{quantity} (input), {end} end", value)
        for place, (quantity, ends) in enumerate(RANGES.items())
        for end, value in zip(("lower", "upper"), ends, strict=True)
    ]


def _series(series_id: str, title: str, _: float, seen_at: datetime) -> dict[str, Any]:
    return _stamp("facts", seen_at) | {"series_id": series_id, "title": title, "topic": "data", "unit": "x"}


def _point(series_id: str, _: str, value: float, seen_at: datetime) -> dict[str, Any]:
    return _stamp("facts", seen_at) | {
        "series_id": series_id,
        "valid_on": date(2024, 7, 1),
        "value": value,
        "note": "95 % interval",
    }


def _claim(place: int, statement: str, tense: str, then: str, now: str, page: str) -> dict[str, Any]:
    side = {"value": 4.0, "low": 3.0, "high": 5.0, "level": 0.9, "n": 7, "observed_on": date(2024, 10, 22)}
    return {
        "claim_id": f"claim-{place}",
        "place": place,
        "statement": statement,
        "measure": "Some ratio",
        "unit": "times",
        "page": page,
        "tense": tense,
        "verdict": then if tense == "state" else now,
        "why": "Because it was measured.",
        "as_of": date(2026, 7, 17),
        "then_verdict": then,
        "now_verdict": now,
        "then_reading": "released",
        "now_reading": "known",
        **{f"then_{name}": value for name, value in side.items()},
        **{f"now_{name}": value for name, value in side.items()},
    }
