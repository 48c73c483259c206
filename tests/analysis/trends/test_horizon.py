"""What METR's doubling time must be: the figures of METR's own files, under METR's convention."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
import yaml
from scipy import stats

from analysis.trends.horizon import DoublingTime, DoublingVerdict, record_doubling_time
from tests.places import RECORDINGS


def horizons(doubling_days: float, n: int = 8) -> pl.DataFrame:
    days = [100 * k for k in range(n)]
    return pl.DataFrame(
        {
            "released_on": [date(2023, 3, 1) + timedelta(days=k) for k in days],
            "value": [4.0 * 2 ** (k / doubling_days) for k in days],
        }
    )


def metr_file(as_of: str) -> tuple[pl.DataFrame, float]:
    """Models of one of METR's 1.1 files, and the doubling time that the file itself states."""
    content = yaml.safe_load((RECORDINGS / "metr" / f"benchmark_results_1_1.{as_of}.yaml").read_text())
    rows = [
        {
            "released_on": result["release_date"],
            "value": result["metrics"]["p50_horizon_length"]["estimate"],
        }
        for result in content["results"].values()
    ]
    return pl.DataFrame(rows), content["doubling_time_in_days"]["from_2023_on"]["point_estimate"]


@pytest.mark.recordings
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository")
@pytest.mark.parametrize(
    ("as_of", "days"),
    [("2026-01-30", 130.801), ("2026-02-05", 128.120), ("2026-02-22", 122.611), ("2026-03-03", 128.744)],
)
def test_the_doubling_times_are_those_that_metr_states(as_of: str, days: float) -> None:
    """Computed from the models of each file, the doubling time is the one stated in it."""
    models, stated = metr_file(as_of)
    found = record_doubling_time(models)
    assert found.days is not None
    assert found.days.value == pytest.approx(days, abs=0.0006)
    assert found.days.value == pytest.approx(stated, abs=0.0006)
    assert found.verdict is DoublingVerdict.GROWING


def test_an_exact_doubling_is_found() -> None:
    """Horizons that double every 130 days give 130 days, whatever came before 2023 or set no record."""
    other = pl.DataFrame(
        {
            "released_on": [date(2020, 1, 1), date(2024, 1, 1), date(2025, 1, 1), date(2025, 1, 31)],
            "value": [3.0, 4.0, 0.0, horizons(130.0)["value"][-1]],
        }
    )
    found = record_doubling_time(pl.concat([other, horizons(130.0)]))
    assert found.n == 8
    assert found.days is not None
    assert found.days.value == pytest.approx(130.0)


def test_a_horizon_that_falls_has_no_doubling_time() -> None:
    """A falling series has one record, and is not given a negative doubling time."""
    found = record_doubling_time(horizons(-130.0))
    assert found.days is None
    assert found.n == 1
    assert found.verdict is DoublingVerdict.CANNOT_BE_TOLD


def test_records_that_hardly_move_and_then_leap_leave_growth_undetermined() -> None:
    """Where the interval of the slope holds no growth the doubling time has no interval."""
    leap = horizons(130.0, n=4).with_columns(value=pl.Series([4.0, 4.01, 4.02, 400.0]))
    found = record_doubling_time(leap)
    assert found.days is not None
    assert found.days.interval is None
    assert found.verdict is DoublingVerdict.UNDETERMINED


def test_three_models_are_too_few() -> None:
    """Below four record-setting models the doubling time cannot be told."""
    assert record_doubling_time(horizons(130.0, n=3)).verdict is DoublingVerdict.CANNOT_BE_TOLD
    assert record_doubling_time(horizons(130.0, n=3).head(0)).window is None


def test_the_interval_is_that_of_least_squares_by_the_normal_equations() -> None:
    """Five records off the line: slope and its error from sums of squares, Student's t with three degrees."""
    given = horizons(130.0, n=5)
    values = given["value"] * np.array([1.0, 1.3, 0.9, 1.1, 1.2])
    found = record_doubling_time(given.with_columns(value=values))
    days, doublings = np.arange(5) * 100.0, np.log2(values.to_numpy())
    spread = ((days - days.mean()) ** 2).sum()
    slope = ((days - days.mean()) * doublings).sum() / spread
    misses = doublings - doublings.mean() - slope * (days - days.mean())
    half = stats.t(3).ppf(0.5 + found_level(found) / 2) * (misses @ misses / 3 / spread) ** 0.5
    assert found.days is not None
    assert found.days.value == pytest.approx(1 / slope)
    assert found.days.interval is not None
    ends = (found.days.interval.low, found.days.interval.high)
    assert ends == pytest.approx((1 / (slope + half), 1 / (slope - half)))
    assert found.n == 5


def found_level(found: DoublingTime) -> float:
    """The level that the interval says it has: 90 %."""
    assert found.days is not None
    assert found.days.interval is not None
    assert found.days.interval.level == 0.90
    return found.days.interval.level
