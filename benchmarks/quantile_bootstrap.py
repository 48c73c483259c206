"""Frontier regression with 1,000 bootstrap draws: all at once, against a loop of linear programmes by HiGHS.

Run from the root of the repository: python -m benchmarks.quantile_bootstrap [--draws N]. The ratio is of one
run on one machine; statsmodels' QuantReg is timed on a tenth of the draws, because it is approximate (it
iterates weighted least squares) and slow.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
from scipy.optimize import linprog
from statsmodels.regression.quantile_regression import QuantReg

from analysis.numeric.bootstrap import model_weights
from analysis.numeric.quantile import check_loss, quantile_regression
from analysis.results import Floats
from analysis.trends.slopes import TAU, knot_design

SHORTFALLS = Path(__file__).resolve().parent / "eci_shortfalls.csv"
RUNS = 5


def main() -> None:
    """Print seconds, ratios and the largest difference of the solutions."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--draws", type=int, default=1000)
    draws = options.parse_args().draws
    design, values = frontier()
    weights = model_weights(len(values), draws, np.random.default_rng(1))
    ours, seconds = timed(lambda: quantile_regression(design, values, weights, TAU), RUNS)
    theirs, loop_seconds = timed(lambda: by_programmes(design, values, weights), 1)
    tenth = weights[: max(1, draws // 10)]
    approximate, quantreg_seconds = timed(lambda: by_quantreg(design, values, tenth), 1)
    quantreg_seconds *= len(weights) / len(tenth)
    print(f"{len(values)} models, {draws} draws, tau {TAU:g}, one knot")
    print(f"batched interior point {seconds:8.3f} s  (median of {RUNS})")
    print(f"loop of HiGHS          {loop_seconds:8.3f} s  {loop_seconds / seconds:6.1f} times as long")
    print(
        f"loop of QuantReg       {quantreg_seconds:8.3f} s  {quantreg_seconds / seconds:6.1f} times as long"
    )
    _compare(design, values, weights, ours, theirs)
    print(f"largest difference from QuantReg: {np.abs(ours[: len(tenth)] - approximate).max():.1e} points")


def frontier() -> tuple[Floats, Floats]:
    """Design and values of 181 models with the real shortfalls below a frontier of 14.2 points a year."""
    shortfalls = pl.read_csv(SHORTFALLS)["shortfall_points"].to_numpy()
    generator = np.random.default_rng(0)
    since_knot = np.sort(generator.uniform(-2.0, 1.5, len(shortfalls)))
    return knot_design(since_knot), 140.0 + 14.2 * since_knot - generator.permutation(shortfalls)


def by_programmes(design: Floats, values: Floats, weights: Floats) -> Floats:
    """The same minimisers, one linear programme a draw; models that were not drawn are left out."""
    return np.array([_programme(design[row > 0], values[row > 0], row[row > 0]) for row in weights])


def by_quantreg(design: Floats, values: Floats, weights: Floats) -> Floats:
    """statsmodels' QuantReg a draw, rows repeated as often as they were drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where its iteration limit is reached
        return np.array([_quantreg(design, values, row.astype(int)) for row in weights])


def timed(work: Callable[[], Floats], runs: int) -> tuple[Floats, float]:
    """The last result and the median seconds of `runs` runs."""
    seconds = []
    for _ in range(runs):
        started = perf_counter()
        result = work()
        seconds.append(perf_counter() - started)
    return result, float(np.median(seconds))


def _programme(design: Floats, values: Floats, weights: Floats) -> Floats:
    n, p = design.shape
    loss = np.concatenate([np.zeros(p), TAU * weights, (1 - TAU) * weights])
    equations = np.hstack([design, np.eye(n), -np.eye(n)])
    bounds = [(None, None)] * p + [(0, None)] * (2 * n)
    return np.asarray(linprog(loss, A_eq=equations, b_eq=values, bounds=bounds, method="highs").x[:p])


def _quantreg(design: Floats, values: Floats, counts: Floats) -> Floats:
    rows = np.repeat(np.arange(len(values)), counts)
    return np.asarray(QuantReg(values[rows], design[rows]).fit(q=TAU).params)


def _compare(design: Floats, values: Floats, weights: Floats, ours: Floats, theirs: Floats) -> None:
    apart = np.abs(ours - theirs).max(axis=1)
    losses = check_loss(design, values, weights, ours, TAU), check_loss(design, values, weights, theirs, TAU)
    print(f"largest difference from HiGHS: {apart.max():.1e} points; over 1e-8: {(apart > 1e-8).sum()} draws")
    print(f"largest relative difference of the losses: {np.abs(losses[0] / losses[1] - 1).max():.1e}")


if __name__ == "__main__":
    main()
