"""Which month a word names, in the languages in which makers, statistical offices and blogs write dates."""

from __future__ import annotations

from functools import cache
from typing import Final

_LANGUAGES: Final = "en de fr es it pt nl pl cs sk sl hr sv da nb fi hu ro ru uk bg el tr et lv lt id ms ca"
LANGUAGES: Final = tuple(_LANGUAGES.split())


def month_of(word: str) -> int | None:
    """1 to 12; None for a word that is no month, or another month in another language ("srp", "lis")."""
    return _months().get(word.casefold().rstrip("."))


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week, whole or abbreviated."""
    return word.casefold().rstrip(".") in _weekdays()


@cache
def _months() -> dict[str, int]:
    from babel import Locale  # noqa: PLC0415 - for this format only: no other command waits for it

    meanings: dict[str, set[int]] = {"sept": {9}}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in Locale.parse(language).months[context][width].items():
                    meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1 and name.isalpha()}


@cache
def _weekdays() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - for this format only: no other command waits for it

    return frozenset(
        name.casefold().rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in Locale.parse(language).days[context][width].values()
    )
