"""All that is known of benchmarks and of who sat them, asked once per view."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.relay.frontiers import one_of_each_test, with_share
from questions.benchmarks.facts import with_reviewed_days
from questions.filters import ModelFilters, kept
from questions.kept import kept as kept_result
from questions.models.tables import with_source_titles
from questions.offers import price_steps, with_list_prices
from questions.view import KnownBy, View

_PARTS: Final = re.compile(r"arena-[a-z]+-|livebench-\d{4}-\d{2}-\d{2}-")
"""How the ids of parts begin: categories of a board, which repeat what the whole says."""

_WHOLES: Final = frozenset({"arena-text-style-control"})
_TWICE: Final = "metr-average-score-"
"""METR's average score is its horizon told otherwise."""


@dataclass(frozen=True, slots=True)
class KnownBenchmarks:
    """Benchmarks without their parts, and who sat them.

    scores   the rows of benchmark_headlines.sql with list prices, one a model and benchmark
    about    the rows of benchmarks.sql by benchmark_id
    reports  those of benchmark_reports.sql, with sources by their titles
    order    the model_ids by capability index, the highest first
    parts    how many parts are left out
    by       by what they are known
    """

    scores: pl.DataFrame
    about: Mapping[str, Mapping[str, Any]]
    reports: pl.DataFrame
    order: tuple[str, ...]
    parts: int
    by: KnownBy

    @property
    def data_end_on(self) -> date:
        """The last stated release day of a model with a score."""
        return self.scores.filter("date_is_stated")["released_on"].max() or self.by.on  # type: ignore[return-value]  # a day

    def scores_of(self, filters: ModelFilters) -> pl.DataFrame:
        """The scores of the models that pass."""
        return kept(self.scores, filters)


def known_benchmarks(view: View) -> KnownBenchmarks:
    """What the archive knows by the as-of date, whoever asks first."""
    return kept_result(view, "benchmarks", (), lambda: _known(view))


def _known(view: View) -> KnownBenchmarks:
    by = view.known_since(view.ask("score_reach")["first_observed_at"].item())
    every = view.ask("benchmark_headlines", by, cost="none")
    ids = every["benchmark_id"].unique().to_list()
    whole = [name for name in ids if not is_part(name)]
    scores = every.filter(pl.col("benchmark_id").is_in(whole))
    index = view.ask("index_for_trend").sort("value", "model_id", descending=[True, False])
    return KnownBenchmarks(
        with_list_prices(scores, price_steps(view, view.as_of)),
        {str(row["benchmark_id"]): row for row in _by_then(view, view.ask("benchmarks", by)).to_dicts()},
        with_source_titles(view.ask("benchmark_reports", by), view.source_titles()),
        tuple(index["model_id"]),
        len(ids) - len(whole),
        by,
    )


def _by_then(view: View, told: pl.DataFrame) -> pl.DataFrame:
    """What is told of benchmarks, without a day after the as-of date on which one was no longer listed."""
    return with_reviewed_days(told).with_columns(
        left_on=pl.when(pl.col("left_on") <= view.as_of).then("left_on")
    )


def is_part(benchmark_id: str) -> bool:
    """Whether a benchmark is a category of a board, or another one told twice."""
    if benchmark_id in _WHOLES:
        return False
    return bool(_PARTS.match(benchmark_id)) or benchmark_id.startswith(_TWICE)


def bounded_shares(scores: pl.DataFrame) -> pl.DataFrame:
    """The scores of benchmarks whose chance level and ceiling are stated, with their share of the way.

    Of copies of one test those of the copy that most models sat; models whose release day no source states,
    and moving names, are left out.
    """
    bounded = scores.filter(
        pl.col("date_is_stated"),
        pl.col("unit") == "fraction",
        pl.col("ceiling") > pl.col("chance"),
        pl.col("higher_is_better"),
    )
    return with_share(one_of_each_test(bounded))


def titles_told_apart(rows: pl.DataFrame) -> Sequence[tuple[str, str]]:
    """model_id and title of each model, in order; two of one title with their ids."""
    models = rows.unique("model_id", maintain_order=True)
    twice = pl.col("title").str.to_lowercase().is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    return list(models.select("model_id", label.alias("label")).iter_rows())
