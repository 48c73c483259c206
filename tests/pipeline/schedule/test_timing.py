"""When a source is due, from its past alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.schedule.timing import FIRST_WAIT, LONGEST_WAIT, Past, after_a_run, due_at

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half an hour before clocks in Europe are put forward."""

SPREAD = timedelta(minutes=2)


def test_a_source_that_never_ran_is_due_at_once() -> None:
    """A newcomer gets fresh data soon."""
    assert due_at("1d", Past(), NOW) == NOW


@pytest.mark.parametrize("cadence", ["1h", "0 * * * *"])
def test_what_was_missed_many_times_is_made_up_for_once(cadence: str) -> None:
    """After a sleep of three days a source is due, and after its run it waits for its next regular time."""
    past = Past(NOW - timedelta(days=3), NOW - timedelta(days=3))
    assert due_at(cadence, past, NOW) <= NOW
    assert NOW < after_a_run(cadence, Past(NOW, NOW), NOW) <= NOW + timedelta(hours=1) + SPREAD


def test_a_cron_line_keeps_to_its_times_in_utc_over_the_change_of_clocks() -> None:
    """Neither an hour too many nor one too few on the night in which clocks are put forward."""
    due = due_at("0 3 * * *", Past(NOW, NOW), NOW)
    assert NOW.replace(hour=3, minute=0) <= due <= NOW.replace(hour=3, minute=0) + SPREAD


def test_many_installations_do_not_ask_one_server_in_the_same_second() -> None:
    """The times of a cron line are spread over two minutes."""
    assert len({due_at("0 3 * * *", Past(NOW, NOW), NOW) for _ in range(20)}) > 15


def test_a_weekly_source_that_failed_once_is_tried_again_within_minutes() -> None:
    """One moment without a network does not cost a week."""
    past = Past(NOW - timedelta(days=7), NOW, failures=1)
    assert after_a_run("7d", past, NOW) == NOW + FIRST_WAIT


def test_the_back_off_grows_to_a_day_and_never_beyond_the_cadence() -> None:
    """A dead address is asked once a day; an hourly source is never asked less often than it asks for."""
    waits = [due_at("7d", Past(None, NOW, failures), NOW) - NOW for failures in (1, 2, 3, 20)]
    assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, LONGEST_WAIT]
    assert due_at("1h", Past(None, NOW, 20), NOW) == NOW + timedelta(hours=1)


def test_a_past_that_lies_ahead_is_not_believed() -> None:
    """A clock that was put back by a year does not stop a source for a year."""
    ahead = NOW + timedelta(days=365)
    assert due_at("1d", Past(ahead, ahead), NOW) <= NOW + timedelta(days=1) + SPREAD
    assert due_at("1d", Past(None, ahead, 3), NOW) <= NOW + timedelta(days=1)
