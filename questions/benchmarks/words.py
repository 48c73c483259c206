"""What is said of benchmarks, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from analysis.amounts import plus_minus
from analysis.benchmarks.grid import Grid
from analysis.benchmarks.standing import State
from charts.parts.axes import NOT_KNOWN, dollars, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.benchmarks.facts import Cited, Facts
from questions.benchmarks.known import KnownBenchmarks
from questions.evidence import Evidence
from questions.unlisted import is_measured, not_measured_since, with_its_end
from questions.wording import agreeing, counted, fitting, site

NOTHING: Final = "no benchmark has a score as of this date."
NOT_GIVEN: Final = "not given"
NOT_SAT: Final = "None of the models asked for sat this benchmark."
NO_GRID: Final = "Too few of these models sat a benchmark with a stated ceiling to be laid beside each other."
WOULD_CHANGE: Final = "Scores of the newest models, or benchmarks that are new here."
HOW_TO_READ: Final = (
    "Used up: the best score is within 5 points, or two standard errors, of the ceiling, so the test cannot "
    "show progress any more. Not measured: no model released in the last year of these data sat it. Of the "
    "way: the best score, from guessing (0 %) to the ceiling. Tests with a ceiling come first, and of these "
    "the ones that most of the past year's models took. Human scores and task counts are given where a "
    "source states them; a dash means not given. People may have sat other tasks than the models, as all 448 "
    "of GPQA: the benchmark in full says which. The cost is that of the best score, where it was measured "
    "with it."
)
_YEAR: Final = timedelta(days=365)
_WHO: Final = {"vendor": "makers"}
_BY: Final = {"vendor": "its maker"}


def nothing_among(among: str) -> str:
    """That no score is known of the models asked for."""
    return f"no benchmark has a score{among} as of this date."


def first_line(bounded: pl.DataFrame, cells: Grid | None, among: str, rests: Evidence) -> str:
    """How many benchmarks are used up, and how much of the table of the best models is filled.

    `bounded`: the standings of benchmarks with chance level and ceiling, one of each test.
    """
    used = bounded.filter(state=State.USED_UP.value).height
    of = f"{used or 'none'} of {counted(bounded.height, 'benchmark')} with a ceiling"
    said = f"{rests.when}, {of} {agreeing(max(used, 1), 'is', 'are')} used up{among}"
    if cells is None:
        return f"{said}."
    filled = percent(cells.measured / cells.cells.height)
    best = f"{cells.models.height} best models have" if cells.models.height > 1 else "best model has"
    gaps = f"the {best} scores for {filled} of the {cells.benchmarks.height}"
    return fitting(f"{said}; {gaps} most common.", f"{said}.")


def of_copies(standings: pl.DataFrame, bounded: pl.DataFrame) -> str:
    """Why the table counts more with a ceiling than the first line does; empty where it does not."""
    ceiling = standings.filter(pl.col("share").is_not_null())
    if ceiling.height == bounded.height:
        return ""
    used = ceiling.filter(state=State.USED_UP.value).height or "none"
    return (
        f"The table has {counted(ceiling.height, 'benchmark')} with a ceiling, {used} of them used up: it "
        "also lists copies of one test, such as its public part or another release. The first line counts "
        f"one of each, {bounded.height}."
    )


def rests_on(scores: pl.DataFrame, standings: pl.DataFrame, parts: int) -> str:
    """How many scores of how many models, and what is left out."""
    return (
        f"{scores.height:,} scores of {scores['model_id'].n_unique():,} models on "
        f"{counted(standings.height, 'benchmark')}, one headline score a model and benchmark: that of others "
        f"before its maker's. Left out: {counted(parts, 'part')} of boards, such as languages, which repeat "
        "the whole."
    )


def grid_title(cells: Grid) -> str:
    """The easiest and the hardest column, by the median of the models."""
    first, last = cells.benchmarks.row(0, named=True), cells.benchmarks.row(-1, named=True)
    return (
        f"At the median these models get {percent(first['middle'])} of the way on {first['benchmark']} and "
        f"{percent(last['middle'])} on {last['benchmark']}"
    )


def grid_doubt(cells: Grid) -> str:
    """How many gaps there are, and the least measured model."""
    gaps = cells.cells.height - cells.measured
    sat = cells.cells.group_by("title").agg(pl.col("measured").sum()).sort("measured", "title")
    least = sat.row(0, named=True)
    return (
        f"{gaps} of {cells.cells.height} cells {agreeing(gaps, 'is', 'are')} not measured; {least['title']} "
        f"has the fewest scores, {least['measured']} of {cells.benchmarks.height}. A model that was measured "
        "where it does well would look better than one that was measured everywhere, so no average over "
        "tests stands here."
    )


def benchmark_rows(
    standings: pl.DataFrame, known: KnownBenchmarks, facts: Mapping[str, Facts], scores: pl.DataFrame
) -> pl.DataFrame:
    """One row for each benchmark: with a ceiling first, then by how many models of the last year sat it.

    A day on which a model was first seen makes it no model of the last year.
    """
    recent = pl.col("released_on") > scores["released_on"].max() - _YEAR  # type: ignore[operator]  # dates
    sat = scores.group_by("benchmark_id").agg(recent=(recent & pl.col("date_is_stated")).sum())
    ordered = standings.join(sat, on="benchmark_id").sort(
        pl.col("share").is_null(), "recent", "models", "benchmark_id", descending=[False, True, True, False]
    )
    own = {str(name): part for (name,), part in scores.group_by("benchmark_id")}
    rows = [
        _row(one, known, facts.get(one["benchmark_id"]), own[one["benchmark_id"]])
        for one in ordered.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


_SCHEMA: Final = {
    "benchmark_id": pl.String,
    "title": pl.String,
    "state": pl.String,
    "way": pl.Float64,
    "best": pl.String,
    "people": pl.Float64,
    "chance": pl.Float64,
    "tasks": pl.Int64,
    "models": pl.Int64,
    "reported": pl.String,
    "cost": pl.String,
    "what": pl.String,
    "published_on": pl.Date,
    "url": pl.String,
}


def _row(
    standing: Mapping[str, Any], known: KnownBenchmarks, told: Facts | None, scores: pl.DataFrame
) -> dict[str, Any]:
    benchmark_id = standing["benchmark_id"]
    about = known.about.get(benchmark_id, {})
    chance, tasks = scores["chance"][0], tasks_of(about, told)
    return {
        "benchmark_id": benchmark_id,
        "title": standing["benchmark"],
        "state": with_its_end(state_word(standing, known.data_end_on), about.get("left_on")),
        "way": None if standing["share"] is None else 100 * standing["share"],
        "best": f"{score_text(standing['best'], standing['unit'])}, {standing['best_title']}",
        "people": None if told is None or told.people is None else 100 * told.people.value,
        "chance": None if chance is None else 100 * chance,
        "tasks": None if tasks is None else round(tasks.value),
        "models": standing["models"],
        "reported": who_reports(scores),
        "cost": cost_text(standing, scores),
        "what": told.what if told else NOT_GIVEN,
        "published_on": about.get("published_on") if about.get("publication_is_stated") else None,
        "url": told.url if told else about.get("url"),
    }


def tasks_of(about: Mapping[str, object], told: Facts | None) -> Cited | None:
    """How many tasks there are: what the benchmark's own source states, else what a page says."""
    stated = about.get("tasks")
    if isinstance(stated, int):
        return Cited(stated, "tasks", str(about.get("url") or ""))
    return told.tasks if told else None


