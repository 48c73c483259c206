"""Durations of tests by products written out; periods, frontiers and logistics at their borders."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest

from analysis.numeric.curve_fit import fit_curve
from analysis.relay import logistics
from analysis.relay.durations import PERIODS, _falls_to_half, durations, with_period
from analysis.relay.frontiers import frontier_steps, frontiers, one_of_each_test, with_share
from analysis.relay.logistics import told_logistic
from analysis.results import Interval
from tests.analysis.relay.taken import that_took
from tests.analysis.relay.test_relay import scores

FINISHED = [5.0, 8.0, 8.0, 12.0, 20.0, 26.0]
GIVEN_UP = [7.0, 12.0, 21.0]
Z95 = NormalDist().inv_cdf(0.95)


def kaplan_meier() -> list[tuple[float, float, float]]:
    """Months, share that is not finished, and Greenwood's sum, at each month of an end."""
    share, variance, steps = 1.0, 0.0, []
    for month in sorted({*FINISHED, *GIVEN_UP}):
        at_risk = sum(other >= month for other in (*FINISHED, *GIVEN_UP))
        done = FINISHED.count(month)
        share *= 1 - done / at_risk
        variance += done / (at_risk * (at_risk - done)) if at_risk > done else math.nan
        steps.append((month, share, variance))
    return steps


def band(share: float, variance: float) -> tuple[float, float]:
    """The 90 % band on the scale of log(-log)."""
    half = Z95 * math.sqrt(variance) / math.log(share)
    return share ** math.exp(-half), share ** math.exp(half)


def test_steps_band_and_median_are_kaplan_and_meiers() -> None:
    """A product over the months, Greenwood's variance; the median's interval is where the band halves."""
    (found,) = durations(that_took([], FINISHED, GIVEN_UP)).periods
    steps = kaplan_meier()
    assert found.months == pytest.approx([month for month, *_ in steps], abs=0.02)
    assert found.unfinished == pytest.approx([share for _, share, _ in steps])
    ends = [band(share, variance) for _, share, variance in steps[:-1] if variance]
    told = [place for place, (_, _, variance) in enumerate(steps[:-1]) if variance]
    assert found.low[told] == pytest.approx([min(pair) for pair in ends])
    assert found.high[told] == pytest.approx([max(pair) for pair in ends])
    assert found.median is not None and found.median.interval is not None
    assert found.median.value == pytest.approx(20.0, abs=0.02)
    lows = [month for (month, *_), pair in zip(steps, ends, strict=False) if min(pair) <= 0.5]
    highs = [month for (month, *_), pair in zip(steps, ends, strict=False) if max(pair) <= 0.5]
    assert found.median.interval.low == pytest.approx(lows[0], abs=0.02)
    assert found.median.interval.high == pytest.approx(highs[0] if highs else 26.0, abs=0.02)
    assert (found.n, found.finished, found.median.interval.level) == (9, 6, 0.9)


def log_rank(earlier: list[float], later: list[float]) -> float:
    """Mantel's p-value: expected less observed over the months in which a test was finished."""
    excess = variance = 0.0
    for month in sorted({*earlier, *later}):
        one, other = sum(x >= month for x in earlier), sum(x >= month for x in later)
        done, own = earlier.count(month) + later.count(month), earlier.count(month)
        total = one + other
        excess += own - done * one / total
        if total > 1:
            variance += done * (one / total) * (other / total) * (total - done) / (total - 1)
    return 2 * NormalDist().cdf(-abs(excess) / math.sqrt(variance))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [([10.0, 20, 30, 40], [5.0, 6, 20]), ([3.0, 9, 27], [4.0, 12, 36]), ([50.0, 60, 70], [1.0, 2, 3, 4])],
)
def test_the_p_value_is_mantels(earlier: list[float], later: list[float]) -> None:
    """Tests of the first period against those of the second."""
    assert durations(that_took(earlier, later)).p_value == pytest.approx(log_rank(earlier, later), rel=1e-6)


@pytest.mark.parametrize(("earlier", "later", "told"), [(3, 3, True), (2, 3, False), (3, 2, False)])
def test_three_finished_tests_on_either_side_are_compared(earlier: int, later: int, told: bool) -> None:
    """Those given up do not make up for them."""
    rows = that_took([10.0, 20, 30][:earlier], [5.0, 6, 7][:later], [8.0] * 3)
    assert (durations(rows).p_value is not None) is told


