"""How a fall is told, rule by rule on made-up lines and stretches of time."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from analysis.numeric.persistent import PersistentFit, persistent_fit
from analysis.price import fall
from analysis.price.fall import (
    FallVerdict,
    Part,
    _aicc_with_one_more,
    _fitted,
    _goes_on,
    _line,
    _marks,
    _rate,
    _verdict,
)
from analysis.results import Interval, Window
from tests.analysis.price.test_fall import day, steps

WINDOW = Window(date(2025, 1, 1), date(2026, 1, 1))


def line(slope: float, error: float) -> PersistentFit:
    """A line of so steep a logarithm, with a standard error, through thirty months."""
    return PersistentFit(np.array([1.0, slope]), np.array([0.1, error]), 0.5, 30, 10.0)


T95_WITH_28_DEGREES = 1.7011309
"""Student's 95th percentile, from a printed table."""


def test_a_rate_is_the_factor_of_the_slope_with_students_interval() -> None:
    """A fall of ln 4 a year is fourfold; the ends change places."""
    found = _rate(line(-math.log(4), 0.1))
    assert found.interval is not None
    half = T95_WITH_28_DEGREES * 0.1
    assert found.value == pytest.approx(4.0)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (4 * math.exp(-half), 4 * math.exp(half))
    )
    assert found.interval.level == 0.9


@pytest.mark.parametrize(
    ("width", "slope", "verdict"),
    [
        (math.log(30) * 0.999, -9.0, FallVerdict.ONE_RATE),
        (math.log(30) * 1.001, -9.0, FallVerdict.UNDETERMINED),
        (1.0, -0.501, FallVerdict.ONE_RATE),
        (1.0, -0.499, FallVerdict.UNDETERMINED),
        (1.0, 0.501, FallVerdict.ONE_RATE),
    ],
)
def test_a_rate_is_told_within_a_factor_thirty_and_beside_no_change(
    width: float, slope: float, verdict: FallVerdict
) -> None:
    """Whichever way it goes; without a year of prices nothing lately speaks against it."""
    fit = line(slope, width / 2 / T95_WITH_28_DEGREES)
    assert _verdict(fit, None, 0.1) is verdict
    assert _verdict(None, None, 0.1) is FallVerdict.TOO_FEW


def year(times: float, least: float = 1.0) -> Part:
    """The last year: so many times cheaper, or less by a factor where a cheaper price was asked before."""
    return Part(WINDOW, times, 1.0, times * least, 1.0)


@pytest.mark.parametrize(
    ("slope", "times", "goes_on"),
    [
        ((-2.0, -1.0), math.exp(0.91), True),
        ((-2.0, -1.0), math.exp(0.89), False),
        ((-2.0, -1.0), math.exp(2.09), True),
        ((-2.0, -1.0), math.exp(2.11), False),
        ((-2.0, -0.05), 1.0, False),
        ((-2.0, -0.05), math.exp(0.01), True),
        ((-2.0, -0.05), math.exp(-0.01), False),
        ((0.05, 2.0), 1.0, False),
        ((0.05, 2.0), math.exp(-0.01), True),
        ((0.05, 2.0), math.exp(0.01), False),
        ((1.0, 2.0), math.exp(-2.11), False),
        ((1.0, 2.0), math.exp(-2.09), True),
    ],
)
def test_the_last_year_goes_on_within_half_a_step_and_the_same_way(
    slope: tuple[float, float], times: float, goes_on: bool
) -> None:
    """A tenth of a logarithm beyond either end; no change is neither way."""
    assert _goes_on(Interval(*slope), year(times), 0.1) is goes_on


def test_what_the_last_year_may_have_fallen_is_a_range() -> None:
    """From the least to the most; one that reaches into the rate's own goes on."""
    part = Part(WINDOW, 8.0, 4.0, 6.0, 2.0)
    assert part.times_cheaper == 2.0
    assert (part.between.low, part.between.high, part.between.level) == (1.5, 4.0, 1.0)
    slope = Interval(-math.log(8.0), -math.log(3.9))
    assert _goes_on(slope, part, 0.0)
    assert not _goes_on(slope, Part(WINDOW, 8.0, 4.0, 6.0, 2.1), 0.0)


