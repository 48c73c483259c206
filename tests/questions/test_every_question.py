"""What every answer must hold, whatever the question, the home, and the date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from charts.hypemap.row_panels import panels_name
from charts.parts.theme import Mode
from questions.answer import Answer, Link, Placed, Table, charts_of, every_block
from questions.controls import read, specs, written
from questions.hypemap.technologies import TECHNOLOGIES
from questions.question import Question
from questions.registry import all_questions
from questions.view import View
from store.ledger import Ledger
from store.snapshot import latest
from tests.homes.agents_home import fill_agents
from tests.homes.growth_home import fill_growth
from tests.homes.judged_home import fill_judged
from tests.homes.series_home import fill_attention
from tests.homes.several import filled
from tests.homes.small_home import fill

TODAY = datetime.now(UTC).date()
QUESTIONS = list(all_questions().values())
HOMES = {
    "small": fill,
    "empty": lambda home: fill(home, with_rows=False),
    "growth": fill_growth,
    "judged": fill_judged,
    "series": fill_attention,
    "agents": fill_agents,
}
DAYS = (TODAY, date(2024, 12, 31), date(2021, 5, 1))
MOST_WORDS = 30
ASKED_FOR_ITS_CHART = {"models": {"find": ["gpt-5"]}}
"""Questions whose default answer has no chart on any home: a price that never changed has none."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One home of each kind."""
    return filled(HOMES, tmp_path_factory)


def view_of(home: Path, day: date) -> View:
    """The home as of a day."""
    return View(latest(home / "snapshots"), day, TODAY, Ledger(home / "ledger.sqlite"))


@cache
def known_answer(question: Question, home: Path, day: date) -> Answer:
    """The answer at the default controls, given once: most of these tests ask the same."""
    return answer_to(question, view_of(home, day))


def answer_to(question: Question, view: View) -> Answer:
    """The answer at the default controls."""
    controls, problems = read(question.controls, view, {})
    assert problems == ()
    return question.answer(view, controls)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("home", HOMES)  # outermost: what questions share is worked out once a home and day
def test_every_question_has_a_short_first_line_on_any_home_and_day(
    homes: dict[str, Path], home: str, day: date, question: Question
) -> None:
    """At most 30 words, a sentence; where nothing is known it says so. The caveat is as short."""
    answer = known_answer(question, homes[home], day)
    for line in (answer.first_line, answer.caveat):
        assert len(line.split()) <= MOST_WORDS, line
        assert "None" not in line
        assert "nan" not in line.split()
    assert answer.first_line.endswith((".", "?"))
    assert answer.known or answer.first_line.startswith("No data yet")
    for block in every_block(answer.blocks):
        if isinstance(block, Link):
            assert block.question in all_questions()


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_chart_is_declared_and_drawn_once(
    homes: dict[str, Path], home: str, question: Question
) -> None:
    """What a question draws stands in its list of charts; no name comes twice; both modes can be drawn."""
    answer = known_answer(question, homes[home], TODAY)
    charts = list(charts_of(answer))
    names = [chart.name for chart in charts]
    assert set(names) <= set(question.charts)
    assert len(names) == len(set(names))
    tables = [block.name for block in every_block(answer.blocks) if isinstance(block, Table)]
    assert len(tables) == len(set(tables))
    for chart in charts:
        assert chart.rows.height > 0
        assert chart.draw(Mode.LIGHT).layout.meta["name"] == chart.name
        assert chart.draw(Mode.DARK).data


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_chart_says_up_to_which_day_its_data_reach(
    homes: dict[str, Path], home: str, question: Question
) -> None:
    """A picture of it claims no more than its data, on whatever day it is taken."""
    for chart in charts_of(known_answer(question, homes[home], TODAY)):
        assert chart.footing.data_to is not None, chart.name
        assert chart.footing.data_to <= TODAY


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_declared_chart_is_drawn_somewhere(homes: dict[str, Path], question: Question) -> None:
    """No name of a chart leads to nothing on all homes."""
    answers = [known_answer(question, homes[home], TODAY) for home in HOMES]
    if question.name in ASKED_FOR_ITS_CHART:
        controls, _ = read(
            question.controls, view_of(homes["small"], TODAY), ASKED_FOR_ITS_CHART[question.name]
        )
        answers.append(question.answer(view_of(homes["small"], TODAY), controls))
    drawn = {chart.name for answer in answers for chart in charts_of(answer)}
    panels = {panels_name(technology.key) for technology in TECHNOLOGIES}  # each needs series of its own
    assert drawn - panels == set(question.charts) - panels
    assert drawn <= set(question.charts)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_control_has_one_place_on_its_page(homes: dict[str, Path], question: Question) -> None:
    """A control that is placed by a block belongs to no chart too: its widget would be drawn twice."""
    for home in homes.values():
        placed = [
            block.control
            for block in every_block(known_answer(question, home, TODAY).blocks)
            if isinstance(block, Placed)
        ]
        assert len(placed) == len(set(placed))
        for name in placed:
            near = specs(question.controls)[name].near
            assert near
            assert near not in question.charts


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_written_controls_read_as_the_same(homes: dict[str, Path], question: Question) -> None:
    """The address of an answer asks for that answer."""
    for home in homes.values():
        view = view_of(home, TODAY)
        controls, _ = read(question.controls, view, {})
        words: dict[str, list[str]] = {}
        for name, word in written(controls):
            words.setdefault(name, []).append(word)
        assert read(question.controls, view, words) == (controls, ())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_an_answer_depends_on_nothing_but_view_and_controls(
    homes: dict[str, Path], question: Question
) -> None:
    """Asked twice, the same lines and the same rows."""
    view = view_of(homes["growth"], TODAY)
    first, second = answer_to(question, view), answer_to(question, view)
    assert first.first_line == second.first_line
    assert first.rests_on == second.rests_on
    for one, other in zip(charts_of(first), charts_of(second), strict=True):
        assert one.rows.equals(other.rows)
        assert one.title == other.title
