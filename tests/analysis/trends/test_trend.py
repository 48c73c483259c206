"""What a trend verdict must be: unbiased slopes, the closed list in its order, and its evidence named."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.results import Estimate, Floats, Interval
from analysis.trends.measures import HORIZON, INDEX, bounded_score
from analysis.trends.slopes import Slopes, _estimate
from analysis.trends.trend import FrontierTrend, frontier_trend
from analysis.trends.verdicts import TrendVerdict, judge
from tests.places import RECORDINGS

AS_OF = date(2026, 7, 17)


def estimate(value: float, half: float) -> Estimate:
    return Estimate(value, Interval(value - half, value + half))


def slopes(
    recent: tuple[float, float], earlier: tuple[float, float], difference: tuple[float, float]
) -> Slopes:
    return Slopes(estimate(*recent), estimate(*earlier), estimate(*difference), 100.0, None, None)


def world(recent: float, earlier: float, n: int = 400, seed: int = 0) -> pl.DataFrame:
    """Models of the 42 months before `AS_OF` whose 0.9 frontier has the two slopes, points a year."""
    generator = np.random.default_rng(seed)
    ages = np.sort(generator.integers(0, int(3.5 * 365), n))[::-1]
    since_knot = 1.5 - ages / 365.0
    frontier = 140.0 + np.where(since_knot < 0, earlier, recent) * since_knot
    shortfall = generator.exponential(4.0, n) - 4.0 * np.log(1 / 0.9)
    return pl.DataFrame(
        {
            "model_id": [f"model-{i}" for i in range(n)],
            "organization": [f"maker-{i % 12}" for i in range(n)],
            "released_on": [AS_OF - timedelta(days=int(age)) for age in ages],
            "value": frontier - shortfall,
        }
    )


@pytest.mark.parametrize(
    ("found", "n_recent", "n_earlier", "verdict"),
    [
        (slopes((1.0, 1.0), (14.0, 2.0), (-13.0, 3.0)), 50, 50, TrendVerdict.PLATEAU),
        (slopes((7.0, 3.0), (14.0, 2.0), (-7.0, 4.0)), 50, 50, TrendVerdict.SLOWING),
        (slopes((21.0, 3.0), (14.0, 2.0), (7.0, 4.0)), 50, 50, TrendVerdict.ACCELERATING),
        (slopes((13.0, 3.0), (14.0, 2.0), (-1.0, 4.0)), 50, 50, TrendVerdict.STEADY),
        (slopes((13.0, 8.0), (14.0, 2.0), (-1.0, 9.0)), 50, 50, TrendVerdict.CLIMBING),
        (slopes((13.0, 3.0), (14.0, 8.0), (-1.0, 9.0)), 50, 50, TrendVerdict.CLIMBING),
        (slopes((13.0, 3.0), (14.0, 2.0), (-1.0, 4.0)), 50, 19, TrendVerdict.CLIMBING),
        (slopes((1.0, 3.0), (14.0, 2.0), (-1.0, 4.0)), 50, 19, TrendVerdict.NOT_DISTINGUISHABLE),
        (slopes((1.0, 1.0), (14.0, 2.0), (-13.0, 3.0)), 19, 50, TrendVerdict.NOT_DISTINGUISHABLE),
        (None, 3, 0, TrendVerdict.NOT_DISTINGUISHABLE),
    ],
)
def test_the_first_rule_that_holds_gives_the_verdict(
    found: Slopes | None, n_recent: int, n_earlier: int, verdict: TrendVerdict
) -> None:
    """Each rule of the closed list, at the figures that separate it from its neighbours."""
    assert judge(found, n_recent, n_earlier) is verdict


def test_the_list_of_verdicts_is_closed_and_in_order() -> None:
    """The seven verdicts stand in the order in which their rules are tried."""
    assert [str(verdict) for verdict in TrendVerdict] == [
        "saturated",
        "plateau",
        "slowing",
        "accelerating",
        "steady",
        "climbing",
        "not distinguishable",
    ]


def test_saturation_comes_before_a_plateau() -> None:
    """A used-up test says nothing of the trend, however flat it is."""
    flat = slopes((0.1, 0.1), (14.0, 2.0), (-13.9, 3.0))
    assert judge(flat, 50, 50, saturated=True) is TrendVerdict.SATURATED


def test_slopes_of_a_known_frontier_are_found() -> None:
    """Both slopes' intervals hold the truth, and the estimates lie near it."""
    found = frontier_trend(world(recent=6.0, earlier=14.0, n=1000), AS_OF, draws=100).slopes
    assert found is not None
    assert found.earlier is not None and found.earlier.interval is not None
    assert found.recent.interval is not None
    assert found.recent.interval.holds(6.0)
    assert found.earlier.interval.holds(14.0)
    assert abs(found.recent.value - 6.0) < 1.0
    assert abs(found.earlier.value - 14.0) < 1.0


