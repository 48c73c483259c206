"""Whether a bend is more than chance: stops are noticed with their day, lines are not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analysis.results import Floats
from analysis.trends.bend import SPAN_YEARS, downward_bend, downward_gains
from analysis.trends.bend_test import WORLDS, bend_test, scatter_of
from analysis.trends.power import POWER_SCHEMA, bend_power, power_of_one_look
from analysis.trends.simulation import LINE, STOPS, Scenario
from tests.places import ROOT

MAKERS = ("leader", "follower", "leader", "follower", "leader", "alone")
PUBLISHED = pl.read_csv(ROOT / "docs" / "methods" / "bend.csv")


def world(
    scenario: Scenario, seed: int = 0, n: int = 150, years: float = SPAN_YEARS
) -> tuple[Floats, Floats, list[str]]:
    """Models of a leader, a follower ten points behind it, and others, below a known frontier."""
    generator = np.random.default_rng(seed)
    since_end = np.sort(-generator.uniform(0.0, years, n))
    makers = [MAKERS[place % len(MAKERS)] for place in range(n)]
    behind = np.array([10.0 if maker == "follower" else 0.0 for maker in makers])
    return since_end, scenario.frontier(since_end) - generator.exponential(3.0, n) - behind, makers


def test_a_stop_is_noticed_with_its_time() -> None:
    """A full stop a year ago is no chance, and the interval of the knot holds it."""
    found = bend_test(*world(STOPS[12]), seed=1)
    assert found.is_noticed
    assert found.worlds == WORLDS
    assert found.knot_months is not None
    assert found.knot_months.holds(12)


def test_a_line_is_seldom_noticed_and_soon_left() -> None:
    """Straight worlds bend by chance as much as their like; most are told after a handful of lines."""
    found = [bend_test(*world(LINE, seed), seed=1) for seed in range(12)]
    assert sum(test.is_noticed for test in found) <= 2
    assert np.median([test.worlds for test in found]) < WORLDS
    assert all(test.knot_months is None for test in found if not test.is_noticed)


def test_it_stops_once_just_enough_worlds_bend_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Besag and Clifford: drawing ends with the batch that brings the last world wanted; p is their share."""
    since_end, values, makers = world(LINE)
    drawn = scatter_of(since_end, values, makers).worlds(40, np.random.default_rng(1))
    as_much = int(
        (downward_gains(since_end, drawn).max(axis=1) >= downward_bend(since_end, values).gain).sum()
    )
    assert 0 < as_much < 40
    monkeypatch.setattr("analysis.trends.bend_test.ENOUGH", as_much)
    stopped = bend_test(since_end, values, makers, seed=1)
    assert (stopped.p_value, stopped.worlds) == (as_much / 40, 40)
    monkeypatch.setattr("analysis.trends.bend_test.ENOUGH", as_much + 1)
    assert bend_test(since_end, values, makers, seed=1).worlds > 40


def test_a_frontier_that_turns_up_needs_no_simulation() -> None:
    """Where no knot bends downwards chance brings as much always."""
    since_end, values, makers = world(Scenario("faster", 3.0, 12.0))
    found = bend_test(since_end, values + 40 * np.maximum(since_end + 1.0, 0.0), makers, seed=1)
    assert (found.p_value, found.worlds, found.is_noticed) == (1.0, 0, False)


def test_in_the_worlds_each_maker_keeps_its_distance() -> None:
    """A model falls short by what its own maker's models do: the follower never leads by chance."""
    since_end, values, makers = world(LINE)
    drawn = scatter_of(since_end, values, makers).worlds(20, np.random.default_rng(0))
    line = scatter_of(since_end, values, makers)
    short = drawn - (line.level + line.slope * since_end)
    follows = np.array([maker == "follower" for maker in makers])
    assert short[:, follows].mean() < short[:, ~follows].mean() - 5


def test_power_grows_with_time_and_falls_with_looks() -> None:
    """A stop is seen the sooner the longer it lasts; who looks every month needs more to be sure."""
    power = bend_power(*world(LINE, years=SPAN_YEARS + 1), seed=1, worlds=40)
    assert power.schema == POWER_SCHEMA
    stops = power.filter(change="full stop").sort("months")
    assert stops["noticed"][0] < stops["noticed"][-1] == 1.0
    assert (power["noticed_monthly"] <= power["noticed"]).all()
    assert (power["threshold_monthly"] > power["threshold"]).all()


def test_one_look_has_the_power_of_a_full_table() -> None:
    """On the same dates a stop of a year ago is seen nearly always, a halving of half a year seldom."""
    power = power_of_one_look(*world(LINE), seed=1, worlds=60)
    assert power.columns == ["change", "months", "noticed", "worlds", "models"]
    noticed = {(row["change"], row["months"]): row["noticed"] for row in power.iter_rows(named=True)}
    assert noticed["full stop", 12] > 0.9
    assert noticed["slope halves", 6] < noticed["full stop", 6] <= noticed["full stop", 12]


def test_what_does_not_rise_has_no_stop_to_be_seen() -> None:
    """No power is told of a series whose straight line falls."""
    since_end, values, makers = world(LINE)
    assert power_of_one_look(since_end, -values, makers, seed=1, worlds=20).is_empty()


@pytest.mark.parametrize("series_id", ["capability-index", "epoch-eci"])
@pytest.mark.parametrize(("months", "least"), [(6, 0.70), (9, 0.95)])
def test_the_published_power_is_what_was_asked_for(series_id: str, months: int, least: float) -> None:
    """The table on the method page: full stops noticed in one look, on the dates of both indices."""
    row = PUBLISHED.filter(series_id=series_id, change="full stop", months=months)
    assert row["noticed"].item() >= least
