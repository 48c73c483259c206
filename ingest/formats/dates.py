"""Dates as sources write them: a day, a month, a quarter or a year, with the precision kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ingest.formats.written_dates import Dated, written_date

UNIX_SECONDS: Final = "unix"
UNIX_MILLISECONDS: Final = "unix_ms"
DECIMAL_YEAR: Final = "decimal_year"
EXCEL: Final = {"excel": date(1899, 12, 30), "excel_1904": date(1904, 1, 1)}
"""Days as spreadsheets count them, by the day that is nought; a book says which of the two it uses.

A cell whose number format says that it is a date comes as a date already. Only a form can say it of a bare
number: 45000 may as well be a price.
"""

_FIRST_SURE_SERIAL: Final = 61
"""Excel counts a 29 February 1900 that never was: days up to it are one off."""

_DAY: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_MONTH: Final = re.compile(r"^(\d{4})-(\d{1,2})$")
_QUARTER: Final = re.compile(r"^(\d{4})[- ]?Q([1-4])$", re.IGNORECASE)
_YEAR: Final = re.compile(r"^(\d{4})(?:\.0)?$")


def read_date(text: str, formats: Sequence[str] = (), order: str | None = None) -> Dated | None:
    """Read a date; None where the text is not one.

    Without formats: YYYY-MM-DD, YYYY-MM, YYYYQn, YYYY, instants (naive ones taken as UTC) and what
    `written_date` reads, with its `order`. Formats are those of `strptime`, or `unix`, `unix_ms`,
    `decimal_year` (2022.32 is April 2022), `excel` or `excel_1904` (45000 is 15 March 2023); the first that
    fits wins. An instant is its UTC day.
    """
    stripped = text.strip()
    if not formats:
        return _read_iso(stripped, order)
    for form in formats:
        found = _read_as(stripped, form)
        if found is not None:
            return found
    return None


def precision_of(form: str) -> str:
    """What a `strptime` format says: a day, a month or a year."""
    if form in (UNIX_SECONDS, UNIX_MILLISECONDS, *EXCEL) or re.search(r"%[dejxDFc]", form):
        return "day"
    return "month" if re.search(r"%[mbB]", form) else "year"


def utc_day(text: str, order: str | None = None) -> date | None:
    """The UTC day that a text names; None where it names none, more than one, or only a month or year."""
    found = written_date(text, order)
    return found.on if found is not None and found.precision == "day" else None


def _read_as(text: str, form: str) -> Dated | None:
    try:
        if form in (UNIX_SECONDS, UNIX_MILLISECONDS):
            seconds = float(text) / (1000 if form == UNIX_MILLISECONDS else 1)
            return Dated(datetime.fromtimestamp(seconds, tz=UTC).date(), "day")
        if form in EXCEL:
            serial = float(text)
            return None if serial < _FIRST_SURE_SERIAL else Dated(EXCEL[form] + timedelta(int(serial)), "day")
        if form == DECIMAL_YEAR:
            year = float(text)
            return Dated(date(int(year), int(year % 1 * 12) + 1, 1), "month")
        instant = datetime.strptime(text, form)  # noqa: DTZ007 - made aware below
        aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
        return Dated(aware.astimezone(UTC).date(), precision_of(form))
    except (ValueError, OverflowError, OSError):
        return None


def _read_iso(text: str, order: str | None) -> Dated | None:
    try:
        if match := _DAY.match(text):
            return Dated(date(*(int(part) for part in match.groups())), "day")
        if match := _MONTH.match(text):
            return Dated(date(int(match[1]), int(match[2]), 1), "month")
        if match := _QUARTER.match(text):
            return Dated(date(int(match[1]), 3 * int(match[2]) - 2, 1), "quarter")
        if match := _YEAR.match(text):
            return Dated(date(int(match[1]), 1, 1), "year")
    except ValueError:
        return None
    return written_date(text, order)
