"""METR's time horizons: how long a task, in human minutes, models finish half or four fifths of the time.

Versions 1.0 and 1.1 are different task sets: their benchmark ids differ and they are never one line. Above
16 hours METR calls its own estimate unreliable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_rows, read_yaml

_PAGE: Final = "https://metr.org/time-horizons/"
_METRICS: Final[Mapping[str, tuple[str, str, str]]] = {
    # name in the file: head of the benchmark id, unit, title
    "p50_horizon_length": ("metr-horizon-50", "minutes", "METR time horizon, 50 % success"),
    "p80_horizon_length": ("metr-horizon-80", "minutes", "METR time horizon, 80 % success"),
    "average_score": ("metr-average-score", "fraction", "METR average score"),
}
_ROW: Final = pl.Schema(
    {
        "model_name": pl.String,
        "benchmark_id": pl.String,
        "setting": pl.String,
        "score": pl.Float64,
        "unit": pl.String,
        "low": pl.Float64,
        "high": pl.Float64,
        "cost_usd": pl.Float64,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Horizons in minutes with METR's 95 % bounds, average scores as fractions, release dates of models."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data = read_yaml(payload)
    if not isinstance(data, dict) or not isinstance(data.get("results"), dict):
        raise ParseError(f"{payload.source_id}: {payload.url} has no `results` by model")
    version = _version(payload, str(data.get("benchmark_name") or ""))
    models = [(str(name), told) for name, told in data["results"].items()]
    need_keys(payload, [told for _, told in models], ("release_date",))
    read = partial(_rows, version=version)
    scores = read_rows(payload, Kind.SCORE, models, read, _ROW, name=itemgetter(0))
    table = scores.frame.with_columns(reported_by=pl.lit("independent"), url=pl.lit(_PAGE))
    if table.is_empty():
        raise ParseError(
            f"{payload.source_id}: {payload.url} states none of {', '.join(_METRICS)} for any model"
        )
    return Records(
        {
            Kind.SCORE: table,
            Kind.BENCHMARK: _benchmarks(version),
            Kind.MODEL_FACT: _releases(models),
        },
        scores.refused,
    )


def _version(payload: Payload, name: str) -> str:
    """'METR-Horizon-v1' is 1.0, 'METR-Horizon-v1.1' is 1.1; raises ParseError where nothing says which."""
    match = re.search(r"v(\d+)(\.\d+)?", name)
    if match is None:
        raise ParseError(
            f"{payload.source_id}: {payload.url} does not name its version under `benchmark_name`, "
            "and versions are never mixed"
        )
    return f"{match[1]}{match[2] or '.0'}"


def _rows(entry: tuple[str, Mapping[str, Any]], version: str) -> Iterator[dict[str, Any]]:
    model, told = entry
    for setting, metrics in _runs(told):
        usage = metrics.get("usage")
        for name, (head, unit, _) in _METRICS.items():
            metric = metrics.get(name)
            if not isinstance(metric, dict) or metric.get("estimate") is None:
                continue
            yield {
                "model_name": model,
                "benchmark_id": f"{head}-v{version}",
                "setting": setting,
                "score": metric["estimate"],
                "unit": unit,
                "low": metric.get("ci_low"),
                "high": metric.get("ci_high"),
                # 0.0 stands for "not recorded"
                "cost_usd": usage.get("usd") or None if isinstance(usage, dict) else None,
            }


def _runs(told: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Scaffold and metrics: one per agent in files of 2025, one per model since."""
    if "agents" in told:
        return [(str(agent), metrics) for agent, metrics in told["agents"].items()]
    named = told.get("scaffolds")
    scaffolds = [str(name) for name in named if name] if isinstance(named, list) else []
    return [(scaffolds[-1] if scaffolds else "", told["metrics"])]


def _releases(models: Sequence[tuple[str, Any]]) -> pl.DataFrame:
    stated = [(name, told.get("release_date")) for name, told in models if isinstance(told, dict)]
    dates = [(name, read_date(str(on)[:10])) for name, on in stated if on]
    dated = [(name, found.on, found.precision) for name, found in dates if found]
    schema = {"model_name": pl.String, "valid_on": pl.Date, "valid_precision": pl.String}
    return pl.DataFrame(dated, schema=schema, orient="row")


def _benchmarks(version: str) -> pl.DataFrame:
    rows = [
        {
            "benchmark_id": f"{head}-v{version}",
            "title": f"{title}, version {version}",
            "unit": unit,
            "random_baseline": 0.0 if unit == "fraction" else None,
            "ceiling": 1.0 if unit == "fraction" else None,
            "higher_is_better": True,
            "url": _PAGE,
        }
        for head, unit, title in _METRICS.values()
    ]
    return pl.DataFrame(rows)


def _source(source_id: str, title: str, url: str, cadence: str, *, core: bool) -> Source:
    return Source(
        id=source_id,
        title=title,
        homepage=_PAGE,
        licence="none stated",
        attribution="METR, metr.org/time-horizons",
        urls=(url,),
        cadence=cadence,
        kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
        parse=parse,
        core=core,
        complete=True,
    )


SOURCES: Final = (
    _source(
        "metr-time-horizons",
        "METR time horizons, version 1.1",
        "https://metr.org/assets/benchmark_results_1_1.yaml",
        "43 9 * * *",
        core=True,
    ),
    _source(
        "metr-time-horizons-1-0",
        "METR time horizons, version 1.0",
        "https://metr.org/assets/benchmark_results_1_0.yaml",
        "30d",
        core=False,
    ),
)