def test_only_tests_with_a_beginning_and_a_rise_are_timed() -> None:
    """A first model at 20 % has no beginning to measure; what never reached it has not begun to rise."""
    rows = that_took([], [5.0, 6.0, 7.0, 8.0])
    moved = rows.with_columns(
        first=pl.Series([0.19, 0.2, 0.0, 0.0]), rose_on=pl.when(pl.int_range(4) < 3).then("rose_on")
    )
    found = durations(moved)
    assert found.rows["benchmark_id"].to_list() == ["late-0", "late-2"]
    assert found.rows["months"].to_list() == pytest.approx([5.0, 7.0], abs=0.02)
    assert found.rows["finished"].to_list() == [True, True]
    assert durations(moved.clear()).periods == ()


@pytest.mark.parametrize(
    ("began_on", "period"),
    [
        (date(2020, 5, 1), 0),
        (date(2022, 12, 31), 0),
        (date(2023, 1, 1), 1),
        (date(2024, 12, 31), 1),
        (date(2025, 1, 1), 2),
    ],
)
def test_a_period_is_that_of_the_oldest_model(began_on: date, period: int) -> None:
    """The first day of a year is of the later one."""
    assert with_period(
        pl.DataFrame(
            {"began_on": [began_on], "published_on": [None]}, {"began_on": pl.Date, "published_on": pl.Date}
        )
    )["period"].to_list() == [PERIODS[period][0]]


def test_publication_dates_a_test_and_starts_its_clock() -> None:
    """A model that is older than the test neither dates it nor counts months before anybody could sit it."""
    published = that_took([30.0], []).with_columns(published_on=pl.lit(date(2023, 6, 1)))
    (row,) = durations(published).rows.iter_rows(named=True)
    assert row["period"] == "2023–24"
    assert row["months"] == pytest.approx(
        30 - (date(2023, 6, 1) - date(2021, 1, 1)).days * 12 / 365, abs=0.05
    )
    late = durations(published.with_columns(published_on=pl.lit(date(2024, 6, 1))))
    assert late.rows["months"].to_list() == [0.0]


def test_periods_stand_in_their_order_and_only_where_there_are_tests() -> None:
    """Each by its own tests."""
    found = durations(that_took([30.0, 40.0], [6.0, 7.0, 8.0]))
    assert [(one.name, one.n, one.finished) for one in found.periods] == [
        ("before 2023", 2, 2),
        ("2023–24", 3, 3),
    ]


@pytest.mark.parametrize(
    ("values", "chance", "rose", "done"),
    [
        ([0.1, 0.19, 0.2, 0.79, 0.8], 0.0, 2, 4),
        ([0.4, 0.599, 0.601, 0.899, 0.901], 0.5, 2, 4),
        ([0.1, 0.1, 0.1, 0.1, 0.15], 0.0, None, None),
        ([0.9, 0.1, 0.1, 0.1, 0.1], 0.0, 0, 0),
        ([0.3, 0.5, 0.4, 0.2, 0.1], 0.0, 0, None),
    ],
)
def test_the_marks_are_at_a_fifth_and_four_fifths_of_the_way(
    values: list[float], chance: float, rose: int | None, done: int | None
) -> None:
    """Both marks themselves are passed; the first and the last model say when anybody looked."""
    (row,) = frontiers(with_share(scores("quiz", values, chance))).iter_rows(named=True)

    def on(place: int | None) -> date | None:
        return None if place is None else date(2023, 1, 1) + timedelta(days=100 * place)

    assert (row["rose_on"], row["done_on"], row["models"]) == (on(rose), on(done), 5)
    assert (row["began_on"], row["ended_on"]) == (on(0), on(4))
    share = [max(0.0, (value - chance) / (1 - chance)) for value in values]
    assert (row["first"], row["best"]) == pytest.approx((share[0], max(share)))


@pytest.mark.parametrize(
    ("best", "stderr", "used_up"),
    [(0.95, None, True), (0.949, None, False), (0.9, 0.05, True), (0.9, 0.04, False)],
)
def test_a_test_is_used_up_by_its_best_model(best: float, stderr: float | None, used_up: bool) -> None:
    """Five points, or two of its own errors; the errors of others are not asked."""
    rows = scores("quiz", [0.1, 0.2, best, 0.3, 0.4]).with_columns(
        stderr=pl.when(pl.col("model_id") == "m2").then(pl.lit(stderr, pl.Float64)).otherwise(0.4)
    )
    (row,) = frontiers(with_share(rows)).iter_rows(named=True)
    assert row["used_up"] is used_up


