"""Calibration of the verdicts by simulation: 300 worlds of 200 draws for each scenario, resumable.

Writes docs/methods/calibration.csv and calibration.md. The shortfalls in eci_shortfalls.csv are those of the
181 models since 2023 in Epoch AI's Capabilities Index of 2026-07-17 (CC-BY 4.0) from its fitted 0.9 quantile.
"""

from __future__ import annotations

import argparse
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl

from analysis.numeric import bootstrap, quantile
from analysis.results import Estimate, Floats, Interval
from analysis.trends import bend, simulation, slopes
from analysis.trends.bend import Bend
from analysis.trends.simulation import (
    HALVING,
    LINE,
    MONTHS_SINCE,
    SCENARIOS,
    STOPS,
    TENTHS,
    Calibration,
    Scenario,
    World,
    calibration,
    factor_for_coverage,
    simulate_world,
)
from analysis.trends.slopes import INTERVAL_FACTOR, Slopes
from analysis.trends.verdicts import TrendVerdict

HERE = Path(__file__).resolve().parent
METHODS = HERE.parent / "docs" / "methods"
SHORTFALLS = HERE / "eci_shortfalls.csv"
TUNING_SEED, JUDGED_SEED = 1, 2
"""The factor is found in other worlds than those in which it is judged."""

BATCH = 50


def cache_file() -> Path:
    """Where finished worlds are kept, by estimator and shortfalls: those of other ones are never resumed."""
    decisive = [
        SHORTFALLS,
        *(Path(str(module.__file__)) for module in (bend, bootstrap, quantile, simulation, slopes)),
    ]
    digest = sha256(b"".join(file.read_bytes() for file in decisive)).hexdigest()
    return HERE.parent / "build" / f"calibration_worlds.{digest[:12]}.csv"


CACHE = cache_file()

INTRODUCTION = """# Calibration of the verdicts

Made by `make calibrate`: {worlds} simulated worlds a frontier, {draws} bootstrap draws a world, 48 models a
year on average, shortfalls from the frontier drawn from those of the 181 models since 2023 in Epoch AI's
Capabilities Index of 2026-07-17 (CC-BY 4.0). All figures are per cent of the worlds: which verdict they got,
and whether the 90 % intervals of the three slopes hold the truth. Coverage is left out where the frontier
bends elsewhere than at the knot: there no two-slope line is right. The standard error of a share is at most
2.9 points with 300 worlds.

Slowing is told by the test of a bend alone, at the gain of {threshold:.2f} that 5 % of 1,000 straight lines
in such worlds exceed. A real series is judged among lines with its own dates and scatter: how soon a change
would be noticed there stands in [trend](trend.md) and on the page.

## As used

Half-widths are multiplied by {in_use}, as found in 1,000 worlds; in these worlds of their own (straight line
and halving) the factor that covers 90 % was {found}.
"""
COLUMNS = [
    *("scenario", "seed", "draws", "world", "n_recent", "n_earlier", "bend_gain", "bend_months_ago"),
    *(
        f"{slope}_{part}"
        for slope in ("recent", "earlier", "difference")
        for part in ("value", "low", "high")
    ),
]


def main() -> None:
    """Simulate what is missing, find the factor, write the tables."""
    options = _options()
    shortfalls = pl.read_csv(SHORTFALLS)["shortfall_points"].to_numpy()
    if options.fresh:
        CACHE.unlink(missing_ok=True)
    tuned = [
        factor_for_coverage(scenario, worlds_of(scenario, shortfalls, TUNING_SEED, options))
        for scenario in (LINE, HALVING)
    ]
    factor = float(np.mean(tuned))
    print(f"factor for 90 % coverage: {factor:.3f} (in use: {INTERVAL_FACTOR})")
    judged = {scenario: worlds_of(scenario, shortfalls, JUDGED_SEED, options) for scenario in SCENARIOS}
    rows = [calibration(scenario, worlds, INTERVAL_FACTOR) for scenario, worlds in judged.items()]
    plain = [calibration(scenario, worlds, 1.0) for scenario, worlds in judged.items()]
    METHODS.mkdir(parents=True, exist_ok=True)
    table = pl.DataFrame([_summary(row, bare) for row, bare in zip(rows, plain, strict=True)])
    table.with_columns(pl.selectors.float().round(4)).write_csv(METHODS / "calibration.csv")
    text = _markdown(rows, plain, factor, options.draws)
    (METHODS / "calibration.md").write_text(text, encoding="utf-8")


