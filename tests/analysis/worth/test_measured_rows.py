"""Rows of measured runs become offers; results become plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import polars as pl
import pytest

from analysis.plain_values import plain
from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN, implied_multipliers, offer_of, run_of

ROW = {
    "model_id": "dear",
    "share": 0.797,
    "tasks": 133,
    "cost_usd": 63.919,
    "seconds_per_task": 80.9,
    "source_id": "board",
    "input_usd_per_mtok": 15.0,
    "output_usd_per_mtok": 60.0,
    "cached_input_usd_per_mtok": None,
    "run_input_usd_per_mtok": 15.0,
    "run_output_usd_per_mtok": 60.0,
}
CHEAP = ROW | {
    "model_id": "cheap",
    "cost_usd": 3.6346,
    "input_usd_per_mtok": 3.0,
    "output_usd_per_mtok": 15.0,
    "run_input_usd_per_mtok": 3.0,
    "run_output_usd_per_mtok": 15.0,
}


class Verdict(Enum):
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Result:
    estimate: Estimate
    verdict: Verdict
    rows: pl.DataFrame
    draws: object
    day: date


def test_a_share_becomes_the_whole_number_of_tasks_it_stands_for() -> None:
    """79.7 % of 133 tasks are 106."""
    assert run_of(ROW).solved == 106
    assert offer_of(ROW).solved == 106


def test_seconds_not_recorded_stay_unknown() -> None:
    """A missing time is no time of zero."""
    assert offer_of(ROW | {"seconds_per_task": None}).seconds_per_call is None


def test_tokens_follow_from_cost_over_price() -> None:
    """17.6 times the cost at 4 to 5 times the price is 3.5 to 4.4 times the tokens, whoever comes first."""
    implied = implied_multipliers(ROW, CHEAP)
    assert implied is not None
    assert (implied[0].low, implied[0].high) == pytest.approx((3.517, 4.397), abs=0.001)
    assert implied[1] == AS_WRITTEN
    assert implied_multipliers(CHEAP, ROW) == (implied[1], implied[0])


def test_tokens_are_implied_by_the_prices_of_the_day_of_the_run() -> None:
    """A cut since then moves what a call costs now, and nothing that was billed before it."""
    cut = ROW | {"input_usd_per_mtok": 1.5, "output_usd_per_mtok": 6.0}
    assert implied_multipliers(cut, CHEAP) == implied_multipliers(ROW, CHEAP)
    assert offer_of(cut).price.output_usd_per_mtok == 6.0
    assert run_of(cut).price.output_usd_per_mtok == 60.0


@pytest.mark.parametrize("change", [{"cost_usd": None}, {"tasks": 100}, {"run_output_usd_per_mtok": None}])
def test_tokens_that_cannot_be_implied_are_not(change: dict[str, object]) -> None:
    """Without a cost, a price of the day, or over different numbers of tasks, there is no ratio."""
    assert implied_multipliers(ROW | change, CHEAP) is None
    assert implied_multipliers(CHEAP, ROW | change) is None


def test_a_run_without_a_price_of_its_day_is_named() -> None:
    """Today's price does not stand in for it."""
    with pytest.raises(ValueError, match="the price of dear on the day of its run is not known"):
        run_of(ROW | {"run_input_usd_per_mtok": None})


def test_a_result_keeps_every_field_and_is_valid_json() -> None:
    """Estimates, enums, frames, arrays and dates; what is infinite is a word, what is no number is null."""
    result = Result(
        Estimate(1.5, Interval(float("-inf"), float("inf"), 0.9)),
        Verdict.TOLD,
        pl.DataFrame({"day": [date(2024, 1, 1)], "value": [float("nan")]}),
        np.array([1.0, 2.0]),
        date(2024, 12, 20),
    )
    assert json.loads(json.dumps(plain(result), allow_nan=False)) == {
        "estimate": {"value": 1.5, "interval": {"low": "-infinite", "high": "infinite", "level": 0.9}},
        "verdict": "told",
        "rows": [{"day": "2024-01-01", "value": None}],
        "draws": [1.0, 2.0],
        "day": "2024-12-20",
    }


def test_what_is_no_part_of_a_result_is_refused() -> None:
    """An unknown type is an error that names it, never a guess."""
    with pytest.raises(TypeError, match="object is no part of a result"):
        plain(object())
