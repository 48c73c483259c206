"""The test of a bend on the indices of a home: its power, false alarms, knots, and every month since 2023.

Writes docs/methods/bend.csv, the table bend_power of the published snapshot; prints the rest, which stands in
docs/methods/trend.md: in straight worlds how many are noticed, in worlds that stopped how often the interval
holds the knot, and on the real record the month whose bend chance brings least often.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from analysis.results import Floats, day_of, year_of, years
from analysis.trends.backtest import FIRST_MONTH_END, month_ends
from analysis.trends.bend import SPAN_YEARS
from analysis.trends.bend_test import bend_test, scatter_of
from analysis.trends.trend import makers_of
from config import load_settings
from pipeline.derive import END_OF_TIME, INDICES, SEED
from store.sql import query
from store.store import store_of

METHODS = Path(__file__).resolve().parent.parent / "docs" / "methods"
LINES, STOPPED = 100, 40
STOPPED_MONTHS = (6, 9, 12)


def main() -> None:
    """Everything for both indices."""
    snapshot = store_of(load_settings()).latest()
    power = snapshot.select("SELECT * FROM bend_power ORDER BY series_id, change, months")
    power.with_columns(pl.selectors.float().round(4)).write_csv(METHODS / "bend.csv")
    for series_id, name in INDICES.items():
        models = snapshot.select(query(name), {"as_of": END_OF_TIME})
        newest: date = models["released_on"].max()  # type: ignore[assignment]  # a column of dates
        print(series_id, *_record(models, newest), sep="\n  ", flush=True)
        print("  " + "\n  ".join(_worlds(*_window(models, newest))), flush=True)


def _window(models: pl.DataFrame, end: date) -> tuple[Floats, Floats, list[str]]:
    inside = models.filter(pl.col("released_on").is_between(day_of(year_of(end) - SPAN_YEARS), end))
    return years(inside["released_on"]) - year_of(end), inside["value"].to_numpy(), makers_of(inside)


def _record(models: pl.DataFrame, newest: date) -> list[str]:
    """The months of the real record, models released by then with the values of now."""
    found = {end: bend_test(*_window(models, end), SEED) for end in month_ends(FIRST_MONTH_END, newest)}
    noticed = [str(end) for end, test in found.items() if test.is_noticed]
    least = min(found, key=lambda end: found[end].p_value)
    return [
        f"months: {len(found)}, noticed: {', '.join(noticed) or 'none'}",
        f"least likely: {least}, gain {found[least].bend.gain:.2f}, p = {found[least].p_value:.2f}",
    ]


def _worlds(since_end: Floats, values: Floats, makers: list[str]) -> list[str]:
    """False alarms in straight worlds, and the interval of the knot in worlds that stopped."""
    generator = np.random.default_rng(SEED)
    scatter = scatter_of(since_end, values, makers)
    alarms = sum(
        bend_test(since_end, world, makers, seed).is_noticed
        for seed, world in enumerate(scatter.worlds(LINES, generator))
    )
    said = [f"false alarms: {alarms} of {LINES}"]
    for months in STOPPED_MONTHS:
        bend = -scatter.slope * np.maximum(since_end + months / 12, 0.0)
        tests = [
            bend_test(since_end, world, makers, seed)
            for seed, world in enumerate(scatter.worlds(STOPPED, generator, bend))
        ]
        knots = [test.knot_months for test in tests if test.knot_months and test.is_noticed]
        held = sum(knot.holds(months) for knot in knots)
        widths = np.mean([knot.width for knot in knots])
        said.append(
            f"stop {months} months ago: interval holds the knot {held} of {len(knots)}, {widths:.1f} wide"
        )
    return said


if __name__ == "__main__":
    main()
