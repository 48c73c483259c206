"""Which scores enter the capability index: one for each model and benchmark, on one scale, connected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.capability.index_fit import ScoreTable

MIN_BENCHMARKS = 4
MIN_MODELS = 5

LEFT_OUT = pl.Schema({"kind": pl.String, "name": pl.String, "reason": pl.String})

_NEEDED = ("model_id", "benchmark_id", "score", "random_baseline", "ceiling")

_SHARE_OF_RANGE = (pl.col("score") - pl.col("random_baseline")) / (
    pl.col("ceiling") - pl.col("random_baseline")
)
"""0 at chance, 1 at the ceiling; right too where less is better: the ceiling then lies below chance."""


@dataclass(frozen=True, slots=True)
class EligibleScores:
    """Scores fit to enter the index, and what was left out.

    `scores`: model_id, benchmark_id, score (share of the way from chance to ceiling, 0..1), sorted by both.
    `left_out`: kind (score, benchmark, model), name, reason.
    """

    scores: pl.DataFrame
    left_out: pl.DataFrame


def eligible_scores(
    scores: pl.DataFrame, min_benchmarks: int = MIN_BENCHMARKS, min_models: int = MIN_MODELS
) -> EligibleScores:
    """Rescale the scores and keep the largest connected group in which every model and benchmark has enough.

    `scores`: one row per model and benchmark: model_id, benchmark_id, score, random_baseline, ceiling. Scores
    below chance count as 0, above the ceiling as 1. Removing a model can take a benchmark below its minimum,
    so the two rules are applied in turn until both hold. Raises ValueError on missing columns, on two rows
    for one model and benchmark, and when nothing is left.
    """
    _demand_columns(scores)
    _demand_one_row_each(scores)
    rescaled, unusable = _rescaled(scores)
    kept, too_few = _with_enough(rescaled, min_benchmarks, min_models)
    connected, apart = _largest_component(kept)
    left_out = pl.concat([unusable, too_few, apart]).sort("kind", "name")
    if connected.is_empty():
        raise ValueError(
            f"no score can enter the index: none of {scores.height} rows belongs to a group in which each "
            f"model has at least {min_benchmarks} benchmarks and each benchmark at least {min_models} models"
        )
    return EligibleScores(connected.sort("model_id", "benchmark_id"), left_out)


def numbered(scores: pl.DataFrame, base_benchmark: str) -> ScoreTable:
    """The scores as arrays; models and benchmarks are numbered in alphabetical order."""
    models, benchmarks = names(scores, "model_id"), names(scores, "benchmark_id")
    return ScoreTable(
        model=models.search_sorted(scores["model_id"]).to_numpy().astype(np.intp),
        benchmark=benchmarks.search_sorted(scores["benchmark_id"]).to_numpy().astype(np.intp),
        score=scores["score"].to_numpy(),
        n_models=len(models),
        n_benchmarks=len(benchmarks),
        base=benchmarks.to_list().index(base_benchmark),
    )


def names(scores: pl.DataFrame, column: str) -> pl.Series:
    """The distinct values of `column` in alphabetical order: row i of every array of the fit is value i."""
    return scores[column].unique().sort()


def _demand_columns(rows: pl.DataFrame) -> None:
    missing = [name for name in _NEEDED if name not in rows.columns]
    if missing:
        raise ValueError(
            f"the scores lack the column(s) {', '.join(missing)}; needed are {', '.join(_NEEDED)}"
        )


def _demand_one_row_each(scores: pl.DataFrame) -> None:
    repeated = scores.group_by("model_id", "benchmark_id").len().filter(pl.col("len") > 1).sort("model_id")
    if not repeated.is_empty():
        model, benchmark, count = repeated.row(0)
        raise ValueError(f"{model} has {count} rows on {benchmark}: choose one headline score first")


def _is_number(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float64).is_finite().fill_null(value=False)


def _rescaled(scores: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    has_scale = (
        _is_number("random_baseline")
        & _is_number("ceiling")
        & (pl.col("ceiling") != pl.col("random_baseline"))
    )
    pair = pl.format("{} on {}", "model_id", "benchmark_id")
    unscored = _left_out(scores.filter(~_is_number("score")), "score", pair, "no score given")
    unscaled = _left_out(
        scores.filter(~has_scale),
        "benchmark",
        pl.col("benchmark_id"),
        "no chance level or no ceiling is known",
    )
    usable = scores.filter(_is_number("score") & has_scale)
    rescaled = usable.select(
        "model_id", "benchmark_id", _SHARE_OF_RANGE.cast(pl.Float64).clip(0, 1).alias("score")
    )
    return rescaled, pl.concat([unscored, unscaled.unique()])


def _left_out(rows: pl.DataFrame, kind: str, name: pl.Expr, reason: str) -> pl.DataFrame:
    return rows.select(pl.lit(kind).alias("kind"), name.alias("name"), pl.lit(reason).alias("reason"))


def _with_enough(
    scores: pl.DataFrame, min_benchmarks: int, min_models: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    removed: list[pl.DataFrame] = [LEFT_OUT.to_frame()]
    height = -1
    while scores.height != height:
        height = scores.height
        scores, few = _drop_rare(scores, "benchmark", min_models, "model")
        removed.append(few)
        scores, few = _drop_rare(scores, "model", min_benchmarks, "benchmark")
        removed.append(few)
    return scores, pl.concat(removed)


def _drop_rare(
    scores: pl.DataFrame, kind: str, minimum: int, counted: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    column = f"{kind}_id"
    rare = scores.group_by(column).len().filter(pl.col("len") < minimum)
    several = pl.format("{} " + counted + "s that count", "len")
    told = pl.when(pl.col("len") == 1).then(pl.lit(f"1 {counted} that counts")).otherwise(several)
    reason = pl.format(f"{{}}, at least {minimum} are needed", told).alias("reason")
    listed = rare.select(pl.lit(kind).alias("kind"), pl.col(column).alias("name"), reason)
    return scores.join(rare, on=column, how="anti"), listed


def _largest_component(scores: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    if scores.is_empty():
        return scores, LEFT_OUT.to_frame()
    models, benchmarks = names(scores, "model_id"), names(scores, "benchmark_id")
    row = models.search_sorted(scores["model_id"]).to_numpy()
    column = benchmarks.search_sorted(scores["benchmark_id"]).to_numpy() + len(models)
    size = len(models) + len(benchmarks)
    graph = coo_array((np.ones(scores.height), (row, column)), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    largest = np.bincount(label[row]).argmax()
    inside = pl.Series(label[row] == largest)
    reason = "shares no benchmark, even by way of other models, with the main group"
    apart = scores.filter(~inside)
    return scores.filter(inside), pl.concat(
        [
            _left_out(apart, "model", pl.col("model_id"), reason).unique(),
            _left_out(apart, "benchmark", pl.col("benchmark_id"), reason).unique(),
        ]
    )
