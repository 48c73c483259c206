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


EVERY_MINUTE, EVERY_DAY = tuple(range(60)), tuple(range(1, 32))


@pytest.mark.parametrize(
    ("line", "minutes", "hours", "days", "months", "weekdays"),
    [
        (
            "* * * * *",
            EVERY_MINUTE,
            tuple(range(24)),
            EVERY_DAY,
            tuple(range(1, 13)),
            (0, 1, 2, 3, 4, 5, 6),
        ),
        ("0,59 0,23 1,31 1,12 0,7", (0, 59), (0, 23), (1, 31), (1, 12), (0,)),
        ("5-7 0-23/8 3-3 jan,dec 0-0", (5, 6, 7), (0, 8, 16), (3,), (1, 12), (0,)),
        ("*/25 5/9 */15 10/2 fri-sun", (0, 25, 50), (5, 14, 23), (1, 16, 31), (10, 12), (0, 5, 6)),
        ("059 007 01 01 07", (59,), (7,), (1,), (1,), (0,)),
        ("10,5,5 6 1 1 sun-mon", (5, 10), (6,), (1,), (1,), (0, 1)),
        ("1 1 1 1 4/3", (1,), (1,), (1,), (1,), (0, 4)),
        ("1 1 1 1 tue", (1,), (1,), (1,), (1,), (2,)),
    ],
)
def test_each_field_is_all_the_values_that_it_allows(
    line: str,
    minutes: tuple[int, ...],
    hours: tuple[int, ...],
    days: tuple[int, ...],
    months: tuple[int, ...],
    weekdays: tuple[int, ...],
) -> None:
    """From its least to its most, in order and each once; a step alone goes on to the end."""
    found = read_cron_line(line)
    assert (found.minutes, found.hours, found.days, found.months, found.weekdays) == (
        minutes,
        hours,
        days,
        months,
        weekdays,
    )


@pytest.mark.parametrize(
    ("line", "is_any_day", "is_any_weekday"),
    [
        ("0 6 * * *", True, True),
        ("0 6 */2 * *", True, True),
        ("0 6 1-31 * */2", False, True),
        ("0 6 * * 0-7", True, False),
        ("0 6 1 * mon", False, False),
    ],
)
def test_a_field_is_free_where_it_begins_with_a_star(
    line: str, is_any_day: bool, is_any_weekday: bool
) -> None:
    """As cron has it: what names all its days is not free, what takes every second one of all is."""
    found = read_cron_line(line)
    assert (found.is_any_day, found.is_any_weekday) == (is_any_day, is_any_weekday)


def test_weekdays_are_told_by_name() -> None:
    """Since schedulers number them in different ways."""
    assert read_cron_line("0 6 * * 0,3-4,sat").weekday_names() == "sun,wed,thu,sat"


@pytest.mark.parametrize("name", ["minute", "hour", "day of the month", "month", "weekday"])
def test_one_below_the_least_and_one_above_the_most_is_refused(name: str) -> None:
    """Also a number of four digits, a range that runs backwards, one of all values, and a step of none."""
    place = ("minute", "hour", "day of the month", "month", "weekday").index(name)
    least, most = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))[place]
    refused = ["0000", "0001", str(most + 1), "3-2", "*-5", "1/0", "x", "", "-1"]
    for value in [*refused, *(["0"] if least else [])]:
        parts = ["1", "1", "1", "1", "1"]
        parts[place] = value or ","
        with pytest.raises(CronLineError, match=f"is no {name}"):
            read_cron_line(" ".join(parts))
    with pytest.raises(CronLineError) as error:
        read_cron_line(" ".join("99" if at == place else "1" for at in range(5)))
    assert str(error.value) == f"'99' is no {name} ({least} to {most})"


@pytest.mark.parametrize(
    ("line", "comes"),
    [
        ("0 0 29 feb *", True),
        ("0 0 30 feb *", False),
        ("0 0 30 apr *", True),
        ("0 0 31 apr *", False),
        ("0 0 31 apr,may *", True),
        ("0 0 30,31 feb *", False),
        ("0 0 1,31 feb *", True),
        ("0 0 31 feb mon", True),
    ],
)
def test_a_day_that_no_month_has_never_comes(line: str, comes: bool) -> None:
    """Unless a weekday will do; the 29th of February comes every four years."""
    assert (cadence_problem(line) is None) is comes


def test_a_line_has_two_hundred_characters_at_most() -> None:
    """However few of them say something."""
    assert read_cron_line("* * * * *".ljust(200)) == read_cron_line("* * * * *")
    with pytest.raises(CronLineError, match="five fields"):
        read_cron_line("* * * * *".ljust(201))