def test_of_two_models_of_a_day_the_better_counts_and_an_equal_one_later_is_no_step() -> None:
    """Each test by itself, in the order of ids; rows of frontiers in the order of beginnings."""
    one = scores("b", [0.1, 0.5, 0.5, 0.6, 0.2])
    other = scores("a", [0.3] * 5).with_columns(released_on=pl.lit(date(2024, 1, 1)))
    rows = with_share(pl.concat([one, one.head(1).with_columns(value=pl.lit(0.2)), other]))
    steps = frontier_steps(rows)
    assert steps.select("benchmark_id", "share").rows() == [("a", 0.3), ("b", 0.2), ("b", 0.5), ("b", 0.6)]
    assert frontiers(rows)["benchmark_id"].to_list() == ["b", "a"]
    assert frontiers(rows)["models"].to_list() == [6, 5]


def test_of_copies_as_long_as_each_other_the_newest_stays() -> None:
    """By its name; a best of several tries is a copy, too."""
    rows = pl.concat(
        [
            scores("list-2025-01-01", [0.1, 0.2]),
            scores("list-2025-06-01", [0.3, 0.4]),
            scores("grid-best-of-16", [0.1, 0.2]),
            scores("grid", [0.1, 0.2, 0.3]),
        ]
    )
    assert sorted(one_of_each_test(rows)["benchmark_id"].unique()) == ["grid", "list-2025-06-01"]


BENT = scores("bent", (1 / (1 + np.exp(-2.5 * (np.arange(30) * 100 / 365 - 4)))).tolist())


@pytest.mark.parametrize(
    ("midpoint", "told"),
    [
        (Interval(4.0, 6.0), True),
        (Interval(4.0, 6.01), False),
        (Interval(-math.inf, 5.0), False),
        (Interval(4.0, math.inf), False),
    ],
)
def test_a_midpoint_known_to_two_years_is_told(
    monkeypatch: pytest.MonkeyPatch, midpoint: Interval, told: bool
) -> None:
    """Exactly two years are; an open end is not."""
    monkeypatch.setattr(logistics, "profile_intervals", lambda *_given: (midpoint,))
    found = told_logistic(BENT)
    assert (found is not None) is told
    if found is not None:
        assert (found.benchmark_id, found.chance, found.ceiling) == ("bent", 0.0, 1.0)
        assert found.first == pytest.approx((date(2023, 1, 1) - date(2020, 1, 1)).days / 365)
        assert found.last == pytest.approx(found.first + 2900 / 365)


@pytest.mark.parametrize(("better", "told"), [(2.001, True), (1.999, False)])
def test_a_logistic_must_be_clearly_better_than_line_and_exponential(
    monkeypatch: pytest.MonkeyPatch, better: float, told: bool
) -> None:
    """By two of AICc against the better of both."""
    real = fit_curve

    def shifted(curve: object, *given: object) -> object:
        fit = real(curve, *given)  # type: ignore[arg-type]
        assert fit is not None
        aicc = {"line": 50.0, "exponential": 40.0}.get(curve.name, 40.0 - better)  # type: ignore[attr-defined]
        return replace(fit, aicc=aicc)

    monkeypatch.setattr(logistics, "fit_curve", shifted)
    assert (told_logistic(BENT) is not None) is told


def test_a_midpoint_that_is_still_to_come_is_not_told() -> None:
    """Of the same curve, cut before its middle and some time after it."""
    early = scores("bent", (1 / (1 + np.exp(-2.5 * (np.arange(30) * 30 / 365 - 2.6)))).tolist())
    days = pl.Series([date(2023, 1, 1) + timedelta(days=30 * n) for n in range(30)])
    assert told_logistic(early.with_columns(released_on=days)) is None
    later = scores("bent", (1 / (1 + np.exp(-2.5 * (np.arange(30) * 30 / 365 - 1.6)))).tolist())
    assert told_logistic(later.with_columns(released_on=days)) is not None


@pytest.mark.parametrize(
    ("shares", "month"), [([0.75, 0.5, 0.2], 2.0), ([0.75, 0.51, 0.5], 3.0), ([0.9, 0.8, 0.51], math.inf)]
)
def test_a_half_is_reached_by_just_one_half(shares: list[float], month: float) -> None:
    """The first month of it; a share that stays above never is."""
    assert _falls_to_half(np.array([1.0, 2.0, 3.0]), shares) == month


def test_tests_of_a_third_period_do_not_change_what_is_told_of_the_first_two() -> None:
    """What is compared are the tests whose shares are told beside it."""
    rows = that_took([10.0, 20, 30, 40], [5.0, 6, 20])
    last = that_took([], [1.0, 1, 1]).with_columns(published_on=pl.lit(date(2025, 6, 1)))
    assert durations(pl.concat([rows, last])).p_value == durations(rows).p_value
