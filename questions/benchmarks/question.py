"""Benchmarks: which models sat which and how far they got, and what is known of each benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.benchmarks.grid import Grid, grid
from analysis.benchmarks.standing import standings_of_benchmarks
from charts.benchmarks import heat_map
from questions.answer import (
    Answer,
    Block,
    Column,
    Drawn,
    Heading,
    Kind,
    Link,
    Method,
    Notice,
    Paragraph,
    Placed,
    Table,
    nothing_known,
)
from questions.benchmarks import words
from questions.benchmarks.facts import facts
from questions.benchmarks.known import KnownBenchmarks, bounded_shares, known_benchmarks, titles_told_apart
from questions.controls import Choice, Chosen, Option, Several, control
from questions.evidence import of_scores
from questions.filters import ModelFilters, scope, scope_note
from questions.models.tables import with_source_titles
from questions.question import Question
from questions.scores import DEFAULT_BENCHMARK, FEWEST_MODELS
from questions.trends.controls import Kind as Series
from questions.trends.series import FEWEST_MODELS as FEWEST_FOR_A_TREND
from questions.view import View
from questions.wording import as_fit

MOST_CHOSEN: Final = 6
_BEST_SHOWN: Final = 10
_COLUMNS: Final = {
    "title": Column("Benchmark", width=170),
    "best": Column("Best score", width=235),
    "state": Column("State", width=80),
    "way": Column("Of the way", Kind.PERCENT, width=90),
    "people": Column("People", Kind.PERCENT, width=75),
    "chance": Column("Guessing", Kind.PERCENT, width=80),
    "tasks": Column("Tasks", Kind.NUMBER, width=65),
    "models": Column("Models", Kind.NUMBER, width=70),
    "reported": Column("Reported by", width=170),
    "cost": Column("Cost, of the best", width=170),
    "what": Column("What it asks", width=330),
    "published_on": Column("Published", Kind.DAY, width=95),
    "url": Column("Page", Kind.LINK),
}
_BEST_COLUMNS: Final = {
    "title": Column("Model", width=170),
    "score": Column("Score", width=90),
    "interval": Column("± error", width=115),
    "reported": Column("Reported by", width=110),
    "setting": Column("Setting", width=150),
    "cost_per_task_usd": Column("Cost per task, $", Kind.DOLLARS, digits=3, width=120),
    "released_on": Column("Released", Kind.DAY, width=95),
    "source_id": Column("Source"),
    "url": Column("Page", Kind.LINK),
}


def models_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The models that sat a benchmark with a ceiling, those of the highest index first."""
    known = known_benchmarks(view)
    place = {name: at for at, name in enumerate(known.order)}
    named = titles_told_apart(bounded_shares(known.scores))
    return [Option(*one) for one in sorted(named, key=lambda one: (place.get(one[0], len(place)), one[0]))]


def benchmarks_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """All benchmarks but parts, by title."""
    scores = known_benchmarks(view).scores
    named = (
        scores.unique("benchmark_id").select("benchmark_id", "benchmark").sort("benchmark", "benchmark_id")
    )
    twice = set(named.filter(pl.col("benchmark").is_duplicated())["benchmark_id"])
    return [
        Option(name, f"{title} ({name})" if name in twice else title) for name, title in named.iter_rows()
    ]


@dataclass(frozen=True, slots=True)
class BenchmarksControls(ModelFilters):
    """Which models are laid beside each other, and which benchmark is told in full."""

    models: tuple[str, ...] = control(
        (),
        Several(
            "Also show these models",
            models_to_choose,
            fewest=0,
            most=MOST_CHOSEN,
            help="The models of the highest index are there anyway.",
            near=heat_map.NAME,
        ),
    )
    benchmark: str | None = control(
        DEFAULT_BENCHMARK, Choice("Choose a benchmark", benchmarks_to_choose, near="one-benchmark")
    )


