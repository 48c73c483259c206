"""Dates as people and programs write them: read where only one day can be meant, else not at all.

A closed grammar and no guesses: a part that is not there is never filled in from today, and `06/05/2026` is
no date unless the order of day and month is declared. Numbers with dots between them begin with the day, as
they do wherever dates are written so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from ingest.formats.month_names import is_weekday, month_of

ORDERS: Final = ("dmy", "mdy", "ymd")
"""In which order a source writes day, month and year where the figures do not tell."""

LONGEST: Final = 100
"""Longer texts than this many characters are no dates."""

_OFFSET: Final = r"(?:gmt|utc|z)?[+\-−]\d{1,2}:?(?:\d\d)?"
_NAMED_ZONES: Final = {
    **dict.fromkeys(("z", "utc", "gmt", "ut"), 0),
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
    **{"cet": 1, "cest": 2, "eet": 2, "eest": 3, "jst": 9, "kst": 9},
}
_TIME: Final = (
    r"(?:,\s*|\s(?:at|um|à|a las)\s+)?(?<!\d)(\d{1,2})(?::|h(?=\d))(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    rf"\s*(a\.?m\.?|p\.?m\.?)?(?![\d:])\s*({_OFFSET}|[a-z]{{1,4}}(?![a-z]))?(?:\s*\([^()]*\))?"
)
_JOINED: Final = r"(?<=\d)t(?=\d\d:)"
_YEAR_FIRST: Final = r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})\.?"
_COMPACT: Final = r"((?:19|20)\d\d)(\d\d)(\d\d)"
_WEEK_DAY: Final = r"(\d{4})-?w(\d\d)-?([1-7])"
_CHINESE: Final = r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号일])?"
_NUMBERS: Final = r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)\.?"
_MONTH_FIRST: Final = r"(\d{1,2})[/.](\d{4})"
_QUARTER: Final = r"q([1-4])[ /-]?(?:cy ?)?(\d{4})|(?:cy ?)?(\d{4})[ /-]?q([1-4])"
"""A calendar year's: a fiscal one (FY2026 Q2) begins in a month that it does not say."""
_ORDINAL: Final = r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|°)(?![a-z0-9])"
_SMALL_WORDS: Final = frozenset({"of", "de", "del", "den", "der", "the", "le", "am", "on", "г", "року"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how exact it is: `day`, or the first day of a `month`, a `quarter` or a `year`."""

    on: date
    precision: str


@dataclass(frozen=True, slots=True)
class _Time:
    hour: int
    minute: int
    zone: timezone


def written_date(text: str, order: str | None = None) -> Dated | None:
    """The one date that a text can mean; None where it means none, or more than one.

    `order` (of ORDERS) says what numbers such as 06/05/2026 mean. An instant is its UTC day; a time without
    a zone is taken as UTC, and one with a zone that is not known makes the text no date.
    """
    if len(text) > LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = re.sub(_JOINED, " ", plain)
    found = re.search(_TIME, plain)
    if found is None:
        return _dated(plain, order)
    time = _time(found)
    day = _dated(" ".join(f"{plain[: found.start()]} {plain[found.end() :]}".split()), order)
    if time is None or day is None or day.precision != "day":
        return None
    instant = datetime(day.on.year, day.on.month, day.on.day, time.hour, time.minute, tzinfo=time.zone)
    try:
        return Dated(instant.astimezone(UTC).date(), "day")
    except OverflowError:
        return None


def is_ambiguous(text: str) -> bool:
    """Whether a text is a date once it is said whether the day or the month comes first."""
    return len({written_date(text, order) for order in ("dmy", "mdy")} - {None}) == 2


def _time(found: re.Match[str]) -> _Time | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone = _zone(found[5])
    return _Time(hour, minute, zone) if zone and hour <= 23 and minute <= 59 and second <= 60 else None


def _zone(said: str | None) -> timezone | None:
    if said is None:
        return UTC
    if said in _NAMED_ZONES:
        return timezone(timedelta(hours=_NAMED_ZONES[said]))
    offset = re.search(r"([+\-−])(\d{1,2}):?(\d\d)?$", said)
    if offset is None or int(offset[2]) > 15:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(span if offset[1] == "+" else -span)


def _dated(text: str, order: str | None) -> Dated | None:
    text = text.strip(" ,;|-–—()[]")
    try:
        return _numbered(text, order) or _worded(text)
    except ValueError:
        return None


def _numbered(text: str, order: str | None) -> Dated | None:
    """A date in figures; ValueError where they are none of the calendar's."""
    if found := re.fullmatch(_YEAR_FIRST, text):
        return Dated(date(int(found[1]), int(found[3]), int(found[4])), "day")
    if found := re.fullmatch(_COMPACT, text):
        return Dated(date(int(found[1]), int(found[2]), int(found[3])), "day")
    if found := re.fullmatch(_WEEK_DAY, text):
        return Dated(date.fromisocalendar(int(found[1]), int(found[2]), int(found[3])), "day")
    return _numbered_otherwise(text, order)


def _numbered_otherwise(text: str, order: str | None) -> Dated | None:
    if found := re.match(_CHINESE, text):
        rest = text[found.end() :].strip(" ()（）")
        is_whole = not rest or re.fullmatch(r"(?:星期|周|[월화수목금토일月火水木金土日]).{0,3}", rest)
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
        return Dated(day, "day" if found[3] else "month") if is_whole else None
    if found := re.fullmatch(_QUARTER, text):
        quarter, year = int(found[1] or found[4]), int(found[2] or found[3])
        return Dated(date(year, 3 * quarter - 2, 1), "quarter")
    if found := re.fullmatch(_MONTH_FIRST, text):
        return Dated(date(int(found[2]), int(found[1]), 1), "month")
    found = re.fullmatch(_NUMBERS, text)
    return _ordered(int(found[1]), found[2], int(found[3]), found[4], order) if found else None


def _ordered(first: int, mark: str, second: int, last: str, order: str | None) -> Dated | None:
    if len(last) == 2 and order is None:
        return None
    if order == "ymd":
        return Dated(date(2000 + first, second, int(last)), "day") if len(last) == 2 else None
    year = int(last) if len(last) == 4 else 2000 + int(last)
    if order is None and mark == ".":
        order = "dmy"
    if order is not None:
        day, month = (first, second) if order == "dmy" else (second, first)
        return Dated(date(year, month, day), "day")
    possible = {(day, month) for day, month in ((first, second), (second, first)) if 1 <= month <= 12}
    if len(possible) != 1:
        return None
    ((day, month),) = possible
    return Dated(date(year, month, day), "day")


def _worded(text: str) -> Dated | None:
    """`4 May 2026`, `May 4th, 2026`, `2026 May 4`, `4. Mai 2026`, `4 de mayo de 2026`, `May 2026`."""
    words = re.split(r"[\s,./_-]+", re.sub(_ORDINAL, r"\1", text).replace("'", " "))
    said = [word for word in words if word and word not in _SMALL_WORDS]
    if len(said) > 2 and is_weekday(said[0]) and not (month_of(said[0]) and len(said) == 3):
        said = said[1:]
    months = [at for at, word in enumerate(said) if month_of(word)]
    if len(months) != 1 or len(said) not in (2, 3):
        return None
    month = month_of(said.pop(months[0])) or 0
    years = [at for at, word in enumerate(said) if re.fullmatch(r"\d{4}", word)]
    if not years and len(said) == 2 and months[0] == 1 and all(re.fullmatch(r"\d\d?", word) for word in said):
        return _with_short_year(month, *said)
    if len(years) != 1:
        return None
    year = int(said.pop(years[0]))
    if not said:
        return Dated(date(year, month, 1), "month")
    return Dated(date(year, month, int(said[0])), "day") if re.fullmatch(r"\d{1,2}", said[0]) else None


def _with_short_year(month: int, day: str, year: str) -> Dated | None:
    """`4 May 26`, as RFC 822 has it: nobody writes the year before the month's name in two figures."""
    return Dated(date(2000 + int(year), month, int(day)), "day") if len(year) == 2 else None
