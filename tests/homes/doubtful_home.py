"""The home of growth with two doubtful models: a value listed twice, and a release day that nobody states."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from store.snapshot import Snapshot, publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import KNOWN, LAST, MAKERS, PRICES, SCORES, fill_growth, released
from tests.once import home_copied

GUESSED: Final = "nobody-knows-when"
"""A good and very cheap model whose release day nobody states."""

REPEATED: Final = "same-fit-listed-again"
"""A second name of a model whose value the published index repeats."""


@home_copied
def fill_doubtful(home: Path) -> Snapshot:
    """The home of growth, with Epoch's published index and the two doubtful models."""
    fill_growth(home)
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _more().items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        return publish(warehouse, home / "snapshots")


def published_index() -> pl.DataFrame:
    """The fitted values of the published index, one row each: model_id, organization, released_on, value."""
    days = released()
    return pl.DataFrame(
        {
            "model_id": ["gpt-4-0314", *(f"model-{place}" for place in range(1, len(days)))],
            "organization": [MAKERS[place % len(MAKERS)] for place in range(len(days))],
            "released_on": days,
            "value": [115 + 15 * (day - days[0]).days / 365 - place % 9 for place, day in enumerate(days)],
        }
    )


def _more() -> dict[str, list[dict[str, Any]]]:
    index = published_index()
    repeated = index.row(-3, named=True)
    return {
        "benchmark": [
            _observed()
            | {
                "benchmark_id": "epoch-eci",
                "title": "Epoch Capabilities Index",
                "unit": "points",
                "higher_is_better": True,
            }
        ],
        "model": [
            _model(GUESSED, date(2023, 1, 5), "litellm first seen"),
            _model(REPEATED, LAST, "change log") | {"organization": repeated["organization"]},
        ],
        "model_alias": [
            {"source_id": SCORES, "model_name": name, "model_id": name, "rule": "exact", "kind": "dated"}
            for name in (GUESSED, REPEATED)
        ],
        "score": [
            *(
                _score(name, "epoch-eci", value, "points")
                for name, value in index.select("model_id", "value").rows()
            ),
            _score(REPEATED, "epoch-eci", repeated["value"], "points"),
            _score(GUESSED, "gpqa-diamond", 0.9, "fraction"),
        ],
        "price_step": [_step(GUESSED)],
    }


def _observed(source_id: str = SCORES) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": source_id[0] * 64, "observed_at": KNOWN, "gone": False}


def _model(model_id: str, released_on: date, basis: str) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": model_id,
        "organization": "Elsewhere",
        "kind": "dated",
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": basis,
        "open_weights": False,
    }


def _score(name: str, benchmark_id: str, score: float, unit: str) -> dict[str, Any]:
    spread = {"low": score - 3.29, "high": score + 3.29} if unit == "points" else {"low": None, "high": None}
    return (
        _observed()
        | spread
        | {
            "model_name": name,
            "benchmark_id": benchmark_id,
            "setting": "",
            "score": score,
            "unit": unit,
            "reported_by": "independent",
        }
    )


def _step(model_id: str) -> dict[str, Any]:
    row = _observed(PRICES)
    row.pop("gone")
    return row | {
        "model_id": model_id,
        "model_name": model_id,
        "provider": "maker",
        "seller": "maker",
        "starts_on": date(2023, 1, 5),
        "basis": "stated",
        "input_usd_per_mtok": 0.0001,
        "output_usd_per_mtok": 0.0001,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
    }
