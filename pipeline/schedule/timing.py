"""When a source is due: by its cadence after a success, by a growing back-off after failures.

Pure: the past of a source and the instant come in, the next time goes out. So it may be asked again at any
time: after a start, a sleep, a jump of the clock, another cadence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

from store.cadence import next_times, trigger_of

FIRST_WAIT: Final = timedelta(minutes=10)
"""So long after a first failure a source is tried again; twice as long after each further one."""

LONGEST_WAIT: Final = timedelta(days=1)
"""The longest back-off, unless the cadence is shorter: a weekly source that failed is tried every day."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger knows of a source's runs; instants are aware UTC."""

    last_success_at: datetime | None = None
    last_run_at: datetime | None = None
    failures: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Self:
        """From a row of `Ledger.health`; of a source that has none, nothing."""
        if row is None:
            return cls()
        return cls(row["last_success_at"], row["last_run_at"], row["failures_in_a_row"])


def due_at(cadence: str, past: Past, now: datetime) -> datetime:
    """When a source is due next; not after `now` where that is at once.

    However many times were missed, one run makes up for them. What the clock says of the past is not
    believed where it lies ahead. Raises CadenceError.
    """
    if past.failures and past.last_run_at is not None:
        last = min(past.last_run_at, now)
        return last + min(back_off(past.failures), period(cadence, last))
    if past.last_success_at is None:
        return now
    last = min(past.last_success_at, now)
    return _after(cadence, last) or last + LONGEST_WAIT


def after_a_run(cadence: str, past: Past, now: datetime) -> datetime:
    """When a source is due that has just run: never at once, whatever came of it."""
    if past.failures:
        return max(due_at(cadence, past, now), now + min(FIRST_WAIT, period(cadence, now)))
    return _after(cadence, now) or now + LONGEST_WAIT


def back_off(failures: int) -> timedelta:
    """How long a source rests after so many failures in a row."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 10)))


def period(cadence: str, now: datetime) -> timedelta:
    """About the span from one run to the next; of a cron line the one after its next time."""
    times = next_times(cadence, now, 2)
    return times[1] - times[0] if len(times) == 2 else LONGEST_WAIT


def _after(cadence: str, last: datetime) -> datetime | None:
    found: datetime | None = trigger_of(cadence).get_next_fire_time(last, last)
    return found
