"""Episodes of dear markets and what followed, by loops over months."""

from __future__ import annotations

from datetime import date
from statistics import median

import numpy as np
import polars as pl
import pytest

from analysis.dotcom.base_rates import (
    Episode,
    EpisodeRule,
    OutcomeVerdict,
    _median,
    _verdict,
    base_rate,
)
from analysis.results import Interval, Window, months_after

FIRST = date(1990, 1, 1)


def months(prices: list[float], cape: list[float | None]) -> pl.DataFrame:
    """One month after another."""
    days = [months_after(FIRST, at) for at in range(len(prices))]
    return pl.DataFrame(
        {"valid_on": days, "real_price": prices, "cape": cape}, schema_overrides={"cape": pl.Float64}
    )


@pytest.mark.parametrize("seed", range(3))
def test_episodes_and_what_followed_are_those_of_loops(seed: int) -> None:
    """A month counts with CAPE and rise at the rule or above; runs less than so many months apart are one."""
    rng = np.random.default_rng(seed)
    prices = np.exp(np.cumsum(rng.normal(0.01, 0.12, 150))).tolist()
    cape: list[float | None] = [None] * 10 + rng.uniform(15, 40, 140).tolist()
    rule = EpisodeRule(cape_at_least=24.0, real_rise_at_least=0.3, rise_months=6, apart_months=9)
    hits = [
        at
        for at in range(6, 150)
        if (ratio := cape[at]) is not None and ratio >= 24 and prices[at] / prices[at - 6] - 1 >= 0.3
    ]
    groups: list[list[int]] = []
    for at in hits:
        if groups and at - groups[-1][-1] < 9:
            groups[-1].append(at)
        else:
            groups.append([at])
    found = base_rate(months(prices, cape), rule, (12,))
    assert len(groups) > 1
    assert found.episodes == tuple(
        Episode(months_after(FIRST, run[0]), months_after(FIRST, run[-1]), len(run), 149 - run[-1] < 9)
        for run in groups
    )
    assert (found.n, found.n_months) == (len(groups), len(hits))
    assert found.window == Window(months_after(FIRST, 10), months_after(FIRST, 149))
    (outcome,) = found.outcomes
    changes = [prices[run[0] + 12] / prices[run[0]] - 1 if run[0] + 12 < 150 else None for run in groups]
    assert outcome.changes == tuple(None if change is None else pytest.approx(change) for change in changes)
    known = [change for change in changes if change is not None]
    everywhere = [prices[at + 12] / prices[at] - 1 for at in range(10, 138)]
    assert (outcome.n, outcome.horizon_months) == (len(known), 12)
    assert outcome.all_months_median == pytest.approx(median(everywhere))
    assert outcome.all_months_share_negative == pytest.approx(sum(one < 0 for one in everywhere) / 128)
    if len(known) >= 3:
        assert outcome.estimate is not None
        assert outcome.estimate.value == pytest.approx(median(known))


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ([0.1, 0.2, 0.3], OutcomeVerdict.ALL_ROSE),
        ([-0.1, -0.2, -0.3], OutcomeVerdict.ALL_FELL),
        ([0.1, -0.2, 0.3], OutcomeVerdict.SPLIT),
        ([0.1, 0.0, 0.3], OutcomeVerdict.SPLIT),
        ([-0.1, 0.0, -0.3], OutcomeVerdict.SPLIT),
        ([0.1, 0.2], OutcomeVerdict.CANNOT_BE_TOLD),
        ([], OutcomeVerdict.CANNOT_BE_TOLD),
    ],
)
def test_three_episodes_tell_what_followed(known: list[float], verdict: OutcomeVerdict) -> None:
    """All of them higher, all lower, or neither; no change is neither."""
    assert _verdict(np.array(known)) is verdict


@pytest.mark.parametrize(("n", "level"), [(3, 0.75), (4, 0.875), (7, 1 - 1 / 64)])
def test_the_range_of_episodes_holds_their_median_at_the_level_of_order_statistics(
    n: int, level: float
) -> None:
    """All on one side of it have a chance of one half to the n, twice."""
    found = _median(np.arange(float(n)))
    assert found is not None
    assert (found.value, found.interval) == ((n - 1) / 2, Interval(0.0, n - 1.0, level))
    assert _median(np.arange(2.0)) is None


@pytest.mark.parametrize(
    ("cape", "rise", "counts"), [(25.0, 1.5, True), (24.99, 1.5, False), (25.0, 1.499, False)]
)
def test_the_usual_rule_is_25_and_a_half_more_in_three_years(cape: float, rise: float, counts: bool) -> None:
    """Its ends included; the words say it."""
    found = base_rate(months([1.0] * 36 + [rise] + [0.1] * 30, [cape] * 67))
    assert [one.first_on for one in found.episodes] == ([date(1993, 1, 1)] if counts else [])
    assert (
        found.method == "episodes of CAPE >= 25 and a real rise >= 50% in 36 months, at least 24 months apart"
    )
    assert [one.horizon_months for one in found.outcomes] == [12, 36, 60]
    assert not counts or found.episodes[0].is_open is False


@pytest.mark.parametrize(("apart", "episodes"), [(23, 1), (24, 2)])
def test_two_years_apart_are_two_episodes(apart: int, episodes: int) -> None:
    """One month less is one; the last is open while two years have not passed."""
    prices = [1.0] * 36 + [2.0] + [0.1] * (apart - 1) + [3.0] + [0.1] * 22
    found = base_rate(months(prices, [30.0] * len(prices)))
    assert found.n == episodes
    assert found.episodes[-1].is_open
    assert not base_rate(months([*prices, 0.1, 0.1], [30.0] * (len(prices) + 2))).episodes[-1].is_open


def test_without_cape_nothing_is_told_of_all_months() -> None:
    """They are compared since CAPE exists."""
    found = base_rate(months([1.0] * 40, [None] * 40))
    assert (found.window, found.n, found.outcomes[0].all_months_median) == (None, 0, None)
    assert found.outcomes[0].all_months_share_negative is None