def test_a_running_maximum_is_no_part_of_the_trend() -> None:
    """One far outlier, which would set every later record, does not move the slope of the frontier."""
    models = world(recent=14.0, earlier=14.0)
    outlier = models.with_columns(
        pl.when(pl.col("model_id") == "model-250").then(400.0).otherwise("value").alias("value")
    )
    plain, moved = (frontier_trend(frame, AS_OF, draws=50).slopes for frame in (models, outlier))
    assert plain is not None
    assert moved is not None
    assert abs(plain.recent.value - moved.recent.value) < 1.5


@pytest.mark.parametrize(
    ("recent", "earlier", "verdict"),
    [
        (14.0, 14.0, TrendVerdict.STEADY),
        (0.0, 14.0, TrendVerdict.PLATEAU),
        (7.0, 14.0, TrendVerdict.SLOWING),
        (24.0, 14.0, TrendVerdict.ACCELERATING),
    ],
)
def test_a_world_gets_its_verdict(recent: float, earlier: float, verdict: TrendVerdict) -> None:
    """With many models the verdict is what the world was built to be, also with organisations drawn."""
    found = frontier_trend(world(recent, earlier, n=1000), AS_OF, draws=100)
    assert found.verdict is verdict
    assert found.clustered_verdict is verdict


def test_the_evidence_is_named() -> None:
    """A trend tells its window, its counts, its method and what would change the verdict."""
    found = frontier_trend(world(14.0, 14.0), AS_OF, draws=100)
    assert (found.window.start, found.window.end) == (date(2023, 1, 17), AS_OF)
    assert found.knot_on == date(2025, 1, 16)
    assert found.n == found.n_recent + found.n_earlier == 400
    assert "tau = 0.9" in found.method
    assert "a third" in found.would_change or "points a year" in found.would_change


def test_models_released_later_are_unknown() -> None:
    """The reading of a past day uses only what had been released by then."""
    past = date(2025, 7, 17)
    models = world(14.0, 14.0)
    cut = models.filter(pl.col("released_on") <= past)
    assert frontier_trend(models, past, draws=50) == frontier_trend(cut, past, draws=50)


def test_without_older_models_only_the_recent_slope_is_told() -> None:
    """A young series gives its recent slope and the verdict climbing, and no earlier slope."""
    young = world(14.0, 14.0).filter(pl.col("released_on") >= date(2025, 2, 1))
    found = frontier_trend(young, AS_OF, draws=100)
    assert found.slopes is not None
    assert found.slopes.earlier is None
    assert found.verdict is TrendVerdict.CLIMBING


def test_too_few_models_give_no_verdict_and_no_crash() -> None:
    """An empty frame and a handful of models are not distinguishable."""
    models = world(14.0, 14.0)
    for few in (models.head(0), models.tail(3), models.head(1)):
        found = frontier_trend(few, AS_OF, draws=20)
        assert found.verdict is TrendVerdict.NOT_DISTINGUISHABLE
        assert found.slopes is None
        assert "At least 20 models" in found.would_change


def test_the_same_seed_gives_the_same_result() -> None:
    """Draws come from the seed alone."""
    models = world(14.0, 14.0)
    assert frontier_trend(models, AS_OF, draws=50, seed=3) == frontier_trend(models, AS_OF, draws=50, seed=3)
    assert frontier_trend(models, AS_OF, draws=50, seed=3) != frontier_trend(models, AS_OF, draws=50, seed=4)


def test_a_model_that_stands_twice_is_refused() -> None:
    """One row per model: the headline is chosen before."""
    models = world(14.0, 14.0)
    with pytest.raises(ValueError, match="more than once"):
        frontier_trend(pl.concat([models, models.head(1)]), AS_OF)


def test_a_bounded_score_near_its_ceiling_is_saturated() -> None:
    """Within five points, or two standard errors, of the ceiling a test is used up; ratings never are."""
    measure = bounded_score("test", chance=0.25)
    assert measure.saturated_at(0.951)
    assert not measure.saturated_at(0.94)
    assert measure.saturated_at(0.92, stderr=0.04)
    assert not INDEX.saturated_at(1e9)


def with_values(values: Floats) -> pl.DataFrame:
    return world(0.0, 0.0).with_columns(pl.Series("value", values))


def test_a_saturated_benchmark_gets_that_verdict() -> None:
    """The verdict of a bounded series whose best score is 0.97 is saturated."""
    scores = with_values(np.linspace(0.3, 0.97, 400))
    assert (
        frontier_trend(scores, AS_OF, bounded_score("test", 0.25), draws=50).verdict is TrendVerdict.SATURATED
    )


def test_scales_turn_back_into_their_units() -> None:
    """Horizons and bounded scores come back from the scale of the regression unchanged."""
    for measure, values in (
        (HORIZON, [0.5, 60.0, 960.0]),
        (bounded_score("test", 0.25, 0.98), [0.3, 0.6, 0.9]),
    ):
        raw = np.array(values)
        np.testing.assert_allclose(measure.unscaled(measure.scaled(raw)), raw, rtol=1e-12)


