"""The chart of the same listings: what is chained, and from when to when."""

from __future__ import annotations

from charts.parts.figure import words_around
from charts.parts.theme import Mode
from tests.charts.every_chart import of_same_models


def test_the_chained_price_says_over_what_and_which_days() -> None:
    """A change without its days tells no pace, and other listings are compared at each version."""
    subtitle = words_around(of_same_models().draw(Mode.LIGHT)).subtitle
    assert "from 1 January 2025 to 1 January 2026" in subtitle.replace("\u00a0", " ")
    assert "over the listings that both have" in subtitle
