"""What the charts of Gains shade, mark and name beside their lines."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.gains.budget import BudgetSteps
from analysis.gains.records import FrontierCost
from charts.gains.budgets import budgets_chart
from charts.gains.frontier_cost import frontier_cost_chart
from charts.parts.figure import Footing
from charts.parts.theme import Mode

END = date(2026, 1, 1)
FOOTING = Footing(("a table",), END, 1)
BEST = pl.DataFrame({"released_on": [date(2025, 1, 1)], "value": [30.0]})


def buys(budget: float, low: float | None) -> BudgetSteps:
    """A budget that buys a score of 20, then nothing, then one of 25."""
    steps = pl.DataFrame(
        {
            "valid_on": [date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1)],
            "model_id": ["a", None, "b"],
            "title": ["A", None, "B"],
            "value": [20.0, None, 25.0],
            "low": [low, None, low and low + 5],
            "high": [22.0, None, 27.0],
            "price_usd_per_mtok": [1.0, None, 1.0],
        },
        schema_overrides={"low": pl.Float64},
    )
    return BudgetSteps(budget, steps, END)


def test_the_interval_of_what_a_budget_buys_is_shaded_while_it_is_bought() -> None:
    """Each patch from its day to the next step, the last to the end; the axis holds all of it."""
    chart = budgets_chart([buys(1.0, 17.0)], BEST, "index", "points", "Title", FOOTING)
    figure = chart.draw(Mode.LIGHT)
    (band,) = (trace for trace in figure.data if trace.fill == "toself")
    assert list(band.x[:2]) == [date(2025, 1, 1), date(2025, 3, 1)]
    assert list(band.y) == [17.0, 17.0, 22.0, 22.0, 17.0, None, 22.0, 22.0, 27.0, 27.0, 22.0, None]
    assert band.x[7] == END
    assert figure.layout.yaxis.range[0] < 17.0
    assert "Shaded: the 90" in str(figure.layout.meta)


def test_nothing_is_shaded_or_said_to_be_where_no_error_is_known() -> None:
    """A benchmark whose errors nobody states has lines alone."""
    figure = budgets_chart([buys(1.0, None)], BEST, "index", "points", "Title", FOOTING).draw(Mode.LIGHT)
    assert not any(trace.x for trace in figure.data if trace.fill == "toself")
    assert "Shaded" not in str(figure.layout.meta)


def of_best(*prices: float) -> FrontierCost:
    """A best model of each month of 2025, at these prices."""
    days = [date(2025, 1 + place, 1) for place in range(len(prices))]
    names = [f"M{place}" for place in range(len(prices))]
    records = pl.DataFrame({"model_id": names, "title": names, "released_on": days, "value": 1.0})
    steps = records.select("model_id", "title", "value", valid_on="released_on").with_columns(
        price_usd_per_mtok=pl.Series(prices), first_read_on=pl.lit(None, pl.Date)
    )
    return FrontierCost(records, steps, END)


def test_the_dearest_and_the_cheapest_of_the_best_are_named() -> None:
    """Those of which the title tells, within the panel of prices; one price alone names nobody."""
    figure = frontier_cost_chart(of_best(2.0, 60.0, 8.0), "index", "points", "Title", FOOTING).draw(
        Mode.LIGHT
    )
    told = {note.text: (note.x, note.yref) for note in figure.layout.annotations if ": $" in note.text}
    assert told == {"M1: $60": (date(2025, 2, 1), "y2"), "M0: $2": (date(2025, 1, 1), "y2")}
    alone = frontier_cost_chart(of_best(2.0, 2.0), "index", "points", "Title", FOOTING).draw(Mode.LIGHT)
    assert not [note for note in alone.layout.annotations if ": $" in note.text]


def test_only_a_release_is_marked() -> None:
    """The line is held to the end of the data, where no model came."""
    figure = frontier_cost_chart(of_best(2.0, 60.0), "index", "points", "Title", FOOTING).draw(Mode.LIGHT)
    (marks,) = (trace for trace in figure.data if trace.mode == "markers")
    assert list(marks.x) == [date(2025, 1, 1), date(2025, 2, 1)]
