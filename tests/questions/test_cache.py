"""The store of answers: bounded, computed once, never an answer to another question."""

from __future__ import annotations

import dataclasses
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Barrier, Event

import pytest

from questions.answer import Answer
from questions.cache import AnswerCache, code_version, key_of
from questions.controls import Number, control
from questions.question import Question
from questions.view import View
from store.ledger import Ledger
from store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Counted:
    """One control."""

    number: int = control(1, Number("Number", 0, 9, 1))


class Teller:
    """Answers, and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, view: View, controls: Counted) -> Answer:
        """The number and the day."""
        self.times += 1
        return Answer(f"{controls.number} on {view.as_of}")


@pytest.fixture
def view(tmp_path: Path) -> View:
    """A view whose snapshot is never asked."""
    file = tmp_path / "00000001.duckdb"
    file.touch()
    return View(Snapshot("00000001", file), date(2026, 1, 1), date(2026, 1, 1), Ledger(tmp_path / "ledger"))


def asked(teller: Teller, *, live: bool = False) -> Question:
    """The question that the teller answers."""
    return Question("number", "Number", "Which number?", teller, Counted, live=live)


def test_the_same_question_is_answered_once(view: View) -> None:
    """The second who asks gets what the first one got."""
    teller, answers = Teller(), AnswerCache()
    assert answers.answer(asked(teller), view, Counted()) is answers.answer(asked(teller), view, Counted())
    assert teller.times == 1


def test_a_live_question_is_answered_each_time(view: View) -> None:
    """What the ledger says may be another thing a second later."""
    teller, answers = Teller(), AnswerCache()
    for _ in range(3):
        answers.answer(asked(teller, live=True), view, Counted())
    assert teller.times == 3


@pytest.mark.parametrize("what", ["as_of", "today", "snapshot", "controls", "question", "published again"])
def test_another_key_is_another_answer(view: View, what: str) -> None:
    """All that an answer depends on is in its key."""
    question, controls = asked(Teller()), Counted()
    first = key_of(question, view, controls)
    match what:
        case "as_of" | "today":
            view = dataclasses.replace(view, **{what: date(2025, 1, 1)})
        case "snapshot":
            view = dataclasses.replace(view, snapshot=Snapshot("00000002", view.snapshot.file))
        case "controls":
            controls = Counted(2)
        case "question":
            question = dataclasses.replace(question, name="other")
        case _:
            os.utime(view.snapshot.file, (1, 1))
    second = key_of(question, view, controls)
    assert first != second
    assert first.etag() != second.etag()


def test_the_oldest_answers_are_let_go(view: View) -> None:
    """A process that runs for years keeps a bounded number."""
    teller, answers = Teller(), AnswerCache(most=2)
    for number in (1, 2, 1, 3, 1):
        answers.answer(asked(teller), view, Counted(number))
    assert teller.times == 3
    answers.answer(asked(teller), view, Counted(2))
    assert teller.times == 4


def test_many_who_ask_at_once_wait_for_one_computation(view: View) -> None:
    """Ten visitors of a cold page cost one."""
    everybody, started = Barrier(8), Event()

    class Slow(Teller):
        def __call__(self, seen: View, controls: Counted) -> Answer:
            started.wait(0.2)
            return super().__call__(seen, controls)

    teller, answers = Slow(), AnswerCache()

    def visit() -> Answer:
        everybody.wait()
        return answers.answer(asked(teller), view, Counted())

    with ThreadPoolExecutor(8) as pool:
        found = [task.result() for task in [pool.submit(visit) for _ in range(8)]]
    assert teller.times == 1
    assert len({id(answer) for answer in found}) == 1


def test_a_failure_is_not_kept(view: View) -> None:
    """Who asks again after a fault gets a new try."""
    fails = [True]

    def answer(_view: View, _controls: Counted) -> Answer:
        if fails.pop() if fails else False:
            raise ValueError("once")
        return Answer("told")

    answers, question = AnswerCache(), Question("number", "Number", "Which?", answer, Counted)
    with pytest.raises(ValueError, match="once"):
        answers.answer(question, view, Counted())
    assert answers.answer(question, view, Counted()).first_line == "told"


@pytest.mark.parametrize(
    ("keep", "since", "elsewhere", "stays"),
    [
        ({"00000001"}, date(2026, 1, 1), False, True),
        ({"00000001"}, date(2026, 1, 2), False, False),
        ({"00000002"}, date(2026, 1, 1), False, False),
        ({"00000002"}, date(2026, 1, 2), True, True),
    ],
    ids=["kept", "of yesterday", "an old snapshot", "another folder"],
)
def test_what_nobody_asks_again_is_let_go(
    view: View, keep: set[str], since: date, elsewhere: bool, stays: bool
) -> None:
    """Answers on old snapshots of the folder, and as of a today before the day."""
    teller, answers = Teller(), AnswerCache()
    answers.answer(asked(teller), view, Counted())
    folder = view.snapshot.file.parent
    answers.forget(folder / "other" if elsewhere else folder, frozenset(keep), since)
    assert (answers.made(asked(teller), view, Counted()) is not None) is stays


def test_who_asks_whether_an_answer_was_made_makes_none(view: View) -> None:
    """It is there after it was asked for; a live one is never kept."""
    teller, answers = Teller(), AnswerCache()
    assert answers.made(asked(teller), view, Counted()) is None
    told = answers.answer(asked(teller), view, Counted())
    assert answers.made(asked(teller), view, Counted()) is told
    assert answers.made(asked(teller), view, Counted(2)) is None
    assert answers.made(asked(teller, live=True), view, Counted()) is None
    assert teller.times == 1


def test_an_answer_is_known_by_the_digest_of_its_key_and_of_the_code(view: View) -> None:
    """Hexadecimal digits, the same for the same; a snapshot without a file has no day of its own."""
    key = key_of(asked(Teller()), view, Counted())
    assert len(key.etag()) == 24
    assert set(key.etag()) <= set("0123456789abcdef")
    assert key == key_of(asked(Teller()), view, Counted())
    assert key.code == code_version()
    assert len(key.code) == 16
    assert key.snapshot == f"{view.snapshot.file.parent}/00000001"
    assert key.published == view.snapshot.file.stat().st_mtime_ns
    gone = dataclasses.replace(view, snapshot=Snapshot("00000001", view.snapshot.file.with_name("gone")))
    assert key_of(asked(Teller()), gone, Counted()).published == 0
