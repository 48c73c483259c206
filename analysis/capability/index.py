"""The capability index: one latent ability for each model over many benchmarks, in points of two anchors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.capability.index_fit import (
    PENALTY,
    Integers,
    Latent,
    ScoreTable,
    expected_scores,
    fit_latent,
    resampling_weights,
)
from analysis.capability.index_table import MIN_BENCHMARKS, MIN_MODELS, eligible_scores, names, numbered
from analysis.capability.scale import EPOCH_ANCHORS, Anchors, Scale, anchor_places, scale_through
from analysis.results import Floats

EPOCH_BASE_BENCHMARK = "Winogrande"
"""The benchmark whose difficulty (0) and slope (1) carry the latent scale."""

_DRAW_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """What makes an index this index: another penalty or base benchmark moves models far from the anchors."""

    anchors: Anchors = EPOCH_ANCHORS
    base_benchmark: str = EPOCH_BASE_BENCHMARK
    penalty: float = PENALTY
    min_benchmarks: int = MIN_BENCHMARKS
    min_models: int = MIN_MODELS


EPOCH_DEFINITION = IndexDefinition()
"""Epoch's anchors, base benchmark and penalty."""


@dataclass(frozen=True, slots=True)
class CapabilityIndex:
    """Capabilities in points of the index, with bootstrap percentile intervals of coverage `level`.

    `models`: model_id, capability, low, high, n_benchmarks. `benchmarks`: benchmark_id, difficulty (the
    points of a model half way from chance to ceiling), low, high (of the difficulty), slope (logits a
    point), n_models. `scores`: model_id, benchmark_id, score, expected (both 0..1). `left_out`: kind, name,
    reason. `draws`: points, shape (draws, models), columns in the order of `models`. `base_benchmark` is the
    one used. `residual` is the root mean square of score - expected.

    The anchors' intervals have no width, as every draw is put on them: an interval says how far a model
    stands from the anchors, not how good the anchors are.
    """

    models: pl.DataFrame
    benchmarks: pl.DataFrame
    scores: pl.DataFrame
    left_out: pl.DataFrame
    draws: Floats
    draws_failed: int
    anchors: Anchors
    base_benchmark: str
    residual: float
    level: float
    seed: int
    method: str


@dataclass(frozen=True, slots=True)
class _Sample:
    """Points of every draw: capability (draws, models), difficulty (draws, benchmarks; NaN: not drawn)."""

    capability: Floats
    difficulty: Floats


def capability_index(
    scores: pl.DataFrame,
    seed: int,
    definition: IndexDefinition = EPOCH_DEFINITION,
    draws: int = 500,
    level: float = 0.90,
) -> CapabilityIndex:
    """Fit score = sigmoid(slope (capability - difficulty)) to all models and benchmarks at once.

    `scores`: one headline row per model and benchmark: model_id, benchmark_id, score, random_baseline,
    ceiling (in the score's own unit). Every draw resamples the benchmarks within each model; `draws` may be 0
    (then low and high are null), below 500 the ends of an interval are noisy. When the base benchmark has no
    eligible score, the benchmark with the most models takes its place and the result names it; models far
    from the anchors then move by many points, so that such an index cannot be read beside the published one.
    Raises ValueError when an anchor is missing or the data contradict the anchors' order, RuntimeError when
    the fit does not converge.

    References: Ho, Denain, Atanasov, Albanie and Shah, A Rosetta Stone for AI Benchmarks, arXiv 2512.00193,
    2025; Birnbaum's two-parameter logistic model in Lord and Novick, Statistical Theories of Mental Test
    Scores, 1968.
    """
    eligible = eligible_scores(scores, definition.min_benchmarks, definition.min_models)
    base = _base_among(eligible.scores, definition.base_benchmark)
    table = numbered(eligible.scores, base)
    model_ids = names(eligible.scores, "model_id")
    places = anchor_places(definition.anchors, model_ids, eligible.left_out)
    latent = fit_latent(table, penalty=definition.penalty)
    scale = _point_scale(latent, definition.anchors, places)
    weights = resampling_weights(table, draws, np.random.default_rng(seed))
    sample = _bootstrap(table, latent, weights, definition, places)
    expected = expected_scores(table, latent)
    return CapabilityIndex(
        models=_model_frame(eligible.scores, scale.points(latent.capability), sample.capability, level),
        benchmarks=_benchmark_frame(eligible.scores, latent, scale, sample.difficulty, level),
        scores=eligible.scores.with_columns(pl.Series("expected", expected)),
        left_out=eligible.left_out,
        draws=sample.capability,
        draws_failed=draws - len(sample.capability),
        anchors=definition.anchors,
        base_benchmark=base,
        residual=float(np.sqrt(np.mean((table.score - expected) ** 2))),
        level=level,
        seed=seed,
        method=_method(base, definition, draws),
    )


