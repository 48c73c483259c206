"""S-curve fit with 1,000 bootstrap draws: all at once, against lmfit in a loop.

Run from the root of the repository: python -m benchmarks.scurve_bootstrap [--draws N]. Both sides fit the
logistic with free ceiling from the same start, within the same bounds; the ratio is of one run on one
machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

import lmfit
import numpy as np

from analysis.numeric.batch_fit import fit_batch
from analysis.numeric.bootstrap import model_weights
from analysis.numeric.curve_fit import FittedCurve, Series, fit_curve
from analysis.numeric.curves import LOGISTIC
from analysis.results import Floats

CHANCE = 0.25
TRUTH = np.array([CHANCE, 0.9, 4.5, 2.5])
POINTS = 45
RUNS = 5


def main() -> None:
    """Print seconds, ratios and the largest relative difference of the estimates."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--draws", type=int, default=1000)
    draws = options.parse_args().draws
    series = scores()
    fit = fit_curve(LOGISTIC, series, floor=CHANCE)
    if fit is None:
        raise ValueError(f"{POINTS} points are too few for a logistic")
    weights = model_weights(POINTS, draws, np.random.default_rng(1))
    ours, seconds = timed(lambda: together(fit, series, weights), RUNS)
    print(f"{POINTS} points, {draws} draws, logistic with free ceiling")
    print(f"batched Levenberg-Marquardt {seconds:8.3f} s  (median of {RUNS})")
    for name, derivatives in (("numeric", False), ("analytic", True)):
        theirs, loop_seconds = timed(lambda d=derivatives: in_a_loop(fit, series, weights, d), 1)
        apart = np.abs(ours / theirs - 1.0).max(axis=1)
        print(f"lmfit, {name} Jacobian  {loop_seconds:8.3f} s  {loop_seconds / seconds:6.1f} times as long")
        print(f"  largest relative difference {apart.max():.1e}; over 1e-6: {(apart > 1e-6).sum()} draws")
        worse = losses(series, weights, ours) / losses(series, weights, theirs) - 1.0
        print(f"  our sum of squares over lmfit's, less 1: {worse.min():.1e} to {worse.max():.1e}")


def scores() -> Series:
    """Scores of three models a quarter around a logistic from chance 0.25 to 0.9."""
    generator = np.random.default_rng(0)
    time = np.sort(generator.uniform(3.0, 6.5, POINTS))
    values = LOGISTIC.value(time, TRUTH) + generator.normal(0.0, 0.03, POINTS)
    return Series(time, values, np.ones(POINTS))


def together(fit: FittedCurve, series: Series, weights: Floats) -> Floats:
    """Ceiling, midpoint and rate of every draw, shape (B, 3)."""
    starts = np.tile(fit.parameters, (len(weights), 1))
    found = fit_batch(fit.curve, series.time, series.values, weights, starts, fit.box.low, fit.box.high)
    return found.parameters[:, 1:]


def in_a_loop(fit: FittedCurve, series: Series, weights: Floats, derivatives: bool) -> Floats:
    """The same by lmfit's minimize, one draw at a time."""
    start = lmfit.Parameters()
    for index, name in enumerate(LOGISTIC.parameters):
        fixed = fit.box.low[index] == fit.box.high[index]
        bounds = {} if fixed else {"min": fit.box.low[index], "max": fit.box.high[index]}
        start.add(name, value=fit.parameters[index], vary=not fixed, **bounds)

    def residuals(parameters: lmfit.Parameters, root: Floats) -> Floats:
        at = np.array([parameters[name].value for name in LOGISTIC.parameters])
        return root * (LOGISTIC.value(series.time, at) - series.values)

    def slopes(parameters: lmfit.Parameters, root: Floats) -> Floats:
        at = np.array([parameters[name].value for name in LOGISTIC.parameters])
        return (root[:, None] * LOGISTIC.jacobian(series.time, at))[:, 1:]

    options: dict[str, object] = {"xtol": 1e-12, "ftol": 1e-12, "gtol": 1e-12}
    if derivatives:
        options["Dfun"] = slopes
    found = [lmfit.minimize(residuals, start, args=(root,), **options).params for root in np.sqrt(weights)]
    return np.array([[parameters[name].value for name in LOGISTIC.parameters[1:]] for parameters in found])


def losses(series: Series, weights: Floats, found: Floats) -> Floats:
    """Weighted sum of squares of every draw, shape (B,)."""
    parameters = np.column_stack([np.full(len(found), CHANCE), found])
    return np.asarray(
        np.sum(weights * (series.values - LOGISTIC.value(series.time, parameters)) ** 2, axis=1)
    )


def timed(work: Callable[[], Floats], runs: int) -> tuple[Floats, float]:
    """The last result and the median seconds of `runs` runs."""
    seconds = []
    for _ in range(runs):
        started = perf_counter()
        result = work()
        seconds.append(perf_counter() - started)
    return result, float(np.median(seconds))


if __name__ == "__main__":
    main()
