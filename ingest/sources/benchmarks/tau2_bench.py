"""τ²-bench: one file per submission, named by a manifest. Names and addresses of people are not taken in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_json, read_json_of, read_rows

_FOLDER: Final = (
    "https://raw.githubusercontent.com/sierra-research/tau2-bench/main/web/leaderboard/public/submissions"
)
_MANIFEST: Final = "/manifest.json"
_PAGE: Final = "https://taubench.com"
_TEXT_LISTS: Final = ("submissions", "legacy_submissions")
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
    data, repeated = read_json_of(payload, Kind.SCORE)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a submission")
    if payload.url.endswith(_MANIFEST) and "results" not in data:
        if not any(isinstance(data.get(kind), list) for kind in _TEXT_LISTS):
            raise ParseError(
                f"{payload.source_id}: {payload.url} lists no submissions under {', '.join(_TEXT_LISTS)}; "
                f"it has {', '.join(data)}"
            )
        return Records()  # `follow` reads it
    need_keys(payload, [data], ("results",))
    need_keys(payload, [data], ("model_name",))
    results = data["results"] if isinstance(data["results"], dict) else {}
    domains = [(name, told) for name, told in results.items() if isinstance(told, dict)]
    if not isinstance(data["model_name"], str) or not domains:
        raise ParseError(f"{payload.source_id}: {payload.url} names no model or has no results by domain")
    why = _not_comparable(data)
    if why:
        named = [{"model_name": str(data["model_name"]), "domain": name} for name, _ in domains]
        return Records(refused=refusals(Kind.SCORE, pl.DataFrame(named), why))
    need_keys(payload, [told for _, told in domains], ("pass_1",))
    scores = read_rows(
        payload,
        Kind.SCORE,
        [(name, told) for name, told in domains if told.get("pass_1") is not None],
        lambda domain: [_row(data, *domain)],
        _ROW,
        name=lambda _: data["model_name"],
    )
    return Records(
        {
            Kind.SCORE: scores.frame.with_columns(unit=pl.lit("fraction")),
            Kind.BENCHMARK: _benchmarks(scores.frame["benchmark_id"].to_list()),
            Kind.MODEL_FACT: _release(data),
        },
        pl.concat([repeated, scores.refused]),
    )


def _not_comparable(data: Mapping[str, Any]) -> str | None:
    if data.get("submission_type") == "custom":
        return "a custom agent, not a model under the standard one"
    if "original" in str(_part(data, "methodology").get("tau2_bench_version") or ""):
        return "measured on the first version of the test, which is not comparable"
    return None


def _row(data: Mapping[str, Any], domain: str, result: Mapping[str, Any]) -> dict[str, Any]:
    measured = read_date(str(_part(data, "methodology").get("evaluation_date") or ""))
    own = str(data.get("submitting_organization")) == str(data.get("model_organization"))
    return {
        "model_name": data["model_name"],
        "organization": data.get("model_organization"),
        "benchmark_id": "tau2-bench-" + re.sub(r"[^a-z0-9.]+", "-", domain.lower()),
        "setting": _setting(data, result),
        "score": result["pass_1"] / 100,
        "cost_usd_per_task": result.get("cost") or None,
        "reported_by": "vendor" if own else "independent",
        "url": _PAGE,
        "valid_on": measured.on if measured else None,
        "valid_precision": measured.precision if measured else None,
    }


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside the submission, empty where it is missing or something else."""
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _setting(data: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    how = _part(data, "methodology")
    user = how.get("user_simulator")
    parts = [data.get("reasoning_effort"), f"user {user}" if user else None, result.get("retrieval_config")]
    return ", ".join(str(part) for part in parts if part)


def _release(data: Mapping[str, Any]) -> pl.DataFrame:
    stated, maker = _part(data, "model_release"), data.get("model_organization")
    released = read_date(str(stated.get("release_date") or ""))
    rows = (
        [(data["model_name"], maker if isinstance(maker, str) else None, released.on, released.precision)]
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
    if not payload.url.endswith(_MANIFEST):
        return ()
    manifest = read_json(payload)
    lists = [manifest.get(kind) for kind in _TEXT_LISTS] if isinstance(manifest, dict) else []
    names = [name for listed in lists if isinstance(listed, list) for name in listed if isinstance(name, str)]
    return [f"{_FOLDER}/{quote(name)}/submission.json" for name in names]


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
