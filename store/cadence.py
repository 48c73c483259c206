"""How often a source is refreshed, as people write it: an interval or a cron line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from errors import ExpectedError
from store.cron_lines import INTERVAL, CronLine, CronLineError, read_cron_line

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
JITTER_SECONDS: Final = 120
"""So much later than its time a run may begin, so that many installations do not ask one server at once."""


class CadenceError(ExpectedError):
    """A cadence that is neither an interval nor a cron line."""


def interval_of(cadence: str) -> timedelta | None:
    """The span of an interval such as "6h"; None for a cron line, and for what is no cadence."""
    found = re.fullmatch(INTERVAL, cadence.strip())
    return timedelta(**{UNITS[found[2]]: int(found[1])}) if found else None


def trigger_of(cadence: str, jitter_seconds: int = JITTER_SECONDS) -> BaseTrigger:
    """The trigger of an interval ("90m", "6h", "1d", "2w") or a cron line in UTC ("17 */6 * * *").

    Raises CadenceError saying what would do.
    """
    from apscheduler.triggers.interval import IntervalTrigger

    interval = interval_of(cadence)
    if interval:
        return IntervalTrigger(seconds=int(interval.total_seconds()), timezone=UTC, jitter=jitter_seconds)
    try:
        return _cron_trigger(read_cron_line(cadence), jitter_seconds)
    except CronLineError as error:
        raise CadenceError(
            f"{cadence!r} is no cadence: write an interval such as 6h or 1d, or a cron line in UTC such as "
            f"'17 */6 * * *' ({error})"
        ) from error


def next_times(cadence: str, after: datetime, count: int) -> list[datetime]:
    """The next times of a cadence (aware UTC) without their spread; fewer where a cron line names no day.

    An interval counts from `after`. Raises CadenceError.
    """
    trigger = trigger_of(cadence, jitter_seconds=0)
    times: list[datetime] = []
    previous = after
    while len(times) < count:
        found: datetime | None = trigger.get_next_fire_time(previous, previous)
        if found is None:
            break
        times.append(found)
        previous = found
    return times


def _cron_trigger(line: CronLine, jitter_seconds: int) -> BaseTrigger:
    """The trigger of a cron line; APScheduler itself counts weekdays from Monday and asks for both days."""
    from apscheduler.triggers.combining import OrTrigger
    from apscheduler.triggers.cron import CronTrigger

    times = {
        "month": _listed(line.months),
        "hour": _listed(line.hours),
        "minute": _listed(line.minutes),
        "timezone": UTC,
        "jitter": jitter_seconds,
    }
    by_day = CronTrigger(day=_listed(line.days), **times)
    by_weekday = CronTrigger(day_of_week=line.weekday_names(), **times)
    if line.is_any_weekday:
        return by_day
    return by_weekday if line.is_any_day else OrTrigger([by_day, by_weekday])


def _listed(values: Iterable[int]) -> str:
    return ",".join(map(str, values))
