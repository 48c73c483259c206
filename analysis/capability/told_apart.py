"""How every page says that a leader may not be the best: the noise of others' scores reaches it."""

from __future__ import annotations

from collections.abc import Sequence


def not_told_apart(others: Sequence[str], most_named: int) -> str:
    """That something cannot be told apart from `others`, of which so many are named. There must be one."""
    rest = len(others) - most_named
    if not most_named:
        return f"cannot be told apart from {len(others)} other{'' if len(others) == 1 else 's'}"
    *first, last = [*others[:most_named], *([f"{rest} more"] if rest > 0 else [])]
    named = f"{', '.join(first)} and {last}" if first else last
    return f"cannot be told apart from {named}"
