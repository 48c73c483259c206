"""What a heading of a change log means: a day, a month, a year, a version, or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.formats.dates import read_date
from ingest.formats.month_names import month_of
from ingest.formats.prose import Block
from ingest.formats.written_dates import Dated

_NUMBER: Final = r"v?\.?\d+(?:\.\d+)+(?:[-+.]?[A-Za-z0-9]+)*"
_ALONE: Final = re.compile(
    rf"(?:(?:version|release|rel\.?|ver\.?)\s+)?(?:[\w./-]+@|[a-z][\w-]*-(?=v\d))?{_NUMBER}",
    re.IGNORECASE,
)
_WHOLE_NUMBER: Final = re.compile(r"(?:version|release)\s+v?\d+|v\d+", re.IGNORECASE)
_HOLDS_NUMBER: Final = re.compile(r"(?<![\w.-])(?:v\d+(?:\.\d+)*|\d+\.\d+\.\d+)", re.IGNORECASE)
"""Not "4.6" alone, which beside a date is a model's as often as a version of software."""
_BESIDE: Final = re.compile(
    r"\s+[-–—/|•·@]+\s+|\s*:\s+|,\s+(?=\d{4}-)|\s+(?:released\s+)?on\s+|\s+released\s+", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(r"^(?P<rest>[^()]*?)\s*\((?P<inner>[^()]*)\)\s*(?P<tail>\S.*)?$")
_DAY_AT_END: Final = re.compile(r"^(?P<rest>.*?)[\s,]+(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})$")
_DAY_AT_START: Final = re.compile(r"^(?P<day>\d{4}-\d{2}-\d{2})[\s,]+(?P<rest>.*)$")
_STATE: Final = re.compile(
    r"\s*[\[(](?:yanked|latest|current|lts|pre-?release|stable)[\])]\s*$", re.IGNORECASE
)
_MARKS: Final = " \t[]*_`#¶:.-–—"
_UNDER_YEAR: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([^\W\d_]{3,12})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says. Nothing at all where all is None and it is no version."""

    is_version: bool = False
    dated: Dated | None = None
    year: int | None = None

    @property
    def is_none(self) -> bool:
        """Whether it is neither a date nor a version."""
        return not self.is_version and self.dated is None and self.year is None


def meaning_of(
    heading: str, order: str | None = None, year: int | None = None, month: Dated | None = None
) -> Meaning:
    """What a heading means, below a heading that names a year or a month, if it stands below one.

    Dates are read as `read_date` does, with `order` for those in figures.
    """
    text = _unbracketed(" ".join(heading.split()))
    alone = _date(text, order)
    if alone is not None:
        return Meaning(year=alone.on.year) if alone.precision == "year" else Meaning(dated=alone)
    below = _below(text, year, month)
    if below is not None:
        return Meaning(dated=below)
    if _ALONE.fullmatch(text) or _WHOLE_NUMBER.fullmatch(text):
        return Meaning(is_version=True)
    for date_part, rest in _splits(text):
        found = _date(date_part, order)
        if found is not None and found.precision != "year":
            return Meaning(is_version=_is_version(rest), dated=found)
    return Meaning()


def months_by_order(
    headings: Sequence[tuple[int, Block]], order: str | None = None, as_of: date | None = None
) -> dict[int, Dated]:
    """The months that stand without a year above months with one, newest first, by the heading's position.

    `September` over `August` over `December 2025` are those of 2026: a list that goes on upwards with a later
    month has one year only to give. Nothing is told of a month that would lie after `as_of`.
    """
    told: dict[int, Dated] = {}
    below: dict[int, date] = {}
    for at, heading in reversed(headings):
        dated = meaning_of(heading.text, order).dated
        number = month_of(heading.text.strip(_MARKS)) if dated is None else None
        if dated is not None:
            below[heading.level] = dated.on.replace(day=1)
        elif number is not None and heading.level in below:
            last = below.pop(heading.level)
            month = date(last.year + (number < last.month), number, 1)
            if month > last and (as_of is None or month <= as_of):
                told[at] = Dated(month, "month")
                below[heading.level] = month
    return told


def looks_dated(heading: str) -> bool:
    """Whether a heading that means nothing seems to hold a date, or a month, which then must be told."""
    if month_of(heading.strip(_MARKS)) is not None:
        return True
    has_year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", heading) is not None
    return has_year and (
        re.search(r"\d{1,2}\s?[-/.]\s?\d{1,2}", heading) is not None
        or any(month_of(word) for word in re.findall(r"[^\W\d_]{3,}", heading))
    )


def _unbracketed(text: str) -> str:
    """`[1.2.0] - 2026-05-04` and `[1.2.0][link]` without their brackets."""
    text = _STATE.sub("", text)
    text = re.sub(r"^\[([^\[\]]+)\](?:\[[^\[\]]*\]|\([^()\s]*\))?", r"\1", text)
    return text.strip(_MARKS)


def _date(text: str, order: str | None) -> Dated | None:
    return read_date(text.strip(_MARKS).strip("()"), order=order)


def _is_version(text: str) -> bool:
    plain = text.strip(_MARKS).strip("()")
    return _ALONE.fullmatch(plain) is not None or _HOLDS_NUMBER.search(plain) is not None


def _splits(text: str) -> list[tuple[str, str]]:
    """The ways to take a heading apart into what may be a date and the rest, the likeliest first."""
    found: list[tuple[str, str]] = []
    bracketed = _IN_BRACKETS.match(text)
    if bracketed:
        rest = f"{bracketed['rest']} {bracketed['tail'] or ''}".strip()
        found += [(bracketed["inner"], rest), (rest, bracketed["inner"])]
    for pattern in (_DAY_AT_END, _DAY_AT_START):
        at_side = pattern.match(text)
        if at_side:
            found.append((at_side["day"], at_side["rest"]))
    for mark in _BESIDE.finditer(text):
        before, behind = text[: mark.start()], text[mark.end() :]
        found += [(behind, before), (before, behind)]
    comma = text.find(", ")
    if comma > 0:
        found.append((text[comma + 2 :], text[:comma]))
    blank = re.match(rf"^({_NUMBER})\s+(.*)$", text)
    if blank:
        found.append((blank[2], blank[1]))
    return found


def _below(text: str, year: int | None, month: Dated | None) -> Dated | None:
    """`Jun 24` below "June 2026", `March 4` or `March` below "2026"."""
    found = _UNDER_YEAR.fullmatch(text)
    if not found or (found[1] and found[3]):
        return None
    number, day = month_of(found[2]), found[1] or found[3]
    of = month.on.year if month is not None else year
    if number is None or of is None or (month is not None and (number != month.on.month or not day)):
        return None
    written = f"{of:04d}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    return read_date(written)
