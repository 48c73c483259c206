"""A score that guessing nearly reaches says so, up to five points above it."""

from __future__ import annotations

import polars as pl
import pytest

from questions.price.threshold import NEAR_CHANCE, _Measured, _near_chance


@pytest.mark.parametrize(
    ("threshold", "chance", "near"),
    [(0.26, 0.25, True), (0.2999, 0.25, True), (0.3, 0.25, False), (0.1, None, False), (0.1, 0.25, True)],
)
def test_a_score_close_to_chance_is_said_to_be(threshold: float, chance: float | None, near: bool) -> None:
    """Where chance is not known nothing is said."""
    said = _near_chance(threshold, _Measured("GPQA", pl.DataFrame(), "fraction", chance, ""))
    assert NEAR_CHANCE == 0.05
    assert said.replace("\u00a0", " ") == (
        "This score is close to what guessing reaches (25.0 %): nearly any model has it." if near else ""
    )
