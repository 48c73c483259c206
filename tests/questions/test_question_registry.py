"""The registry: every question by its name and its charts, and what is near a wrong name."""

from __future__ import annotations

import pytest

from questions.question import Question
from questions.registry import (
    UnknownQuestionError,
    _must_differ,
    all_questions,
    question_named,
    question_of_chart,
)


def test_questions_stand_in_the_order_of_their_names() -> None:
    """Each under its own name, and its charts lead back to it."""
    known = all_questions()
    assert list(known) == sorted(known)
    assert len(known) > 10
    for name, question in known.items():
        assert question_named(name) is question
        assert all(question_of_chart(chart) is question for chart in question.charts)


@pytest.mark.parametrize(
    ("look", "name", "said"),
    [
        (question_named, "trend", "There is no question 'trend'; did you mean trends?"),
        (
            question_of_chart,
            "frontier-slope",
            "There is no chart 'frontier-slope'; did you mean frontier-slopes?",
        ),
    ],
    ids=["question", "chart"],
)
def test_a_name_that_is_nearly_right_is_mended(look: object, name: str, said: str) -> None:
    """The nearest is named."""
    with pytest.raises(UnknownQuestionError) as error:
        look(name)  # type: ignore[operator] # one of the cases
    assert str(error.value) == said


def test_a_name_that_is_near_none_is_told_all() -> None:
    """In alphabetical order."""
    with pytest.raises(UnknownQuestionError) as error:
        question_named("zzzz")
    assert str(error.value) == f"There is no question 'zzzz'; there are {', '.join(all_questions())}."
    with pytest.raises(UnknownQuestionError, match="there are adoption-through-crash, "):
        question_of_chart("zzzz")


def test_two_questions_of_one_name_are_refused() -> None:
    """Each name that is used twice is told once."""
    _must_differ(["a", "b"], "chart")
    with pytest.raises(ValueError, match=r"two questions use the same name of a chart: a, c$"):
        _must_differ(["c", "a", "b", "a", "c", "a"], "chart")


def test_only_the_health_of_sources_is_read_live_and_every_question_is_a_key() -> None:
    """Answers of all others are kept, under the question itself, feeds or none."""
    known = all_questions()
    assert {name for name, question in known.items() if question.live} == {"sources"}
    assert {name for name, question in known.items() if question.feeds} == {"news"}
    assert len({hash(question) for question in known.values()}) == len(known)
    plain = Question("a", "A", "What?", known["news"].answer)
    assert (plain.live, plain.purpose, plain.charts, dict(plain.feeds)) == (False, "", (), {})
    with pytest.raises(AttributeError):
        plain.live = True  # type: ignore[misc]
