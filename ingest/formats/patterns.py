"""Regular expressions that come from outside, run by an engine that never backtracks (RE2)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import re2

LONGEST_PATTERN: Final = 1000

_QUIET: Final = re2.Options()
_QUIET.log_errors = False
_QUIET.max_mem = 8 << 20


class PatternError(ValueError):
    """A text is no regular expression, or one that needs backtracking; the message says why."""


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> Any:
    """The pattern, ready to search; raises PatternError for what RE2 cannot run in linear time."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(f"it is longer than {LONGEST_PATTERN} characters")
    try:
        return re2.compile(pattern, _QUIET)
    except re2.error as error:
        said = error.args[0] if error.args else error
        raise PatternError(said.decode() if isinstance(said, bytes) else str(said)) from error


def searched(pattern: str, text: str) -> str | None:
    """The first group, or the whole match where there is none, of the first match in a text."""
    found = compiled(pattern).search(text)
    if found is None:
        return None
    said: str | None = found[1] if compiled(pattern).groups else found[0]
    return said


def n_groups(pattern: str) -> int:
    """How many groups a valid pattern has."""
    count: int = compiled(pattern).groups
    return count
