"""Run-ups with both starts moved: from where each is read, and what cannot be told is left out."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.dotcom.likeness import Anchor, LikenessVerdict, likeness
from analysis.dotcom.moved_starts import held_at_each_start, moved_starts, run_ups, spliced

THEN, NOW = Anchor("then", date(2010, 7, 1)), Anchor("now", date(2020, 7, 1))


def closes(first: date, days: int, growth_a_day: float, start: float = 100.0) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "valid_on": [first + timedelta(days=at) for at in range(days)],
            "value": [start * (1 + growth_a_day) ** at for at in range(days)],
        }
    )


def test_both_starts_move_together_and_are_read_after_as_many_days() -> None:
    """With steady growth a run-up depends on the days alone: thirteen starts, each a month earlier."""
    series = pl.concat([closes(date(2010, 1, 1), 1200, 0.001), closes(date(2020, 1, 1), 800, 0.002)])
    found = run_ups(moved_starts(series, THEN, NOW))
    last = date(2020, 1, 1) + timedelta(days=799)
    starts = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(13)]
    assert found["months"].to_list() == list(range(-6, 7))
    assert found["days"].to_list() == [(last - start).days for start in starts]
    for row in found.iter_rows(named=True):
        assert row["then"] == pytest.approx(1.001 ** row["days"])
        assert row["now"] == pytest.approx(1.002 ** row["days"])


def test_a_start_before_the_series_is_left_out() -> None:
    """Where the earlier series begins after the moved start there is no multiple."""
    series = pl.concat([closes(date(2010, 4, 1), 1200, 0.001), closes(date(2020, 1, 1), 800, 0.002)])
    assert run_ups(moved_starts(series, THEN, NOW))["months"].to_list() == list(range(-3, 7))


def test_two_series_meet_two_months_before_the_earliest_moved_start() -> None:
    """The later one begins eight months before its anchor, that day included; the earlier ends before."""
    seam = date(2019, 11, 1)
    joined = spliced(closes(date(2019, 10, 1), 90, 0.0, 1.0), closes(date(2019, 10, 1), 90, 0.0, 2.0), NOW)
    assert joined.filter(pl.col("valid_on") < seam)["value"].unique().to_list() == [1.0]
    assert joined.filter(pl.col("valid_on") >= seam)["value"].unique().to_list() == [2.0]
    assert joined.height == 90


@pytest.mark.parametrize(
    ("growth_now", "verdict"),
    [
        (0.001, LikenessVerdict.ALIKE),
        (0.0016, LikenessVerdict.DEPENDS_ON_START),
        (0.004, LikenessVerdict.LARGER_NOW),
    ],
)
def test_a_verdict_that_changes_with_the_start_depends_on_it(
    growth_now: float, verdict: LikenessVerdict
) -> None:
    """Growth of 0.16 % against 0.1 % a day is alike from late starts and not from early ones."""
    series = pl.concat([closes(date(2010, 1, 1), 1200, 0.001), closes(date(2020, 1, 1), 610, growth_now)])
    chosen = likeness(series, THEN, NOW)
    held = held_at_each_start(chosen, moved_starts(series, THEN, NOW))
    assert held.rows[0].verdict is verdict
    assert (held.rows[0].then, held.rows[0].now) == (chosen.rows[0].then, chosen.rows[0].now)


def test_starts_that_cannot_be_told_say_nothing_against_a_verdict() -> None:
    """A series that begins at the chosen start has no multiple from earlier ones: the verdict stays."""
    series = pl.concat([closes(THEN.starts_on, 1200, 0.001), closes(date(2020, 1, 1), 800, 0.004)])
    held = held_at_each_start(likeness(series, THEN, NOW), moved_starts(series, THEN, NOW))
    assert held.rows[0].verdict is LikenessVerdict.LARGER_NOW
    assert held.rows[-1].verdict is LikenessVerdict.CANNOT_BE_TOLD
