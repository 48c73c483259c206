"""The data wall at its borders: from draws to a year, and which choices are none."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.datawall.crossing import (
    GrowthVerdict,
    SetGrowth,
    WallVerdict,
    _growth_verdict,
    _method,
    _share_never,
    _told,
    _years_to_crossing,
    crossing_year,
    growth_of_sets,
)
from analysis.datawall.inputs import WallChoices, repetition_gain, stock_draws
from analysis.results import Estimate, Floats, Window
from tests.analysis.datawall.test_intervals_by_hand import STOCK_OF_1E15, exactly, sets

KNOWN = SetGrowth(Estimate(0.5), 12, None, "none", GrowthVerdict.GROWING)
UNKNOWN = SetGrowth(None, 3, None, "none", GrowthVerdict.CANNOT_BE_TOLD)


@pytest.mark.parametrize(
    ("stock", "start", "growth", "stock_growth", "after"),
    [
        (1e15, 1e13, 0.5, 0.0, 4.0),
        (1e15, 1e13, 0.5, 0.25, 8.0),
        (1e15, 1e13, 0.5, 0.5, math.inf),
        (1e15, 1e13, 0.5, 0.6, math.inf),
        (1e15, 1e13, -0.5, -0.75, 8.0),
        (1e15, 1e15, 0.5, 0.0, 0.0),
        (1e15, 1e16, 0.5, 0.0, 0.0),
        (1e15, 1e16, -0.5, 0.0, 0.0),
    ],
)
def test_a_gap_closes_by_what_demand_grows_faster(
    stock: float, start: float, growth: float, stock_growth: float, after: float
) -> None:
    """Never where it does not; at once where the stock is reached already."""
    found = _years_to_crossing(*(np.array([one]) for one in (stock, stock_growth, start, growth)))
    assert found.tolist() == pytest.approx([after])


def after(*counted: tuple[float, int]) -> Floats:
    """So many draws that cross after so many years."""
    return np.random.default_rng(0).permutation([years for years, n in counted for _ in range(n)])


@pytest.mark.parametrize(
    ("draws", "ends", "verdict"),
    [
        ([(1.0, 11), (4.0, 50), (9.0, 40)], (2025.0, 2028.0, 2033.0), WallVerdict.DATED),
        ([(1.0, 10), (4.0, 50), (9.0, 41)], (2028.0, 2028.0, 2033.0), WallVerdict.DATED),
        ([(1.0, 11), (4.0, 80), (math.inf, 10)], (2025.0, 2028.0, 2028.0), WallVerdict.DATED),
        ([(1.0, 11), (4.0, 79), (math.inf, 11)], (2025.0, 2028.0, math.inf), WallVerdict.OPEN_ENDED),
        ([(1.0, 11), (4.0, 79), (76.0, 11)], (2025.0, 2028.0, 2100.0), WallVerdict.DATED),
        ([(1.0, 11), (4.0, 79), (76.5, 11)], (2025.0, 2028.0, math.inf), WallVerdict.OPEN_ENDED),
        ([(1.0, 40), (76.0, 61)], (2025.0, 2100.0, 2100.0), WallVerdict.DATED),
        ([(1.0, 40), (76.5, 61)], None, WallVerdict.NONE_IN_SIGHT),
        ([(1.0, 40), (math.inf, 61)], None, WallVerdict.NONE_IN_SIGHT),
    ],
)
def test_the_year_is_the_median_with_the_tenth_from_either_end(
    draws: list[tuple[float, int]], ends: tuple[float, float, float] | None, verdict: WallVerdict
) -> None:
    """Of 101 draws the eleventh, the middle one and the ninety-first; 2100 is the last year told."""
    estimate, found = _told(after(*draws), KNOWN, WallChoices())
    assert found is verdict
    if ends is None:
        assert estimate is None
        return
    assert estimate is not None and estimate.interval is not None
    assert (estimate.interval.low, estimate.value, estimate.interval.high) == ends
    assert estimate.interval.level == 0.8


@pytest.mark.parametrize(
    ("growth", "choices", "told"),
    [
        (UNKNOWN, WallChoices(), False),
        (UNKNOWN, WallChoices(compute_weight=0.99), False),
        (UNKNOWN, WallChoices(compute_weight=1.0), True),
        (UNKNOWN, WallChoices(growth_orders_per_year=0.5), True),
        (KNOWN, WallChoices(), True),
    ],
)
def test_without_any_growth_no_year_is_told(growth: SetGrowth, choices: WallChoices, told: bool) -> None:
    """That of the sets, that of the reader, or that of compute alone."""
    assert (_told(np.ones(11), growth, choices)[1] is not WallVerdict.CANNOT_BE_TOLD) is told


def test_draws_without_a_crossing_are_those_after_the_last_year() -> None:
    """2100 itself is a crossing; where nothing can be told, nor can their share."""
    draws = np.array([1.0, 76.0, 76.1, math.inf])
    assert _share_never(draws, WallVerdict.DATED) == 0.5
    assert _share_never(draws, WallVerdict.CANNOT_BE_TOLD) is None


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.1, 0.2, GrowthVerdict.GROWING),
        (0.0, 0.2, GrowthVerdict.NOT_DISTINGUISHABLE),
        (-0.2, 0.0, GrowthVerdict.NOT_DISTINGUISHABLE),
        (-0.2, -0.1, GrowthVerdict.SHRINKING),
    ],
)
def test_growth_is_told_beyond_nought(low: float, high: float, verdict: GrowthVerdict) -> None:
    """An interval that touches it tells none."""
    assert _growth_verdict(low, high) is verdict


@pytest.mark.parametrize(
    ("sets_known", "days", "told"), [(10, 1095, True), (9, 1095, False), (10, 1094, False)]
)
def test_ten_sets_over_three_years_have_a_growth(sets_known: int, days: int, told: bool) -> None:
    """A year is one of 365 days; the window is theirs, whatever the order."""
    first = date(2015, 1, 1)
    dates = [first + timedelta(days=days * at // (sets_known - 1)) for at in range(sets_known)]
    rows = pl.DataFrame({"published_on": dates, "tokens": [10.0 ** (9 + at) for at in range(sets_known)]})
    found = growth_of_sets(rows.reverse(), draws=5)
    assert (found.estimate is not None) is told
    assert found.window == Window(first, dates[-1])
    assert found.method == "least squares of log10(size) on date, bootstrap over sets (5 draws)"
    assert found.n == sets_known
    assert growth_of_sets(rows.clear()).window is None


@pytest.mark.parametrize(
    ("choices", "method"),
    [
        (WallChoices(), "history of training sets, growing stock"),
        (WallChoices(stock_grows=False), "history of training sets, constant stock"),
        (
            WallChoices(compute_weight=0.5),
            "training compute in 50% of draws, else the history of training sets, growing stock",
        ),
    ],
)
def test_the_method_says_what_was_chosen(choices: WallChoices, method: str) -> None:
    """After the paper."""
    assert _method(choices) == f"Monte Carlo after Villalobos et al. (2024): {method}"


@pytest.mark.parametrize(
    "choices",
    [
        {"stock_factor": 0.0},
        {"over_training": 0.0},
        {"stock_factor": -1.0},
        {"epochs": 0.99},
        {"compute_weight": -0.01},
        {"compute_weight": 1.01},
    ],
)
def test_choices_that_mean_nothing_are_refused(choices: dict[str, float]) -> None:
    """No stock, no training, no reading, no share."""
    with pytest.raises(ValueError, match=r"above 0|at least once|a share from 0 to 1"):
        WallChoices(**choices)  # type: ignore[arg-type]


def test_choices_at_the_edge_are_allowed_and_the_usual_ones_change_nothing() -> None:
    """One reading, all or none by compute."""
    WallChoices(epochs=1.0, compute_weight=1.0, stock_factor=0.001, over_training=0.001)
    assert WallChoices() == WallChoices(1.0, True, None, 1.0, None, 0.0)


@pytest.mark.parametrize(
    ("choices", "stock"),
    [
        (WallChoices(), 1e15),
        (WallChoices(stock_factor=3.0), 3e15),
        (WallChoices(epochs=1.0), 4e14),
        (WallChoices(epochs=4.0), 4e14 * (1 + 15.39 * (1 - math.exp(-3 / 15.39)))),
    ],
)
def test_a_certain_stock_is_a_product(choices: WallChoices, stock: float) -> None:
    """1e12 pages of 8000 bytes, four bytes a token, a fifth of it good, worth two and a half readings."""
    drawn = stock_draws(STOCK_OF_1E15, choices, np.random.default_rng(0), 3)
    assert drawn.tolist() == pytest.approx([stock] * 3)
    assert repetition_gain(1.0) == 1.0


def test_half_of_the_draws_may_follow_compute() -> None:
    """Of two certain worlds one crosses in 2026 and one far later: the share says how many are which."""
    found = crossing_year(
        sets(0.5),
        STOCK_OF_1E15,
        WallChoices(growth_orders_per_year=0.01, compute_weight=0.25),
        draws=4000,
        seed=2,
    )
    assert found.never == pytest.approx(0.75, abs=0.03)
    assert found.window == growth_of_sets(sets(0.5), draws=3).window
    assert found.growth.estimate is not None


def test_a_stock_grows_by_longer_pages_and_by_more_of_them() -> None:
    """A tenth of an order a year each: two orders are closed in 6 2/3 years at half an order a year."""
    growing = replace(STOCK_OF_1E15, page_length_growth=exactly(10**0.1), page_number_growth=exactly(10**0.1))
    found = crossing_year(sets(0.5), growing, WallChoices(growth_orders_per_year=0.5), draws=9)
    assert found.estimate is not None
    assert found.estimate.value == pytest.approx(2024 + 2 / 0.3)
    held = WallChoices(growth_orders_per_year=0.5, stock_grows=False)
    still = crossing_year(sets(0.5), growing, held, draws=9)
    assert still.estimate is not None
    assert still.estimate.value == pytest.approx(2028.0)
