"""Epoch AI's benchmark archive: a zip of one CSV per benchmark, in its two layouts.

The layout of autumn 2026 describes its files in benchmark_metadata.csv and its models in model_metadata.csv;
the older one does neither. Both are read by the names of columns; what the archive says of a benchmark wins
over what stands in `_epoch_measures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.containers import unzipped
from ingest.formats.slugs import slug
from ingest.formats.table import Table
from ingest.records import Kind, Records, complaint, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import csv_of_bytes, day, day_precision, number, unfit_lines
from ingest.sources.benchmarks._epoch_described import INDEX_ID, Stated, benchmarks, stated_in
from ingest.sources.benchmarks._epoch_measures import GUESSED_COLUMNS, MEASURES, Measure
from ingest.sources.benchmarks._epoch_models import model_facts

URL: Final = "https://epoch.ai/data/benchmark_data.zip"

_LIKELY: Final = re.compile(r"(?i)score|accuracy|percent|%|pass|solved|resolved|mean|average")
_UNLIKELY: Final = re.compile(r"(?i)error|stderr|\bse\b|\bci\b|cost|date|tokens|seconds|\bid\b|flop|runs")
EFFORT: Final = r"_(minimal|low|medium|high|xhigh|max|ultra|none|unknown|thinking|promax|prounknown|\d+[kK])$"
"""What Epoch appends to a model version: reasoning effort or thinking budget in tokens."""

_READ_BEFORE: Final = frozenset(
    {"epoch_capabilities_index.csv", "eci_scores.csv", *(measure.file for measure in MEASURES)}
)
_MODEL: Final = ("Model version", "Name", "Model")
_LINKS: Final = (
    "Source link",
    "Source link (site from table)",
    "Source Link",
    "Log viewer",
    "Source",
    "Trajectories",
)
_SELF_REPORT: Final = r"(?i)system card|model card|technical report"
_NOT_BY_MAKER: Final = r"(?i)leaderboard|helm|crfm"


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores, benchmarks and model facts of the archive; scores in the unit of each benchmark."""
    return merge(_parse_archive(payload) for payload in payloads)


def _parse_archive(payload: Payload) -> Records:
    files = _tables(payload)
    tables = {name: table.frame for name, table in files.items()}
    stated = stated_in(tables)
    parts = [_scores_of_file(file, table, stated) for file, table in tables.items() if "/" not in file]
    parts += [_index_of_versions(tables), _index_of_groups(tables)]
    if not any(Kind.SCORE in part.frames for part in parts):
        raise ParseError(
            f"{payload.source_id}: {payload.url} holds no score; its files are {', '.join(tables)}"
        )
    facts = model_facts(tables)
    described = benchmarks(parts, stated)
    unfit = [Records(refused=unfit_lines(Kind.SCORE, table)) for table in files.values()]
    return merge([*parts, *unfit, Records({Kind.MODEL_FACT: facts, Kind.BENCHMARK: described})])


def _tables(payload: Payload) -> dict[str, Table]:
    """All CSV files of the archive by path; a common top folder is cut off, an empty file left out."""
    where = f"{payload.source_id}: {payload.url}"
    bodies = unzipped(payload.body, where, lambda path: path.lower().endswith(".csv"))
    if not bodies:
        raise ParseError(f"{where} holds no CSV file")
    top = {name.split("/", 1)[0] for name in bodies}
    cut = len(top.pop()) + 1 if len(top) == 1 and all("/" in name for name in bodies) else 0
    return {name[cut:]: csv_of_bytes(body, name) for name, body in bodies.items() if body.strip()}


def _scores_of_file(file: str, table: pl.DataFrame, stated: Stated) -> Records:
    if "Model version" not in table.columns or file == "epoch_capabilities_index.csv":
        return Records()
    said = stated.by_file.get(file)
    known = [_as_stated(measure, said, table) for measure in MEASURES if measure.file == file]
    usable = [measure for measure in known if _score_column(measure, table)]
    if not usable:
        usable = [_guess(file, table, said, known)]
    if not _score_column(usable[0], table):
        return _without_score(file, table)
    return merge(_scores(measure, table) for measure in usable)


def _without_score(file: str, table: pl.DataFrame) -> Records:
    """A file whose score column has another name: its rows wait in quarantine, and the payload says so."""
    likely = _likeliest(table)
    proposal = f"; the likeliest is {likely!r}" if likely else ""
    reason = f"{file}: no known score column among {', '.join(table.columns)}{proposal}"
    rows = table.with_columns(model_name=_text(_MODEL, table))
    waiting = refusals(Kind.SCORE, rows, reason)
    # A file that nobody knows yet is no loss; one that was read before is.
    lost = file in _READ_BEFORE
    return Records(refused=pl.concat([complaint(reason), waiting]) if lost else waiting)


def _likeliest(table: pl.DataFrame) -> str | None:
    """The column of figures that sounds most like a score: what a person would look at first."""
    said = table.select(pl.all().replace("", None))
    figures = [
        name
        for name in table.columns
        if said[name].drop_nulls().len() and _number_share(said, name) == 1 and not _UNLIKELY.search(name)
    ]
    return next((name for name in figures if _LIKELY.search(name)), next(iter(figures), None))


