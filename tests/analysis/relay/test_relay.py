"""Frontiers of bounded tests, how long they took, and the logistic that is told, on hand-made rows."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.relay.durations import durations
from analysis.relay.frontiers import frontier_steps, frontiers, one_of_each_test, with_share
from analysis.relay.logistics import told_logistic
from tests.analysis.relay.taken import that_took


def scores(test: str, values: list[float], chance: float = 0.0) -> pl.DataFrame:
    """One model every hundred days with these values."""
    return pl.DataFrame(
        {
            "benchmark_id": [test] * len(values),
            "benchmark": [test] * len(values),
            "model_id": [f"m{n}" for n in range(len(values))],
            "released_on": [date(2023, 1, 1) + timedelta(days=100 * n) for n in range(len(values))],
            "value": values,
            "stderr": [0.01] * len(values),
            "published_on": pl.Series([None] * len(values), dtype=pl.Date),
            "chance": [chance] * len(values),
            "ceiling": [1.0] * len(values),
        }
    )


def test_a_frontier_is_corrected_for_chance_and_only_rises() -> None:
    """A quarter is nothing where guessing gives a quarter; a worse model later makes no step."""
    shares = with_share(scores("quiz", [0.2, 0.25, 0.625, 0.5, 1.0], chance=0.25))
    assert frontier_steps(shares)["share"].to_list() == [0.0, 0.5, 1.0]
    (row,) = frontiers(shares).iter_rows(named=True)
    assert (row["first"], row["used_up"]) == (0.0, True)
    assert row["rose_on"] == date(2023, 1, 1) + timedelta(days=200)
    assert row["done_on"] == date(2023, 1, 1) + timedelta(days=400)


def test_four_models_are_no_history() -> None:
    """Nothing is said of a test with so few."""
    assert frontiers(with_share(scores("new", [0.1, 0.2, 0.3, 0.9]))).is_empty()


def test_copies_of_one_test_count_once() -> None:
    """Of two releases of one list the one with more models stays, as of a public part."""
    rows = pl.concat(
        [
            scores("list-2025-01-01-code", [0.1, 0.2]),
            scores("list-2025-06-01-code", [0.1, 0.2, 0.3]),
            scores("list-2025-06-01-maths", [0.1]),
            scores("grid", [0.1, 0.2]),
            scores("grid-public", [0.1]),
        ]
    )
    assert sorted(one_of_each_test(rows)["benchmark_id"].unique()) == [
        "grid",
        "list-2025-06-01-code",
        "list-2025-06-01-maths",
    ]


def test_the_unfinished_are_censored_and_not_left_out() -> None:
    """Kaplan and Meier by hand: 6, 12, 18 months and one given up after 9: half are done after 12."""
    found = durations(that_took([], [6.0, 12.0, 18.0], [9.0]))
    (period,) = found.periods
    assert (period.n, period.finished) == (4, 3)
    assert dict(zip(period.months.round().tolist(), period.unfinished.round(3).tolist(), strict=True)) == {
        6.0: 0.75,
        9.0: 0.75,
        12.0: 0.375,
        18.0: 0.0,
    }
    assert period.median is not None
    assert period.median.value == pytest.approx(12, abs=0.1)
    assert found.p_value is None


def test_a_period_of_which_half_never_finished_has_no_median() -> None:
    """It is longer than known."""
    (period,) = durations(that_took([], [6.0], [9.0, 20.0, 30.0])).periods
    assert period.median is None


def test_periods_are_told_apart_by_the_log_rank_test() -> None:
    """Very different ones have a small p, equal ones a large one."""
    far = durations(that_took([30.0 + n for n in range(8)], [6.0 + n / 10 for n in range(8)]))
    same = durations(that_took([10.0 + n for n in range(8)], [10.0 + n for n in range(8)]))
    assert far.p_value is not None
    assert same.p_value is not None
    assert far.p_value < 0.01
    assert same.p_value > 0.9


def test_a_logistic_is_told_of_a_clean_one_and_not_of_a_line() -> None:
    """Its midpoint lies where it was put; what has not passed the middle is not told."""
    years = np.arange(0, 30) * 100 / 365
    bent = told_logistic(scores("bent", (1 / (1 + np.exp(-2.5 * (years - 4)))).tolist()))
    assert bent is not None
    assert bent.midpoint.low == pytest.approx(2023 - 2020 + 4, abs=0.02)
    assert told_logistic(scores("line", np.linspace(0.05, 0.45, 30).tolist())) is None
    assert told_logistic(scores("short", [0.1, 0.5, 0.9])) is None
