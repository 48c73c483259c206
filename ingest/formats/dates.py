"""Dates as sources write them: a day, a month, a quarter or a year, with the precision kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from dateutil import parser as dateutil_parser

UNIX_SECONDS: Final = "unix"
UNIX_MILLISECONDS: Final = "unix_ms"
DECIMAL_YEAR: Final = "decimal_year"

_DAY: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_MONTH: Final = re.compile(r"^(\d{4})-(\d{1,2})$")
_QUARTER: Final = re.compile(r"^(\d{4})[- ]?Q([1-4])$", re.IGNORECASE)
_YEAR: Final = re.compile(r"^(\d{4})(?:\.0)?$")
_INSTANT: Final = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how exact it is: `day`, `month` (its first day; quarters too) or `year` (1 January)."""

    on: date
    precision: str


def read_date(text: str, formats: Sequence[str] = ()) -> Dated | None:
    """Read a date; None where the text is not one.

    Without formats: YYYY-MM-DD, YYYY-MM, YYYYQn, YYYY, and ISO instants (naive ones taken as UTC). Formats
    are those of `strptime`, or `unix`, `unix_ms`, `decimal_year` (2022.32 is April 2022); the first that
    fits wins. An instant is its UTC day.
    """
    stripped = text.strip()
    if not formats:
        return _read_iso(stripped)
    for form in formats:
        found = _read_as(stripped, form)
        if found is not None:
            return found
    return None


def precision_of(form: str) -> str:
    """What a `strptime` format says: a day, a month or a year."""
    if form in (UNIX_SECONDS, UNIX_MILLISECONDS) or re.search(r"%[dejxDFc]", form):
        return "day"
    return "month" if re.search(r"%[mbB]", form) else "year"


def utc_day(text: str) -> date | None:
    """The UTC day of an instant in nearly any notation; None where there is none or it is not plausible."""
    try:
        instant = dateutil_parser.parse(text)
    except (ValueError, OverflowError):
        return None
    aware = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
    return aware.astimezone(UTC).date()


def _read_as(text: str, form: str) -> Dated | None:
    try:
        if form in (UNIX_SECONDS, UNIX_MILLISECONDS):
            seconds = float(text) / (1000 if form == UNIX_MILLISECONDS else 1)
            return Dated(datetime.fromtimestamp(seconds, tz=UTC).date(), "day")
        if form == DECIMAL_YEAR:
            year = float(text)
            return Dated(date(int(year), int(year % 1 * 12) + 1, 1), "month")
        instant = datetime.strptime(text, form)  # noqa: DTZ007 - made aware below
    except (ValueError, OverflowError, OSError):
        return None
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return Dated(aware.astimezone(UTC).date(), precision_of(form))


def _read_iso(text: str) -> Dated | None:
    try:
        if match := _DAY.match(text):
            return Dated(date(*(int(part) for part in match.groups())), "day")
        if match := _MONTH.match(text):
            return Dated(date(int(match[1]), int(match[2]), 1), "month")
        if match := _QUARTER.match(text):
            return Dated(date(int(match[1]), 3 * int(match[2]) - 2, 1), "month")
        if match := _YEAR.match(text):
            return Dated(date(int(match[1]), 1, 1), "year")
    except ValueError:
        return None
    day = utc_day(text) if _INSTANT.match(text) else None
    return None if day is None else Dated(day, "day")
