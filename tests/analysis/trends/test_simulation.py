"""What the simulated worlds must show: verdicts rarely wrong, and intervals that cover as they say."""

from __future__ import annotations

import argparse
import functools
import io
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.bend import Bend
from analysis.trends.simulation import (
    EXPONENTIAL,
    HALVING,
    LINE,
    SCENARIOS,
    STOPS,
    TENTHS,
    Calibration,
    Scenario,
    World,
    calibration,
    factor_for_coverage,
    simulate_world,
)
from analysis.trends.slopes import INTERVAL_FACTOR, Slopes
from analysis.trends.trend import frontier_trend
from analysis.trends.verdicts import TrendVerdict
from benchmarks import calibrate
from tests.places import ROOT

RECORDINGS = ROOT.parent / "shared" / "recordings"
SHORTFALLS = pl.read_csv(ROOT / "benchmarks" / "eci_shortfalls.csv")["shortfall_points"].to_numpy()
FULL_RUN = pl.read_csv(ROOT / "docs" / "methods" / "calibration.csv")


@functools.cache
def judged(scenario: Scenario) -> Calibration:
    """The reduced run: 100 worlds of 100 draws."""
    worlds = [simulate_world(scenario, SHORTFALLS, 100, np.random.default_rng([7, k])) for k in range(100)]
    return calibration(scenario, worlds, INTERVAL_FACTOR)


def test_the_shortfalls_are_measured_from_the_tenth_best() -> None:
    """A tenth of the models stands above the frontier, so that the frontier is the 0.9 quantile."""
    assert len(SHORTFALLS) == 181
    assert np.quantile(SHORTFALLS, 0.1) == pytest.approx(0.0, abs=0.05)


def test_a_straight_line_is_not_called_a_plateau() -> None:
    """Reduced run: at most 5 % of the worlds whose frontier is a line are called a plateau."""
    found = judged(LINE)
    assert found.shares[TrendVerdict.PLATEAU] <= 0.05
    assert found.shares[TrendVerdict.STEADY] >= 0.80


def test_a_full_stop_is_seen_after_eighteen_months() -> None:
    """Reduced run: at least 80 % of the full stops of 18 months ago are called a plateau."""
    assert judged(STOPS[18]).shares[TrendVerdict.PLATEAU] >= 0.80


@pytest.mark.parametrize("scenario", [LINE, STOPS[18]], ids=lambda scenario: scenario.name)
def test_intervals_cover_about_nine_in_ten(scenario: Scenario) -> None:
    """Reduced run: the 90 % intervals hold the truth in 80 to 98 of 100 worlds."""
    found = judged(scenario)
    for coverage in (found.recent_coverage, found.earlier_coverage, found.difference_coverage):
        assert coverage is not None
        assert 0.80 <= coverage <= 0.98


@pytest.mark.parametrize("scenario", [LINE, EXPONENTIAL, HALVING], ids=lambda scenario: scenario.name)
def test_the_full_run_has_few_false_plateaus(scenario: Scenario) -> None:
    """The table on the method page: at most 5 % false plateaus, coverage between 85 and 95 %."""
    row = full_run(scenario)
    assert row["plateau"] <= 0.05
    assert all(0.85 <= row[f"{slope}_coverage"] <= 0.95 for slope in ("recent", "earlier", "difference"))


@pytest.mark.parametrize("scenario", [TENTHS[18], TENTHS[24], STOPS[18]], ids=lambda scenario: scenario.name)
def test_the_full_run_has_the_power_asked_for(scenario: Scenario) -> None:
    """The table on the method page: at least 80 % of these three are called a plateau, within two errors."""
    row = full_run(scenario)
    assert row["plateau"] + 2 * row["plateau_standard_error"] >= 0.80


@pytest.mark.parametrize(("months", "least"), [(6, 0.70), (9, 0.95), (12, 0.99)])
def test_the_full_run_sees_a_stop_soon(months: int, least: float) -> None:
    """The table on the method page: a full stop is called slowing or plateau within half a year and more."""
    row = full_run(STOPS[months])
    assert row["plateau"] + row["slowing"] >= least


def test_the_full_run_has_few_false_alarms() -> None:
    """The table on the method page: at most 5 % of straight lines are called slowing or plateau."""
    assert full_run(LINE)["plateau"] + full_run(LINE)["slowing"] <= 0.05


