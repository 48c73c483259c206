"""Cron lines as cron reads them: Sunday is 0 and 7; of a day of the month and a weekday either will do."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Final

INTERVAL: Final = r"([1-9]\d{0,4})([mhdw])"
"""`90m`, `6h`, `1d`, `2w`."""

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS: Final = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_PART: Final = r"(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:/(\d{1,4}))?"
_LONGEST: Final = 200
_LEAP_YEAR: Final = 2028


class CronLineError(ValueError):
    """A text is no cron line; the message says which part of it is wrong."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()


_FIELDS: Final = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, ("", *_MONTHS)),
    _Field("weekday", 0, 7, (*_WEEKDAYS, "sun")),
)


@dataclass(frozen=True, slots=True)
class CronLine:
    """When a cron line runs: each field as all the values that it allows, in order.

    weekdays          0 (Sunday) to 6
    is_any_day, is_any_weekday   whether the field is free (`*`), so that only the other one counts
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    is_any_day: bool
    is_any_weekday: bool

    def weekday_names(self) -> str:
        """The weekdays by name, which all schedulers read alike."""
        return ",".join(_WEEKDAYS[day] for day in self.weekdays)


def read_cron_line(text: str) -> CronLine:
    """The five fields of a cron line; raises CronLineError where one of them is wrong."""
    parts = text.lower().split()
    if len(parts) != len(_FIELDS) or len(text) > _LONGEST:
        raise CronLineError("a cron line has five fields: minute, hour, day of the month, month, weekday")
    values = [_values(part, field) for part, field in zip(parts, _FIELDS, strict=True)]
    minutes, hours, days, months, weekdays = values
    if parts[4][0] == "*" and min(days) > max(monthrange(_LEAP_YEAR, month)[1] for month in months):
        raise CronLineError(f"the day of the month {parts[2]!r} never comes in the month {parts[3]!r}")
    whole = tuple(sorted({day % 7 for day in weekdays}))
    return CronLine(minutes, hours, days, months, whole, parts[2][0] == "*", parts[4][0] == "*")


def cadence_problem(text: str) -> str | None:
    """Why a text is no cadence, in words; None where it is an interval or a cron line."""
    if re.fullmatch(INTERVAL, text.strip()):
        return None
    try:
        read_cron_line(text)
    except CronLineError as error:
        return str(error)
    return None


def _values(text: str, field: _Field) -> tuple[int, ...]:
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(_PART, part)
        if match is None:
            raise CronLineError(f"{part!r} is no {field.name}")
        start, end, step = match.groups()
        if start == "*":
            first, last = field.least, field.most
        else:
            first = _value(start, field)
            last = _value(end, field) if end else (field.most if step else first)
        if field.name == "weekday" and end and last == 0 and first > 0:
            last = 7  # fri-sun
        if first > last or int(step or 1) < 1 or (start == "*" and end):
            raise CronLineError(f"{part!r} is no {field.name}")
        found.update(range(first, last + 1, int(step or 1)))
    return tuple(sorted(found))


def _value(text: str, field: _Field) -> int:
    if text in field.names:
        return field.names.index(text)
    if not text.isdecimal() or len(text) > 3 or not field.least <= int(text) <= field.most:
        raise CronLineError(f"{text!r} is no {field.name} ({field.least} to {field.most})")
    return int(text)
