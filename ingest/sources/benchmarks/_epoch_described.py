"""What Epoch's benchmark archive says of its benchmarks, joined with what we know of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from ingest.formats.slugs import slug
from ingest.records import Kind, Records
from ingest.sources.benchmarks._epoch_measures import GUESSED_COLUMNS, MEASURES, Measure

INDEX_ID: Final = "epoch-eci"
_INDEX: Final = Measure(
    "", INDEX_ID, "Epoch Capabilities Index", (), unit="points", baseline=None, ceiling=None
)
_PAGE: Final = "https://epoch.ai/benchmarks"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the archive itself says of its benchmarks: by file, and release dates by squashed name."""

    by_file: Mapping[str, Measure]
    by_name: Mapping[str, dict[str, str | None]]
    released: Mapping[str, str]


def stated_in(tables: Mapping[str, pl.DataFrame]) -> Stated:
    """Read benchmark_metadata.csv where the archive has it, and release dates from the index's own tables."""
    told = tables.get("benchmark_metadata.csv", pl.DataFrame(schema={"benchmark": pl.String}))
    rows = told.filter(pl.col("benchmark").is_not_null()).to_dicts()
    released = {_squashed(row["benchmark"]): row.get("release_date") for row in rows}
    for file, table in tables.items():
        if {"benchmark_name", "benchmark_release_date"} <= set(table.columns) and "/" in file:
            for name, on in table.select("benchmark_name", "benchmark_release_date").iter_rows():
                released[_squashed(name)] = released.get(_squashed(name)) or on
    return Stated(
        {row["source_file"]: _measure_of_row(row) for row in rows if row.get("source_file")},
        {_squashed(row["benchmark"]): row for row in rows},
        {name: on for name, on in released.items() if on},
    )


def _squashed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _measure_of_row(row: Mapping[str, str | None]) -> Measure:
    name = row["benchmark"] or ""
    return Measure(
        row["source_file"] or "",
        slug(name),
        name,
        (row.get("score_column") or "", *GUESSED_COLUMNS),
        scale=_float(row.get("scale"), 1.0) or 1.0,
        stderr="stderr",
        measured=("Started at",),
    )


def benchmarks(parts: Sequence[Records], stated: Stated) -> pl.DataFrame:
    """One row for each benchmark that has scores in this archive."""
    units: dict[str, str] = {}
    for part in parts:
        frame = part.frames.get(Kind.SCORE)
        if frame is not None:
            units.update(frame.select("benchmark_id", "unit").unique().iter_rows())
    rows = [_benchmark_row(benchmark_id, unit, stated) for benchmark_id, unit in sorted(units.items())]
    return pl.DataFrame(rows, schema_overrides={"valid_on": pl.Date}, infer_schema_length=None)


def _benchmark_row(benchmark_id: str, unit: str, stated: Stated) -> dict[str, object]:
    measure = _known(benchmark_id)
    name = measure.name if measure else _name(benchmark_id, stated)
    said = stated.by_name.get(_squashed(name), {})
    released = stated.released.get(_squashed(name))
    later = said.get("superseded_by")
    return {
        "benchmark_id": benchmark_id,
        "title": (measure.title if measure else None) or name,
        "unit": unit,
        "random_baseline": _float(said.get("random_baseline"), measure.baseline if measure else None),
        "ceiling": _float(said.get("score_ceiling"), measure.ceiling if measure else None)
        if unit != "points" or measure
        else None,
        "higher_is_better": measure.higher_is_better if measure else True,
        "superseded_by": _id_of_name(later) if later else None,
        "url": _PAGE,
        "valid_on": pl.Series([released]).str.to_date("%Y-%m-%d", strict=False)[0] if released else None,
        "valid_precision": "day" if released else None,
    }


def _known(benchmark_id: str) -> Measure | None:
    if benchmark_id == INDEX_ID:
        return _INDEX
    unversioned = re.sub(r"-v\d+\.\d+$", "-v{version}", benchmark_id)
    return next(
        (measure for measure in MEASURES if measure.benchmark_id in (benchmark_id, unversioned)), None
    )


def _name(benchmark_id: str, stated: Stated) -> str:
    names = [measure.name for measure in stated.by_file.values() if measure.benchmark_id == benchmark_id]
    return names[0] if names else benchmark_id.replace("-", " ")


def _id_of_name(name: str) -> str:
    known = [measure.benchmark_id for measure in MEASURES if _squashed(measure.name) == _squashed(name)]
    return known[0] if known else slug(name)


def _float(text: str | None, default: float | None) -> float | None:
    try:
        return float(text) if text else default
    except ValueError:
        return default
