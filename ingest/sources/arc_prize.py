"""ARC Prize: scores and cost per task of each model and effort, joined with its list of models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json

_URLS: Final = (
    "https://arcprize.org/media/data/evaluations.json",
    "https://arcprize.org/media/data/models.json",
)
_PAGE: Final = "https://arcprize.org/leaderboard"
_DATASETS: Final[Mapping[str, tuple[str, str]]] = {
    "v1_Semi_Private": ("arc-agi-1", "ARC-AGI-1"),
    "v1_Public_Eval": ("arc-agi-1-public", "ARC-AGI-1, public set"),
    "v2_Semi_Private": ("arc-agi-2", "ARC-AGI-2"),
    "v2_Public_Eval": ("arc-agi-2-public", "ARC-AGI-2, public set"),
    "v2_Private_Eval": ("arc-agi-2-private", "ARC-AGI-2, private set"),
    "v3_Semi_Private": ("arc-agi-3", "ARC-AGI-3"),
}
"""The semi-private sets are the headline; the public ones may have been seen in training."""

_SYSTEMS: Final = frozenset({"Custom", "Refinement"})
_SCORE: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "benchmark_id": pl.String,
        "setting": pl.String,
        "score": pl.Float64,
        "cost_usd": pl.Float64,
        "cost_usd_per_task": pl.Float64,
        "url": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores as fractions with USD per task; version 3 states the cost of the whole run instead.

    Refused: hidden rows, people, systems built around models, and rows without an entry in the model list.
    """
    files = {payload.url.rsplit("/", 1)[-1]: read_json(payload) for payload in payloads}
    rows, models = files.get("evaluations.json", []), files.get("models.json", [])
    if not isinstance(rows, list) or not isinstance(models, list):
        raise ParseError(f"{payloads[0].source_id}: {payloads[0].url} is not a list")
    if not models:
        return Records()  # for a moment only one of the two files is there
    by_id = {model["id"]: model for model in models}
    judged = [(row, _refusal(row, by_id.get(row["modelId"]))) for row in rows]
    scores = [_score(row, by_id[row["modelId"]]) for row, refused in judged if refused is None]
    table = pl.DataFrame(scores, schema=_SCORE).with_columns(
        unit=pl.lit("fraction"), reported_by=pl.lit("independent")
    )
    refused = [
        {"modelId": row["modelId"], "datasetId": row["datasetId"], "why": why} for row, why in judged if why
    ]
    kept = set(table["model_name"])
    return Records(
        {
            Kind.SCORE: table,
            Kind.BENCHMARK: _benchmarks(set(table["benchmark_id"])),
            Kind.MODEL_FACT: _facts([model for model in models if model["id"] in kept]),
        },
        refusals(Kind.SCORE, pl.DataFrame(refused), pl.col("why")),
    )


def _refusal(row: Mapping[str, Any], model: Mapping[str, Any] | None) -> str | None:
    if model is None:
        return "the model is not in ARC Prize's list of models"
    if row["datasetId"] not in _DATASETS:
        return "a data set that is not known here"
    if not row.get("display", True):
        return "hidden by ARC Prize"
    if model.get("providerId") == "Human":
        return "people, not a model"
    if model.get("modelType") in _SYSTEMS:
        return "a system built around models, not the score of a single model"
    return None


def _score(row: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "model_name": row["modelId"],
        "organization": model.get("providerId"),
        "benchmark_id": _DATASETS[row["datasetId"]][0],
        "setting": _setting(model.get("displayName") or ""),
        "score": row.get("score"),
        "cost_usd": row.get("cost") or None,
        "cost_usd_per_task": row.get("costPerTask") or None,
        "url": row.get("resultsUrl") or _PAGE,
    }


def _setting(display_name: str) -> str:
    """What stands in parentheses: 'Claude Sonnet 4 (Thinking 16K)' was run with 'Thinking 16K'."""
    _, opened, rest = display_name.partition("(")
    return rest.rpartition(")")[0] if opened else ""


def _benchmarks(found: set[str]) -> pl.DataFrame:
    known = [(id_, title) for id_, title in _DATASETS.values() if id_ in found]
    return pl.DataFrame(known, schema=["benchmark_id", "title"], orient="row").with_columns(
        unit=pl.lit("fraction"),
        random_baseline=pl.lit(0.0),
        ceiling=pl.lit(1.0),
        higher_is_better=pl.lit(True),
        url=pl.lit(_PAGE),
    )


def _facts(models: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    dates = [read_date(model.get("modelReleaseDate") or "") for model in models]
    return pl.DataFrame(
        {
            "model_name": [model["id"] for model in models],
            "organization": [model.get("providerId") for model in models],
            "display_name": [model.get("displayName") for model in models],
            "valid_on": [date.on if date else None for date in dates],
            "valid_precision": [date.precision if date else None for date in dates],
        },
        schema_overrides={"valid_on": pl.Date, "valid_precision": pl.String},
    )


SOURCE = Source(
    id="arc-prize",
    title="ARC Prize, scores and cost per task",
    homepage=_PAGE,
    licence="none stated",
    attribution="ARC Prize Foundation, arcprize.org",
    urls=_URLS,
    cadence="33 9 * * *",
    kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
    parse=parse,
    core=True,
    complete=True,
    grouped=True,
)
