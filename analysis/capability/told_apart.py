"""How every page says that a leader may not be the best: the noise of others' scores reaches it."""

from __future__ import annotations

from collections.abc import Sequence


def not_told_apart(others: Sequence[str], most_named: int) -> str:
    """That something cannot be told apart from `others`, of which so many are named. There must be one."""
    rest = len(others) - most_named
    if not most_named:
        return f"cannot be told apart from {len(others)} other{'' if len(others) == 1 else 's'}"
    more = f" and {rest} more" if rest > 0 else ""
    return f"cannot be told apart from {', '.join(others[:most_named])}{more}"
