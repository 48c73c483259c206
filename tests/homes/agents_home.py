"""The home of growth with what speed and agents need: hosts, times, horizons, shares, costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from store.snapshot import Snapshot, publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.once import home_copied

READ_ON = datetime(2026, 6, 22, tzinfo=UTC)
BY_HAND_ON = date(2025, 5, 22)
ROUTER, LIST, TIMES, BOARD, FACTS = (
    "openrouter-stats",
    "llmstats-providers",
    "aider-polyglot",
    "swe-bench",
    "facts",
)
HOSTS = {"cerebras": 800.0, "groq": 300.0, "one": 50.0, "two": 100.0, "three": 200.0}
"""Tokens per second of every model at each host: Cerebras 8 times the median of the others, Groq 3 times."""

SERVED = [f"model-{number}" for number in range(1, 13)]
THINKERS = {f"thinker-{number}": 60.0 + number for number in range(1, 8)}
TALKERS = {f"talker-{number}": 10.0 + number for number in range(1, 8)}
"""Seconds a task."""

SUITES = {"metr-horizon-50-v1.0": 20.0, "metr-horizon-50-v1.1": 30.0}
"""Minutes of the first of three models, which doubles with each."""

SHARES = {
    ("OSWorld: human", date(2024, 4, 1)): 0.72,
    ("OSWorld: Claude 3.5 Sonnet (new), screenshots only", date(2024, 10, 22)): 0.149,
    ("OSWorld: Somebody's agent", date(2025, 10, 1)): 0.76,
    ("OSWorld-Verified: A newer model", date(2026, 6, 1)): 0.85,
}


@home_copied
def fill_agents(home: Path) -> Snapshot:
    """Fill `home` as the home of growth, add speeds and the results of agents, and publish."""
    fill_growth(home)
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _tables().items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        return publish(warehouse, home / "snapshots")


def _tables() -> dict[str, list[dict[str, Any]]]:
    answering = [*THINKERS, *TALKERS]
    agents = [f"model-{number}" for number in (60, 120, 180)]
    return {
        "source": [
            {"source_id": name, "title": name, "licence": "CC0", "attribution": f"Makers of {name}"}
            for name in (ROUTER, LIST, TIMES, BOARD, FACTS)
        ],
        "model": [_model(name) for name in answering],
        "model_alias": [
            *(_alias(ROUTER, name) for name in SERVED),
            _alias(LIST, SERVED[0]),
            *(_alias(TIMES, name) for name in answering),
            *(_alias(BOARD, name) for name in agents),
        ],
        "benchmark": [
            _benchmark(TIMES, "aider-polyglot", "Aider polyglot"),
            _benchmark(BOARD, "swe-bench-bash-only", "SWE-bench Verified, bash only"),
            _benchmark(BOARD, "osworld-2", "OSWorld 2"),
        ],
        "speed": [
            *(_speed(ROUTER, name, host, value) for name in SERVED for host, value in HOSTS.items()),
            _speed(LIST, SERVED[0], "one", 100.0) | {"valid_on": BY_HAND_ON, "valid_precision": "day"},
        ],
        "score": [
            *(_time(name, seconds) for name, seconds in (THINKERS | TALKERS).items()),
            *(
                _horizon(suite, name, first * 2**place)
                for suite, first in SUITES.items()
                for place, name in enumerate(agents)
            ),
            *(
                _share(board, name, share, cost)
                for board in ("swe-bench-bash-only", "osworld-2")
                for name, share, cost in zip(agents, (0.2, 0.68, 0.7), (0.1, 0.2, 1.0), strict=True)
            ),
        ],
        "series": [_series(title) for title, _ in SHARES],
        "series_point": [_stated(title, day, value) for (title, day), value in SHARES.items()],
    }


def _stamp(source_id: str) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": "d" * 64, "observed_at": READ_ON, "gone": False}


def _model(model_id: str) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": model_id.title(),
        "organization": "OpenAI",
        "kind": "dated",
        "reasoning": model_id in THINKERS,
        "released_on": date(2025, 3, 1),
        "released_precision": "day",
        "released_basis": "change log",
    }


def _alias(source_id: str, name: str) -> dict[str, Any]:
    return {"source_id": source_id, "model_name": name, "model_id": name, "rule": "exact", "kind": "dated"}


def _benchmark(source_id: str, benchmark_id: str, title: str) -> dict[str, Any]:
    return _stamp(source_id) | {
        "benchmark_id": benchmark_id,
        "title": title,
        "unit": "fraction",
        "random_baseline": 0.0,
        "ceiling": 1.0,
        "higher_is_better": True,
    }


def _speed(source_id: str, name: str, host: str, value: float) -> dict[str, Any]:
    return _stamp(source_id) | {
        "model_name": name,
        "provider": host,
        "setting": "",
        "output_tokens_per_second": value + int(name.removeprefix("model-")),
        "latency_seconds": 100 / value,
    }


def _score(source_id: str, name: str, benchmark_id: str, value: float, unit: str) -> dict[str, Any]:
    return _stamp(source_id) | {
        "model_name": name,
        "benchmark_id": benchmark_id,
        "setting": "",
        "score": value,
        "unit": unit,
        "reported_by": "independent",
    }


def _time(name: str, seconds: float) -> dict[str, Any]:
    return _score(TIMES, name, "aider-polyglot", 0.5, "fraction") | {"seconds_per_task": seconds}


def _horizon(suite: str, name: str, minutes: float) -> dict[str, Any]:
    return _score(BOARD, name, suite, minutes, "minutes") | {"low": minutes / 2, "high": minutes * 2}


def _share(benchmark_id: str, name: str, share: float, cost: float) -> dict[str, Any]:
    return _score(BOARD, name, benchmark_id, share, "fraction") | {"cost_usd_per_task": cost}


def _series(title: str) -> dict[str, Any]:
    return _stamp(FACTS) | {"series_id": title.lower(), "title": title, "unit": "fraction"}


def _stated(title: str, day: date, value: float) -> dict[str, Any]:
    return _stamp(FACTS) | {
        "series_id": title.lower(),
        "valid_on": day,
        "valid_precision": "day",
        "value": value,
        "note": "self-reported",
    }
