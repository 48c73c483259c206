"""A control that says so changes its chart and nothing else: a page then leaves all else as it stands."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from charts.parts.theme import Mode
from questions.answer import Answer, Beside, Drawn, Folded, Later, Table, chart_named, every_block
from questions.controls import Choice, Several, Spec, Switch, read, specs
from questions.question import Question
from questions.registry import all_questions
from tests.homes.agents_home import fill_agents
from tests.homes.growth_home import fill_growth
from tests.homes.judged_home import fill_judged
from tests.homes.series_home import fill_attention
from tests.homes.several import filled
from tests.questions.test_every_question import TODAY, view_of

HOMES = {"growth": fill_growth, "judged": fill_judged, "series": fill_attention, "agents": fill_agents}
ALONE = [
    pytest.param(question, name, spec, id=f"{question.name}-{name}")
    for question in all_questions().values()
    for name, spec in specs(question.controls).items()
    if spec.only_its_chart
]
MOST_TRIED = 3


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Homes that together have something for each of these charts."""
    return filled(HOMES, tmp_path_factory)


def all_but(answer: Answer, chart: str) -> list[object]:
    """All that an answer says, but for one chart of it."""
    said: list[object] = [
        answer.first_line,
        answer.caveat,
        answer.rests_on,
        answer.would_change,
        answer.badge,
    ]
    for block in every_block(answer.blocks):
        match block:
            case Drawn():
                one = block.chart
                said += [] if one.name == chart else [one.name, one.title, one.alt, one.rows.to_dicts()]
            case Table():
                said += [block.name, block.rows.to_dicts(), block.columns]
            case Folded():
                said.append(block.title)
            case Beside() | Later():
                said.append(type(block))
            case _:
                said.append(block)
    return said


@cache
def answer_for(question: Question, home: Path, day: date, name: str = "", word: str = "") -> Answer:
    """The answer with one control set, given once: both tests ask the same."""
    view = view_of(home, day)
    controls, problems = read(question.controls, view, {name: [word]} if name else {})
    assert problems == ()
    return question.answer(view, controls)


def words_for(question: Question, name: str, spec: Spec, home: Path, day: date) -> list[str]:
    """Some values of a control as an address gives them."""
    match spec:
        case Switch():
            return ["true", "false"]
        case Choice() | Several():
            view = view_of(home, day)
            default, _ = read(question.controls, view, {})
            values = {field: getattr(default, field) for field in specs(question.controls)}
            return [option.value for option in spec.offered(view, values)[:MOST_TRIED]]
        case _:
            raise AssertionError(f"say here how {name}, a {type(spec).__name__}, is set")


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("day", [TODAY, date(2024, 12, 31)], ids=str)
@pytest.mark.parametrize(("question", "name", "spec"), ALONE)
def test_all_but_the_chart_says_the_same(
    homes: dict[str, Path], home: str, day: date, question: Question, name: str, spec: Spec
) -> None:
    """Whatever is chosen, words, tables and other charts are those of the default."""
    usual = all_but(answer_for(question, homes[home], day), spec.near)
    for word in words_for(question, name, spec, homes[home], day):
        assert all_but(answer_for(question, homes[home], day, name, word), spec.near) == usual, (name, word)


@pytest.mark.parametrize(("question", "name", "spec"), ALONE)
def test_the_chart_itself_changes(homes: dict[str, Path], question: Question, name: str, spec: Spec) -> None:
    """Somewhere it is drawn in another way for another choice; else the control would do nothing."""
    drawn = set()
    for home in homes.values():
        for word in words_for(question, name, spec, home, TODAY):
            chart = chart_named(answer_for(question, home, TODAY, name, word), spec.near)
            if chart is not None:
                drawn.add((home, chart.draw(Mode.LIGHT).to_json()))
    assert len(drawn) > len({home for home, _ in drawn})
