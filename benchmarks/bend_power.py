"""Power of the test of a downward bend by simulation; writes docs/methods/bend.csv.

Worlds as in calibrate.py: 48 models a year on average, shortfalls of the real models. The threshold for one
look leaves 5 % of straight lines above it; that for monthly looks leaves 5 % of straight lines above it at
least once in twelve looks, a month apart.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from analysis.results import Floats
from analysis.trends.bend import SPAN_YEARS, downward_bend
from analysis.trends.simulation import LINE, MODELS_A_YEAR, MONTHS_SINCE, Scenario

HERE = Path(__file__).resolve().parent
METHODS = HERE.parent / "docs" / "methods"
FALSE_ALARMS = 0.05
LOOKS = 12
TUNING_SEED, LOOKS_SEED, JUDGED_SEED = 11, 12, 13
KINDS = {"full stop": 0.0, "slope falls to a tenth": 0.1, "slope halves": 0.5}


def main() -> None:
    """Find both thresholds on straight lines, then judge them in worlds of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=300, help="worlds a scenario")
    parser.add_argument(
        "--lines", type=int, default=1000, help="straight lines for the threshold of one look"
    )
    parser.add_argument("--years", type=int, default=300, help="straight lines with twelve looks each")
    options = parser.parse_args()
    shortfalls = pl.read_csv(HERE / "eci_shortfalls.csv")["shortfall_points"].to_numpy()
    once = np.quantile(gains(LINE, shortfalls, TUNING_SEED, options.lines), 1 - FALSE_ALARMS)
    print(f"threshold of one look: {once:.3f} ({options.lines} lines)", flush=True)
    monthly = np.quantile(
        [year_of_looks(shortfalls, index) for index in range(options.years)], 1 - FALSE_ALARMS
    )
    print(f"threshold of monthly looks: {monthly:.3f} ({options.years} years)", flush=True)
    rows = [row(LINE, "straight line", 0, shortfalls, options.worlds, (once, monthly))]
    for kind, share in KINDS.items():
        for months in MONTHS_SINCE:
            scenario = Scenario(f"{kind} {months} months ago", share, months)
            rows.append(row(scenario, kind, months, shortfalls, options.worlds, (once, monthly)))
            print(rows[-1], flush=True)
    pl.DataFrame(rows).with_columns(pl.selectors.float().round(4)).write_csv(METHODS / "bend.csv")


def row(
    scenario: Scenario,
    kind: str,
    months: int,
    shortfalls: Floats,
    worlds: int,
    thresholds: tuple[float, float],
) -> dict[str, object]:
    """Shares of worlds in which the test notices, in one look and at the threshold of monthly looks."""
    found = gains(scenario, shortfalls, JUDGED_SEED, worlds)
    once, monthly = thresholds
    return {
        "frontier": kind,
        "months_since": months,
        "worlds": worlds,
        "threshold": once,
        "noticed": float((found > once).mean()),
        "threshold_monthly": monthly,
        "noticed_monthly": float((found > monthly).mean()),
    }


def gains(scenario: Scenario, shortfalls: Floats, seed: int, worlds: int) -> Floats:
    """The gain of the best downward bend in each world, shape (worlds,)."""
    found = []
    for index in range(worlds):
        generator = np.random.default_rng([seed, index, *scenario.name.encode()])
        since_today, values = world(scenario, shortfalls, SPAN_YEARS, generator)
        found.append(downward_bend(since_today, values).gain)
    return np.array(found)


def year_of_looks(shortfalls: Floats, index: int) -> float:
    """The largest gain of twelve looks, a month apart, at one straight line."""
    generator = np.random.default_rng([LOOKS_SEED, index])
    since_end, values = world(LINE, shortfalls, SPAN_YEARS + 1, generator)
    found = []
    for month in range(LOOKS):
        since_look = since_end + month / 12
        inside = (since_look <= 0) & (since_look >= -SPAN_YEARS)
        found.append(downward_bend(since_look[inside], values[inside]).gain)
    return max(found)


def world(
    scenario: Scenario, shortfalls: Floats, years: float, generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Release dates in years from today and values of one simulated world."""
    n = int(generator.poisson(MODELS_A_YEAR * years))
    since_today = -generator.uniform(0.0, years, n)
    return since_today, scenario.frontier(since_today) - generator.choice(shortfalls, n)


if __name__ == "__main__":
    main()
