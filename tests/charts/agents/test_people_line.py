"""What people solve is known of the original test alone."""

from __future__ import annotations

from datetime import date

import polars as pl

from charts.agents.computer_use import Shares, computer_use_chart
from charts.parts.figure import Footing
from charts.parts.theme import Mode


def shares(name: str, *days: date) -> Shares:
    """A test with a share on each day."""
    rows = [(day, 0.5, "A", "the board", "source") for day in days]
    return Shares(
        name, pl.DataFrame(rows, ["day", "value", "system", "reported_by", "source_id"], orient="row")
    )


def test_the_line_of_people_ends_with_the_original_test_and_names_it() -> None:
    """It is no measure of the successors."""
    first, last = date(2024, 10, 22), date(2025, 9, 1)
    tests = (shares("OSWorld", first, last), shares("OSWorld-Verified", date(2026, 5, 1)))
    footing = Footing((), date(2026, 6, 1), 3, "statements", "")
    figure = computer_use_chart(tests, 0.72, "Title", footing).draw(Mode.LIGHT)
    (line,) = [trace for trace in figure.data if trace.y and list(trace.y) == [0.72, 0.72]]
    assert list(line.x) == [first, last]
    assert any("people on OSWorld" in (note.text or "") for note in figure.layout.annotations)