def answer(view: View, controls: BenchmarksControls) -> Answer:
    """How many benchmarks are used up, who sat what, then each benchmark, then one in full."""
    known = known_benchmarks(view)
    if known.scores.is_empty():
        return nothing_known(words.NOTHING, (Method("benchmarks"),))
    scores, among = known.scores_of(controls), scope(controls)
    if scores.is_empty():
        return nothing_known(words.nothing_among(among), (Method("benchmarks"),))
    standings = standings_of_benchmarks(scores)
    shares = bounded_shares(scores)
    best, cells = (grid(shares, known.order, also) for also in ((), controls.models))
    bounded = standings.filter(pl.col("benchmark_id").is_in(shares["benchmark_id"].implode()))
    rests = of_scores(view, scores, view.as_of, known.by)
    caveat, more = as_fit((rests.caveat, known.by.note_on("models")))
    return Answer(
        first_line=words.first_line(bounded, best, among, rests),
        caveat=caveat,
        rests_on=f"{words.rests_on(scores, standings, known.parts)} {more}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_heat_map(view, cells, controls),
            Heading("Each benchmark"),
            Paragraph(f"{words.HOW_TO_READ} {words.of_copies(standings, bounded)}".strip()),
            Table("benchmarks", words.benchmark_rows(standings, known, facts(), scores), _COLUMNS),
            Heading("One benchmark in full"),
            Placed("benchmark"),
            *_one(view, controls.benchmark, scores, standings),
            Link("relay", "How tests are used up, one after the other"),
            Method("benchmarks"),
        ),
    )


def _heat_map(view: View, cells: Grid | None, controls: BenchmarksControls) -> tuple[Block, ...]:
    if cells is None:
        return (Notice(words.NO_GRID),)
    used = cells.cells.filter("measured")
    footing = view.footing(used, "scores", scope_note(controls))
    chart = heat_map.models_by_benchmarks(cells, words.grid_title(cells), frozenset(controls.models), footing)
    return (Drawn(chart), Paragraph(words.grid_doubt(cells)))


def _one(
    view: View, benchmark_id: str | None, scores: pl.DataFrame, standings: pl.DataFrame
) -> tuple[Block, ...]:
    """What is known of one benchmark, its best models, and where it is drawn over cost and time."""
    standing = standings.filter(benchmark_id=benchmark_id or "")
    if standing.is_empty():
        return (Paragraph(words.NOT_SAT),)
    row, known = standing.row(0, named=True), known_benchmarks(view)
    own = scores.filter(benchmark_id=row["benchmark_id"])
    told = words.one_benchmark(row, known, facts().get(row["benchmark_id"]), own)
    best = with_source_titles(words.best_rows(own, _BEST_SHOWN), view.source_titles())
    return (
        Paragraph(told),
        Table("best-models", best, _BEST_COLUMNS, leads_to=("models", "find", "compare", "models")),
        *_links(row, known),
    )


def _links(row: dict[str, object], known: KnownBenchmarks) -> tuple[Block, ...]:
    benchmark_id = str(row["benchmark_id"])
    models = known.about.get(benchmark_id, {}).get("models")
    sat = models if isinstance(models, int) else 0
    links: list[Block] = []
    if sat >= FEWEST_MODELS:
        links.append(Link("capability", f"{row['benchmark']} against cost", (("benchmark", benchmark_id),)))
    if sat >= FEWEST_FOR_A_TREND and row["share"] is not None:
        series = (("series", Series.BENCHMARK.value), ("benchmark", benchmark_id))
        links.append(Link("trends", f"{row['benchmark']} over time, with its S-curve", series))
    return tuple(links)


QUESTION: Final = Question(
    name="benchmarks",
    title="Benchmarks",
    asks="What does each benchmark ask, who reports it, is it used up, and which models sat it?",
    answer=answer,
    controls=BenchmarksControls,
    charts=(heat_map.NAME,),
)
