"""How long a server may say that nothing has changed before it is asked for the whole file again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from store.cadence import CadenceError, interval_of, next_times

SEVERAL: Final = 5
"""So many cadences without a body are too many."""

AT_LEAST: Final = timedelta(days=7)
_SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


def patience(cadence: str) -> timedelta:
    """Several times the span from one refresh to the next, and at least a week."""
    interval = interval_of(cadence)
    if interval:
        return max(AT_LEAST, SEVERAL * interval)
    try:
        times = next_times(cadence, _SOME_DAY, 2)
    except CadenceError:
        return AT_LEAST
    return max(AT_LEAST, SEVERAL * (times[-1] - times[0])) if times else AT_LEAST
