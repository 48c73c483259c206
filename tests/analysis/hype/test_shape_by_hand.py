"""Peak, trough, depth, phase and criterion of a curve, against a fine reading of it and sums written out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from analysis.hype.shape import (
    Phase,
    ShapeVerdict,
    _aicc,
    _depth,
    _misses_the_end,
    _phase,
    _phase_shares,
    _turns,
    hype_shape,
)
from analysis.results import months_after

CYCLE = (0.9, 10.0, 0.75, 0.8, 0.3, 0.1)
FALLING = (0.01, 1.0, 0.0, 1.0, 0.6, 0.25)
BOTTOM = (0.3, 3.0, -5.0, 1.0, 0.3, 0.1)
RISING = (1.0, 8.0, 0.4, 0.0, 0.5, 0.1)
LATE_PEAK = (0.5, 3.0, 0.5, 1.0, 1.0, 0.2)
SMALL_PEAK = (1.0, 8.0, 0.2, 0.1, 0.8, 0.05)


def level(parameters: Sequence[float], time: float) -> float:
    """Adoption and a bell on it, as the docstring of the module says it."""
    top, rate, midpoint, height, peak, width = parameters
    return top / (1 + math.exp(-rate * (time - midpoint))) + height * math.exp(
        -(((time - peak) / width) ** 2) / 2
    )


def read_off(parameters: Sequence[float]) -> tuple[float, float]:
    """Times of the highest inner maximum and of the lowest point after it, on ten thousand steps."""
    times = [step / 10_000 for step in range(10_001)]
    levels = [level(parameters, time) for time in times]
    inner = [place for place in range(1, 10_000) if levels[place - 1] < levels[place] >= levels[place + 1]]
    top = max(inner, key=levels.__getitem__)
    return times[top], times[min(range(top, 10_001), key=levels.__getitem__)]


@pytest.mark.parametrize("parameters", [CYCLE, FALLING, BOTTOM, SMALL_PEAK])
def test_turns_and_depth_are_those_of_a_fine_reading(parameters: tuple[float, ...]) -> None:
    """The fall from the peak or the rise after it, whichever is less, as a share of the peak."""
    top, bottom = read_off(parameters)
    found = _turns(np.array(parameters))
    assert found[0] is not None and found[1] is not None
    assert (found[0] / 399, found[1] / 399) == pytest.approx((top, bottom), abs=1.5 / 399)
    at_top, at_bottom, at_end = (level(parameters, time) for time in (top, bottom, 1.0))
    depth = min(at_top - at_bottom, at_end - at_bottom) / at_top
    assert _depth(np.array(parameters)) == pytest.approx(depth, abs=2e-3)


@pytest.mark.parametrize("parameters", [RISING, LATE_PEAK])
def test_what_only_rises_has_neither_peak_nor_depth(parameters: tuple[float, ...]) -> None:
    """A highest point at the very end is no peak: nobody saw it fall."""
    assert _turns(np.array(parameters)) == (None, None)
    assert _depth(np.array(parameters)) == 0.0
    assert _phase(np.array(parameters)) is Phase.BEFORE_A_PEAK


@pytest.mark.parametrize(("height", "told"), [(1.0, True), (0.03, True), (0.018, False)])
def test_a_fall_of_less_than_two_percent_is_none(height: float, told: bool) -> None:
    """Of the highest fitted value: a ripple on a plateau of one is no peak."""
    assert (_turns(np.array([1.0, 3.0, -5.0, height, 0.5, 0.05]))[0] is not None) is told


@pytest.mark.parametrize(
    ("parameters", "phase"),
    [
        (CYCLE, Phase.PAST_THE_TROUGH),
        (FALLING, Phase.FALLING),
        (BOTTOM, Phase.IN_THE_TROUGH),
        ((0.3, 3.0, -5.0, 1.0, 0.6, 0.2), Phase.FALLING),
        ((0.3, 3.0, -5.0, 1.0, 0.6, 0.1), Phase.IN_THE_TROUGH),
    ],
)
def test_the_end_says_the_phase(parameters: tuple[float, ...], phase: Phase) -> None:
    """The last twentieth still falls by two percent, or has risen by as much from the lowest, or neither."""
    assert _phase(np.array(parameters)) is phase


@pytest.mark.parametrize(("rise", "phase"), [(0.021, Phase.PAST_THE_TROUGH), (0.019, Phase.IN_THE_TROUGH)])
def test_two_percent_of_the_highest_value_are_a_rise(rise: float, phase: Phase) -> None:
    """A peak of one and an adoption that comes late: the end lies so much above a flat bottom."""
    parameters = np.array([2 * rise, 80.0, 1.0, 1.0, 0.3, 0.1])
    assert _phase(parameters) is phase


def test_phases_are_counted_over_the_draws() -> None:
    """The likeliest first; what never came is not listed."""
    drawn = np.array([FALLING, CYCLE, FALLING, RISING, FALLING])
    found = _phase_shares(drawn)
    assert [one.phase for one in found] == [Phase.FALLING, Phase.BEFORE_A_PEAK, Phase.PAST_THE_TROUGH]
    assert [one.share for one in found] == pytest.approx([0.6, 0.2, 0.2])


@pytest.mark.parametrize(
    ("residuals", "misses"),
    [
        ([-1, 1, 1, 1, 1, 1, 1], True),
        ([1, -1, -1, -1, -1, -1, -1], True),
        ([1, -1, 1, 1, 1, 1, 1], False),
        ([-1, 1, -1, -1, -1, -1, -1], False),
        ([1, 1, 1, 1, 1, 1, -1], False),
        ([1, 0, 0, 0, 0, 0, 0], True),
    ],
)
def test_six_months_on_one_side_are_a_missed_end(residuals: list[float], misses: bool) -> None:
    """Five are not, and what came before the last six does not count."""
    assert _misses_the_end(np.array(residuals, dtype=float)) is misses


@pytest.mark.parametrize("parameters", [3, 6])
@pytest.mark.parametrize("carried", [0.0, 0.7, 1.5, -1.5])
def test_the_criterion_is_that_of_errors_that_follow_their_predecessor(
    parameters: int, carried: float
) -> None:
    """Sums one by one: what carries over is bounded at 0.95, and with the spread it is two parameters."""
    shocks = np.random.default_rng(3).normal(size=30).tolist()
    errors = [shocks[0]]
    for shock in shocks[1:]:
        errors.append(carried * errors[-1] + shock)
    pairs = list(pairwise(errors))
    share = sum(a * b for a, b in pairs) / sum(a * a for a, _ in pairs)
    share = max(-0.95, min(0.95, share))
    left = sum((b - share * a) ** 2 for a, b in pairs) / 29
    k = parameters + 2
    aic = 29 * math.log(left) + 2 * k
    assert _aicc(np.array(errors), parameters) == pytest.approx(
        aic + 2 * k * (k + 1) / (29 - k - 1), rel=1e-9
    )


def test_a_curve_without_residuals_has_a_finite_criterion() -> None:
    """29 logarithms of a millionth of a millionth, where nothing is left to explain."""
    wanted = 29 * math.log(1e-12) + 10 + 2 * 5 * 6 / 23
    assert _aicc(np.zeros(30), 3) == pytest.approx(wanted)


@pytest.mark.parametrize(("months", "value"), [(23, 1.0), (30, 0.0)])
def test_too_few_months_or_no_views_have_no_shape(months: int, value: float) -> None:
    """Months without a value are none; the window is that of the others."""
    days = [months_after(date(2020, 1, 1), month) for month in range(months + 1)]
    rows = pl.DataFrame({"valid_on": days, "value": [value] * months + [None]})
    found = hype_shape(rows, draws=7)
    assert (found.verdict, found.n, found.phases) == (ShapeVerdict.CANNOT_BE_TOLD, months, ())
    assert found.window is not None
    assert (found.window.start, found.window.end) == (days[0], days[-2])
    assert "7 draws" in found.method
    assert hype_shape(rows.clear(), draws=7).window is None


def test_twenty_four_months_have_one() -> None:
    """The fitted curves are in the unit of the series, a row for each month."""
    days = [months_after(date(2020, 1, 1), month) for month in range(24)]
    views = [1e6 / (1 + math.exp(-(month - 10) / 2)) for month in range(24)]
    found = hype_shape(pl.DataFrame({"valid_on": days, "value": views}).reverse(), draws=3)
    assert found.verdict is ShapeVerdict.ADOPTION_ALONE
    assert found.fitted["valid_on"].to_list() == days
    assert found.fitted["adoption"].to_list() == pytest.approx(views, abs=2e4)
    assert found.fitted["with_peak"].to_list() == pytest.approx(views, abs=2e4)
