"""Where the line of a price ends: on the day that somebody last said so."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from charts.compare.price_history import compared_prices
from charts.parts import theme
from charts.parts.figure import Footing
from charts.parts.theme import Mode
from charts.price.price_of_model import price_steps

ON = date(2026, 12, 1)
BEGUN, CUT, CONFIRMED = date(2025, 11, 24), date(2026, 8, 21), date(2026, 10, 26)
FOOTING = Footing(("Source",), ON, 2, "price steps")


def steps(last: float | None, confirmed_on: date | None = CONFIRMED) -> pl.DataFrame:
    """Two steps of a model, the second confirmed on a day."""
    return pl.DataFrame(
        {
            "model_id": ["a", "a"],
            "title": ["A", "A"],
            "organization": ["Maker", "Maker"],
            "held_from": [BEGUN, CUT],
            "input_usd_per_mtok": [2.0, last],
            "output_usd_per_mtok": [10.0, last],
            "price_usd_per_mtok": [4.0, last],
            "last_confirmed_on": [CUT, confirmed_on],
        },
        schema_overrides=dict.fromkeys(("input_usd_per_mtok", "output_usd_per_mtok"), pl.Float64),
    )


@pytest.mark.parametrize(
    ("rows", "end"),
    [(steps(1.0), CONFIRMED), (steps(None), ON), (steps(1.0, None), ON), (steps(1.0, date(2027, 1, 1)), ON)],
    ids=["confirmed", "ended", "nothing known", "later than asked"],
)
def test_a_price_is_drawn_to_its_last_confirmation(rows: pl.DataFrame, end: date) -> None:
    """Of one model and of several: a price that nobody has read since is not told of today."""
    one = price_steps("A", "list price", "OpenAI", rows, ON, FOOTING)
    several = compared_prices(rows, ON, "Title", FOOTING)
    for chart in (one, several):
        assert max(chart.draw(Mode.LIGHT).data[0].x) == end
    assert f"to {end:%-d %B %Y}" in one.alt
    assert f"up to {end:%-d %B %Y}." in several.alt


@pytest.mark.parametrize("maker", ["Anthropic", "Quokka", None])
def test_a_price_has_its_makers_hue(maker: str | None) -> None:
    """The same as on all pages; that of a maker without one is drawn in ink."""
    chart = price_steps("A", "list price", maker, steps(1.0), ON, FOOTING)
    has_hue = maker in theme.ORGANIZATIONS
    wanted = theme.colour_of(maker, Mode.LIGHT) if has_hue else theme.ink(Mode.LIGHT)
    assert {line.line.color for line in chart.draw(Mode.LIGHT).data if line.mode == "lines"} == {wanted}


def test_the_day_of_the_last_confirmation_is_called_so() -> None:
    """Else it would look like the price's end."""
    assert price_steps("A", "list price", "OpenAI", steps(1.0), ON, FOOTING).alt.endswith(
        "to 26 October 2026, when the newest was last confirmed."
    )
    assert "confirmed" not in price_steps("A", "list price", "OpenAI", steps(None), ON, FOOTING).alt
