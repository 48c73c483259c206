"""All questions, found by looking: every module of this package, at any depth, with a `QUESTION`."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import questions
from errors import ExpectedError
from questions.question import Question


class UnknownQuestionError(ExpectedError):
    """A question, or a chart, that there is not; the message lists those that there are."""


@cache
def all_questions() -> Mapping[str, Question]:
    """The questions by name, in alphabetical order. Raises ValueError where a name is used twice."""
    names = (item.name for item in pkgutil.walk_packages(questions.__path__, f"{questions.__name__}."))
    modules = [importlib.import_module(name) for name in names]
    found = [module.QUESTION for module in modules if isinstance(getattr(module, "QUESTION", None), Question)]
    _must_differ([question.name for question in found], "question")
    _must_differ([chart for question in found for chart in question.charts], "chart")
    return {question.name: question for question in sorted(found, key=lambda question: question.name)}


def question_named(name: str) -> Question:
    """One question. Raises UnknownQuestionError."""
    known = all_questions()
    if name not in known:
        raise UnknownQuestionError(f"There is no question {name!r}{_near(name, list(known))}")
    return known[name]


def question_of_chart(name: str) -> Question:
    """The question that draws a chart. Raises UnknownQuestionError."""
    owners = {chart: question for question in all_questions().values() for chart in question.charts}
    if name not in owners:
        raise UnknownQuestionError(f"There is no chart {name!r}{_near(name, sorted(owners))}")
    return owners[name]


def _near(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(known)}."


def _must_differ(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two questions use the same name of a {what}: {', '.join(twice)}")