def test_a_horizon_that_doubles_twice_a_year_has_slope_two() -> None:
    """On the log2 scale slopes are doublings a year."""
    ages = (AS_OF - pl.Series(world(0.0, 0.0)["released_on"])).dt.total_days().to_numpy()
    found = frontier_trend(with_values(np.exp2(-2.0 * ages / 365.0)), AS_OF, HORIZON, draws=50).slopes
    assert found is not None
    assert found.recent.value == pytest.approx(2.0, abs=1e-6)


def test_a_horizon_of_zero_is_refused() -> None:
    """Zero minutes has no logarithm, and the message says so."""
    with pytest.raises(ValueError, match="no logarithm"):
        frontier_trend(with_values(np.zeros(400)), AS_OF, HORIZON)


def published_eci() -> pl.DataFrame:
    """Epoch's index of 2026-07-17: a model's value is its best version's, its date that of its earliest."""
    archive = RECORDINGS / "epoch" / "benchmark_data.2026-07-17.zip"
    table = pl.read_csv(io.BytesIO(zipfile.ZipFile(archive).read("epoch_capabilities_index.csv")))
    versions = table.drop_nulls(["ECI Score", "Release date"]).with_columns(
        pl.coalesce("Model name", "Model version").alias("model_id"),
        pl.col("Release date").str.to_date(),
    )
    return versions.group_by("model_id").agg(
        pl.col("Organization").first().alias("organization"),
        pl.col("Release date").min().alias("released_on"),
        pl.col("ECI Score").max().alias("value"),
    )


def bounds(found: Estimate | Interval | None) -> tuple[float, float]:
    interval = found.interval if isinstance(found, Estimate) else found
    assert interval is not None
    return interval.low, interval.high


@pytest.mark.recordings
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository")
def test_published_eci_climbs_steadily_in_july_2026() -> None:
    """181 models since 2023: 14.1 points a year before (12.5-18.3), 14.2 since (12.2-15.8): steady."""
    found = frontier_trend(published_eci(), AS_OF)
    assert found.n == 181
    assert found.slopes is not None and found.slopes.earlier is not None
    assert found.slopes.earlier.value == pytest.approx(14.1, abs=0.05)
    assert found.slopes.recent.value == pytest.approx(14.2, abs=0.05)
    assert bounds(found.slopes.earlier_percentile) == pytest.approx((12.5, 18.3), abs=1.0)
    assert bounds(found.slopes.recent_percentile) == pytest.approx((12.2, 15.8), abs=0.5)
    assert found.verdict is TrendVerdict.STEADY


@pytest.mark.recordings
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository")
def test_published_eci_was_climbing_in_december_2024() -> None:
    """From the models released by 2024-12-20: recent 14.3 (10.4-20.2), earlier not told (13 models)."""
    found: FrontierTrend = frontier_trend(published_eci(), date(2024, 12, 20))
    assert found.slopes is not None
    assert found.n_earlier == 13
    assert not found.earlier_told
    assert found.slopes.recent.value == pytest.approx(14.3, abs=0.05)
    assert bounds(found.slopes.recent_percentile) == pytest.approx((10.4, 20.2), abs=0.5)
    assert found.verdict is TrendVerdict.CLIMBING


@pytest.mark.parametrize("seed", range(5))
def test_every_interval_holds_its_estimate(seed: int) -> None:
    """Also where draws of a handful of models all lie on one side of what the models themselves give."""
    few = world(recent=14.0, earlier=14.0, n=9, seed=seed)
    found = frontier_trend(few, AS_OF, draws=60, seed=seed).slopes
    if found is None:
        return
    for told in (found.recent, found.earlier, found.difference):
        assert told is None or told.interval is None or told.interval.holds(told.value)


def test_an_interval_reaches_to_an_estimate_outside_its_draws() -> None:
    """Cybench's slope of +3.42 stood beside 1.65 to 3.35."""
    drawn = np.concatenate([[3.42], np.linspace(1.6, 3.4, 100)])
    told, plain = _estimate(drawn, 0.92)
    assert told.interval is not None
    assert plain is not None
    assert told.interval.high == plain.high == 3.42


def test_the_frontier_of_a_day_is_the_fitted_line_there() -> None:
    """Two slopes that meet at the knot; without an earlier slope nothing stands before it, and all after."""
    both = frontier_trend(world(14.0, 20.0), AS_OF, draws=20)
    assert both.slopes is not None
    days = pl.Series([AS_OF - timedelta(days=age) for age in (0, 365, 900)])
    now, year_ago, before = both.frontier_on(days)
    assert now - year_ago == pytest.approx(both.slopes.recent.value, rel=0.01)
    assert before < both.slopes.level_at_knot < year_ago
    recent = frontier_trend(world(14.0, 20.0).filter(pl.col("released_on") > days[1]), AS_OF, draws=20)
    assert recent.slopes is not None
    assert recent.slopes.earlier is None
    assert np.isnan(recent.frontier_on(days)[2])
    line = recent.slopes.level_at_knot + 1.5 * recent.slopes.recent.value
    assert recent.frontier_on(days)[0] == pytest.approx(line, abs=0.1)
