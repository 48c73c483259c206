"""What the track record must be: no knowledge of the future, every claim judged by what followed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.results import Estimate, Interval, Reading
from analysis.trends.backtest import Outcome, TrackRecord, claim_holds, month_ends, track_record
from analysis.trends.trend import frontier_trend
from analysis.trends.verdicts import TrendVerdict

AS_OF = date(2024, 12, 31)


def world(slope_after_2023: float, n: int = 400, seed: int = 0) -> pl.DataFrame:
    """Models of 2020 to 2024: 14 points a year up to the end of 2022, then `slope_after_2023`."""
    generator = np.random.default_rng(seed)
    days = np.sort(generator.integers(0, 1826, n))
    since = days / 365.0 - 3.0
    frontier = 100.0 + np.where(since < 0, 14.0, slope_after_2023) * since
    return pl.DataFrame(
        {
            "model_id": [f"model-{i}" for i in range(n)],
            "organization": [f"maker-{i % 9}" for i in range(n)],
            "released_on": [date(2020, 1, 1) + timedelta(days=int(day)) for day in days],
            "value": frontier - generator.exponential(3.0, n),
        }
    )


@pytest.fixture(scope="module")
def steady() -> TrackRecord:
    """The track record of a world that goes on at its pace."""
    return track_record(world(14.0), AS_OF, draws=40, worlds=0)


def test_month_ends_are_the_last_days() -> None:
    """Every month's last day from first to last, leap years included."""
    found = month_ends(date(2023, 12, 31), date(2024, 3, 30))
    assert found == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]


def test_each_row_is_the_verdict_of_its_day(steady: TrackRecord) -> None:
    """A row holds what `frontier_trend` says from the models released by then, and nothing newer."""
    models, row = world(14.0), steady.rows[0]
    then = frontier_trend(models.filter(pl.col("released_on") <= row.as_of), row.as_of, draws=40)
    assert then.slopes is not None
    assert (row.as_of, row.verdict, row.recent) == (date(2023, 6, 30), then.verdict, then.slopes.recent)
    assert row.reading is Reading.RELEASED


def test_a_year_that_is_not_over_is_open(steady: TrackRecord) -> None:
    """The last twelve month ends have no outcome yet."""
    assert [row.outcome is Outcome.NOT_YET for row in steady.rows[-12:]] == [True] * 12
    assert all(row.next_slope is None and row.interval_held is None for row in steady.rows[-12:])
    assert steady.rows[0].outcome is not Outcome.NOT_YET


def test_a_steady_world_gives_hits(steady: TrackRecord) -> None:
    """Where growth goes on at its pace, what the verdicts let expect comes true."""
    assert steady.count(Outcome.HIT) >= 5
    assert steady.count(Outcome.MISS) <= 1
    assert steady.count(Outcome.HIT) == sum(steady.count(Outcome.HIT, verdict) for verdict in TrendVerdict)


def test_a_stop_that_nobody_foresaw_is_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A steady verdict of 2023-06 whose next year stands still is shown as a miss."""
    monkeypatch.setattr("analysis.trends.backtest.month_ends", lambda first, _: [first])  # others take long
    models = world(14.0)
    late = (pl.col("released_on") - date(2023, 6, 30)).dt.total_days() / 365.0
    stopped = models.with_columns(
        pl.when(late > 0).then(pl.col("value") - 14.0 * late).otherwise("value").alias("value")
    )
    row = track_record(stopped, date(2024, 6, 30), draws=40, worlds=0).rows[0]
    assert row.stop_noticed is None
    assert row.verdict is TrendVerdict.STEADY
    assert row.outcome is Outcome.MISS
    assert row.interval_held is False


def test_a_row_has_the_power_of_its_test() -> None:
    """With models enough a stop of a year would have been noticed, and the row says how surely."""
    (row,) = track_record(world(14.0), date(2023, 6, 30), draws=20, worlds=40).rows
    assert row.stop_noticed is not None
    assert row.stop_noticed > 0.5


def test_a_row_says_when_it_rests_on_what_was_known() -> None:
    """Where the archive reaches back, the frame of that day is used and the reading is known."""
    day = date(2023, 9, 30)
    seen = world(0.0, seed=5).filter(pl.col("released_on") <= day)
    record = track_record(world(14.0), day, known={day: seen}, draws=40, worlds=0)
    rows = {row.as_of: row for row in record.rows}
    then = frontier_trend(seen, day, draws=40)
    assert then.slopes is not None
    assert rows[day].reading is Reading.KNOWN
    assert rows[day].recent == then.slopes.recent
    assert rows[date(2023, 8, 31)].reading is Reading.RELEASED


def test_days_asked_for_stand_in_their_place() -> None:
    """A date of interest is one more row, in order, and a future one is none."""
    article = date(2024, 12, 20)
    record = track_record(world(14.0, n=30), AS_OF, also=(article, date(2030, 1, 1)), draws=20, worlds=0)
    days = [row.as_of for row in record.rows]
    assert days == sorted(days)
    assert article in days
    assert days[-1] == AS_OF


def test_nothing_is_claimed_without_models() -> None:
    """A series of five models makes no claim, and none is counted."""
    record = track_record(world(14.0).head(5), AS_OF, draws=20, worlds=0)
    assert {row.outcome for row in record.rows} == {Outcome.NO_CLAIM}


def test_a_verdict_that_distinguishes_nothing_is_no_claim() -> None:
    """Slopes that were fitted but told nothing are neither hit nor miss, whatever followed."""
    scattered = world(14.0, n=400).with_columns(
        value=pl.col("value") + pl.Series(np.random.default_rng(1).normal(0, 150.0, 400))
    )
    rows = [
        row
        for row in track_record(scattered, AS_OF, draws=40, worlds=0).rows
        if row.verdict is TrendVerdict.NOT_DISTINGUISHABLE and row.recent is not None
    ]
    assert any(row.next_slope is not None for row in rows)
    assert {row.outcome for row in rows} == {Outcome.NO_CLAIM}


@pytest.mark.parametrize(
    ("verdict", "following", "holds"),
    [
        (TrendVerdict.PLATEAU, 4.0, True),
        (TrendVerdict.PLATEAU, 5.0, False),
        (TrendVerdict.SLOWING, 13.0, True),
        (TrendVerdict.SLOWING, 15.0, False),
        (TrendVerdict.ACCELERATING, 15.0, True),
        (TrendVerdict.ACCELERATING, 13.0, False),
        (TrendVerdict.STEADY, 6.0, True),
        (TrendVerdict.STEADY, 4.0, False),
        (TrendVerdict.STEADY, 21.0, False),
        (TrendVerdict.CLIMBING, 3.0, True),
        (TrendVerdict.CLIMBING, 1.0, False),
    ],
)
def test_a_claim_is_judged_by_the_next_slope(verdict: TrendVerdict, following: float, holds: bool) -> None:
    """Recent slope 10, earlier 14: what each verdict lets expect of the next year."""
    slope = Estimate(following, Interval(following - 2.0, following + 2.0))
    assert claim_holds(verdict, 10.0, 14.0, slope) is holds
