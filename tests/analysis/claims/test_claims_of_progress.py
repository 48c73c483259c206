"""Claims on the course of things: increments, data, S-curves, open models."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.claims import limits, open_models, progress, steps
from analysis.claims.statement import ClaimVerdict, Finding

ON = date(2026, 7, 1)
KNOT = date(2025, 1, 1)
PROVENANCE = {"source_id": "made", "payload_sha256": "a1", "url": None}


def index(earlier: float, recent: float, n: int = 160, open_weights: bool | None = None) -> pl.DataFrame:
    """Models of three and a half years whose frontier rises by two slopes, in points a year."""
    generator = np.random.default_rng(5)
    days = np.linspace(-730, 545, n).round().astype(int)
    years = days / 365
    frontier = 130 + np.where(years < 0, earlier, recent) * years
    return pl.DataFrame(
        {
            "benchmark_id": ["suite"] * n,
            "model_id": [f"model-{place}" for place in range(n)],
            "title": [f"Model {place}" for place in range(n)],
            "organization": [f"maker-{place % 9}" for place in range(n)],
            "released_on": [KNOT + timedelta(days=int(day)) for day in days],
            "open_weights": [open_weights] * n,
            "value": frontier - generator.exponential(3.0, n),
            "stderr": [None] * n,
        },
        schema_overrides={"open_weights": pl.Boolean, "stderr": pl.Float64},
    ).with_columns(
        low=pl.col("value") - 1,
        high=pl.col("value") + 1,
        **{name: pl.lit(value, dtype=pl.String) for name, value in PROVENANCE.items()},
    )


@pytest.mark.parametrize(
    ("earlier", "recent", "verdict"),
    [
        (14.0, 0.5, ClaimVerdict.HELD),
        (14.0, 14.0, ClaimVerdict.DID_NOT_HOLD),
        (5.0, 20.0, ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_increments_shrink_only_where_the_slope_has_surely_fallen(
    earlier: float, recent: float, verdict: ClaimVerdict
) -> None:
    """A stop holds the claim, a steady or a faster rise refutes it; the slope comes with its interval."""
    found = progress.models_only_incrementally_better.judge(index(earlier, recent), ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert found.interval.holds(recent)


def test_a_young_series_cannot_tell_whether_increments_shrink() -> None:
    """Without earlier models there is nothing that the recent slope could have fallen from."""
    young = index(14.0, 14.0).filter(pl.col("released_on") >= KNOT)
    assert progress.models_only_incrementally_better.judge(young, ON).verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_models_released_later_do_not_judge_an_earlier_day() -> None:
    """The window ends with the newest model released by the day asked for."""
    day = date(2024, 12, 20)
    assert (progress.models_only_incrementally_better.judge(index(14.0, 0.5), day).observed_on or ON) <= day


def test_no_models_no_slope() -> None:
    """Before the first model there is nothing to tell."""
    for judged in (progress.models_only_incrementally_better, progress.horizons_only_incrementally_longer):
        assert judged.judge(index(14.0, 14.0), date(2020, 1, 1)).verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_horizons_are_those_of_the_newest_suite_that_enough_models_sat() -> None:
    """An older suite with more models gives way, and the overlap is told; horizons enter as doublings."""
    doubling = index(2.0, 2.0).with_columns(value=2 ** ((pl.col("value") - 130) / 1))
    newest = doubling.with_columns(benchmark_id=pl.lit("suite-2"))
    older = pl.concat([doubling.with_columns(pl.col("value") / 2), doubling]).unique("model_id", keep="first")
    few = doubling.head(19).with_columns(benchmark_id=pl.lit("suite-3"))
    found = progress.horizons_only_incrementally_longer.judge(pl.concat([older, newest, few]), ON)
    alone = progress.horizons_only_incrementally_longer.judge(newest, ON)
    assert (found.value, found.interval, found.n) == (alone.value, alone.interval, alone.n)
    assert found.interval is not None
    assert found.interval.holds(2.0)
    assert "Of the newest suite's 160 models 160 were measured on the suite before it too" in found.text
    assert "the suite before it" not in alone.text


def of_one_maker(gains: list[float], days: list[int]) -> pl.DataFrame:
    """Models of one maker, each better than the last by so much, released so many days before `ON`."""
    rows = pl.DataFrame(
        {"gain": [0.0, *gains], "released_on": [ON - timedelta(days=d) for d in [1270, *days]]}
    )
    return rows.select(
        pl.format("model-{}", pl.int_range(pl.len())).alias("model_id"),
        pl.format("Model {}", pl.int_range(pl.len())).alias("title"),
        pl.lit("maker").alias("organization"),
        "released_on",
        (100 + pl.col("gain").cum_sum()).alias("value"),
        **{name: pl.lit(value, dtype=pl.String) for name, value in PROVENANCE.items()},
    )


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (8.0, 1.0, ClaimVerdict.HELD),
        (1.0, 8.0, ClaimVerdict.DID_NOT_HOLD),
        (4.0, 4.0, ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_steps_shrink_only_where_their_trend_surely_falls(
    first: float, last: float, verdict: ClaimVerdict
) -> None:
    """Sixty steps over three and a half years that shrink, grow, or scatter about one size."""
    generator = np.random.default_rng(3)
    gains = np.linspace(first, last, 60) * generator.uniform(0.7, 1.3, 60)
    found = steps.steps_only_incremental.judge(of_one_maker(list(gains), list(range(1200, 0, -20))), ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert found.value is not None
    assert found.interval.holds(found.value)
    assert "largest" in found.text


def test_only_a_model_that_beats_its_makers_best_is_a_step() -> None:
    """A maker's first model and its small ones are none; another maker's better model does not count."""
    models = pl.concat(
        [
            of_one_maker([5.0, -3.0, 4.0], [900, 600, 300]),
            of_one_maker([], []).with_columns(
                pl.lit("other").alias("organization"),
                pl.lit(500.0).alias("value"),
                pl.lit("alone").alias("model_id"),
            ),
        ]
    )
    assert steps.steps_of_makers(models)["gain"].to_list() == [5.0, 1.0]


def test_few_steps_cannot_tell_a_trend() -> None:
    """Twenty in each window are needed; a handful has no interval either."""
    found = steps.steps_only_incremental.judge(of_one_maker([5.0, 4.0, 3.0], [900, 600, 300]), ON)
    assert (found.verdict, found.interval) == (ClaimVerdict.CANNOT_BE_TOLD, None)


INPUTS = {
    "raw indexed web, 2024": (75e9, 1e12, "95 %"),
    "text per page": (6100.0, 8200.0, "95 %"),
    "growth of a page's length": (1.02, 1.04, "95 %"),
    "growth of the number of pages": (1.0, 1.1, "95 %"),
    "share left after quality filtering": (0.1, 0.4, "95 %"),
    "gain from repeating data": (2.0, 5.0, "95 %"),
    "largest training set at 2024-01-01": (3e12, 1.3e13, "90 %"),
    "compute at 2024": (1e25, 1e26, "90 %"),
}


def training_data(orders_a_year: float, sets: int = 40, **changed: tuple[float, float, str]) -> pl.DataFrame:
    """Training sets that grow by so many orders a year since 2010, and the ranges of the stock."""
    generator = np.random.default_rng(1)
    since = np.linspace(0, 14, sets)
    rows = [
        {
            "kind": "set",
            "quantity": f"set {place}",
            "published_on": date(2010, 1, 1) + timedelta(days=365 * year),
            "tokens": 10 ** (8 + orders_a_year * year + noise),
        }
        for place, (year, noise) in enumerate(zip(since, generator.normal(0, 0.2, sets), strict=True))
    ]
    ranges = INPUTS | {name.replace("_", " "): span for name, span in changed.items()}
    rows += [
        {"kind": "input", "quantity": quantity, "low": low, "high": high, "interval": interval}
        for quantity, (low, high, interval) in ranges.items()
    ]
    frame = pl.DataFrame(
        rows, schema_overrides={"low": pl.Float64, "high": pl.Float64}, infer_schema_length=None
    )
    return frame.with_columns(**{name: pl.lit(value, dtype=pl.String) for name, value in PROVENANCE.items()})


@pytest.mark.parametrize(
    ("orders_a_year", "year", "verdict"),
    [
        (0.4, 2026, ClaimVerdict.PARTLY),
        (0.4, 2060, ClaimVerdict.HELD),
        (0.4, 2010, ClaimVerdict.CANNOT_BE_TOLD),
        (-0.2, 2026, ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_data_run_out_once_the_crossing_has_surely_passed(
    orders_a_year: float, year: int, verdict: ClaimVerdict
) -> None:
    """Ahead of the crossing the claim holds in part; after it, wholly; sets that shrink never get there."""
    data = training_data(orders_a_year)
    assert limits.training_data_running_out.judge(data, date(year, 12, 31)).verdict is verdict


def test_a_wall_that_is_far_off_is_not_running_out() -> None:
    """A crossing surely more than ten years away refutes the claim."""
    found = limits.training_data_running_out.judge(training_data(0.12), date(2026, 7, 1))
    assert found.interval is not None
    assert found.interval.low > 2036.5
    assert found.verdict is ClaimVerdict.DID_NOT_HOLD


def test_a_missing_range_of_the_stock_is_named() -> None:
    """Without the size of the web there is no stock, and the reason says what is missing."""
    data = training_data(0.4).filter(pl.col("quantity") != "raw indexed web, 2024")
    found = limits.training_data_running_out.judge(data, ON)
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD
    assert "raw indexed web, 2024" in found.why


def curve(
    values: np.ndarray, benchmark_id: str = "capability-index", ceiling: float | None = None
) -> pl.DataFrame:
    """Three models a quarter from 2021 on, whose values scatter around the given quarterly ones."""
    noise = np.random.default_rng(2).normal(0, 0.4 if ceiling is None else 0.004, 3 * len(values))
    days = [
        date(2021 + quarter // 4, 3 * (quarter % 4) + 1, 10 + 5 * third)
        for quarter in range(len(values))
        for third in range(3)
    ]
    return pl.DataFrame(
        {
            "benchmark_id": benchmark_id,
            "benchmark": benchmark_id.title(),
            "model_id": [f"{benchmark_id}-{place}" for place in range(3 * len(values))],
            "released_on": days,
            "value": np.repeat(values, 3) + noise,
            "stderr": None,
            "ceiling": ceiling,
            "chance": None if ceiling is None else 0.0,
            **PROVENANCE,
        },
        schema_overrides=dict.fromkeys(["stderr", "ceiling", "chance"], pl.Float64)
        | dict.fromkeys(["source_id", "payload_sha256", "url"], pl.String),
    )


QUARTERS = np.arange(22)
STRAIGHT = 100 + 2.5 * QUARTERS
BENT = 100 + 60 / (1 + np.exp(-(QUARTERS - 8) / 2))
USED_UP = curve(np.minimum(0.05 * QUARTERS, 0.98), "ended", 1.0)
NOT_USED_UP = curve(0.02 * QUARTERS + 0.1, "open", 1.0)


@pytest.mark.parametrize(
    ("shape", "benchmarks", "verdict"),
    [
        (BENT, [NOT_USED_UP], ClaimVerdict.HELD),
        (STRAIGHT, [USED_UP, NOT_USED_UP], ClaimVerdict.PARTLY),
        (STRAIGHT, [NOT_USED_UP], ClaimVerdict.DID_NOT_HOLD),
        (STRAIGHT[:3], [USED_UP], ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_only_a_bend_of_the_index_shows_an_s_curve(
    shape: np.ndarray, benchmarks: list[pl.DataFrame], verdict: ClaimVerdict
) -> None:
    """A benchmark that ends at 100 % says nothing of AI: it can soften a verdict, never make one."""
    found = limits.progress_in_s_curves.judge(pl.concat([curve(shape), *benchmarks]), ON)
    assert found.verdict is verdict


def test_the_share_counts_benchmarks_with_enough_models() -> None:
    """A benchmark of fewer than 20 models is not among those that could be used up."""
    scores = pl.concat(
        [curve(STRAIGHT), USED_UP, NOT_USED_UP, USED_UP.head(19).with_columns(benchmark_id=pl.lit("few"))]
    )
    found = limits.progress_in_s_curves.judge(scores, ON)
    assert (found.value, found.n) == (0.5, 2)


def lag(open_points: float, width: float) -> Finding:
    """Closed models rise a point a month from 100 in 2023; one open model came out in June 2026."""
    closed = [
        {
            "model_id": f"closed-{month}",
            "released_on": date(2023 + month // 12, month % 12 + 1, 1),
            "open_weights": False,
            "value": 100.0 + month,
        }
        for month in range(42)
    ]
    opened = {"model_id": "open", "released_on": date(2026, 6, 1), "open_weights": True, "value": open_points}
    unknown = {"model_id": "unknown", "released_on": date(2026, 6, 1), "open_weights": None, "value": 200.0}
    models = pl.DataFrame([*closed, opened, unknown]).with_columns(
        low=pl.col("value") - width,
        high=pl.col("value") + width,
        title=pl.col("model_id").str.to_titlecase(),
        **{name: pl.lit(value, dtype=pl.String) for name, value in PROVENANCE.items()},
    )
    return open_models.open_models_follow_closely.judge(models, ON)


@pytest.mark.parametrize(
    ("points", "width", "months", "verdict"),
    [
        (135.0, 2.0, 6, ClaimVerdict.HELD),
        (115.0, 2.0, 26, ClaimVerdict.DID_NOT_HOLD),
        (129.0, 6.0, 12, ClaimVerdict.CANNOT_BE_TOLD),
        (160.0, 1.0, 0, ClaimVerdict.HELD),
    ],
)
def test_the_lag_is_how_long_ago_a_closed_model_stood_there(
    points: float, width: float, months: int, verdict: ClaimVerdict
) -> None:
    """Months since the first closed model with as many points; an interval across a year tells nothing."""
    found = lag(points, width)
    assert found.value == pytest.approx(months, abs=0.1)
    assert found.verdict is verdict


def test_without_open_models_there_is_no_lag() -> None:
    """Models whose openness is unknown are left out, not counted as closed."""
    found = open_models.open_models_follow_closely.judge(index(14.0, 14.0), ON)
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD


def livebench(**scores: float) -> pl.DataFrame:
    rows = [
        {
            "role": role,
            "model_id": f"{role}-model",
            "title": f"{role} of a maker",
            "released_on": date(2024, 11, 28),
            "benchmark_id": "livebench-2024-11-25",
            "benchmark": "LiveBench 2024-11-25",
            "score": score,
            "observed_on": date(2024, 12, 1),
            **PROVENANCE,
        }
        for role, score in scores.items()
    ]
    return pl.DataFrame(rows, schema_overrides={"url": pl.String})


@pytest.mark.parametrize(
    ("qwq", "verdict"),
    [(0.73, ClaimVerdict.HELD), (0.65, ClaimVerdict.PARTLY), (0.40, ClaimVerdict.DID_NOT_HOLD)],
)
def test_qwq_is_close_within_five_points_of_o1(qwq: float, verdict: ClaimVerdict) -> None:
    """Within 5 percentage points held, within 15 partly, beyond not; a difference of shares is in points."""
    found = open_models.qwq_follows_o1_closely.judge(livebench(qwq=qwq, o1=0.757, sonnet=0.59), ON)
    assert found.verdict is verdict
    assert found.value == pytest.approx(100 * (qwq - 0.757))


def test_without_a_shared_board_qwq_cannot_be_compared() -> None:
    """Sonnet's score does not stand in for o1's."""
    found = open_models.qwq_follows_o1_closely.judge(livebench(qwq=0.4, sonnet=0.59), ON)
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_the_successor_of_qwq_is_told_and_does_not_judge() -> None:
    """The claim names a fixed model: a later one that came closer stands beside it."""
    edition = {"benchmark_id": pl.lit("livebench-2025-04-02"), "benchmark": pl.lit("LiveBench 2025-04-02")}
    later = livebench(o1=0.72).with_columns(**edition)
    better = later.with_columns(role=pl.lit("later qwq"), title=pl.lit("QwQ Next"), score=pl.lit(0.71))
    rows = pl.concat([livebench(qwq=0.4, o1=0.757), later, better])
    found = open_models.qwq_follows_o1_closely.judge(rows, ON)
    assert found.verdict is ClaimVerdict.DID_NOT_HOLD
    assert "a later model: LiveBench 2025-04-02: QwQ Next 71.0\u00a0%" in found.text


@pytest.mark.parametrize(("days_before", "told"), [(730, False), (729, True)])
def test_a_follower_is_of_the_two_years_before_the_newest_model(days_before: int, told: bool) -> None:
    """An open model of 730 days before the newest closed one is too old to be called its follower."""
    newest = date(2026, 7, 1)
    models = pl.DataFrame(
        {
            "model_id": ["open", "first", "newest"],
            "title": ["open", "first", "newest"],
            "released_on": [newest - timedelta(days=days_before), date(2024, 1, 1), newest],
            "open_weights": [True, False, False],
            "value": [100.0, 100.0, 150.0],
            "low": [99.0, 99.0, 149.0],
            "high": [100.0, 101.0, 151.0],
            **{name: [value] * 3 for name, value in PROVENANCE.items()},
        },
        schema_overrides=dict.fromkeys(PROVENANCE, pl.String),
    )
    found = open_models.open_models_follow_closely.judge(models, ON)
    assert (found.value is not None) is told
    assert found.n == (3 if told else 0)


def test_the_ends_of_the_lag_are_those_of_the_open_models_index() -> None:
    """129 points +- 6, a point a month: closed models stood at 135 in December 2025, at 123 in 2024."""
    found = lag(129.0, 6.0)
    months = 365 / 12
    assert found.interval is not None
    assert found.interval.low == pytest.approx((date(2026, 6, 1) - date(2025, 12, 1)).days / months)
    assert found.interval.high == pytest.approx((date(2026, 6, 1) - date(2024, 12, 1)).days / months)
    assert found.text == (
        "On 1 June 2026 the best open model was Open (129.0 points); Closed-29 had come as far 12 months "
        "before."
    )


@pytest.mark.parametrize(
    ("qwq", "verdict"),
    [(0.70, ClaimVerdict.HELD), (0.699, ClaimVerdict.PARTLY), (0.601, ClaimVerdict.PARTLY), (0.599, None)],
)
def test_five_and_fifteen_points_behind_o1_are_the_bounds(qwq: float, verdict: ClaimVerdict | None) -> None:
    """Of o1's 75 %: from 70 % on close, from 60 % on near."""
    found = open_models.qwq_follows_o1_closely.judge(livebench(qwq=qwq, o1=0.75), ON)
    assert found.verdict is (verdict or ClaimVerdict.DID_NOT_HOLD)
    assert found.n == 2
