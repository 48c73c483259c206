"""LiveBench: every release is a test of its own, with measured cost and tokens since 2026.

A release is three files: scores per task, the categories of its tasks, and (lately) costs per model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.slugs import slugs
from ingest.formats.table import Table
from ingest.records import Kind, Records, complaint, merge, refusals
from ingest.source import Payload, Read, Source, Version
from ingest.sources._payloads import need_columns, need_percent, number, read_csv, read_json, unfit_lines

_SITE: Final = "https://livebench.ai"
_INDEX: Final = "https://api.github.com/repos/LiveBench/new-livebench/contents/public"
"""The files of the site; the site itself names its releases in a script only."""
_PART: Final = re.compile(r"/(table|categories|cost)_(\d{4}_\d{2}_\d{2})\.(?:csv|json)$")
_LATEST: Final = "2026_06_25"
_EARLIER: Final = (
    "2024_06_24",
    "2024_07_26",
    "2024_08_31",
    "2024_11_25",
    "2025_04_02",
    "2025_04_25",
    "2025_05_30",
    "2025_11_25",
    "2025_12_23",
    "2026_01_08",
)
_EFFORT: Final = (
    r"((?:thinking(?:-auto|-\d+k)?-)?(?:minimal|low|medium|high|xhigh|max)-effort"
    r"|minimal|low|medium|high|xhigh|nothinking|thinking(?:-\d+k)?)$"
)
"""How LiveBench ends the names of runs with a stated effort; a bare `-max` may be part of a model's name."""


@dataclass(frozen=True, slots=True)
class _Release:
    """The files of one release; the cost file may be missing, and for a moment the others too."""

    date: str
    table: Payload | None = None
    categories: Payload | None = None
    cost: Payload | None = None


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores as fractions: the overall score is the mean over categories, a category the mean of its tasks.

    A model that lacks a task of a category has no comparable mean there: it is refused. Costs are USD per
    question, tokens per question.
    """
    found: dict[str, dict[str, Payload]] = {}
    for payload in payloads:
        part = _PART.search(payload.url)
        if part:
            found.setdefault(part[2], {})[part[1]] = payload
    releases = [_Release(date, **parts) for date, parts in sorted(found.items())]
    return merge(_parse_release(release) for release in releases)


def _parse_release(release: _Release) -> Records:
    if release.table is None or release.categories is None:
        return Records()
    read = read_csv(release.table)
    table = read.frame
    need_columns(release.table, table.columns, ("model",))
    groups = _categories(release.categories)
    tasks = {name: [task for task in told if task in table.columns] for name, told in groups.items()}
    means = {name: _mean_of_tasks(told) / 100 for name, told in tasks.items() if told}
    if not means:
        raise ParseError(
            f"{release.table.source_id}: {release.table.url} has none of the tasks that the categories name; "
            f"it has {', '.join(table.columns)}"
        )
    costs, unfit = _costs(release.cost)
    named = table.filter(pl.col("model").is_not_null())
    wide = named.select("model", **means).join(costs, on="model", how="left")
    benchmark_id = "livebench-" + release.date.replace("_", "-")
    names = list(means)
    overall = wide.with_columns(score=_mean_or_null(names), category=pl.lit(None, pl.String))
    need_percent(release.table, (overall["score"] * 100).to_list(), "the mean over all tasks")
    parts = [overall, *(wide.with_columns(score=pl.col(name), category=pl.lit(name)) for name in names)]
    rows = pl.concat(parts).with_columns(benchmark_id=_benchmark_id(benchmark_id))
    incomplete = rows.filter(pl.col("score").is_null()).select("benchmark_id", model_name="model")
    lacking = "some tasks of this release are missing for the model, or are no numbers"
    nameless = refusals(Kind.SCORE, table.filter(pl.col("model").is_null()), "the row names no model")
    refused = [refusals(Kind.SCORE, incomplete, lacking), nameless, unfit_lines(Kind.SCORE, read), unfit]
    return Records(
        {
            Kind.SCORE: _scores(rows.filter(pl.col("score").is_not_null())),
            Kind.BENCHMARK: _benchmarks(rows, release.date),
        },
        pl.concat(refused),
    )


def _categories(payload: Payload) -> Mapping[str, list[str]]:
    groups = read_json(payload)
    if not isinstance(groups, dict) or not all(isinstance(told, list) for told in groups.values()):
        raise ParseError(f"{payload.source_id}: {payload.url} is not an object of categories with tasks")
    return groups


def _mean_of_tasks(tasks: Sequence[str]) -> pl.Expr:
    total = pl.sum_horizontal([number(task) for task in tasks], ignore_nulls=False)
    return total / len(tasks)


def _mean_or_null(names: Sequence[str]) -> pl.Expr:
    return pl.sum_horizontal([pl.col(name) for name in names], ignore_nulls=False) / len(names)


def _benchmark_id(release: str) -> pl.Expr:
    category = slugs(pl.col("category"), dots=True)
    return pl.when(category.is_null()).then(pl.lit(release)).otherwise(pl.lit(release + "-") + category)


def _costs(payload: Payload | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Measured cost and tokens per question by model, zero = not recorded; and the lines that do not fit.

    Costs are beside the point of the source: without a column `model` there are none.
    """
    fields = {"cost_per_question": "usd", "avg_input_tokens": "read", "avg_output_tokens": "written"}
    nothing = pl.DataFrame(schema={"model": pl.String} | dict.fromkeys(fields.values(), pl.Float64))
    if payload is None:
        return nothing, unfit_lines(Kind.SCORE, Table("", nothing))
    read = read_csv(payload)
    table = read.frame
    if "model" not in table.columns:
        where = f"{payload.source_id}: {payload.url}"
        return nothing, complaint(
            f"{where} has no column 'model'; it has {', '.join(table.columns)}: no costs"
        )
    values = {
        field: pl.when(number(name) > 0).then(number(name))
        if name in table.columns
        else pl.lit(None, pl.Float64)
        for name, field in fields.items()
    }
    costs = table.select("model", **values).unique("model", keep="first", maintain_order=True)
    return costs, unfit_lines(Kind.SCORE, read)


