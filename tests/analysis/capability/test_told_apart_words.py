"""How a leader's rivals within the noise are told."""

from __future__ import annotations

import pytest

from analysis.capability.told_apart import not_told_apart


@pytest.mark.parametrize(
    ("others", "most_named", "said"),
    [
        ("A", 3, "A"),
        ("AB", 3, "A and B"),
        ("ABC", 3, "A, B and C"),
        ("ABCD", 3, "A, B, C and 1 more"),
        ("A", 0, "1 other"),
    ],
)
def test_rivals_are_named_or_counted(others: str, most_named: int, said: str) -> None:
    """The first few by name, the rest by their number."""
    assert not_told_apart(list(others), most_named) == f"cannot be told apart from {said}"
