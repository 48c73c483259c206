"""Cron lines mean what cron takes them to mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.cadence import CadenceError, trigger_of
from store.cron_lines import CronLineError, cadence_problem, read_cron_line

SATURDAY = datetime(2026, 5, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("0 6 * * 1", "2026-06-01 06:00"),
        ("0 6 * * 0", "2026-05-31 06:00"),
        ("0 6 * * 7", "2026-05-31 06:00"),
        ("0 6 * * sun", "2026-05-31 06:00"),
        ("0 6 * * MON", "2026-06-01 06:00"),
        ("0 6 * * 1-5", "2026-06-01 06:00"),
        ("0 6 * * 6-7", "2026-05-31 06:00"),
        ("0 6 * * fri-sun", "2026-05-31 06:00"),
        ("0 6 * * 2,4", "2026-06-02 06:00"),
        ("17 */6 * * *", "2026-05-30 12:17"),
        ("0 0 1 jan *", "2027-01-01 00:00"),
        ("0 0 15 * 1", "2026-06-01 00:00"),
        ("5/20 12 * * *", "2026-05-30 12:05"),
    ],
)
def test_the_next_time_is_crons(line: str, first: str) -> None:
    """Weekdays count from Sunday, which is 0 and 7; a day of the month or a weekday will do."""
    found = trigger_of(line, jitter_seconds=0).get_next_fire_time(None, SATURDAY)
    assert found is not None
    assert found.strftime("%Y-%m-%d %H:%M") == first


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("0 25 * * *", "'25' is no hour (0 to 23)"),
        ("60 * * * *", "'60' is no minute"),
        ("0 6 * * 8", "'8' is no weekday (0 to 7)"),
        ("0 6 31-1 * *", "'31-1' is no day of the month"),
        ("0 6 * foo *", "'foo' is no month"),
        ("*/0 * * * *", "'*/0' is no minute"),
        ("0 6 * *", "five fields"),
        ("often", "five fields"),
        ("0h", "five fields"),
        ("0 6 31 2 *", "'31' never comes in the month '2'"),
        ("0 6 31 apr,jun *", "never comes"),
        ("@daily", "five fields"),
    ],
)
def test_what_is_no_cron_line_is_told_by_its_part(line: str, says: str) -> None:
    """The same words in a form, at the command and in a timer."""
    with pytest.raises(CronLineError) as error:
        read_cron_line(line)
    assert says in str(error.value)
    assert says in str(cadence_problem(line))
    with pytest.raises(CadenceError):
        trigger_of(line)


@pytest.mark.parametrize("interval", ["90m", "6h", "1d", "2w"])
def test_intervals_are_cadences(interval: str) -> None:
    """Minutes, hours, days, weeks; a form takes what a timer takes."""
    assert cadence_problem(interval) is None
    assert trigger_of(interval)
