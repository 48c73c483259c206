"""Rates of price decline in words."""

from __future__ import annotations

import pytest

from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.results import Estimate, Interval
from charts.parts.theme import Mode
from charts.price.decline_rates import decline_rates, rate_text
from tests.charts.models import FOOTING


@pytest.mark.parametrize(
    ("verdict", "value", "low", "high", "text"),
    [
        (PriceVerdict.FALLING, 26.2, 5.8, 117.0, "26 times cheaper a year (90 % interval 5.8 to 117)"),
        (
            PriceVerdict.NO_CHANGE_TOLD,
            0.62,
            0.5,
            1.04,
            "no change that can be told (90 % interval from 2 times dearer to no change)",
        ),
        (
            PriceVerdict.NO_CHANGE_TOLD,
            1.01,
            0.5,
            2.0,
            "no change that can be told (90 % interval from 2 times dearer to 2 times cheaper)",
        ),
        (
            PriceVerdict.FALLING_RATE_UNDETERMINED,
            40.0,
            3.0,
            900.0,
            "falling, rate undetermined (90 % interval 3 to 900 times cheaper)",
        ),
    ],
)
def test_a_rate_never_says_one_times(
    verdict: PriceVerdict, value: float, low: float, high: float, text: str
) -> None:
    """A factor near one is no change; what is uncertain comes before its number."""
    estimate = Estimate(value, Interval(low, high, 0.9))
    assert rate_text(PriceDecline(estimate, 9, 9, None, "", verdict)) == text


def test_a_rate_stands_right_of_its_bar_in_two_short_lines() -> None:
    """The factor, then its interval, each short enough for the margin of a narrow screen."""
    estimate = Estimate(16.2, Interval(4.2, 61.0, 0.9))
    falls = PriceDecline(estimate, 9, 9, None, "", PriceVerdict.FALLING)
    chart = decline_rates("name", {"One": falls}, "Title", "Subtitle.", FOOTING)
    assert [note.text for note in chart.draw(Mode.LIGHT).layout.annotations] == ["<b>16x</b><br>4.2x to 61x"]
