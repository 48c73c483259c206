"""The logarithmic axis of speeds."""

from __future__ import annotations

import math

import pytest

from charts.speed.by_host import log_ticks


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (20.0, 90.0, ["20", "50", "100"]),
        (2.0, 640.0, ["3", "10", "30", "100", "300"]),
        (1.0, 4000.0, ["1", "10", "100", "1,000"]),
    ],
)
def test_an_axis_of_speeds_has_a_handful_of_numbers(low: float, high: float, said: list[str]) -> None:
    """As dense as seven numbers allow: two alone, over nearly three powers of ten, say too little."""
    assert log_ticks(low, high)["ticktext"] == said


def test_the_slowest_dot_keeps_clear_of_the_names_beside_the_axis() -> None:
    """Over many powers of ten a fixed margin is too few pixels of a phone."""
    ends = log_ticks(2.0, 640.0)["range"]
    assert isinstance(ends, list)
    low, high = ends
    assert math.log10(2.0) - low == pytest.approx(high - math.log10(640.0))
    assert math.log10(2.0) - low >= 0.04 * (high - low)
