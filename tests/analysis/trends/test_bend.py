"""The best downward bend of a frontier: at which knot, and what leaves it without one."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.results import Floats
from analysis.trends.bend import KNOTS_MONTHS, SPAN_YEARS, Bend, downward_bend, downward_gains
from analysis.trends.simulation import LINE, STOPS, Scenario


def world(scenario: Scenario, seed: int = 0, n: int = 200) -> tuple[Floats, Floats]:
    """Models at random dates below a known frontier, which is their 0.9 quantile."""
    generator = np.random.default_rng(seed)
    since_today = -generator.uniform(0.0, SPAN_YEARS, n)
    shortfall = generator.exponential(4.0, n) - 4.0 * np.log(1 / 0.9)
    return since_today, scenario.frontier(since_today) - shortfall


@pytest.mark.parametrize("months", KNOTS_MONTHS)
def test_an_exact_bend_is_found_at_its_month(months: int) -> None:
    """Without any scatter the knot at which the line bends is the best."""
    since_today = np.linspace(-SPAN_YEARS, 0.0, 300)
    values = STOPS[months].frontier(since_today)
    assert downward_bend(since_today, values).months_ago == months


def test_a_bend_upwards_is_no_slow_down() -> None:
    """However sharply the frontier turns up, nothing is noticed."""
    since_today, values = world(Scenario("faster", 3.0, 12.0))
    assert downward_bend(since_today, values).gain < 1.0


def test_the_unit_and_the_level_of_the_values_do_not_matter() -> None:
    """The gain has no unit: points, tenths of points, from any zero."""
    since_today, values = world(STOPS[9])
    one = downward_bend(since_today, values)
    for unit in (10.0, 1e-4):
        other = downward_bend(since_today, unit * values - 300 * unit)
        assert other.gain == pytest.approx(one.gain, rel=1e-6)
        assert other.months_ago == one.months_ago


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_handful_of_models_bends_nowhere(n: int) -> None:
    """Too few dates on a side of every knot: nothing is found, and nothing fails."""
    since_today = -np.linspace(0.0, 0.3, n)
    assert downward_bend(since_today, 10 * since_today) == Bend(0.0, None)


def test_models_of_one_day_bend_nowhere() -> None:
    """A single date has no slope."""
    assert downward_bend(np.full(30, -1.0), np.arange(30.0)) == Bend(0.0, None)


def test_many_sets_of_values_are_tested_as_each_alone() -> None:
    """At the same dates a batch gives every set the gains that it has by itself."""
    since_today, values = world(STOPS[9])
    sets = np.stack([values, values[::-1], world(LINE, 3)[1]])
    alone = [downward_bend(since_today, one).gain for one in sets]
    assert downward_gains(since_today, sets).max(axis=1) == pytest.approx(alone, rel=1e-9)


@pytest.mark.parametrize(("dates", "found"), [(1, False), (2, True)])
@pytest.mark.parametrize("side", [-1, 1])
def test_two_dates_on_either_side_of_a_knot_are_enough(dates: int, found: bool, side: int) -> None:
    """One leaves the slope of that side open. A date at the knot itself lies before it."""
    knot = -0.5
    many = np.repeat([0.1, 0.2, 0.3, 0.4], 5)
    few = np.repeat([0.0, 0.3] if side < 0 else [0.15, 0.45], 5)[: 5 * dates]
    since_today = np.sort(knot + np.concatenate([side * few, -side * many]))
    values = np.minimum(since_today, knot) * 10.0
    assert (downward_gains(since_today, values[None], (6,))[0, 0] > 0) is np.bool_(found)


def test_the_gain_is_the_fall_of_the_loss_over_its_mean() -> None:
    """Ten models on an exact bend: the bent line loses nothing, so that the gain is their number."""
    since_today = np.linspace(-1.0, 0.0, 10)
    values = 8.0 * np.minimum(since_today + 0.5, 0.0)
    assert downward_gains(since_today, values[None])[0, 0] == pytest.approx(10.0)
    assert downward_bend(since_today, values).gain == pytest.approx(10.0)
    assert downward_gains(since_today, -values[None], (6,)).tolist() == [[0.0]]


def test_knots_and_span_are_those_of_the_docs() -> None:
    """Half a year to a year and a half ago, over three and a half years."""
    assert (KNOTS_MONTHS, SPAN_YEARS) == ((6, 9, 12, 18), 3.5)