def worlds_of(scenario: Scenario, shortfalls: Floats, seed: int, options: argparse.Namespace) -> list[World]:
    """The first worlds of a scenario, read from the cache as far as they are there."""
    started = time.monotonic()
    for first in range(_cached(scenario, seed, options.draws).height, options.worlds, BATCH):
        indices = range(first, min(first + BATCH, options.worlds))
        rows = [_row(scenario, shortfalls, seed, options.draws, index) for index in indices]
        _append(pl.DataFrame(rows, COLUMNS, orient="row"))
        print(
            f"{scenario.name}: {indices.stop} of {options.worlds}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    done = _cached(scenario, seed, options.draws).head(options.worlds)
    return [_world(row) for row in done.iter_rows(named=True)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=300, help="worlds a scenario")
    parser.add_argument("--draws", type=int, default=200, help="bootstrap draws a world")
    parser.add_argument("--fresh", action="store_true", help="forget the worlds simulated before")
    return parser.parse_args()


def _cached(scenario: Scenario, seed: int, draws: int) -> pl.DataFrame:
    if not CACHE.exists():
        return pl.DataFrame(schema=COLUMNS)
    mine = (pl.col("scenario") == scenario.name) & (pl.col("seed") == seed) & (pl.col("draws") == draws)
    return pl.read_csv(CACHE, infer_schema_length=None).filter(mine).unique("world").sort("world")


def _append(rows: pl.DataFrame) -> None:
    CACHE.parent.mkdir(exist_ok=True)
    header = not CACHE.exists()
    with CACHE.open("ab") as file:
        rows.write_csv(file, include_header=header)


def _row(scenario: Scenario, shortfalls: Floats, seed: int, draws: int, index: int) -> list[object]:
    """One world, a function of seed, scenario and index alone: it does not matter when it is simulated."""
    generator = np.random.default_rng([seed, index, *scenario.name.encode()])
    world = simulate_world(scenario, shortfalls, draws, generator)
    parts: list[object] = [scenario.name, seed, draws, index, world.n_recent, world.n_earlier]
    parts += [world.bend.gain, world.bend.months_ago]
    for found in (world.slopes.recent, world.slopes.earlier, world.slopes.difference):
        if found is None or found.interval is None:
            raise ValueError(f"{scenario.name}, world {index}: a slope without an interval")
        parts += [found.value, found.interval.low, found.interval.high]
    return parts


def _world(row: dict[str, float]) -> World:
    recent, earlier, difference = (
        Estimate(row[f"{slope}_value"], Interval(row[f"{slope}_low"], row[f"{slope}_high"]))
        for slope in ("recent", "earlier", "difference")
    )
    slopes = Slopes(recent, earlier, difference, 0.0, recent.interval, earlier.interval)
    months_ago = row["bend_months_ago"]
    bent = Bend(row["bend_gain"], None if months_ago is None else int(months_ago))
    return World(slopes, int(row["n_recent"]), int(row["n_earlier"]), bent)


def _summary(row: Calibration, bare: Calibration) -> dict[str, object]:
    return {
        "scenario": row.scenario.name,
        "worlds": row.worlds,
        "interval_factor": row.factor,
        **{str(verdict): share for verdict, share in row.shares.items()},
        "plateau_standard_error": row.plateau_error,
        "recent_coverage": row.recent_coverage,
        "earlier_coverage": row.earlier_coverage,
        "difference_coverage": row.difference_coverage,
        "recent_coverage_unscaled": bare.recent_coverage,
        "earlier_coverage_unscaled": bare.earlier_coverage,
        "difference_coverage_unscaled": bare.difference_coverage,
        "plateau_unscaled": bare.shares[TrendVerdict.PLATEAU],
    }


def _markdown(rows: list[Calibration], plain: list[Calibration], factor: float, draws: int) -> str:
    lines = [
        INTRODUCTION.format(
            worlds=f"{rows[0].worlds:,}",
            draws=draws,
            in_use=f"{rows[0].factor:g}",
            found=f"{factor:.3f}",
            threshold=simulation.BEND_THRESHOLD,
        ),
        *_table(rows),
        "",
        "## How soon a plateau would have been seen",
        "",
        "Per cent of worlds called plateau, and called plateau or slowing, by months since the change.",
        "",
        *_power(rows),
        "",
        "## The same worlds with plain percentile intervals",
        "",
        *_table(plain),
        "",
    ]
    return "\n".join(lines)


def _table(rows: list[Calibration]) -> list[str]:
    shown: list[TrendVerdict] = [verdict for verdict in TrendVerdict if verdict is not TrendVerdict.SATURATED]
    head = ["frontier", *map(str, shown), "covered: recent", "earlier", "difference"]
    return [_line(head), _line(["---"] * len(head)), *(_line(_cells(row, shown)) for row in rows)]


def _power(rows: list[Calibration]) -> list[str]:
    found = {row.scenario: row.shares for row in rows}
    head = ["months since", "full stop: plateau", "or slowing", "fall to a tenth: plateau", "or slowing"]
    lines = [_line(head), _line(["---"] * len(head))]
    for months in MONTHS_SINCE:
        cells = [str(months)]
        for scenario in (STOPS[months], TENTHS[months]):
            plateau = found[scenario][TrendVerdict.PLATEAU]
            either = plateau + found[scenario][TrendVerdict.SLOWING]
            cells += [f"{100 * plateau:.1f}", f"{100 * either:.1f}"]
        lines.append(_line(cells))
    return lines


def _cells(row: Calibration, shown: list[TrendVerdict]) -> list[str]:
    coverages = (row.recent_coverage, row.earlier_coverage, row.difference_coverage)
    return [
        row.scenario.name,
        *(f"{100 * row.shares[verdict]:.1f}" for verdict in shown),
        *("" if share is None else f"{100 * share:.1f}" for share in coverages),
    ]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
