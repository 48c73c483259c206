"""Cells of the table of models: figures with their intervals, and what is not known."""

from __future__ import annotations

import math

import pytest

from analysis.results import Estimate, Interval
from questions.worth.value_table import _seconds, _share, _short, amount


@pytest.mark.parametrize(
    ("estimate", "short"),
    [
        (Estimate(0.5), "$0.50"),
        (Estimate(0.5, Interval(0.5, 0.5)), "$0.50"),
        (Estimate(0.5, Interval(0.25, 0.75)), "$0.50 ($0.25 to $0.75)"),
        (Estimate(-0.5, Interval(-1.0, math.inf)), "-$0.50 (-$1 to never)"),
    ],
)
def test_an_amount_has_its_interval_where_that_has_a_width(estimate: Estimate, short: str) -> None:
    """What no value of a task pays is never."""
    assert _short(estimate) == short
    assert amount(math.inf) == "never"


def test_shares_and_seconds_have_theirs_where_they_are_known() -> None:
    """A time that was not recorded is none."""
    share, seconds = Estimate(0.8, Interval(0.7, 0.9)), Estimate(12.4, Interval(10.0, 15.6))
    assert _share(share).replace("\u00a0", " ") == "80 % (70 % to 90 %)"
    assert _share(Estimate(0.8)).replace("\u00a0", " ") == "80 %"
    assert (_seconds(seconds), _seconds(Estimate(12.4))) == ("12 s (10 to 16)", "12 s")
    assert _seconds(None) == "not recorded"