def who_reports(scores: pl.DataFrame) -> str:
    """By whose word the headline scores are, with how many models: "independent 153; makers 12"."""
    counts = scores.group_by("reported_by").agg(pl.col("model_id").n_unique().alias("models"))
    ordered = counts.sort("models", "reported_by", descending=[True, False])
    return "; ".join(f"{_WHO.get(by, by)} {models:,}" for by, models in ordered.iter_rows())


def cost_text(standing: Mapping[str, Any], scores: pl.DataFrame, missing: str = NOT_KNOWN) -> str:
    """What a task, or the whole run, of the best score cost, else of the best with a known cost.

    `missing` is said where none is known: a table has a sign for it, a sentence words.
    """
    for column, unit in (("cost_per_task_usd", "a task"), ("cost_of_run_usd", "a run")):
        paid = scores.filter(pl.col(column) > 0).sort(
            "value", column, "model_id", descending=[True, False, False]
        )
        if paid.height:
            row = paid.row(0, named=True)
            whose = "" if row["model_id"] == standing["best_id"] else f" ({row['title']})"
            return f"{dollars(row[column])} {unit}{whose}"
    return missing


def one_benchmark(
    standing: Mapping[str, Any], known: KnownBenchmarks, told: Facts | None, scores: pl.DataFrame
) -> str:
    """All that is known of one benchmark, a line each, with the page that says so."""
    about = known.about.get(standing["benchmark_id"], {})
    lines = (
        ("What it asks", _with_page(told.what.rstrip("."), told.url) if told else NOT_GIVEN),
        ("Tasks", _tasks(tasks_of(about, told))),
        ("Guessing reaches", _guessing(scores)),
        ("People reach", _people(told)),
        ("Who reports", _reports(known.reports, standing["benchmark_id"])),
        ("Best", _best(standing)),
        ("State", with_its_end(_state(standing, known.data_end_on), about.get("left_on"))),
        ("Cost", cost_text(standing, scores, NOT_GIVEN)),
        ("Published", _published(about, told)),
    )
    said = "\n".join(f"- **{name}**: {text}" for name, text in lines)
    return f"**{standing['benchmark']}**\n\n{said}"


