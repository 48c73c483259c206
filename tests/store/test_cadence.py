"""The cadence: what people may write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.base import BaseTrigger

from ingest.registry import load_sources
from store.cadence import CadenceError, interval_of, next_times, trigger_of

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("cadence", ["90m", "6h", "1d", "2w", "17 */6 * * *", "0 4 * * mon"])
def test_intervals_and_cron_lines_are_cadences(cadence: str) -> None:
    """Both forms give a next time."""
    assert trigger_of(cadence).get_next_fire_time(None, NOW) > NOW


@pytest.mark.parametrize("cadence", ["", "daily", "0h", "6 hours", "99 * * * *"])
def test_anything_else_is_refused_with_an_example(cadence: str) -> None:
    """The message shows what would do."""
    with pytest.raises(CadenceError, match="6h"):
        trigger_of(cadence)


def test_every_source_has_a_cadence() -> None:
    """No source of ours can break the schedule."""
    for item in load_sources().sources.values():
        assert trigger_of(item.cadence)


@pytest.mark.parametrize(
    ("cadence", "span"),
    [
        ("90m", timedelta(minutes=90)),
        (" 6h ", timedelta(hours=6)),
        ("2w", timedelta(weeks=2)),
        ("17 */6 * * *", None),
        ("daily", None),
    ],
)
def test_only_an_interval_has_a_span(cadence: str, span: timedelta | None) -> None:
    """A cron line has none, since its times need not lie evenly; nor has what is no cadence."""
    assert interval_of(cadence) == span


@pytest.mark.parametrize(
    ("cadence", "hours"),
    [
        ("90m", [1.5, 3, 4.5]),
        ("1d", [24, 48, 72]),
        ("0 */6 * * *", [6, 12, 18]),
        ("30 12 * * *", [0.5, 24.5, 48.5]),
    ],
)
def test_the_next_times_follow_each_other_without_their_spread(cadence: str, hours: list[float]) -> None:
    """An interval counts from the instant that was asked of, a cron line goes by the clock in UTC."""
    assert next_times(cadence, NOW, 3) == [NOW + timedelta(hours=number) for number in hours]
    assert next_times(cadence, NOW, 0) == []


def test_a_run_begins_within_two_minutes_of_its_time() -> None:
    """Not before it, and not at the same second everywhere."""
    for cadence in ("6h", "0 18 * * *"):
        times = {trigger_of(cadence).get_next_fire_time(NOW, NOW) for _ in range(40)}
        late = [(time - NOW - timedelta(hours=6)).total_seconds() for time in times]
        assert 0 <= min(late) < max(late) <= 120


@pytest.mark.parametrize("cadence", ["6h", "0 18 * * *", "0 18 * * mon"])
def test_the_spread_is_two_minutes_or_what_was_asked_for(cadence: str) -> None:
    """Intervals and cron lines alike."""
    assert vars_of(trigger_of(cadence))["jitter"] == 120
    assert vars_of(trigger_of(cadence, 7))["jitter"] == 7


def vars_of(trigger: BaseTrigger) -> dict[str, object]:
    """What APScheduler would write down of a trigger."""
    state: dict[str, object] = trigger.__getstate__()  # type: ignore[no-untyped-call, unused-ignore]
    return state


def test_of_a_day_of_the_month_and_a_weekday_either_begins_a_run() -> None:
    """As with cron: the 15th, and every Monday; a free weekday leaves the day, a free day the weekday."""
    start = datetime(2026, 6, 9, tzinfo=UTC)  # a Tuesday
    for line, days in (
        ("0 6 15 * wed", [10, 15, 17]),
        ("0 6 12,20 * *", [12, 20]),
        ("0 6 * * wed", [10, 17]),
    ):
        assert [time.day for time in next_times(line, start, len(days))] == days


def test_a_cron_line_that_never_comes_again_has_fewer_times() -> None:
    """The count is the most that is given."""
    assert [time.year for time in next_times("0 0 29 feb *", NOW, 2)] == [2028, 2032]


def test_what_is_refused_is_told_with_its_reason() -> None:
    """The text itself, both forms, and which part is wrong."""
    with pytest.raises(CadenceError) as error:
        trigger_of("0 25 * * *")
    assert str(error.value) == (
        "'0 25 * * *' is no cadence: write an interval such as 6h or 1d, or a cron line in UTC such as "
        "'17 */6 * * *' ('25' is no hour (0 to 23))"
    )
