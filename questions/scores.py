"""Scores of benchmarks as several questions ask for them, as of a view's date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.numeric.noise import with_interval
from questions.benchmarks.facts import with_reviewed_days
from questions.controls import Chosen, Option
from questions.view import KnownBy, View

PUBLISHED_INDEX: Final = "epoch-eci"
"""The Epoch Capabilities Index, which Epoch publishes."""

INTERVAL: Final = 0.90
"""Coverage of the interval of a score, whatever a board states."""

DEFAULT_BENCHMARK: Final = "gpqa-diamond"
FEWEST_MODELS: Final = 10
"""Models below which a benchmark is not offered for choice."""


@dataclass(frozen=True, slots=True)
class Scores:
    """One row per model (see scores_of_benchmark.sql), and by what they are known."""

    rows: pl.DataFrame
    known_by: KnownBy

    @property
    def in_time(self) -> pl.DataFrame:
        """Without moving names, whose score may be that of a version younger than their day."""
        return self.rows.filter(~pl.col("is_moving"))

    @property
    def dated(self) -> pl.DataFrame:
        """Only models whose release day is stated, not just the day on which a list first showed them."""
        return self.rows.filter(pl.col("date_is_stated"))


def scores_of(view: View, benchmark: str, cost: str = "none") -> Scores:
    """The headline score of each model; `cost` prefers those with a measured cost, of the run or the task."""
    first_known = view.ask("benchmark_reach", benchmark=benchmark)["first_observed_at"].item()
    by = view.known_since(first_known)
    rows = view.ask("scores_of_benchmark", by, benchmark=benchmark, cost=cost)
    return Scores(with_interval(rows, "value", INTERVAL), by)


def headline_scores(view: View, by: KnownBy, models: Sequence[str]) -> pl.DataFrame:
    """The rows of headline_scores.sql of these models with intervals; asked once for all that come next."""
    rows = view.ask("headline_scores", by).filter(pl.col("model_id").is_in(models))
    return with_interval(rows, "score", INTERVAL)


def benchmarks(view: View) -> pl.DataFrame:
    """All benchmarks that had been published by the as-of date, however late the archive first held them.

    One that no source dates counts from its first score on: before that it could not be known.
    """
    known = with_reviewed_days(view.ask("benchmarks", view.known_now))
    return known.filter(pl.col("published_on") <= view.as_of)


def published_scores_of(view: View, benchmark: str, cost: str = "none") -> Scores:
    """As `scores_of`, without a row where the benchmark had not been published by the as-of date."""
    scores = scores_of(view, benchmark, cost)
    if benchmark in benchmarks(view)["benchmark_id"]:
        return scores
    return Scores(scores.rows.clear(), scores.known_by)


def benchmark_options(rows: pl.DataFrame, fewest_models: int = FEWEST_MODELS) -> tuple[Option, ...]:
    """Benchmarks with enough models, by title; where two share a title the id tells them apart."""
    enough = rows.filter(pl.col("models") >= fewest_models)
    twice = pl.col("title").is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "benchmark_id")).otherwise("title")
    named = (enough if enough.height else rows).with_columns(label=label).sort("label")
    return tuple(Option(*row) for row in named.select("benchmark_id", "label").iter_rows())


def offered_benchmarks(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The benchmarks that a reader may choose from."""
    return benchmark_options(benchmarks(view))


def benchmark_named(view: View, benchmark_id: str) -> dict[str, object]:
    """What is known of one benchmark. Raises LookupError where it is not known as of the date."""
    found = benchmarks(view).filter(pl.col("benchmark_id") == benchmark_id)
    if found.is_empty():
        raise LookupError(f"there is no benchmark {benchmark_id} as of {view.as_of}")
    return found.row(0, named=True)


def titles(rows: pl.DataFrame) -> dict[str, str]:
    """Names of models by model_id."""
    return dict(rows.select("model_id", "title").iter_rows())
