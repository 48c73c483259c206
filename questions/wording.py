"""Small rules of wording that all questions share: how long a first line is, how a sentence begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MOST_WORDS: Final = 30
"""What a first line, and a caveat, may have."""


def fitting(*wordings: str) -> str:
    """The first of several wordings, the fullest first, of at most 30 words; the last where none is."""
    return next((words for words in wordings if len(words.split()) <= MOST_WORDS), wordings[-1])


def capital(words: str) -> str:
    """The words with a capital first letter, as they begin a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def counted(number: int, thing: str) -> str:
    """A number with its thing in the singular or plural: 1 model, 2 models."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


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