def _base_among(scores: pl.DataFrame, wanted: str) -> str:
    if wanted in scores["benchmark_id"]:
        return wanted
    counts = scores.group_by("benchmark_id").len().sort(["len", "benchmark_id"], descending=[True, False])
    return str(counts["benchmark_id"][0])


def _point_scale(latent: Latent, anchors: Anchors, places: Integers) -> Scale:
    if not latent.converged:
        raise RuntimeError(f"the capability index did not converge in {latent.steps} steps: check the scores")
    scale = scale_through(anchors, places, latent.capability)
    if scale is None:
        low, high = sorted(anchors, key=lambda anchor: anchor.points)
        raise ValueError(
            f"these scores do not put the anchor {high.model_id} above {low.model_id}: name other anchors"
        )
    return scale


def _bootstrap(
    table: ScoreTable, latent: Latent, weights: Floats, definition: IndexDefinition, places: Integers
) -> _Sample:
    """Draws that do not converge or turn the anchors round are missing from the sample."""
    capability, difficulty = [], []
    for weight in weights:
        drawn = fit_latent(table, weight, latent, definition.penalty, _DRAW_TOLERANCE)
        scale = scale_through(definition.anchors, places, drawn.capability)
        if scale is None or not drawn.converged:
            continue
        seen = np.bincount(table.benchmark, weight, table.n_benchmarks) > 0
        capability.append(scale.points(drawn.capability))
        difficulty.append(np.where(seen, scale.points(drawn.difficulty), np.nan))
    return _Sample(
        np.array(capability).reshape(-1, table.n_models), np.array(difficulty).reshape(-1, table.n_benchmarks)
    )


def _bounds(sample: Floats, level: float) -> tuple[Floats, Floats]:
    if len(sample) == 0:
        nothing = np.full(sample.shape[1], np.nan)
        return nothing, nothing
    low, high = np.nanpercentile(sample, [50 * (1 - level), 50 * (1 + level)], axis=0)
    return low, high


def _model_frame(scores: pl.DataFrame, points: Floats, sample: Floats, level: float) -> pl.DataFrame:
    low, high = _bounds(sample, level)
    columns = {"model_id": names(scores, "model_id"), "capability": points, "low": low, "high": high}
    counts = scores.group_by("model_id").agg(n_benchmarks=pl.len())
    return pl.DataFrame(columns, nan_to_null=True).join(counts, on="model_id", maintain_order="left")


def _benchmark_frame(
    scores: pl.DataFrame, latent: Latent, scale: Scale, sample: Floats, level: float
) -> pl.DataFrame:
    low, high = _bounds(sample, level)
    columns = {
        "benchmark_id": names(scores, "benchmark_id"),
        "difficulty": scale.points(latent.difficulty),
        "low": low,
        "high": high,
        "slope": latent.slope / scale.gain,
    }
    counts = scores.group_by("benchmark_id").agg(n_models=pl.len())
    return pl.DataFrame(columns, nan_to_null=True).join(counts, on="benchmark_id", maintain_order="left")


def _method(base: str, definition: IndexDefinition, draws: int) -> str:
    wanted = definition.base_benchmark
    instead = "" if base == wanted else f" in place of {wanted}, which has no eligible score"
    scale = " and ".join(f"{anchor.model_id} = {anchor.points:g}" for anchor in definition.anchors)
    return (
        f"two-parameter logistic by penalised least squares (penalty {definition.penalty:g}); base benchmark "
        f"{base}{instead}; scale {scale}; {draws} bootstrap draws over benchmarks within models"
    )
