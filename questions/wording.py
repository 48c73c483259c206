"""Small rules of wording that all questions share: how long a first line is, how a sentence begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from analysis.amounts import capital as capital  # noqa: PLC0414 - one place to import from
from analysis.amounts import counted as counted  # noqa: PLC0414 - one place to import from
from analysis.amounts import from_to as from_to  # noqa: PLC0414 - one place to import from

MOST_WORDS: Final = 30
"""What a first line, and a caveat, may have."""


def fitting(*wordings: str) -> str:
    """The first of several wordings, the fullest first, of at most 30 words; the last where none is."""
    return next((words for words in wordings if len(words.split()) <= MOST_WORDS), wordings[-1])


def agreeing(number: int, singular: str, plural: str) -> str:
    """The word that goes with a number of things: 1 name stays, 2 names stay."""
    return singular if number == 1 else plural


def introduced(title: str, text: str) -> str:
    """A title before what it introduces, with a colon unless it ends in a mark of its own."""
    return f"{title}{'' if title.endswith(('?', '!')) else ':'} {text}"


def listed(names: Sequence[str], last_by: str = "and") -> str:
    """Names as a sentence has them: a, b and c. There must be one."""
    *first, last = names
    return f"{', '.join(first)} {last_by} {last}" if first else last


def site(url: str) -> str:
    """Whose page an address is, as a link to it is called: the name of its host."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def as_fit(notes: Iterable[str]) -> tuple[str, str]:
    """Notes, each said once, as a caveat of at most 30 words and, apart, those that it has no room for."""
    caveat, rest = "", []
    for note in dict.fromkeys(filter(None, notes)):
        longer = f"{caveat} {note}".strip()
        if len(longer.split()) <= MOST_WORDS:
            caveat = longer
        else:
            rest.append(note)
    return caveat, " ".join(rest)


def two_digits(value: float, *, signed: bool = False) -> str:
    """A figure with the two digits that mean something: 0.47, 1.9, 23, 1,200; `signed` with its plus."""
    if value == 0:
        return "0"
    rounded = Decimal(f"{value:.2g}")
    return f"{rounded:{'+' if signed else ''},f}"


def roughly(day: date, precision: str | None) -> str | None:
    """A day that stands for its month, quarter or year as these are called; None where it is meant."""
    quarter = f"Q{(day.month + 2) // 3} {day.year}"
    return {"month": f"{day:%B %Y}", "quarter": quarter, "year": f"{day:%Y}"}.get(precision or "day")


def at_least(amount: str, note: str | None) -> str:
    """An amount as its source has it: more than 40 billion where the note on it begins with "above"."""
    return f"more than {amount}" if (note or "").startswith("above ") else amount
