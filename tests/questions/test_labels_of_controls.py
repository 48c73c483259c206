"""What a control is called: it says what to choose, and never only repeats a heading of its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.controls import specs
from questions.question import Question
from questions.registry import all_questions
from questions.trends.controls import TrendsControls
from tests.homes.growth_home import fill_growth
from tests.questions.asked import ask, headings


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with scores."""
    folder = tmp_path_factory.mktemp("labels")
    fill_growth(folder)
    return folder


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.name)
def test_no_control_is_called_as_a_heading_of_its_page(home: Path, question: Question) -> None:
    """The same words twice tell a reader nothing of what the control does."""
    labels = {spec.label for spec in specs(question.controls).values()}
    assert labels.isdisjoint(headings(ask(question, home)))


def test_chips_of_which_none_is_chosen_say_what_is_drawn_without_a_choice() -> None:
    """A curve is drawn though no chip is pressed."""
    assert specs(TrendsControls)["curves"].label == "Curves to draw in place of the one that fits best"