def _number_share(table: pl.DataFrame, name: str) -> float:
    """The share of the filled cells of a column that are numbers."""
    filled = table.filter(pl.col(name).is_not_null())
    return filled.select(number(name).is_not_null().mean()).item()  # type: ignore[no-any-return] # a mean of booleans


def _as_stated(measure: Measure, said: Measure | None, table: pl.DataFrame) -> Measure:
    """The scale that the archive states for the very column, where it does."""
    if said is None or measure.unit != "fraction" or _score_column(measure, table) != said.columns[0]:
        return measure
    return replace(measure, scale=said.scale)


def _guess(file: str, table: pl.DataFrame, said: Measure | None, known: Sequence[Measure]) -> Measure:
    """A measure for a file that is new or has lost its column: as the archive says, else by usual names."""
    stem = file.removesuffix(".csv").removesuffix("_external")
    measure = said or Measure(file, slug(stem), stem.replace("_", " "), GUESSED_COLUMNS)
    if known:
        first = known[0]
        measure = replace(
            measure,
            benchmark_id=first.benchmark_id,
            name=first.name,
            setting=first.setting,
            version=first.version,
        )
    column = _score_column(measure, table)
    if column is None:
        return measure
    values = table.select(number(column) * measure.scale).to_series()
    if values.is_between(0, 1).all():
        return replace(measure, stderr="stderr" if "stderr" in table.columns else None)
    if said is None and ("%" in column or "ercent" in column) and values.is_between(0, 100).all():
        return replace(measure, scale=0.01)
    return replace(measure, unit="points", baseline=None, ceiling=None)


def _score_column(measure: Measure, table: pl.DataFrame) -> str | None:
    if measure.only_without in table.columns or (measure.only_with or "Model version") not in table.columns:
        return None
    return next((name for name in measure.columns if name in table.columns), None)


def _scores(measure: Measure, table: pl.DataFrame) -> Records:
    column = _score_column(measure, table)
    if column is None:
        return Records()
    present = table.filter(pl.col(column).is_not_null())
    no_name = _text(_MODEL, present).is_null()
    unread = number(column).is_null()
    rows = present.filter(~no_name & ~unread).select(**_fields(measure, column, present))
    refused = pl.concat(
        [
            refusals(Kind.SCORE, present.filter(no_name), f"{measure.file}: the row names no model"),
            refusals(
                Kind.SCORE,
                present.with_columns(model_name=_text(_MODEL, table)).filter(~no_name & unread),
                f"{measure.file}: {column} is not a number",
            ),
        ]
    )
    return Records({Kind.SCORE: _distinct_settings(rows, measure.higher_is_better)}, refused)


def _fields(measure: Measure, column: str, table: pl.DataFrame) -> dict[str, pl.Expr]:
    bounds = measure.scale if measure.bounds_scale is None else measure.bounds_scale
    score = number(column) * measure.scale
    half = _number(measure.half_width, table) * bounds
    measured = next((name for name in measure.measured if name in table.columns), None)
    valid_on = day(measured) if measured else pl.lit(None, pl.Date)
    return {
        "model_name": _text(_MODEL, table),
        "organization": _text(("Organization",), table),
        "benchmark_id": _benchmark_id(measure, table),
        "setting": _setting(measure, table),
        # Percentages such as 100.00000000000001 come from Epoch's own rounding.
        "score": pl.when(score.is_between(1, 1 + 1e-9)).then(1.0).otherwise(score)
        if measure.unit == "fraction"
        else score,
        "unit": pl.lit(measure.unit),
        "stderr": _number(measure.stderr, table) * bounds,
        "low": pl.coalesce(_number(measure.low, table) * bounds, score - half),
        "high": pl.coalesce(_number(measure.high, table) * bounds, score + half),
        "cost_usd": _positive(measure.cost_usd, table),
        "cost_usd_per_task": _positive(measure.cost_usd_per_task, table),
        "seconds_per_task": _positive(measure.seconds_per_task, table),
        "output_tokens_per_task": _positive(measure.output_tokens_per_task, table),
        "reported_by": _reporter(measure, table),
        "url": _link(table),
        "valid_on": valid_on,
        "valid_precision": day_precision(valid_on),
        "_name": _text(("Name",), table),
        "_source": _text(("Source", "Notes"), table),
    }


def _benchmark_id(measure: Measure, table: pl.DataFrame) -> pl.Expr:
    head, mark, tail = measure.benchmark_id.partition("{version}")
    if not mark:
        return pl.lit(measure.benchmark_id)
    version = _text((measure.version or "",), table).str.extract(r"(\d+\.\d+)").fill_null("1.0")
    return pl.lit(head) + version + pl.lit(tail)


