"""How often a source is refreshed, as people write it: an interval or a cron line."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Final

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from errors import ExpectedError

UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
JITTER_SECONDS: Final = 120
"""Spread of the times of an interval, so that many installations do not ask one server at once."""


class CadenceError(ExpectedError):
    """A cadence that is neither an interval nor a cron line."""


def trigger_of(cadence: str) -> BaseTrigger:
    """The trigger of an interval ("90m", "6h", "1d", "2w") or a cron line in UTC ("17 */6 * * *").

    Raises CadenceError saying what would do.
    """
    interval = re.fullmatch(r"([1-9]\d*)([mhdw])", cadence.strip())
    if interval:
        span = {UNITS[interval[2]]: int(interval[1])}
        return IntervalTrigger(**span, timezone=UTC, jitter=JITTER_SECONDS)
    try:
        return CronTrigger.from_crontab(cadence, timezone=UTC)
    except ValueError as error:
        raise CadenceError(
            f"{cadence!r} is no cadence: write an interval such as 6h or 1d, or a cron line in UTC such as "
            f"'17 */6 * * *' ({error})"
        ) from error