def full_run(scenario: Scenario) -> dict[str, float]:
    return FULL_RUN.row(by_predicate=pl.col("scenario") == scenario.name, named=True)


def test_the_table_is_that_of_the_factor_in_use() -> None:
    """The page shows 300 worlds of every scenario, judged with the factor that verdicts use."""
    assert FULL_RUN["scenario"].to_list() == [scenario.name for scenario in SCENARIOS]
    assert FULL_RUN["worlds"].to_list() == [300] * len(SCENARIOS)
    assert FULL_RUN["interval_factor"].unique().to_list() == [INTERVAL_FACTOR]


def test_frontiers_are_what_their_names_say() -> None:
    """The mean slopes of the windows follow from each scenario's shape."""
    assert LINE.slopes == pytest.approx((14.2, 14.2))
    assert HALVING.slopes == pytest.approx((14.2, 7.1))
    assert STOPS[18].slopes == pytest.approx((14.2, 0.0))
    assert STOPS[12].slopes == pytest.approx((14.2, 14.2 / 3))
    assert TENTHS[24].slopes == pytest.approx((14.2 * (1.5 + 0.05) / 2, 1.42))
    before, after = EXPONENTIAL.slopes
    assert before < 14.2 < after


def test_coverage_is_told_only_where_it_means_something() -> None:
    """A frontier that bends off the knot has no true pair of slopes, so no coverage."""
    assert STOPS[18].bends_at_the_knot
    assert not STOPS[12].bends_at_the_knot
    assert EXPONENTIAL.bends_at_the_knot


def test_the_factor_is_the_one_that_covers() -> None:
    """Of ten intervals that miss by known factors, the 90 % factor is the ninth largest."""

    def world(miss: float) -> World:
        recent = Estimate(14.2, Interval(14.2 - 1 - miss, 14.2 + 1 - miss))
        return World(Slopes(recent, None, None, 0.0, None, None), 50, 50, Bend(0.0, None))

    worlds = [world(miss / 10) for miss in range(11)]
    assert factor_for_coverage(LINE, worlds) == pytest.approx(0.9)
    covered = calibration(LINE, worlds, 0.9001).recent_coverage
    assert covered == pytest.approx(10 / 11)


def test_worlds_depend_on_their_seed_alone() -> None:
    """The same generator gives the same world."""
    first, second = (simulate_world(LINE, SHORTFALLS, 20, np.random.default_rng(3)) for _ in range(2))
    assert first == second


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The full calibration resumes: worlds simulated in two goes are those of one, and none is made twice."""

    def worlds(file: str, count: int) -> list[World]:
        monkeypatch.setattr(calibrate, "CACHE", tmp_path / file)
        options = argparse.Namespace(worlds=count, draws=20, fresh=False)
        return calibrate.worlds_of(LINE, SHORTFALLS, 1, options)

    monkeypatch.setattr(calibrate, "BATCH", 2)
    worlds("in_two_goes.csv", 2)
    assert worlds("in_two_goes.csv", 5) == worlds("in_one_go.csv", 5)
    assert pl.read_csv(tmp_path / "in_two_goes.csv").height == 5


@pytest.mark.recordings
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository")
def test_the_shortfalls_are_those_of_the_published_index() -> None:
    """The file of shortfalls is the fitted frontier less the models of Epoch's index of 2026-07-17."""
    archive = RECORDINGS / "epoch" / "benchmark_data.2026-07-17.zip"
    table = pl.read_csv(io.BytesIO(zipfile.ZipFile(archive).read("epoch_capabilities_index.csv")))
    versions = table.drop_nulls(["ECI Score", "Release date"]).with_columns(
        pl.coalesce("Model name", "Model version").alias("model_id"), pl.col("Release date").str.to_date()
    )
    models = versions.group_by("model_id").agg(
        pl.col("Organization").first().alias("organization"),
        pl.col("Release date").min().alias("released_on"),
        pl.col("ECI Score").max().alias("value"),
    )
    fitted = frontier_trend(models, date(2026, 7, 17), draws=1).frontier_on(models["released_on"])
    np.testing.assert_allclose(np.sort(fitted - models["value"].to_numpy()), SHORTFALLS, atol=0.0051)