def _scores(rows: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("category").is_null()
    return rows.select(
        "benchmark_id",
        "score",
        model_name="model",
        setting=pl.col("model").str.extract(rf"-{_EFFORT}").fill_null(""),
        unit=pl.lit("fraction"),
        # The cost file speaks of the whole test, not of its categories.
        cost_usd_per_task=pl.when(whole).then("usd"),
        input_tokens_per_task=pl.when(whole).then("read"),
        output_tokens_per_task=pl.when(whole).then("written"),
        reported_by=pl.lit("independent"),
        url=pl.lit(_SITE),
    )


def _benchmarks(rows: pl.DataFrame, date: str) -> pl.DataFrame:
    day = pl.lit(date).str.to_date("%Y_%m_%d")
    named = pl.lit("LiveBench ") + date.replace("_", "-")
    category = pl.col("category")
    return rows.unique("benchmark_id", maintain_order=True).select(
        "benchmark_id",
        title=pl.when(category.is_null()).then(named).otherwise(named + ": " + category),
        unit=pl.lit("fraction"),
        random_baseline=pl.lit(0.0),
        ceiling=pl.lit(1.0),
        higher_is_better=pl.lit(True),
        url=pl.lit(_SITE),
        valid_on=day,
        valid_precision=pl.lit("day"),
    )


def _addresses(date: str) -> tuple[str, ...]:
    return (f"{_SITE}/table_{date}.csv", f"{_SITE}/categories_{date}.json", f"{_SITE}/cost_{date}.csv")


def newer_release(payload: Payload) -> tuple[str, ...]:
    """The files of the newest release of the index, where it is newer than the one asked for anyway."""
    if payload.url != _INDEX:
        return ()
    files = read_json(payload)
    names = (
        [str(file.get("name")) for file in files if isinstance(file, dict)] if isinstance(files, list) else []
    )
    dates = [
        part[2] for part in map(_PART.search, (f"/{name}" for name in names)) if part and part[1] == "table"
    ]
    newest = max(dates, default=_LATEST)
    return _addresses(newest) if newest > _LATEST else ()


def history(_read: Read, since: date, until: date) -> Iterator[Version]:
    """The releases between two days, as of their dates; only the newest of all has a cost file."""
    for day in _EARLIER:
        on = datetime.strptime(day, "%Y_%m_%d").replace(tzinfo=UTC)
        if since <= on.date() <= until:
            for url in _addresses(day)[:2]:
                yield Version(url, url, on)


SOURCE = Source(
    id="livebench",
    title="LiveBench, scores with measured cost",
    homepage=_SITE,
    licence="Apache-2.0",
    attribution="LiveBench, livebench.ai, Apache-2.0",
    urls=(*_addresses(_LATEST), _INDEX),
    follow=newer_release,
    cadence="27 8 * * *",
    kinds=(Kind.SCORE, Kind.BENCHMARK),
    parse=parse,
    core=True,
    complete=True,
    grouped=True,
    history=history,
    replay_ids=("livebench-cost",),
)
