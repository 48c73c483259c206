"""ARC Prize: scores and cost per task of each model and effort, joined with its list of models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_json, read_rows

_URLS: Final = (
    "https://arcprize.org/media/data/evaluations.json",
    "https://arcprize.org/media/data/models.json",
)
_PAGE: Final = "https://arcprize.org/leaderboard"
_DATASET: Final = r"v(\d+)_(Semi_Private|Public_Eval|Private_Eval)"
_SETS: Final[Mapping[str, tuple[str, str]]] = {
    "Semi_Private": ("", ""),
    "Public_Eval": ("-public", ", public set"),
    "Private_Eval": ("-private", ", private set"),
}
"""The semi-private sets are the headline; the public ones may have been seen in training."""

_PUBLISHED: Final = {"arc-agi-1": date(2019, 11, 5), "arc-agi-2": date(2025, 3, 24)}
"""The list dates none. ARC-AGI-1: the paper, arxiv.org/abs/1911.01547, bears 5 November 2019, as does its
row in Epoch's benchmark_optim.csv (source epoch-stitching). ARC-AGI-2: "Published 24 Mar 2025" stands on
arcprize.org/blog/announcing-arc-agi-2-and-arc-prize-2025. Of ARC-AGI-3 no day is stated: its first
score counts.
"""

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

_FACT: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "display_name": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores as fractions with USD per task; version 3 states the cost of the whole run instead.

    Refused: hidden rows, people, systems built around models, and rows without an entry in the model list.
    """
    files = {payload.url.rsplit("/", 1)[-1]: payload for payload in payloads}
    runs, listed = files.get("evaluations.json"), files.get("models.json")
    if runs is None or listed is None:
        return Records()  # for a moment only one of the two files is there
    rows = _members(runs, ("modelId", "datasetId", "score"))
    models = _members(listed, ("id",))
    by_id = {model["id"]: model for model in models if isinstance(model.get("id"), str)}
    judged = [(row, _refusal(row, by_id.get(str(row.get("modelId"))))) for row in rows]
    scored = [row for row, refused in judged if refused is None]
    scores = read_rows(
        runs,
        Kind.SCORE,
        scored,
        lambda row: [_score(row, by_id[row["modelId"]])],
        _SCORE,
        name=lambda row: row["modelId"],
    )
    table = scores.frame.with_columns(unit=pl.lit("fraction"), reported_by=pl.lit("independent"))
    refused = [
        {"model_name": str(row.get("modelId")), "datasetId": str(row.get("datasetId")), "why": why}
        for row, why in judged
        if why
    ]
    kept = set(table["model_name"])
    facts = read_rows(
        listed,
        Kind.MODEL_FACT,
        [model for name, model in by_id.items() if name in kept],
        lambda model: [_fact(model)],
        _FACT,
        name=lambda model: model["id"],
    )
    return Records(
        {
            Kind.SCORE: table,
            Kind.BENCHMARK: _benchmarks({found for row in scored if (found := _dataset(row["datasetId"]))}),
            Kind.MODEL_FACT: facts.frame,
        },
        pl.concat(
            [
                refusals(Kind.SCORE, pl.DataFrame(refused), pl.col("why")),
                scores.refused,
                facts.refused,
            ]
        ),
    )


def _members(payload: Payload, needed: Sequence[str]) -> list[dict[str, Any]]:
    data = read_json(payload)
    if not isinstance(data, list):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a list")
    need_keys(payload, data, needed)
    return [member if isinstance(member, dict) else {"said": member} for member in data]


def _refusal(row: Mapping[str, Any], model: Mapping[str, Any] | None) -> str | None:
    if model is None:
        return "the model is not in ARC Prize's list of models"
    if _dataset(row.get("datasetId")) is None:
        return f"the data set {row.get('datasetId')!r} is not known here"
    if not row.get("display", True):
        return "hidden by ARC Prize"
    if model.get("providerId") == "Human":
        return "people, not a model"
    if str(model.get("modelType")) in _SYSTEMS:
        return "a system built around models, not the score of a single model"
    return None


def _score(row: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    dataset = _dataset(row["datasetId"])
    return {
        "model_name": row["modelId"],
        "organization": model.get("providerId"),
        "benchmark_id": dataset[0] if dataset else None,
        "setting": _setting(str(model.get("displayName") or "")),
        "score": row.get("score"),
        "cost_usd": row.get("cost") or None,
        "cost_usd_per_task": row.get("costPerTask") or None,
        "url": row.get("resultsUrl") or _PAGE,
    }


def _dataset(name: Any) -> tuple[str, str] | None:
    """Id and title of a data set by its name: v2_Public_Eval is ARC-AGI-2, public set."""
    found = re.fullmatch(_DATASET, str(name))
    if found is None:
        return None
    tail, words = _SETS[found[2]]
    return f"arc-agi-{found[1]}{tail}", f"ARC-AGI-{found[1]}{words}"


def _setting(display_name: str) -> str:
    """What stands in parentheses: 'Claude Sonnet 4 (Thinking 16K)' was run with 'Thinking 16K'."""
    _, opened, rest = display_name.partition("(")
    return rest.rpartition(")")[0] if opened else ""


def _benchmarks(found: set[tuple[str, str]]) -> pl.DataFrame:
    schema = {"benchmark_id": pl.String, "title": pl.String}
    return pl.DataFrame(sorted(found), schema=schema, orient="row").with_columns(
        unit=pl.lit("fraction"),
        random_baseline=pl.lit(0.0),
        ceiling=pl.lit(1.0),
        higher_is_better=pl.lit(True),
        url=pl.lit(_PAGE),
        valid_on=_published_on(pl.col("benchmark_id")),
        valid_precision=pl.when(_published_on(pl.col("benchmark_id")).is_not_null()).then(pl.lit("day")),
    )


def _published_on(benchmark: pl.Expr) -> pl.Expr:
    """The day of each version, its public set's too; null where nobody has looked it up."""
    version = benchmark.str.replace(r"-(public|private)$", "")
    return version.replace_strict(_PUBLISHED, default=None, return_dtype=pl.Date)


def _fact(model: Mapping[str, Any]) -> dict[str, Any]:
    released = read_date(str(model.get("modelReleaseDate") or ""))
    return {
        "model_name": model["id"],
        "organization": model.get("providerId"),
        "display_name": model.get("displayName"),
        "valid_on": released.on if released else None,
        "valid_precision": released.precision if released else None,
    }


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