def best_rows(scores: pl.DataFrame, most: int) -> pl.DataFrame:
    """The best models on one benchmark, as a reader sees them."""
    higher = scores["higher_is_better"][0] is not False
    best = scores.sort("value", "released_on", "model_id", descending=[higher, False, False]).head(most)
    rows = best.to_dicts()
    return best.select(
        "model_id",
        "title",
        score=pl.Series([score_text(row["value"], row["unit"]) for row in rows], dtype=pl.String),
        interval=pl.Series([_error(row) for row in rows], dtype=pl.String),
        reported=pl.col("reported_by").replace_strict(_BY, default=pl.col("reported_by")),
        setting=pl.col("setting").replace("", None),
        cost_per_task_usd="cost_per_task_usd",
        released_on="released_on",
        source_id="source_id",
        url="url",
    )


def _tasks(tasks: Cited | None) -> str:
    return NOT_GIVEN if tasks is None else _with_page(f"{tasks.value:,.0f} {tasks.of}", tasks.url)


def _guessing(scores: pl.DataFrame) -> str:
    chance = scores["chance"][0]
    return NOT_GIVEN if chance is None else percent(chance, 1 if 0 < chance < 0.1 else 0)


def _people(told: Facts | None) -> str:
    if told is None or told.people is None:
        return NOT_GIVEN
    return _with_page(f"{percent(told.people.value)} ({told.people.of})", told.people.url)


def _reports(reports: pl.DataFrame, benchmark_id: str) -> str:
    own = reports.filter(benchmark_id=benchmark_id).sort("models", "source_id", descending=[True, False])
    said = [
        f"{counted(row['models'], 'model')} in {row['source_id']} "
        f"({_WHO.get(row['reported_by'], row['reported_by'])})"
        for row in own.iter_rows(named=True)
    ]
    return "; ".join(said) or NOT_GIVEN


def _best(standing: Mapping[str, Any]) -> str:
    error = _error(standing)
    return (
        f"{score_text(standing['best'], standing['unit'])}{f' {error}' if error else ''}, "
        f"{standing['best_title']}, released {in_words(standing['best_on'])}"
    )


def _error(row: Mapping[str, Any]) -> str | None:
    return plus_minus(row["stderr"], row["unit"]) or None


def state_word(standing: Mapping[str, Any], data_end_on: date) -> str:
    """The state of a benchmark; one with room left that newer models do not sit is not called open."""
    state = str(standing["state"])
    left = state in {State.OPEN.value, State.NEAR_CHANCE.value}
    last = standing["last_released_on"]
    return not_measured_since(last) if left and not is_measured(last, data_end_on) else state


def _state(standing: Mapping[str, Any], data_end_on: date) -> str:
    state = state_word(standing, data_end_on)
    if standing["share"] is None:
        return state
    return f"{state}, {percent(standing['share'])} of the way from guessing to all right"


def _published(about: Mapping[str, Any], told: Facts | None) -> str:
    if told is not None and told.published_on is not None:
        return _with_page(in_words(told.published_on), told.published_url)
    day = about.get("published_on")
    if day is None:
        return NOT_GIVEN
    return (
        in_words(day) if about.get("publication_is_stated") else f"by {in_words(day)}, its first score here"
    )


def _with_page(text: str, url: str) -> str:
    return f"{text} ([{site(url)}]({url}))" if url else text