def _setting(measure: Measure, table: pl.DataFrame) -> pl.Expr:
    effort = _text(("Model version",), table).str.extract(EFFORT)
    parts = [effort, *(_setting_part(name) for name in measure.setting if name in table.columns)]
    return pl.concat_str(parts, separator=", ", ignore_nulls=True)


def _setting_part(name: str) -> pl.Expr:
    text = pl.col(name)
    if name != "Shots":
        return text
    return pl.when(text.str.contains(r"^\d+$")).then(text + "-shot").otherwise(text)


def _distinct_settings(rows: pl.DataFrame, higher_is_better: bool) -> pl.DataFrame:
    """Tell rows of one model and setting apart by name and source; the best comes first."""
    key = ("model_name", "benchmark_id", "setting", "valid_on")
    for extra in ("_name", "_source"):
        repeated = pl.struct(key).is_duplicated() & pl.col(extra).is_not_null()
        longer = pl.concat_str(
            [pl.when(pl.col("setting") != "").then(pl.col("setting")), pl.col(extra)],
            separator=", ",
            ignore_nulls=True,
        )
        rows = rows.with_columns(setting=pl.when(repeated).then(longer).otherwise("setting"))
    return rows.drop("_name", "_source").sort("score", descending=higher_is_better, maintain_order=True)


def _reporter(measure: Measure, table: pl.DataFrame) -> pl.Expr:
    source = _text(("Source", "Notes"), table).fill_null("")
    default = pl.lit(measure.reported_by)
    if measure.literature:
        return pl.when(source.str.contains(_NOT_BY_MAKER)).then(pl.lit("independent")).otherwise(default)
    return pl.when(source.str.contains(_SELF_REPORT)).then(pl.lit("vendor")).otherwise(default)


def _text(names: Iterable[str], table: pl.DataFrame) -> pl.Expr:
    there = [pl.col(name) for name in names if name in table.columns]
    return pl.coalesce(there) if there else pl.lit(None, pl.String)


def _number(name: str | None, table: pl.DataFrame) -> pl.Expr:
    return number(name) if name in table.columns and name else pl.lit(None, pl.Float64)


def _positive(name: str | None, table: pl.DataFrame) -> pl.Expr:
    """A cost, time or count; zero means that it was not recorded."""
    value = _number(name, table)
    return pl.when(value > 0).then(value)


def _link(table: pl.DataFrame) -> pl.Expr:
    there = [pl.col(name) for name in _LINKS if name in table.columns]
    links = [pl.when(link.str.contains(r"^https?://\S+$")).then(link) for link in there]
    return pl.coalesce(links) if links else pl.lit(None, pl.String)


def _index_of_groups(tables: Mapping[str, pl.DataFrame]) -> Records:
    """The published index per model with its 90 % interval (the layout of autumn 2026)."""
    table = tables.get("epoch_capabilities_index/eci_scores.csv")
    return Records() if table is None else index_scores(table)


def index_scores(table: pl.DataFrame) -> Records:
    """Rows of Epoch's eci_scores.csv as scores in points with the 90 % interval, under the model's name."""
    name = _text(("Model", "Model name", "Display name"), table)
    column = next((column for column in ("eci", "ECI Score", "ECI") if column in table.columns), None)
    if column is None:
        return _without_score("eci_scores.csv", table)
    rows = table.filter(name.is_not_null() & number(column).is_not_null()).select(
        **_index_fields(name, column),
        organization=_text(("Organization",), table),
        low=_number("eci_ci_low", table),
        high=_number("eci_ci_high", table),
    )
    return Records({Kind.SCORE: rows})


def _index_of_versions(tables: Mapping[str, pl.DataFrame]) -> Records:
    """The index per model version, without intervals (the older layout); blank where none was fitted."""
    table = tables.get("epoch_capabilities_index.csv")
    if table is None:
        return Records()
    if not {"Model version", "ECI Score"} <= set(table.columns):
        return _without_score("epoch_capabilities_index.csv", table)
    name = pl.col("Model version")
    rows = table.filter(name.is_not_null() & number("ECI Score").is_not_null()).select(
        **_index_fields(name, "ECI Score"), organization=_text(("Organization",), table)
    )
    return Records({Kind.SCORE: rows})


def _index_fields(name: pl.Expr, column: str) -> dict[str, pl.Expr]:
    return {
        "model_name": name,
        "benchmark_id": pl.lit(INDEX_ID),
        "setting": name.str.extract(EFFORT).fill_null(""),
        "score": number(column),
        "unit": pl.lit("points"),
        "reported_by": pl.lit("independent"),
        "url": pl.lit("https://epoch.ai/benchmarks/eci"),
    }


SOURCE = Source(
    id="epoch-benchmarks",
    title="Epoch AI, benchmark scores and the Epoch Capabilities Index",
    homepage="https://epoch.ai/benchmarks",
    licence="CC-BY-4.0",
    attribution="Epoch AI, 'AI Benchmarking Hub', epoch.ai/benchmarks, CC BY 4.0",
    urls=(URL,),
    cadence="23 5,17 * * *",
    kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
    parse=parse,
    core=True,
    complete=True,
)
