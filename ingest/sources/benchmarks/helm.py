"""HELM Capabilities, Stanford's board of five tests run alike on all models.

A release is a file of tables; the first one holds a row for each model and a column for each test, every cell
an object with its `value`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.slugs import slug
from ingest.records import Kind, Records, merge, refused_lines
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json

_RELEASE: Final = "v1.15.0"
_PAGE: Final = "https://crfm.stanford.edu/helm/capabilities/latest/"
_MODEL: Final = "Model"


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores as fractions, one benchmark for each column."""
    return merge(_release(payload) for payload in payloads)


def _release(payload: Payload) -> Records:
    tables = read_json(payload)
    table = tables[0] if isinstance(tables, list) and tables else None
    if not isinstance(table, dict) or not isinstance(table.get("rows"), list):
        raise ParseError(f"{payload.url} is no list of tables with `rows`")
    names = [str(_said(cell) or "") for cell in table.get("header") or []]
    if _MODEL not in names:
        raise ParseError(f"{payload.url} has no column {_MODEL!r}; it has {', '.join(names)}")
    rows = [row for row in table["rows"] if isinstance(row, list) and len(row) == len(names)]
    broken = [
        (str(row)[:300], "the row has not as many cells as the header")
        for row in table["rows"]
        if row not in rows
    ]
    at = names.index(_MODEL)
    columns = {place: name for place, name in enumerate(names) if _is_score(rows, place)}
    scores = [
        {"model_name": str(_said(row[at])), "benchmark_id": _id(name), "score": _said(row[place])}
        for row in rows
        for place, name in columns.items()
        if _said(row[place]) is not None
    ]
    if not scores:
        raise ParseError(f"{payload.url} has no column of scores among {', '.join(names)}")
    return Records(
        {
            Kind.SCORE: pl.DataFrame(
                scores, schema={"model_name": pl.String, "benchmark_id": pl.String, "score": pl.Float64}
            ).with_columns(
                setting=pl.lit(""),
                unit=pl.lit("fraction"),
                reported_by=pl.lit("independent"),
                url=pl.lit(_PAGE),
            ),
            Kind.BENCHMARK: pl.DataFrame(
                [
                    {"benchmark_id": _id(name), "title": f"HELM Capabilities: {name}"}
                    for name in columns.values()
                ]
            ).with_columns(
                unit=pl.lit("fraction"),
                ceiling=pl.lit(1.0),
                higher_is_better=pl.lit(value=True),
                url=pl.lit(_PAGE),
            ),
        },
        refused_lines(Kind.SCORE, broken),
    )


def _said(cell: Any) -> Any:
    return cell.get("value") if isinstance(cell, Mapping) else None


def _is_score(rows: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether a column holds figures from 0 to 1 and nothing else, besides empty cells."""
    said = [_said(row[place]) for row in rows if _said(row[place]) is not None]
    return bool(said) and all(
        isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1 for value in said
    )


def _id(name: str) -> str:
    """'MMLU-Pro - COT correct' is the test MMLU-Pro."""
    return "helm-" + slug(name.partition(" - ")[0])


SOURCE = Source(
    id="helm-capabilities",
    title=f"HELM Capabilities, release {_RELEASE}",
    homepage=_PAGE,
    licence="Apache-2.0",
    attribution="HELM, Stanford Center for Research on Foundation Models",
    urls=(
        "https://storage.googleapis.com/crfm-helm-public/capabilities/benchmark_output/releases/"
        f"{_RELEASE}/groups/core_scenarios.json",
    ),
    cadence="30d",
    kinds=(Kind.SCORE, Kind.BENCHMARK),
    parse=parse,
    complete=True,
)
