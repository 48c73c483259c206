"""What the difference of two slopes would have noticed, in windows without a test of a bend."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.trends.power import NO_CHANGE, STOP, can_notice, power_of_trend, stop_noticed
from analysis.trends.trend import FrontierTrend, frontier_trend

END = date(2026, 7, 1)


def world(slope: float, stops: float | None = None, models: int = 240, seed: int = 3) -> pl.DataFrame:
    """Models of four years that fall short of a line by as much as chance wills; it stops before the end."""
    generator = np.random.default_rng(seed)
    ago = np.sort(generator.uniform(0, 4, models))[::-1]
    line = -slope * np.maximum(ago, stops or 0.0)
    return pl.DataFrame(
        {
            "model_id": [f"m{place}" for place in range(models)],
            "organization": [f"maker {place % 8}" for place in range(models)],
            "released_on": [END - timedelta(days=round(365 * years)) for years in ago],
            "value": 150 + line - generator.exponential(4.0, models),
        }
    )


def trend_of(models: pl.DataFrame) -> FrontierTrend:
    return frontier_trend(models, END, recent_years=1.0, earlier_years=2.0, draws=200, seed=1)


def test_it_agrees_with_the_verdicts_of_worlds_that_did_stop() -> None:
    """The share that is told is, within its error, that of fresh worlds that the verdict calls slower."""
    straight = world(15.0)
    power = power_of_trend(straight, trend_of(straight), seed=1)
    assert power is not None
    told = power.filter(change=STOP, months=12)["noticed"].item()
    verdicts = [trend_of(world(15.0, stops=1.0, seed=seed)).verdict.value for seed in range(20)]
    found = np.mean([verdict in ("slowing", "plateau") for verdict in verdicts])
    assert told == pytest.approx(found, abs=0.25)
    assert told > 0.6
    assert power.filter(change=NO_CHANGE)["noticed"].item() < 0.15


def test_fewer_models_notice_less() -> None:
    """Whatever the rule, a stop that many models show is seen more often than one that few show."""
    shares = []
    for models in (80, 320):
        frame = world(15.0, models=models)
        power = power_of_trend(frame, trend_of(frame), seed=1)
        assert power is not None
        shares.append(power.filter(change=STOP, months=6)["noticed"].item())
    assert shares[0] < shares[1]


def test_nothing_can_be_noticed_without_an_earlier_slope() -> None:
    """With the models of the last year alone there is nothing to be slower than."""
    recent = world(15.0).filter(pl.col("released_on") > END - timedelta(days=400))
    trend = trend_of(recent)
    assert not can_notice(trend)
    assert power_of_trend(recent, trend, seed=1) is None


def test_a_stop_is_noticed_the_surer_the_steeper_the_line_was() -> None:
    """One look at the bend: almost always at 15 points a year, hardly at 1; never told of a fall."""
    shares = []
    for slope in (0.3, 15.0):
        models = world(slope)
        ago = -(END - models["released_on"]).dt.total_days().to_numpy() / 365
        shares.append(stop_noticed(ago, models["value"].to_numpy(), models["organization"].to_list(), seed=1))
    assert shares[0] is not None
    assert shares[1] is not None
    assert shares[0] < 0.5
    assert shares[1] > 0.9
    falling = world(-5.0)
    ago = -(END - falling["released_on"]).dt.total_days().to_numpy() / 365
    assert stop_noticed(ago, falling["value"].to_numpy(), falling["organization"].to_list(), seed=1) is None
