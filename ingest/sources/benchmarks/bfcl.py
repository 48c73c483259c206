"""Berkeley Function-Calling Leaderboard: accuracy, cost and latency of models that call functions.

The board became another test in 2025 (version 4 adds web search and memory), and its cost column changed
from USD per 1,000 calls to USD for the whole run.

Since January 2025 its costs of Anthropic's models cannot be all that was paid for: a call of Claude 3.5
Sonnet has $0.0012, which buys 400 tokens of input, where one of GPT-4o, at a lower price, has $0.014.
Anthropic counts what it read from its cache apart from input, and the sums fit a board that left that out.
Such costs are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import polars as pl

from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import need_columns, number, read_csv, unfit_lines

_PAGE: Final = "https://gorilla.cs.berkeley.edu/leaderboard.html"
_PER_THOUSAND: Final = "Cost ($ Per 1k Function Calls)"
_WHOLE_RUN: Final = "Total Cost ($)"
_CACHE_LEFT_OUT: Final = "Anthropic", datetime(2025, 1, 1, tzinfo=UTC)
_ONLY_IN_VERSION_4: Final = re.compile(r"(?i)web search|memory")


def parse(payloads: Sequence[Payload]) -> Records:
    """Overall accuracies as fractions; the way of calling, FC or Prompt, is the setting."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    read = read_csv(payload)
    table = read.frame
    need_columns(payload, table.columns, ("Model", "Overall Acc"))
    maker, since = _CACHE_LEFT_OUT
    whole = pl.lit(payload.as_of < since) | (pl.col("organization") != maker).fill_null(value=True)
    version = 4 if any(_ONLY_IN_VERSION_4.search(name) for name in table.columns) else 3
    scores = table.select(
        model_name="Model",
        organization="Organization" if "Organization" in table.columns else pl.lit(None, pl.String),
        benchmark_id=pl.lit(f"bfcl-v{version}"),
        setting=pl.col("Model").str.extract(r"\(([^()]*)\)\s*$").fill_null(""),
        score=_percent("Overall Acc"),
        unit=pl.lit("fraction"),
        cost_usd=_positive(_WHOLE_RUN, table),
        cost_usd_per_task=_positive(_PER_THOUSAND, table) / 1000,
        seconds_per_task=_positive("Latency Mean (s)", table),
        reported_by=pl.lit("independent"),
        url=_link(table),
    ).with_columns(
        pl.when(whole).then(pl.col(name)).alias(name) for name in ("cost_usd", "cost_usd_per_task")
    )
    return Records({Kind.SCORE: scores, Kind.BENCHMARK: _benchmark(version)}, unfit_lines(Kind.SCORE, read))


def _percent(column: str) -> pl.Expr:
    """A figure without its sign may have become a fraction: it is not read."""
    return pl.col(column).str.extract(r"^([\d.]+)\s*%$").cast(pl.Float64, strict=False) / 100


def _positive(column: str, table: pl.DataFrame) -> pl.Expr:
    """Zero and 'N/A' stand for "not recorded"."""
    if column not in table.columns:
        return pl.lit(None, pl.Float64)
    return pl.when(number(column) > 0).then(number(column))


def _link(table: pl.DataFrame) -> pl.Expr:
    if "Model Link" not in table.columns:
        return pl.lit(_PAGE)
    link = pl.col("Model Link")
    return pl.when(link.str.starts_with("http")).then(link).otherwise(pl.lit(_PAGE))


def _benchmark(version: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "benchmark_id": [f"bfcl-v{version}"],
            "title": [f"Berkeley Function-Calling Leaderboard, version {version}"],
            "unit": ["fraction"],
            "random_baseline": [0.0],
            "ceiling": [1.0],
            "higher_is_better": [True],
            "url": [_PAGE],
        }
    )


SOURCE = Source(
    id="bfcl",
    title="Berkeley Function-Calling Leaderboard",
    homepage=_PAGE,
    licence="Apache-2.0",
    attribution="Berkeley Function-Calling Leaderboard, Gorilla project, Apache-2.0",
    urls=("https://gorilla.cs.berkeley.edu/data_overall.csv",),
    cadence="7d",
    kinds=(Kind.SCORE, Kind.BENCHMARK),
    parse=parse,
    complete=True,
)
