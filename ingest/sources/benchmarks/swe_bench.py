"""SWE-bench Verified under one small agent, mini-SWE-agent: models with the cost and calls of each run.

They had a board of their own, "bash-only", until September 2026; the same runs stand on the board "Verified",
among those of other agents, which are left out since many of them use more than one model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, complaint, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, need_percent, read_json_of, read_rows

_PAGE: Final = "https://www.swebench.com"
_BENCHMARK_ID: Final = "swe-bench-bash-only"
_BOARDS: Final = ("bash-only", "Verified")
_AGENT: Final = "mini-SWE-agent"
_EFFORTS: Final = frozenset({"minimal", "low", "medium", "high", "xhigh", "max"})
_ROW: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "setting": pl.String,
        "score": pl.Float64,
        "cost_usd": pl.Float64,
        "cost_usd_per_task": pl.Float64,
        "url": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Shares of issues resolved, with USD per run and per issue; the model is read from the row's tags."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.SCORE)
    if not isinstance(data, dict) or not isinstance(data.get("leaderboards"), list):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `leaderboards`")
    rows = _rows_of_board(data["leaderboards"])
    if not rows:
        names = ", ".join(str(board.get("name")) for board in _boards(data["leaderboards"]))
        reason = (
            f"{payload.url} has no board {' or '.join(_BOARDS)} with runs of {_AGENT} under `results`; "
            f"its boards are {names}"
        )
        return Records(refused=complaint(reason))
    need_keys(payload, rows, ("name", "resolved"))
    single = [row for row in rows if len(_models(row)) <= 1]
    several = [{"name": str(row.get("name"))} for row in rows if len(_models(row)) > 1]
    need_percent(payload, [row.get("resolved") for row in single], "`resolved`")
    scores = read_rows(
        payload, Kind.SCORE, single, lambda row: [_score(row)], _ROW, name=lambda row: _models(row)[0]
    )
    table = scores.frame.with_columns(
        benchmark_id=pl.lit(_BENCHMARK_ID), unit=pl.lit("fraction"), reported_by=pl.lit("independent")
    )
    why = "several models in one run: not the score of a single model"
    return Records(
        {Kind.SCORE: table, Kind.BENCHMARK: _BENCHMARK},
        pl.concat([repeated, refusals(Kind.SCORE, pl.DataFrame(several), why), scores.refused]),
    )


def _boards(listed: Sequence[Any]) -> list[Mapping[str, Any]]:
    return [board for board in listed if isinstance(board, dict)]


def _rows_of_board(listed: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The runs of the bash-only board, else those of its agent on the board Verified."""
    own, verified = (_results(listed, name) for name in _BOARDS)
    return own or [row for row in verified if _is_of_the_agent(row)]


def _results(listed: Sequence[Any], name: str) -> list[Mapping[str, Any]]:
    found = [board.get("results") for board in _boards(listed) if board.get("name") == name]
    rows = [row for results in found if isinstance(results, list) for row in results]
    return [row if isinstance(row, dict) else {"said": row} for row in rows]


def _is_of_the_agent(row: Mapping[str, Any]) -> bool:
    """By its field `agent`; older files name it in front of the model."""
    return row.get("agent") == _AGENT or str(row.get("name") or "").startswith(_AGENT)


def _tagged(row: Mapping[str, Any], word: str) -> list[str]:
    said = row.get("tags")
    tags = [str(tag) for tag in said] if isinstance(said, list) else []
    return [tag.removeprefix(f"{word}: ") for tag in tags if tag.startswith(f"{word}: ")]


def _models(row: Mapping[str, Any]) -> list[str]:
    return _tagged(row, "Model") or [str(row.get("name") or "")]


def _score(row: Mapping[str, Any]) -> dict[str, Any]:
    measured = read_date(str(row.get("date") or ""))
    version = row.get("mini-swe-agent_version")
    site = row.get("site")
    return {
        "model_name": _models(row)[0],
        "organization": next(iter(_tagged(row, "Org")), None),
        "setting": ", ".join(
            part for part in (_effort(row), f"mini-swe-agent {version}" if version else "") if part
        ),
        "score": row["resolved"] / 100,
        "cost_usd": row.get("cost") or None,  # 0.0 stands for "not recorded"
        "cost_usd_per_task": row.get("instance_cost") or None,
        "url": site if isinstance(site, str) else _PAGE,
        "valid_on": measured.on if measured else None,
        "valid_precision": measured.precision if measured else None,
    }


def _effort(row: Mapping[str, Any]) -> str:
    """'GPT-5 (2025-08-07) (medium reasoning)' was run with 'medium reasoning'."""
    last = str(row.get("name") or "").rpartition("(")[2].rstrip(") ")
    return last if "reasoning" in last or last in _EFFORTS else ""


_BENCHMARK: Final = pl.DataFrame(
    {
        "benchmark_id": [_BENCHMARK_ID],
        "title": ["SWE-bench Verified, bash only"],
        "unit": ["fraction"],
        "random_baseline": [0.0],
        "ceiling": [1.0],
        "higher_is_better": [True],
        "tasks": [500],
        "url": [_PAGE],
    }
)

SOURCE = Source(
    id="swe-bench",
    title="SWE-bench Verified, models under mini-SWE-agent",
    homepage="https://www.swebench.com",
    licence="CC-BY-NC-4.0",
    attribution="SWE-bench, swebench.com, CC BY-NC 4.0",
    urls=("https://raw.githubusercontent.com/SWE-bench/swe-bench.github.io/master/data/leaderboards.json",),
    cadence="39 10 * * *",
    kinds=(Kind.SCORE, Kind.BENCHMARK),
    parse=parse,
    complete=True,
    shippable=False,
)
