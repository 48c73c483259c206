"""The capability index on Epoch's full table: against plain scipy, growth to ten times the table, coverage.

Run from the root of the repository, with the recordings beside it (../shared/recordings) or named:

    python -m benchmarks.capability_index [--recordings DIR] [--worlds N]

All ratios come from one run on one machine. `--worlds N` adds the share of simulated worlds in which the 90 %
intervals hold the true capability.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import expit

from analysis.capability.index import CapabilityIndex, IndexDefinition, capability_index
from analysis.capability.index_fit import (
    PENALTY,
    Latent,
    ScoreTable,
    expected_scores,
    fit_latent,
    resampling_weights,
)
from analysis.capability.index_table import eligible_scores, names, numbered
from analysis.capability.scale import Anchor, anchor_places, scale_through

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "recordings"
TABLE = Path("epoch") / "eci_benchmarks.2026-07-17.csv.gz"
DEFINITION = IndexDefinition(anchors=(Anchor("Claude 3.5 Sonnet", 130.0), Anchor("GPT-5", 150.0)))
GROWTH = ((1, 1), (2, 2), (5, 5), (10, 10), (10, 1), (1, 10))
SEED = 20260717


@dataclass(frozen=True, slots=True)
class Timed:
    """The median time of several runs, in seconds, and the last result."""

    seconds: float
    latent: Latent


def main() -> None:
    """Print the three tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--recordings", type=Path, default=RECORDINGS)
    options.add_argument("--worlds", type=int, default=0)
    given = options.parse_args()
    scores = epoch_scores(given.recordings)
    eligible = eligible_scores(scores)
    table = numbered(eligible.scores, DEFINITION.base_benchmark)
    places = anchor_places(DEFINITION.anchors, names(eligible.scores, "model_id"), eligible.left_out)
    fitted = against_scipy(table, places)
    bootstrap(table, fitted)
    growth(table, fitted)
    if given.worlds:
        coverage(scores, given.worlds)


def epoch_scores(recordings: Path) -> pl.DataFrame:
    """Epoch AI's inputs of its Capabilities Index (CC-BY 4.0): already a share from chance to ceiling."""
    return pl.read_csv(recordings / TABLE).select(
        model_id="model", benchmark_id="benchmark", score="performance", random_baseline=0.0, ceiling=1.0
    )


def against_scipy(table: ScoreTable, places: NDArray[np.intp]) -> Latent:
    """The same loss from the same start, by us (with our set-up) and by scipy without a Jacobian."""
    ours = timed(lambda: fit_latent(replace(table)), times=9)
    plain = timed(lambda: plain_fit(table), times=1)
    apart = np.abs(index_points(ours.latent, places) - index_points(plain.latent, places)).max()
    print(f"{table.n_models} models, {table.n_benchmarks} benchmarks, {len(table.score)} scores")
    print(f"ours   {ours.seconds * 1e3:9.1f} ms   loss {ours.latent.loss:.9f}   {ours.latent.steps} steps")
    print(f"scipy  {plain.seconds * 1e3:9.1f} ms   loss {plain.latent.loss:.9f}")
    print(
        f"ratio  {plain.seconds / ours.seconds:9.0f} x    largest difference {apart:.4f} points of the index"
    )
    return ours.latent


def bootstrap(table: ScoreTable, fitted: Latent, draws: int = 500) -> None:
    """Time of all draws of one index, from the fit on."""
    weights = resampling_weights(table, draws, np.random.default_rng(SEED))
    began = perf_counter()
    steps = [fit_latent(table, weight, fitted, tolerance=1e-7).steps for weight in weights]
    print(f"{draws} draws: {perf_counter() - began:.1f} s, {np.mean(steps):.1f} steps a draw\n")


def growth(table: ScoreTable, fitted: Latent) -> None:
    """Time of one fit when models and benchmarks multiply, scores with the larger of the two."""
    rng = np.random.default_rng(SEED)
    print("models  benchmarks  scores  seconds  steps  times the first")
    first = None
    for more_models, more_benchmarks in GROWTH:
        larger = multiplied(table, fitted, more_models, more_benchmarks, rng)
        measured = timed(partial(fit_latent, larger), times=3)
        first = first or measured.seconds
        print(
            f"{larger.n_models:6}  {larger.n_benchmarks:10}  {len(larger.score):6}  {measured.seconds:7.3f}  "
            f"{measured.latent.steps:5}  {measured.seconds / first:15.1f}"
        )


