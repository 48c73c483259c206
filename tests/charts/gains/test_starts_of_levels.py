"""Where the lines of levels begin on Gains."""

from __future__ import annotations

from datetime import date

from charts.gains.ladder import LadderRung, ladder_chart
from charts.parts.figure import Footing
from charts.parts.theme import Mode
from tests.yearly_prices import yearly

END = date(2026, 1, 1)


def rung(names: tuple[str, ...], *prices: float) -> LadderRung:
    """A level of these yearly prices."""
    return LadderRung(names, yearly(*prices, until=END))


def test_each_line_begins_with_its_name_and_its_price() -> None:
    """The falls are what the page tells of; a level of several models is named as at its end."""
    rungs = [rung(("GPT-4", "GPT-4o"), 37.5, 1.0), rung(("o1",), 0.5)]
    figure = ladder_chart(rungs, "Title", "the index", Footing(("a table",), END, 1)).draw(Mode.LIGHT)
    told = {note.text: (note.x, note.y) for note in figure.layout.annotations if "$" in note.text}
    assert told.keys() == {"GPT-4, 1 more: $37.50", "o1: $0.50"}
    assert told["o1: $0.50"][0] == date(2023, 1, 1)