@pytest.mark.parametrize("parameters", [2, 3])
def test_the_day_of_a_break_counts_as_one_parameter_more(parameters: int) -> None:
    """The corrected criterion of the same deviance with one more."""
    n, deviance = 30, -40.0
    k = parameters + 2
    fit = PersistentFit(np.zeros(parameters), np.ones(parameters), 0.0, n, deviance + 2 * k * n / (n - k - 1))
    assert _aicc_with_one_more(fit) == pytest.approx(deviance + 2 * (k + 1) * n / (n - k - 2))


def test_marks_are_a_month_apart_from_the_first_price_to_the_last_day() -> None:
    """Each with the price in force; months without one are left out."""
    cheapest = steps((0, 8.0), (0.5, None), (0.75, 4.0), until=1.25)
    marks = _marks(cheapest)
    assert marks["price"].to_list() == [8.0] * 7 + [4.0] * 6
    assert marks["day"][0] == date(2023, 1, 1)
    assert marks["day"].to_list() == [one for one in marks["day"] if one.day == 1]
    assert marks["day"][-1] == day(1.25) == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("prices", "months", "fitted"), [(6, 14, True), (5, 14, False), (6, 13, True), (6, 11, False)]
)
def test_a_line_takes_six_prices_and_twelve_months(prices: int, months: int, fitted: bool) -> None:
    """Fewer of either have no line and no break."""
    offered = [(at / 12.5, 10.0 / 1.5**at) for at in range(prices)]
    cheapest = steps(*offered, until=(months - 0.5) / 12)
    break_on, found = _fitted(_marks(cheapest), cheapest)
    assert (break_on is not None or found is not None) is fitted


@pytest.mark.parametrize(("better", "breaks"), [(2.01, True), (1.99, False)])
def test_a_break_is_told_where_it_is_clearly_better(
    monkeypatch: pytest.MonkeyPatch, better: float, breaks: bool
) -> None:
    """By two of the criterion, its day counted as a parameter; at least six months lie on either side."""
    cheapest = steps(*((at / 12.5, 10.0 / 1.3**at) for at in range(20)), until=1.7)
    marks = _marks(cheapest)
    at_knot: list[int] = []

    def made_up(design: np.ndarray, values: np.ndarray, time: np.ndarray) -> PersistentFit:
        fit = persistent_fit(design, values, time)
        n = len(values)
        if design.shape[1] == 2:
            return PersistentFit(fit.coefficients, fit.errors, 0.0, n, 100.0)
        at_knot.append(int((design[:, 2] == 0).sum()) - 1)
        penalty = 2 * 6 * n / (n - 7) - 2 * 5 * n / (n - 6)
        aicc = 100.0 - better - penalty + abs(at_knot[-1] - 8)
        return PersistentFit(fit.coefficients, fit.errors, 0.0, n, aicc)

    monkeypatch.setattr(fall, "persistent_fit", made_up)
    break_on, found = _fitted(marks, cheapest)
    assert at_knot == list(range(6, marks.height - 6))
    assert break_on == (marks["day"][8] if breaks else None)
    assert (found is None) is breaks


def test_a_line_begins_at_its_first_month() -> None:
    """So that its level is that of the first price."""
    assert _line(np.array([3.0, 3.5, 5.0])).tolist() == [[1.0, 0.0], [1.0, 0.5], [1.0, 2.0]]


def test_memories_are_tried_in_steps_of_two_hundredths() -> None:
    """From none to 0.98; the interval is of 90 % unless asked otherwise."""
    months = np.arange(30.0)
    found = set()
    for seed in range(8):
        noise = np.random.default_rng(seed).normal(size=30).cumsum() * (seed % 2) + seed * 0.01
        values = noise + np.random.default_rng(seed + 50).normal(size=30)
        fit = persistent_fit(np.column_stack([np.ones(30), months]), values, months)
        found.add(round(fit.memory, 9))
        half = T95_WITH_28_DEGREES * fit.errors[1]
        assert fit.interval(1).high - fit.interval(1).low == pytest.approx(2 * half)
        assert fit.interval(1).level == 0.9
    assert len(found) > 2
    assert all(memory * 50 == pytest.approx(round(memory * 50)) for memory in found)
