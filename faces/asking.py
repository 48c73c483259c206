"""From the words of an address or a command to an answer: what every face does before it shows one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.parts.figure import Chart
from config import Settings
from errors import ExpectedError
from faces.addresses import AS_OF
from faces.current import current_view
from questions.answer import Answer, chart_named
from questions.cache import ANSWERS, key_of
from questions.controls import ControlError, must_read
from questions.question import Question
from questions.registry import question_named, question_of_chart
from questions.view import View

Words = Mapping[str, Sequence[str]]
"""The values of parameters by name, the as-of date among them."""


class NotDrawnError(ExpectedError):
    """A chart that the data, or the other controls, give no reason to draw; the message says so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was asked of it, understood."""

    question: Question
    view: View
    controls: Any

    def answer(self) -> Answer:
        """The answer, from the store that all faces share."""
        return ANSWERS.answer(self.question, self.view, self.controls)

    def etag(self) -> str | None:
        """The entity tag; None for a question that is answered anew each time."""
        return None if self.question.live else key_of(self.question, self.view, self.controls).etag()

    def chart(self, name: str) -> Chart:
        """One chart of the answer. Raises NotDrawnError."""
        answer = self.answer()
        found = chart_named(answer, name)
        if found is None:
            reason = answer.first_line if not answer.known else "The chosen controls give no reason for it."
            raise NotDrawnError(f"The chart {name} is not drawn. {reason}")
        return found


def ask(settings: Settings, name: str, words: Words) -> Asked:
    """A question by name. Raises UnknownQuestionError, ControlError, AsOfError and NoSnapshotError."""
    return _asked(settings, question_named(name), words)


def ask_for_chart(settings: Settings, chart: str, words: Words) -> Asked:
    """The question that draws a chart. Raises as `ask` does."""
    return _asked(settings, question_of_chart(chart), words)


def _asked(settings: Settings, question: Question, words: Words) -> Asked:
    days = words.get(AS_OF, ())
    if len(days) > 1:
        raise ControlError(f"{AS_OF} takes one day and was given {len(days)}: {', '.join(days)}.")
    view = current_view(settings, days[0] if days else None)
    given = {name: values for name, values in words.items() if name != AS_OF}
    return Asked(question, view, must_read(question.controls, view, given))
