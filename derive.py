"""What is too slow for a page, computed once per change of its inputs and kept as result tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl

from analysis.capability import IndexDefinition, capability_index
from analysis.capability_scale import Anchor
from analysis.capability_table import headline_scores
from analysis.results import Estimate
from analysis.trend import FrontierTrend, frontier_trend
from config import release
from store.sql import query
from store.warehouse import Warehouse

SEED = 20241220
DRAWS = 500
INDEX = IndexDefinition(
    anchors=(Anchor("claude-3-5-sonnet-20240620", 130.0), Anchor("gpt-5-2025-08-07", 150.0)),
    base_benchmark="winogrande",
)
END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC)
"""As-of instant that leaves nothing out: derived results rest on all that is known."""

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Result tables made from queries by a pure function; made anew only when a query's rows change."""

    name: str
    queries: tuple[str, ...]
    compute: Callable[[Frames], Frames]


def derive(warehouse: Warehouse, tell: Callable[[str, str], None]) -> list[str]:
    """Bring every result table up to its inputs, in order; returns the names of what was computed."""
    done = dict(warehouse.frame("SELECT name, input_digest FROM derivation").iter_rows())
    computed = []
    for derivation in DERIVATIONS:
        inputs = {name: warehouse.frame(query(name), _parameters(name)) for name in derivation.queries}
        digest = _digest(inputs)
        if done.get(derivation.name) == digest:
            continue
        tell("derive", derivation.name)
        started = time.monotonic()
        for table, frame in derivation.compute(inputs).items():
            warehouse.replace(table, frame)
        seconds = time.monotonic() - started
        done[derivation.name] = digest
        computed.append(derivation.name)
        _note(warehouse, derivation.name, digest, seconds)
    return computed


def _parameters(name: str) -> dict[str, object]:
    return {"as_of": END_OF_TIME} if "$as_of" in query(name) else {}


def _digest(inputs: Frames) -> str:
    hasher = sha256(release().encode())
    for name in sorted(inputs):
        hasher.update(name.encode())
        hasher.update(inputs[name].write_csv().encode())
    return hasher.hexdigest()


def _note(warehouse: Warehouse, name: str, digest: str, seconds: float) -> None:
    noted = warehouse.frame("SELECT * FROM derivation WHERE name <> $name", {"name": name})
    fresh = pl.DataFrame({"name": [name], "input_digest": [digest], "seconds": [seconds]})
    warehouse.replace("derivation", pl.concat([noted, fresh]).sort("name"))


def _capability(inputs: Frames) -> Frames:
    scores = headline_scores(inputs["scores_for_the_index"])
    anchors = {anchor.model_id for anchor in INDEX.anchors}
    if not anchors <= set(scores["model_id"]):
        return {}
    index = capability_index(scores, SEED, INDEX, draws=DRAWS)
    about = {
        "method": index.method,
        "base_benchmark": index.base_benchmark,
        "residual": index.residual,
        "draws": len(index.draws),
        "level": index.level,
    }
    return {
        "capability_index": index.models,
        "capability_benchmark": index.benchmarks,
        "capability_left_out": index.left_out,
        "capability_fit": pl.DataFrame([about]),
    }


def _verdicts(inputs: Frames) -> Frames:
    rows = []
    for series_id, name in (
        ("capability-index", "index_over_time"),
        ("epoch-eci", "published_index_over_time"),
    ):
        models = inputs[name].drop_nulls("released_on")
        if models.is_empty():
            continue
        newest: date = models["released_on"].max()  # type: ignore[assignment] # a column of dates
        rows.append(verdict_row(series_id, "released", frontier_trend(models, newest, seed=SEED)))
    return {"verdict": pl.DataFrame(rows, infer_schema_length=None)} if rows else {}


def verdict_row(series_id: str, reading: str, trend: FrontierTrend) -> dict[str, object]:
    """A trend as one row of the table `verdict`."""
    slopes = trend.slopes
    return {
        "series_id": series_id,
        "reading": reading,
        "as_of": trend.window.end,
        "verdict": trend.verdict.value,
        "clustered_verdict": trend.clustered_verdict.value,
        "unit": trend.measure.unit,
        **_flat("recent", slopes.recent if slopes else None),
        **_flat("earlier", slopes.earlier if slopes else None),
        **_flat("difference", slopes.difference if slopes else None),
        "n_recent": trend.n_recent,
        "n_earlier": trend.n_earlier,
        "window_start": trend.window.start,
        "knot_on": trend.knot_on,
        "window_end": trend.window.end,
        "best": trend.best,
        "would_change": trend.would_change,
        "method": trend.method,
    }


def _flat(name: str, estimate: Estimate | None) -> dict[str, float | None]:
    interval = estimate.interval if estimate else None
    return {
        name: estimate.value if estimate else None,
        f"{name}_low": interval.low if interval else None,
        f"{name}_high": interval.high if interval else None,
    }


DERIVATIONS = (
    Derivation("capability", ("scores_for_the_index",), _capability),
    Derivation("verdicts", ("index_over_time", "published_index_over_time"), _verdicts),
)
