"""Data wall: when the largest training set would need all public human text."""

from __future__ import annotations

from typing import Final

from analysis.datawall.inputs import WallChoices
from charts.datawall import crossing_years, data_wall
from charts.parts.figure import Footing
from questions.answer import Answer, Block, Drawn, Folded, Later, Method, Paragraph, Table, nothing_known
from questions.datawall import words
from questions.datawall.controls import WallControls, choices_of
from questions.datawall.forecast import NEWER, PAPER, WallData, forecast_of, scenarios, wall_data
from questions.question import Question
from questions.view import View
from questions.wording import as_fit

METHOD: Final = Method("datawall")


def answer(view: View, controls: WallControls) -> Answer:
    """The year of the crossing, then how much each assumption moves it."""
    data = wall_data(view)
    if data is None:
        return nothing_known(words.NOTHING, (METHOD,))
    choices = choices_of(controls)
    forecast = forecast_of(view, data, PAPER, choices)
    footing = view.footing(data.sets, "training sets", words.OF_GROWTH)
    caveat, rest = as_fit([data.known_by.note_on("training sets"), words.of_never(forecast)])
    return Answer(
        first_line=words.first_line(forecast, view.as_of, own=choices != WallChoices()),
        caveat=caveat,
        rests_on=f"{words.rests_on(forecast)} {rest}".strip(),
        would_change=words.would_change(forecast),
        blocks=(
            Paragraph(words.of_largest(data.sets, forecast.stock_tokens)),
            Drawn(data_wall.data_wall(forecast, data.sets, words.meeting(forecast, view.as_of), footing)),
            Later(lambda: _compared(view, data, choices, footing), charts=(crossing_years.NAME,)),
            Folded("The ranges that the stock is drawn from", (Table("parameters", data.parameters),)),
            METHOD,
        ),
    )


def _compared(view: View, data: WallData, choices: WallChoices, footing: Footing) -> tuple[Block, ...]:
    """The newer sets as a fit of their own, and the year under each set of assumptions."""
    compared = scenarios(view, data, choices)
    return (
        Paragraph(words.of_newer(forecast_of(view, data, NEWER, choices))),
        Drawn(crossing_years.crossing_years(compared, words.across(compared), footing)),
        Paragraph(f"{words.OVER_TRAINED} {words.of_past(compared, view.as_of)}".strip()),
    )


QUESTION: Final = Question(
    name="datawall",
    title="Data wall",
    asks="When would the largest training set need all public human text?",
    answer=answer,
    controls=WallControls,
    charts=(data_wall.NAME, crossing_years.NAME),
    folds="Your own assumptions",
)
