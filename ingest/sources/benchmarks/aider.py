"""Aider's three leaderboards of code editing: score, cost, time and tokens of each run, measured by Aider."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, need_percent, read_rows, read_yaml

_FOLDER: Final = "https://raw.githubusercontent.com/Aider-AI/aider/main/aider/website/_data"
_PAGE: Final = "https://aider.chat/docs/leaderboards/"
_PAIR: Final = "two models in one run (architect and editor): not the score of a single model"
_TYPES: Final = pl.Schema(
    {
        "model_name": pl.String,
        "benchmark_id": pl.String,
        "setting": pl.String,
        "score": pl.Float64,
        "unit": pl.String,
        "trials": pl.Int64,
        "cost_usd": pl.Float64,
        "cost_usd_per_task": pl.Float64,
        "seconds_per_task": pl.Float64,
        "input_tokens_per_task": pl.Float64,
        "output_tokens_per_task": pl.Float64,
        "reported_by": pl.String,
        "url": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def _parser(
    benchmark_id: str, title: str, headline: str, tasks: int
) -> Callable[[Sequence[Payload]], Records]:
    def parse(payloads: Sequence[Payload]) -> Records:
        """Scores as fractions of the exercises, costs in USD, and the release dates that rows state."""
        return merge(_parse_board(payload, benchmark_id, title, headline, tasks) for payload in payloads)

    return parse


def _parse_board(payload: Payload, benchmark_id: str, title: str, headline: str, tasks: int) -> Records:
    runs = read_yaml(payload)
    if not isinstance(runs, list):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a list of runs")
    need_keys(payload, runs, ("model", headline))
    rows = [run for run in runs if isinstance(run, dict) and run.get("model") is not None]
    nameless = [{"said": str(run)[:300]} for run in runs if run not in rows]
    single = [row for row in rows if not _is_pair(row)]
    pairs = [{"run": str(row.get("dirname")), "pair": str(row["model"])} for row in rows if _is_pair(row)]
    need_percent(payload, [row.get(headline) for row in single], headline)
    scores = read_rows(
        payload,
        Kind.SCORE,
        single,
        lambda row: [_score(row, benchmark_id, headline)],
        _TYPES,
        name=lambda row: row["model"],
    )
    refused = [
        scores.refused,
        refusals(Kind.SCORE, pl.DataFrame(pairs), _PAIR),
        refusals(Kind.SCORE, pl.DataFrame(nameless), "the run names no model"),
    ]
    return Records(
        {
            Kind.SCORE: scores.frame,
            Kind.BENCHMARK: _benchmark(benchmark_id, title, tasks),
            Kind.MODEL_FACT: _releases(single),
        },
        pl.concat(refused),
    )


def _is_pair(row: Mapping[str, Any]) -> bool:
    editor = row.get("editor_model")
    return " + " in str(row["model"]) or (editor is not None and str(editor) != str(row["model"]))


def _score(row: Mapping[str, Any], benchmark_id: str, headline: str) -> dict[str, Any]:
    rate = _number(row.get(headline))
    cases = _positive(row.get("test_cases"))
    cost = _positive(row.get("total_cost"))
    on = _day(row.get("date"))
    return {
        "model_name": str(row["model"]),
        "benchmark_id": benchmark_id,
        "setting": _setting(row),
        "score": row.get(headline) if rate is None else rate / 100,
        "unit": "fraction",
        "trials": None if cases is None else int(cases),
        "cost_usd": cost,
        "cost_usd_per_task": _per(cost, cases),
        "seconds_per_task": _positive(row.get("seconds_per_case")),
        "input_tokens_per_task": _per(_positive(row.get("prompt_tokens")), cases),
        "output_tokens_per_task": _per(_positive(row.get("completion_tokens")), cases),
        "reported_by": "independent",
        "url": _PAGE,
        "valid_on": on,
        "valid_precision": "day" if on else None,
    }


def _setting(row: Mapping[str, Any]) -> str:
    thinking = row.get("thinking_tokens")
    parts = [
        row.get("reasoning_effort"),
        None if thinking is None else f"{thinking} thinking tokens",
        row.get("edit_format"),
    ]
    return ", ".join(str(part) for part in parts if part is not None)


def _releases(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Release dates, from `released` or, as some rows spell it, `_released`."""
    stated = {str(row["model"]): _day(row.get("released", row.get("_released"))) for row in rows}
    dated = [(name, on, "day") for name, on in stated.items() if on]
    schema = {"model_name": pl.String, "valid_on": pl.Date, "valid_precision": pl.String}
    return pl.DataFrame(dated, schema=schema, orient="row")


def _benchmark(benchmark_id: str, title: str, tasks: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "benchmark_id": [benchmark_id],
            "title": [title],
            "unit": ["fraction"],
            "random_baseline": [0.0],
            "ceiling": [1.0],
            "higher_is_better": [True],
            "tasks": [tasks],
            "url": [_PAGE],
        }
    )


def _day(value: Any) -> date | None:
    """A date as YAML reads it, or as a text where somebody put it in quotes."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = read_date(value) if isinstance(value, str) else None
    return said.on if said and said.precision == "day" else None


def _number(value: Any) -> float | None:
    """A number, in quotes or not; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _positive(value: Any) -> float | None:
    """A cost, time or count; zero means that it was not recorded."""
    found = _number(value)
    return found if found is not None and isfinite(found) and found > 0 else None


def _per(total: float | None, cases: float | None) -> float | None:
    return None if total is None or cases is None else total / cases


def _board(
    source_id: str, title: str, file: str, frozen: str, headline: str, tasks: int, *, core: bool = True
) -> Source:
    return Source(
        id=source_id,
        title=title,
        homepage=_PAGE,
        licence="Apache-2.0",
        attribution="Aider LLM Leaderboards by Paul Gauthier and contributors, aider.chat, Apache-2.0",
        urls=(f"{_FOLDER}/{file}",),
        cadence="30d",
        frozen=f"since {frozen}: no newer run was added",
        kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
        parse=_parser(source_id, title, headline, tasks),
        core=core,
        complete=True,
    )


SOURCES: Final = (
    _board(
        "aider-polyglot",
        "Aider polyglot coding",
        "polyglot_leaderboard.yml",
        "2025-10-04",
        "pass_rate_2",
        225,
    ),
    _board("aider-edit", "Aider code editing", "edit_leaderboard.yml", "2024-12", "pass_rate_2", 133),
    _board("aider-refactor", "Aider refactoring", "refactor_leaderboard.yml", "2024-12", "pass_rate_1", 89),
)
