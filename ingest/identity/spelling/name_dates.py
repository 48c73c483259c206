"""Dates inside model names: every form the makers and the leaderboards use, with the readings each allows.

`0806`, `2024-08-06`, `2024-0806`, `20240806`, `08-2024`, `2408`, `240806`, `24.08`, `Aug '24`, `August 2024`,
`8/24` are dates of differing precision, and some can be read in two ways (`08-24` is a day or a month of a
year). A reading is only ever used to choose among versions that are known to exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_YEAR: Final = 2019
LAST_YEAR: Final = 2035

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}

_SINGLE_TOKENS: Final = tuple(
    (re.compile(pattern), orders)
    for pattern, orders in (
        (r"(20\d\d)(\d\d)(\d\d)", ("ymd",)),
        (r"(2[3-9])(\d\d)(\d\d)", ("ymd",)),
        (r"(20\d\d)(0[1-9]|1[0-2])", ("ym",)),
        (r"v?(2[3-9])\.?(0[1-9]|1[0-2])", ("ym",)),
        (r"v?(0[1-9]|1[0-2])(\d\d)", ("md", "my")),
        (r"(\d{1,2})/(\d{1,4})", ("md", "my", "ym")),
    )
)
"""Dates in one word, with the orders in which year, month and day may stand in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a date in a name; what the name does not say is None."""

    year: int | None
    month: int
    day: int | None

    def agrees_with(self, other: Reading) -> bool:
        """Whether both say the same wherever both say something, and both say more than a month."""
        pairs = ((self.year, other.year), (self.day, other.day))
        both_say = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
        return self.month == other.month and bool(both_say) and all(a == b for a, b in both_say)


@dataclass(frozen=True, slots=True)
class NameDate:
    """A date found in a name: how it is written in our own form, and how it can be read."""

    label: str
    readings: tuple[Reading, ...]

    def agrees_with(self, other: NameDate) -> bool:
        """Whether some reading of the one agrees with some reading of the other."""
        return any(mine.agrees_with(theirs) for mine in self.readings for theirs in other.readings)

    def whole(self) -> date | None:
        """The calendar day, where the name says year, month and day."""
        for reading in self.readings:
            if reading.year is not None and reading.day is not None:
                return date(reading.year, reading.month, reading.day)
        return None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date that stands at tokens[start:stop] of a name."""

    start: int
    stop: int
    found: NameDate


def date_of(day: date) -> NameDate:
    """The date of a calendar day."""
    return NameDate(day.isoformat(), (Reading(day.year, day.month, day.day),))


def find_date(tokens: Sequence[str]) -> DateSpan | None:
    """The last date among the tokens of a name, or None; the first token is never a date."""
    for start in range(len(tokens) - 1, 0, -1):
        if not any(sign.isdigit() for sign in tokens[start]):
            continue
        for width in (3, 2, 1):
            if start + 1 - width < 1:
                continue
            first = start + 1 - width
            readings = _readings(tokens[first : start + 1])
            if readings:
                label = _label(tokens[first : start + 1], readings)
                return DateSpan(first, start + 1, NameDate(label, readings))
    return None


def _label(tokens: Sequence[str], readings: tuple[Reading, ...]) -> str:
    first = readings[0]
    if len(readings) == 1 and first.year is not None:
        if first.day is not None:
            return f"{first.year}-{first.month:02d}-{first.day:02d}"
        return f"{first.year}-{first.month:02d}"
    return "-".join(token.removeprefix("v") for token in tokens)


def _readings(tokens: Sequence[str]) -> tuple[Reading, ...]:
    if len(tokens) == 3:
        return _three(*tokens)
    if len(tokens) == 2:
        return _two(*tokens)
    return _one(tokens[0])


def _three(first: str, second: str, third: str) -> tuple[Reading, ...]:
    if re.fullmatch(r"20\d\d", first) and _short(second) and _short(third):
        return _valid((int(first), int(second), int(third)))
    if re.fullmatch(r"20\d\d", third) and _padded(first) and _padded(second):
        return _valid((int(third), int(first), int(second)))
    if all(_padded(token) for token in (first, second, third)) and 23 <= int(first) <= 35:
        return _valid((2000 + int(first), int(second), int(third)))
    if first in _MONTHS and _short(second) and re.fullmatch(r"20\d\d", third):
        return _valid((int(third), _MONTHS[first], int(second)))
    return ()


def _two(first: str, second: str) -> tuple[Reading, ...]:
    if first in _MONTHS and re.fullmatch(r"'?(20)?\d\d", second):
        return _valid((_year(second.lstrip("'")), _MONTHS[first], None))
    if _padded(first) and re.fullmatch(r"20\d\d", second):
        return _valid((int(second), int(first), None))
    if re.fullmatch(r"20\d\d", first) and _padded(second):
        return _valid((int(first), int(second), None))
    if re.fullmatch(r"20\d\d", first) and re.fullmatch(r"\d{4}", second):
        return _valid((int(first), int(second[:2]), int(second[2:])))
    if _padded(first) and _padded(second):
        return _valid(
            (None, int(first), int(second)),
            (_year(second), int(first), None),
            (_year(first), int(second), None),
        )
    return ()


def _one(token: str) -> tuple[Reading, ...]:
    for pattern, fields in _SINGLE_TOKENS:
        match = pattern.fullmatch(token)
        if match:
            return _valid(*(_fields(match.groups(), order) for order in fields))
    return ()


def _fields(parts: Sequence[str], order: str) -> tuple[int | None, int, int | None]:
    """The parts of a date in the order that the letters y, m, d say."""
    said = dict(zip(order, parts, strict=True))
    year, day = said.get("y"), said.get("d")
    return (_year(year) if year else None, int(said["m"]), int(day) if day else None)


def _short(token: str) -> bool:
    return len(token) < 3 and token.isdecimal()


def _padded(token: str) -> bool:
    return len(token) == 2 and token.isdecimal()


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _valid(*candidates: tuple[int | None, int, int | None]) -> tuple[Reading, ...]:
    return tuple(
        Reading(year, month, day)
        for year, month, day in candidates
        if 1 <= month <= 12
        and (day is None or 1 <= day <= 31)
        and (year is None or FIRST_YEAR <= year <= LAST_YEAR)
        and (year is None or day is None or _exists(year, month, day))
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
