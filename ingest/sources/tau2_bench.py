"""τ²-bench: one file per submission, named by a manifest. Names and addresses of people are not taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json

_FOLDER: Final = (
    "https://raw.githubusercontent.com/sierra-research/tau2-bench/main/web/leaderboard/public/submissions"
)
_PAGE: Final = "https://taubench.com"
_TEXT_LISTS: Final = ("submissions", "legacy_submissions")
_DOMAINS: Final = ("retail", "airline", "telecom", "banking_knowledge")
_ROW: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "benchmark_id": pl.String,
        "setting": pl.String,
        "score": pl.Float64,
        "cost_usd_per_task": pl.Float64,
        "reported_by": pl.String,
        "url": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """pass^1 per domain as a fraction, with USD per task where stated.

    Results of the first version of the test and of custom agents are not comparable: they are refused. A
    submission of the model's own maker counts as vendor-reported.
    """
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data = read_json(payload)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a submission")
    if "results" not in data:
        return Records()  # the manifest, which `follow` reads
    rows = list(_rows(data))
    why = _not_comparable(data)
    if why:
        names = pl.DataFrame([{key: row[key] for key in ("model_name", "benchmark_id")} for row in rows])
        return Records(refused=refusals(Kind.SCORE, names, why))
    scores = pl.DataFrame(rows, schema=_ROW).with_columns(unit=pl.lit("fraction"))
    return Records(
        {
            Kind.SCORE: scores,
            Kind.BENCHMARK: _benchmarks(scores["benchmark_id"].to_list()),
            Kind.MODEL_FACT: _release(data),
        }
    )


def _not_comparable(data: Mapping[str, Any]) -> str | None:
    if data.get("submission_type") == "custom":
        return "a custom agent, not a model under the standard one"
    if "original" in str((data.get("methodology") or {}).get("tau2_bench_version") or ""):
        return "measured on the first version of the test, which is not comparable"
    return None


def _rows(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    how = data.get("methodology") or {}
    measured = read_date(str(how.get("evaluation_date") or ""))
    own = str(data.get("submitting_organization")) == str(data.get("model_organization"))
    for domain in _DOMAINS:
        result = (data.get("results") or {}).get(domain) or {}
        if result.get("pass_1") is None:
            continue
        yield {
            "model_name": data.get("model_name"),
            "organization": data.get("model_organization"),
            "benchmark_id": "tau2-bench-" + domain.replace("_", "-"),
            "setting": _setting(data, result),
            "score": result["pass_1"] / 100,
            "cost_usd_per_task": result.get("cost") or None,
            "reported_by": "vendor" if own else "independent",
            "url": _PAGE,
            "valid_on": measured.on if measured else None,
            "valid_precision": measured.precision if measured else None,
        }


def _setting(data: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    how = data.get("methodology") or {}
    user = how.get("user_simulator")
    parts = [data.get("reasoning_effort"), f"user {user}" if user else None, result.get("retrieval_config")]
    return ", ".join(str(part) for part in parts if part)


def _release(data: Mapping[str, Any]) -> pl.DataFrame:
    stated = data.get("model_release") or {}
    released = read_date(str(stated.get("release_date") or ""))
    rows = (
        [(data.get("model_name"), data.get("model_organization"), released.on, released.precision)]
        if released
        else []
    )
    schema = {
        "model_name": pl.String,
        "organization": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _benchmarks(found: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "benchmark_id": found,
            "title": [f"τ²-bench: {name.removeprefix('tau2-bench-').replace('-', ' ')}" for name in found],
        },
        schema={"benchmark_id": pl.String, "title": pl.String},
    ).with_columns(
        unit=pl.lit("fraction"),
        random_baseline=pl.lit(0.0),
        ceiling=pl.lit(1.0),
        higher_is_better=pl.lit(True),
        url=pl.lit(_PAGE),
    )


def follow(payload: Payload) -> Sequence[str]:
    """The files of the submissions that the manifest lists, without those by voice."""
    if not payload.url.endswith("/manifest.json"):
        return ()
    manifest = read_json(payload)
    return [f"{_FOLDER}/{name}/submission.json" for kind in _TEXT_LISTS for name in manifest.get(kind) or ()]


SOURCE = Source(
    id="tau2-bench",
    title="τ²-bench, agents that serve customers",
    homepage=_PAGE,
    licence="MIT",
    attribution="τ²-bench by Sierra Research, MIT",
    urls=(f"{_FOLDER}/manifest.json",),
    cadence="3d",
    kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
    parse=parse,
    follow=follow,
)
