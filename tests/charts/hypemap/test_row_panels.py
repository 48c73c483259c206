"""What the panels of one technology say of themselves in words."""

from __future__ import annotations

from datetime import date

import polars as pl

from charts.hypemap.row_panels import Measured, row_panels
from tests.charts.frontier_charts import FOOTING


def test_a_panel_of_quarters_is_not_said_to_end_in_the_first_month_of_its_last_one() -> None:
    """A quarter is called as such; what has no name for its last span ends in the month of its last day."""
    points = pl.DataFrame({"valid_on": [date(2025, 4, 1), date(2025, 7, 1)], "value": [1.0, 2.0]})
    measures = (Measured("money", "ventures", points, until="Q3 2025"), Measured("use", "people", points))
    assert row_panels("a", measures, "Title", FOOTING).alt == (
        "Title. ventures to Q3 2025; people to July 2025."
    )
