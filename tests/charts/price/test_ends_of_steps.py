"""The ends of the cheapest way to a score: the plot shows both prices that its title names."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.price.steps import CheapestSteps, cheapest_steps
from charts.parts.figure import words_around
from charts.parts.theme import Mode
from charts.price.price_over_time import price_of_capability
from tests.charts.models import FOOTING

END = date(2026, 10, 26)


def steps(lost_on: date | None) -> CheapestSteps:
    """One price of $8 throughout, and one of $2 from 2025 on, which from a day on nobody confirms."""
    offers = pl.DataFrame(
        {
            "model_id": ["dear", "cheap", "cheap"],
            "provider": ["a", "b", "b"],
            "seller": ["maker"] * 3,
            "valid_on": [date(2024, 1, 1), date(2025, 1, 1), lost_on or date(2030, 1, 1)],
            "price_usd_per_mtok": [8.0, 2.0, None],
            "is_unconfirmed": [False, False, True],
        }
    )
    scores = pl.DataFrame({"model_id": ["dear", "cheap"], "score": [0.5, 0.5]})
    return cheapest_steps(offers, scores, 0.5, END)


@pytest.mark.parametrize("log", [True, False])
def test_a_lower_price_that_may_be_asked_is_drawn_at_the_end(log: bool) -> None:
    """The title says "$2 to $8", so the plot reaches down to $2, and the key says what that mark is.

    It is not told of the model that asks $8.
    """
    chart = price_of_capability(steps(date(2026, 10, 1)), "50 %", {}, FOOTING, log=log)
    figure = chart.draw(Mode.LIGHT)
    bracket = next(trace for trace in figure.data if trace.mode == "lines+markers")
    assert "$2 to $8" in chart.title
    assert (list(bracket.x), list(bracket.y)) == ([END, END], [8.0, 2.0])
    assert [item.text for item in words_around(figure).key] == ["$2 may be asked; $8 is confirmed"]
    assert any(note.text == "dear, $8" for note in figure.layout.annotations)


def test_where_one_price_is_known_one_is_drawn() -> None:
    """No bracket and no key; first and last price stand behind the names of their models."""
    figure = price_of_capability(steps(None), "50 %", {}, FOOTING).draw(Mode.LIGHT)
    assert not [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert not words_around(figure).key
    assert {note.text for note in figure.layout.annotations} == {"dear, $8", "cheap, $2"}
