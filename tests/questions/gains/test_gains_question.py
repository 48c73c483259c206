"""Gains against cost: what is said of budgets, of the best, of levels, and what is left open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questions.answer import Answer, charts_of
from questions.gains.question import QUESTION
from questions.price.question import QUESTION as PRICE
from tests.homes.doubtful_home import fill_doubtful
from tests.questions.asked import ask, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose prices fall tenfold a year."""
    folder = tmp_path_factory.mktemp("gains")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls: on the capability index."""
    return ask(QUESTION, home)


def test_the_first_line_says_what_a_dollar_buys_and_how_much_more_than_before(answer: Answer) -> None:
    """With the day, the seller and the change over a year, in at most 30 words."""
    line = answer.first_line
    assert line.startswith("Up to ")
    assert "$1 per million tokens bought" in line
    assert "at makers' list prices" in line
    assert line.endswith("a year before.")
    assert len(line.split()) <= 30


def test_each_chart_has_its_doubt(answer: Answer) -> None:
    """After each stands what it leaves open."""
    assert [chart.name for chart in charts_of(answer)] == [
        "best-for-a-budget",
        "what-the-best-model-costs",
        "ladder-of-levels",
    ]
    text = words(answer)
    assert "a budget per token is not one per task" in text
    assert "A price per token is not a price per task" in text
    assert "A level is one score on one scale" in text


def test_a_cheaper_host_is_named_as_one(home: Path) -> None:
    """Who sells stands in the first line."""
    assert "at the cheapest host" in ask(QUESTION, home, seller="cheapest-host").first_line


def test_what_one_more_point_costs_is_said_at_both_ends(answer: Answer) -> None:
    """Or that it cannot be told."""
    text = words(answer)
    assert "one more point cost" in text or "cannot be told" in text


def test_a_level_that_guessing_nearly_reaches_stands_on_no_rung(home: Path) -> None:
    """GPT-4's score here is one of chance: no line is drawn for it, and that is said."""
    answer = ask(QUESTION, home, measure="gpqa-diamond")
    assert "ladder-of-levels" not in [chart.name for chart in charts_of(answer)]


def test_a_level_read_on_two_scales_is_told_as_two(home: Path, answer: Answer) -> None:
    """Each figure names its scale, and why the other pages' differs stands beside it."""
    ladder = next(chart for chart in charts_of(answer) if chart.name == "ladder-of-levels")
    assert "on the capability index got cheaper" in ladder.title
    told = words(answer)
    assert "read GPT-4's level on another scale: GPT-4's GPQA diamond score (27.5\u00a0%) cost $0.01" in told
    assert (fall := re.search(r"[\d,]+ times less than in \w+ \d{4}", ask(PRICE, home).first_line))
    assert fall[0] in told
    assert "another scale" not in words(ask(QUESTION, home, measure="gpqa-diamond"))
