"""How long tests take: a line goes no farther than what is followed can carry it."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.relay.durations import durations
from charts.parts.figure import Footing
from charts.parts.theme import Mode
from charts.relay.survival import FEWEST, followed_until, used_up_after

RISE = date(2023, 6, 1)


def frontiers(months: list[int]) -> pl.DataFrame:
    """Tests of one period that took so many months each, all of them finished."""
    return pl.DataFrame(
        [
            {
                "benchmark_id": f"b{place}",
                "benchmark": f"Test {place}",
                "best": 0.9,
                "first": 0.1,
                "published_on": date(2023, 2, 1),
                "began_on": date(2023, 2, 1),
                "rose_on": RISE,
                "done_on": RISE + timedelta(days=30 * month),
                "ended_on": RISE + timedelta(days=30 * month),
            }
            for place, month in enumerate(months)
        ]
    )


@pytest.mark.parametrize(
    ("months", "until"),
    [([1, 2, 3, 4], 0.0), ([5, 1, 2, 3, 4], 1.0), ([1, 2, 3, 4, 5, 6, 7], 3.0), ([], 0.0)],
)
def test_tests_are_followed_as_long_as_there_are_enough(months: list[int], until: float) -> None:
    """Up to the end of the last one after which fewer are left."""
    assert followed_until(pl.Series(months, dtype=pl.Float64)) == until


def test_a_line_does_not_fall_to_zero_with_the_last_test() -> None:
    """It ends where fewer than the fewest are left, and the note says so."""
    found = durations(frontiers([2, 4, 6, 8, 10, 12, 14]))
    chart = used_up_after(found, "Title", Footing(("A list",), date(2026, 1, 1), 7, "scores"))
    (line,) = (line for line in chart.draw(Mode.LIGHT).data if line.name == "2023–24")
    assert min(line.y) == pytest.approx((7 - 3) / 7)
    assert max(line.x) == pytest.approx(6 * 30 * 12 / 365.25, rel=0.01)
    assert f"fewer than {FEWEST} tests" in chart.how_to_read