def multiplied(
    table: ScoreTable, fitted: Latent, more_models: int, more_benchmarks: int, rng: np.random.Generator
) -> ScoreTable:
    """A table drawn from the fit: copies of its models and benchmarks, as many scores to each as before."""
    copies = max(more_models, more_benchmarks)
    model = np.concatenate([table.model + table.n_models * (copy % more_models) for copy in range(copies)])
    copy_of_test = np.repeat(np.arange(copies), len(table.score))
    if more_models > 1:
        copy_of_test = rng.integers(0, more_benchmarks, len(model))
    benchmark = np.tile(table.benchmark, copies) + table.n_benchmarks * copy_of_test
    gap = fitted.capability[model % table.n_models] - fitted.difficulty[benchmark % table.n_benchmarks]
    noise = rng.normal(0.0, (table.score - expected_scores(table, fitted)).std(), len(model))
    score = np.clip(expit(fitted.slope[benchmark % table.n_benchmarks] * gap) + noise, 0.0, 1.0)
    return ScoreTable(
        model,
        benchmark,
        score,
        table.n_models * more_models,
        table.n_benchmarks * more_benchmarks,
        table.base,
    )


def coverage(scores: pl.DataFrame, worlds: int, draws: int = 200) -> None:
    """Share of worlds, with residuals drawn from like scores, whose intervals hold the true capability."""
    truth = capability_index(scores, SEED, DEFINITION, draws=0)
    rng = np.random.default_rng(SEED)
    free = ~truth.models["model_id"].is_in([anchor.model_id for anchor in DEFINITION.anchors])
    points = truth.models["capability"].to_numpy()
    hits = []
    for world in range(worlds):
        models = capability_index(simulated(truth, rng), world, DEFINITION, draws).models
        hits.append((points >= models["low"].to_numpy()) & (points <= models["high"].to_numpy()))
    share = np.mean(hits, axis=0)
    known = truth.models.with_columns(covered=pl.Series(share)).filter(free)
    print(f"\n90 % intervals hold the truth ({worlds} worlds, {draws} draws): {known['covered'].mean():.1%}")
    for column, edges in (("capability", (0, 100, 120, 140, 200)), ("n_benchmarks", (4, 6, 9, 16, 99))):
        for low, high in pairwise(edges):
            band = known.filter(pl.col(column).is_between(low, high, closed="left"))
            print(
                f"  {column} from {low} to below {high}: {band['covered'].mean():.1%} ({band.height} models)"
            )


def simulated(truth: CapabilityIndex, rng: np.random.Generator) -> pl.DataFrame:
    """Expected scores plus the residual of a score of like expectation: the spread of each region is kept."""
    expected = truth.scores["expected"].to_numpy()
    residual = truth.scores["score"].to_numpy() - expected
    order = np.argsort(expected)
    rank = np.argsort(order)
    near = order[np.clip(rank + rng.integers(-100, 101, len(order)), 0, len(order) - 1)]
    drawn = pl.Series("score", np.clip(expected + residual[near], 0.0, 1.0))
    return truth.scores.select("model_id", "benchmark_id", drawn, random_baseline=0.0, ceiling=1.0)


def plain_fit(table: ScoreTable) -> Latent:
    """What a reader would write first: scipy's least squares, Jacobian by differences, same residuals."""
    models, benchmarks = table.n_models, table.n_benchmarks
    free = np.arange(benchmarks) != table.base

    def unpacked(theta: NDArray[np.float64]) -> Latent:
        difficulty, slope = np.zeros(benchmarks), np.ones(benchmarks)
        difficulty[free], slope[free] = np.split(theta[models:], 2)
        return Latent(theta[:models], difficulty, slope)

    def residuals(theta: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.concatenate(
            (table.score - expected_scores(table, unpacked(theta)), np.sqrt(PENALTY) * theta)
        )

    found = least_squares(
        residuals, np.concatenate((np.zeros(models + benchmarks - 1), np.ones(benchmarks - 1)))
    )
    latent = unpacked(found.x)
    return Latent(
        latent.capability, latent.difficulty, latent.slope, 2 * found.cost, found.nfev, found.success
    )


def index_points(latent: Latent, places: NDArray[np.intp]) -> NDArray[np.float64]:
    """Capabilities in points of the index."""
    scale = scale_through(DEFINITION.anchors, places, latent.capability)
    if scale is None:
        raise RuntimeError("this fit turns the anchors round")
    return scale.points(latent.capability)


def timed(fit: Callable[[], Latent], times: int) -> Timed:
    """Run `fit` several times."""
    seconds = []
    for _ in range(times):
        began = perf_counter()
        latent = fit()
        seconds.append(perf_counter() - began)
    return Timed(float(np.median(seconds)), latent)


if __name__ == "__main__":
    main()
