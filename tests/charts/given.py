"""Results of analysis, as few and as small as charts can be made of."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from analysis.datawall.crossing import WallForecast, crossing_year
from analysis.datawall.inputs import LogNormalRange, WallChoices, WallInputs
from analysis.dotcom.likeness import Anchor
from analysis.hype.buzz import Buzz, BuzzVerdict
from analysis.results import Estimate, Interval
from analysis.worth.measured_run import MeasuredRun, compare_runs
from analysis.worth.value import ListPrice, Offer, TaskProfile, WorthIt, worth_it
from analysis.worth.value_curve import net_value_curve
from charts.worth.run_ratios import BoardRatios

THEN, NOW = Anchor("first", date(1995, 8, 9)), Anchor("second", date(2022, 11, 30))


def daily(first: date, days: int, growth: float) -> pl.DataFrame:
    number = np.arange(days)
    return pl.DataFrame(
        {"valid_on": [first + timedelta(days=int(n)) for n in number], "value": 100 * np.exp(growth * number)}
    )


CLOSES = pl.concat([daily(date(1994, 8, 9), 2000, 0.0005), daily(date(2021, 11, 30), 1000, 0.001)])

MONTHS = [date(2023 + place // 12, place % 12 + 1, 1) for place in range(30)]
ATTENTION = pl.DataFrame(
    {"series_id": ["s"] * 30, "valid_on": MONTHS, "value": [float(place + 1) for place in range(30)]}
)


def buzz(name: str, share: float | None, verdict: BuzzVerdict) -> Buzz:
    estimate = None if share is None else Estimate(share, Interval(share - 0.2, share + 0.2))
    rank, above = (None, None) if share is None else (1, 0.1)
    return Buzz(name, date(2025, 1, 1), estimate, share, rank, 100, above, None, "test", verdict)


ONCE = Interval(1.0, 1.0, level=1.0)
DEAR = Offer("dear", ListPrice(15.0, 60.0), 95, 100, ONCE, None, "board")
CHEAP = Offer("cheap", ListPrice(3.0, 15.0), 50, 100, ONCE, None, "board")
TITLES = {"dear": "Dear model", "cheap": "Cheap model"}


def exactly(value: float) -> LogNormalRange:
    return LogNormalRange(value, value, 0.95)


def forecast(choices: WallChoices | None = None) -> WallForecast:
    inputs = WallInputs(
        *(exactly(value) for value in (1e12, 8000.0, 2.0, 1.0, 1.0, 0.2, 2.5, 1e13, 1.2e26, 4.0))
    )
    return crossing_year(sets(), inputs, choices, draws=200)


def sets() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "collection": ["paper"] * 12,
            "title": [f"set {number}" for number in range(12)],
            "published_on": [date(2012 + number, 1, 1) for number in range(12)],
            "tokens": [10 ** (9 + 0.5 * number) for number in range(12)],
        }
    )


def worth(value_usd: float, dear: Offer = DEAR) -> tuple[pl.DataFrame, WorthIt]:
    profile = TaskProfile(2000, 1000, value_usd)
    return net_value_curve(dear, CHEAP, profile, seed=0), worth_it(dear, CHEAP, profile, seed=0)


def boards(cost: float | None = 20.0) -> list[BoardRatios]:
    first = MeasuredRun("dear", ListPrice(15.0, 60.0), 100, 60, cost, 50.0, "board")
    second = MeasuredRun("cheap", ListPrice(3.0, 15.0), 100, 90, 2.0, 10.0, "board")
    return [BoardRatios("Some board", compare_runs(first, second, Interval(2.0, 10.0, level=1.0)))]


def claims() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "place": [1, 2],
            "statement": ["It is slow.", "It is new."],
            "then_verdict": ["held", "cannot be told"],
            "now_verdict": ["held", "did not hold"],
        }
    )
