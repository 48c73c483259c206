"""Speeds that nobody can have measured set no axis."""

from __future__ import annotations

from datetime import date

import polars as pl

from charts.parts.figure import Footing
from charts.parts.theme import Mode
from charts.speed.by_day import speed_by_day

FOOTING = Footing(("A list",), date(2026, 1, 1), 4, "measurements")


def test_placeholders_are_counted_and_not_drawn() -> None:
    """The rows keep them; the dots end where speeds do."""
    speeds = pl.DataFrame(
        {
            "measured_on": [date(2025, 1, 1)] * 4,
            "model_id": ["a", "b", "c", "d"],
            "title": ["A", "B", "C", "D"],
            "host": ["x"] * 4,
            "output_tokens_per_second": [0.1, 1.0, 10_000.0, 12_404.0],
        }
    )
    chart = speed_by_day(speeds, "Title", FOOTING)
    figure = chart.draw(Mode.LIGHT)
    drawn = sorted(value for trace in figure.data for value in trace.y)
    assert drawn == [1.0, 10_000.0]
    assert "Not drawn: 2 below 1 or above 10,000" in figure.layout.meta["subtitle"]
    assert chart.rows.height == 4
    whole = speed_by_day(speeds[1:3], "Title", FOOTING).draw(Mode.LIGHT)
    assert "Not drawn" not in whole.layout.meta["subtitle"]
